// The scans that the daemon has not acknowledged yet, numbered. Pure. Each device has a share of
// its own, so that one that floods takes no room from the others. Where a share is full, a new scan
// is refused rather than an older one forgotten: the person at the scanner can scan again.
#pragma once

#include "scanner/wire/scan_line.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace cartwatch::devices {

// The share of one device: a hundred scans, ten minutes of quick scanning while the daemon is away;
// and 256 KiB of their texts, more than a hundred labels ever hold. 32 devices whose shares are
// full make 48 MiB of lines, escaped as unfavourably as JSON can: less than a connection may hold.
inline constexpr std::size_t device_scans_max = 100;
inline constexpr std::size_t device_bytes_max = std::size_t{256} << 10;

class ScanOutbox {
public:
    // Whether a scan of this device, of any length, would be kept.
    [[nodiscard]] bool has_room(const std::string& device) const;

    // Numbers the scan and keeps it; null where its device has no room. The pointer lives until the
    // next call.
    [[nodiscard]] const wire::ScanLine* add(wire::ScanLine scan);

    // The daemon has this scan: the device whose it was; nullopt for an unknown number.
    std::optional<std::string> acknowledge(std::uint64_t number);

    // In the order of their numbers.
    [[nodiscard]] const std::deque<wire::ScanLine>& waiting() const {
        return waiting_;
    }

private:
    struct Share {
        std::size_t scans = 0;
        std::size_t bytes = 0;
    };

    std::deque<wire::ScanLine> waiting_;
    std::map<std::string, Share> shares_; // by device
    std::uint64_t last_number_ = 0;
};

} // namespace cartwatch::devices
