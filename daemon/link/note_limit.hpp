// Keeps strangers from filling the log: so many lines a minute, and afterwards how many more there
// were. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace cartwatch::link {

class NoteLimit {
public:
    // 20 a minute: enough to see who it is, 3 MB a day at most.
    static constexpr int notes_per_minute = 20;

    explicit NoteLimit(int per_minute = notes_per_minute) : per_minute_(per_minute) {}

    // The line to write now; nullopt where there were too many. The first of a new minute says how
    // many were left out.
    [[nodiscard]] std::optional<std::string>
    pass(const std::string& note, std::chrono::milliseconds now);

private:
    int per_minute_;
    std::optional<std::chrono::milliseconds> began_;
    int written_ = 0;
    long long left_out_ = 0;
};

} // namespace cartwatch::link
