// Scans from devices: each goes to the scanner check that is open at its station, or else is
// decided like one from the page, and acknowledged to the scanner when what follows is on disk, or
// is refused because nothing can be recorded (the page says so). Until then the scanner keeps it,
// so a daemon that dies loses none.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/scanners/scanner_process.hpp"
#include "daemon/ward/scanner_checks.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <vector>

namespace cartwatch::ward {

class Scans {
public:
    Scans(
        boost::asio::any_io_executor executor,
        const config::WardConfig& config,
        ledger::Ledger& ledger,
        ScannerChecks& checks);

    // Refused where a configured scanner cannot be used, or the socket for scanners cannot be had.
    [[nodiscard]] Result<void> start();

    // To the device, if it is there.
    void tell(const wire::LayoutLine& line) {
        process_.tell(line);
    }

private:
    void take(
        const std::string& session,
        const wire::ScanLine& scan,
        scanners::ScanDesk::Acknowledge acknowledge);
    void take(const wire::DeviceLine& device);

    ledger::Ledger& ledger_;
    ScannerChecks& checks_;
    std::vector<wire::DeviceSettings> devices_;
    std::map<std::string, std::uint64_t> lost_; // scans of each device, as its process told last
    scanners::ScannerProcess process_;
    // Handlers hold a weak copy: one that is called after destruction does nothing.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::ward
