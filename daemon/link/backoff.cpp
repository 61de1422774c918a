#include "daemon/link/backoff.hpp"

#include <algorithm>
#include <cmath>

namespace cartwatch::link {

std::chrono::milliseconds retry_delay(const Backoff& backoff, int failures, double chance) {
    std::chrono::milliseconds whole = backoff.min;
    for (int i = 1; i < failures && whole < backoff.max; ++i) {
        whole *= 2;
    }
    whole = std::min(whole, backoff.max);
    const auto half = static_cast<double>(whole.count()) / 2;
    return std::chrono::milliseconds(
        static_cast<std::chrono::milliseconds::rep>(half + half * std::clamp(chance, 0.0, 1.0)));
}

} // namespace cartwatch::link
