// Scans from devices: each is decided like one from the page, and acknowledged to the scanner when
// what follows is on disk, or is refused because nothing can be recorded (the page says so). Until
// then the scanner keeps it, so a daemon that dies loses none.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/scanners/scanner_process.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace cartwatch::ward {

class Scans {
public:
    Scans(
        boost::asio::any_io_executor executor,
        const config::WardConfig& config,
        ledger::Ledger& ledger);

    // Refused where the socket for scanners cannot be had.
    [[nodiscard]] Result<void> start();

private:
    void take(
        const std::string& session,
        const wire::ScanLine& scan,
        scanners::ScanDesk::Acknowledge acknowledge);

    ledger::Ledger& ledger_;
    scanners::ScannerProcess process_;
};

} // namespace cartwatch::ward
