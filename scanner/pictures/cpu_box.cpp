#include "scanner/pictures/cpu_box.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <system_error>

namespace cartwatch::pictures {

namespace {

std::chrono::nanoseconds cpu_used() {
    timespec used{};
    if (::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used) != 0) {
        throw std::system_error(errno, std::generic_category(), "clock_gettime");
    }
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

} // namespace

CpuBox::CpuBox(std::chrono::milliseconds time) : end_(cpu_used() + time) {}

std::chrono::milliseconds CpuBox::left() const {
    const auto left = std::max(end_ - cpu_used(), std::chrono::nanoseconds::zero());
    return std::chrono::ceil<std::chrono::milliseconds>(left);
}

} // namespace cartwatch::pictures
