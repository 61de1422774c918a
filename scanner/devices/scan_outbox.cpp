#include "scanner/devices/scan_outbox.hpp"

#include <algorithm>

namespace cartwatch::devices {

static_assert(device_bytes_max > wire::scan_bytes_max);

bool ScanOutbox::has_room(const std::string& device) const {
    const auto share = shares_.find(device);
    return share == shares_.end()
           || (share->second.scans < device_scans_max
               && share->second.bytes + wire::scan_bytes_max <= device_bytes_max);
}

const wire::ScanLine* ScanOutbox::add(wire::ScanLine scan) {
    if (!has_room(scan.device)) {
        return nullptr;
    }
    Share& share = shares_[scan.device];
    ++share.scans;
    share.bytes += scan.text.size();
    scan.number = ++last_number_;
    return &waiting_.emplace_back(std::move(scan));
}

std::optional<std::string> ScanOutbox::acknowledge(std::uint64_t number) {
    const auto found =
        std::find_if(waiting_.begin(), waiting_.end(), [number](const wire::ScanLine& scan) {
            return scan.number == number;
        });
    if (found == waiting_.end()) {
        return std::nullopt;
    }
    Share& share = shares_[found->device];
    --share.scans;
    share.bytes -= found->text.size();
    std::string device = std::move(found->device);
    waiting_.erase(found);
    return device;
}

} // namespace cartwatch::devices
