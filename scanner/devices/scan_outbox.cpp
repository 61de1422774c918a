#include "scanner/devices/scan_outbox.hpp"

#include <algorithm>

namespace cartwatch::devices {

const wire::ScanLine* ScanOutbox::add(wire::ScanLine scan) {
    if (x_waiting.size() >= unacknowledged_max) {
        return nullptr;
    }
    scan.number = ++x_last_number;
    return &x_waiting.emplace_back(std::move(scan));
}

void ScanOutbox::acknowledge(std::uint64_t number) {
    const auto found =
        std::find_if(x_waiting.begin(), x_waiting.end(), [number](const wire::ScanLine& scan) {
            return scan.number == number;
        });
    if (found != x_waiting.end()) {
        x_waiting.erase(found);
    }
}

} // namespace cartwatch::devices
