#include "daemon/figures/waits.hpp"

#include <algorithm>

namespace cartwatch::figures {

using std::chrono::milliseconds;

namespace {

// The smallest of the sorted values that at least so many per cent of them do not exceed.
milliseconds percentile(const std::vector<milliseconds>& sorted, std::size_t per_cent) {
    const std::size_t rank = (sorted.size() * per_cent + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

// The mean of the two in the middle where there are two.
milliseconds median_of(const std::vector<milliseconds>& sorted) {
    const std::size_t upper = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
}

} // namespace

Waiting summed(const Waits& waits) {
    Waiting sum;
    sum.over = static_cast<int>(waits.over.size());
    sum.still = waits.still;
    std::vector<milliseconds> sorted = waits.over;
    std::ranges::sort(sorted);
    if (!sorted.empty()) {
        sum.median = median_of(sorted);
        sum.ninetieth = percentile(sorted, 90);
    }
    return sum;
}

} // namespace cartwatch::figures
