// What has arrived of one scan: ended by a terminator or by silence, bounded. Pure: it is told the
// time, and never waits.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::devices {

// Milliseconds of a clock that never goes back.
using Ticks = std::chrono::milliseconds;

struct TypedScan {
    std::string text;
    bool too_long = false; // over the limit: `text` is its beginning, and it must not be used
    bool by_pause = false; // silence ended it, no terminator

    friend bool operator==(const TypedScan&, const TypedScan&) = default;
};

class ScanBuffer {
public:
    // `pause`: silence that ends a scan; `bytes_max`: the longest scan.
    ScanBuffer(Ticks pause, std::size_t bytes_max);

    // Something arrives at `at`: gives the scan that the silence before it has ended, if any.
    [[nodiscard]] std::optional<TypedScan> touch(Ticks at);

    // Something arrives at `at` that may have waited to be read: no silence is judged.
    void mark(Ticks at) {
        last_ = at;
    }

    // Adds to the present scan; beyond the limit it only notes that the scan is too long.
    void add(std::string_view bytes);

    // The present scan at its terminator; nullopt where nothing has arrived.
    [[nodiscard]] std::optional<TypedScan> end();

    // The present scan if it has been silent for long enough at `now`.
    [[nodiscard]] std::optional<TypedScan> end_if_idle(Ticks now);

    // When the present scan will have been silent for long enough; nullopt where there is none.
    [[nodiscard]] std::optional<Ticks> idle_at() const;

    // Forgets the present scan: a part of it was lost.
    void drop();

    [[nodiscard]] bool empty() const {
        return scan_.text.empty();
    }

private:
    Ticks pause_;
    std::size_t bytes_max_;
    TypedScan scan_;
    Ticks last_{};
};

} // namespace cartwatch::devices
