#include "scanner/devices/scan_outbox.hpp"

#include <algorithm>

namespace cartwatch::devices {

const wire::ScanLine* ScanOutbox::add(wire::ScanLine scan) {
    if (waiting_.size() >= unacknowledged_max) {
        return nullptr;
    }
    scan.number = ++last_number_;
    return &waiting_.emplace_back(std::move(scan));
}

void ScanOutbox::acknowledge(std::uint64_t number) {
    const auto found =
        std::find_if(waiting_.begin(), waiting_.end(), [number](const wire::ScanLine& scan) {
            return scan.number == number;
        });
    if (found != waiting_.end()) {
        waiting_.erase(found);
    }
}

} // namespace cartwatch::devices
