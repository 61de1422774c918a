// The scans that the daemon has not acknowledged yet, numbered. Pure. When full, a new scan is
// refused rather than an older one forgotten: the person at the scanner can be told and scan again.
#pragma once

#include "scanner/wire/scan_line.hpp"

#include <deque>

namespace cartwatch::devices {

// A thousand scans: an hour and a half of quick scanning while the daemon is away.
inline constexpr std::size_t unacknowledged_max = 1000;

class ScanOutbox {
public:
    // Numbers the scan and keeps it; null where the box is full. The pointer lives until the next
    // call.
    [[nodiscard]] const wire::ScanLine* add(wire::ScanLine scan);

    // The daemon has this scan; an unknown number is passed over.
    void acknowledge(std::uint64_t number);

    // In the order of their numbers.
    [[nodiscard]] const std::deque<wire::ScanLine>& waiting() const {
        return waiting_;
    }

private:
    std::deque<wire::ScanLine> waiting_;
    std::uint64_t last_number_ = 0;
};

} // namespace cartwatch::devices
