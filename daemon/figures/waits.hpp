// How long something took, of many: the median and the 90th percentile.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

namespace cartwatch::figures {

// Of the alerts of one severity.
struct Waiting {
    int over = 0;  // that came to their end
    int still = 0; // that did not, as far as is known
    std::optional<std::chrono::milliseconds> median;
    std::optional<std::chrono::milliseconds> ninetieth; // 90th percentile

    friend bool operator==(const Waiting&, const Waiting&) = default;
};

struct Waits {
    std::vector<std::chrono::milliseconds> over;
    int still = 0;
};

// The median of an even number is the mean of the two in the middle; the 90th percentile is the
// smallest that nine in ten do not exceed.
[[nodiscard]] Waiting summed(const Waits& waits);

} // namespace cartwatch::figures
