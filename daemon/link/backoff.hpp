// How long to wait before calling a peer again. Pure: chance comes in as a value.
#pragma once

#include <chrono>

namespace cartwatch::link {

struct Backoff {
    // The first wait: short, for most failures are a peer that restarts.
    std::chrono::milliseconds min{500};

    // The longest: alerts leave at most so long after the pharmacy is back, and a hundred wards
    // that call a dead pharmacy make ten calls a second.
    std::chrono::milliseconds max{10'000};
};

// After `failures` (1 or more) in a row: min doubled with each, at most max; of that at least half,
// and the rest by `chance` (0 up to 1), so that wards that lost one pharmacy do not return at once.
[[nodiscard]] std::chrono::milliseconds
retry_delay(const Backoff& backoff, int failures, double chance);

} // namespace cartwatch::link
