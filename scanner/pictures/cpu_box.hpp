// A box of processor time of this thread: what is tried in it has the same chance on a busy machine
// as on an idle one. It stops nothing; whoever works in it asks what is left.
#pragma once

#include <chrono>

namespace cartwatch::pictures {

class CpuBox {
public:
    explicit CpuBox(std::chrono::milliseconds time);

    // Rounded up, so that it is zero only when the time is over.
    [[nodiscard]] std::chrono::milliseconds left() const;

private:
    std::chrono::nanoseconds end_;
};

} // namespace cartwatch::pictures
