// Bytes as they arrive, in pieces of any size, become lines. Pure. Knows nothing of what a line
// says; a line over the limit ends the reading for good, for nothing after it can be trusted.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::link {

class Lines {
public:
    // The longest line in bytes, its line feed not counted.
    explicit Lines(std::size_t longest);

    // Holds at most one limit and what is fed at a time, if next() is asked until it has none; and
    // no memory to speak of once it has handed out everything.
    void feed(std::string_view bytes);

    // The next whole line without its line feed; nullopt where none is whole yet, or after one that
    // is too long. Valid until the next call.
    [[nodiscard]] std::optional<std::string_view> next();

    // True once a line, whole or begun, is over the limit.
    [[nodiscard]] bool too_long() const;

    // For what has not been handed out yet.
    void set_limit(std::size_t longest);

    // Bytes that are not handed out yet: mostly of a line that has not ended.
    [[nodiscard]] std::size_t waiting() const;

    // Bytes of memory that are held for what is not handed out yet.
    [[nodiscard]] std::size_t memory() const;

private:
    void let_go();

    std::string bytes_;
    std::size_t begin_ = 0;   // of the line that is not handed out yet
    std::size_t scanned_ = 0; // no line feed stands in [begin_, scanned_)
    std::size_t limit_;
    bool too_long_ = false;
};

} // namespace cartwatch::link
