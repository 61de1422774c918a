#include "daemon/ward/scans.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/log/log.hpp"

#include <utility>

namespace cartwatch::ward {

namespace {

scanners::ScannerSettings settings_of(const config::WardConfig& config) {
    scanners::ScannerSettings settings;
    if (!config.scanner_program.empty()) {
        settings.program = config.scanner_program;
    }
    settings.socket = config.state / "scanner.socket";
    for (const config::ScannerConfig& scanner : config.scanners) {
        wire::DeviceSettings device;
        device.name = scanner.name;
        device.station = scanner.station;
        device.kind = wire::parse_device_kind(scanner.kind).value_or(wire::DeviceKind::keyboard);
        device.vendor = scanner.vendor;
        device.product = scanner.product;
        device.serial = scanner.serial;
        device.device_name = scanner.device_name;
        device.path = scanner.path;
        device.layout = scanner.layout;
        device.baud = static_cast<std::uint32_t>(scanner.baud);
        device.address = scanner.address;
        device.port = static_cast<std::uint16_t>(scanner.port);
        device.good_bytes = scanner.good_bytes;
        device.bad_bytes = scanner.bad_bytes;
        device.pause = std::chrono::milliseconds{scanner.pause_ms};
        settings.devices.push_back(std::move(device));
    }
    return settings;
}

} // namespace

Scans::Scans(
    boost::asio::any_io_executor executor,
    const config::WardConfig& config,
    ledger::Ledger& ledger,
    ScannerChecks& checks)
    : ledger_(ledger),
      checks_(checks),
      devices_(settings_of(config).devices),
      process_(
          std::move(executor),
          settings_of(config),
          {[this](
               const std::string& session,
               const wire::ScanLine& scan,
               scanners::ScanDesk::Acknowledge acknowledge) {
               take(session, scan, std::move(acknowledge));
           },
           [this](const wire::DeviceLine& device) { take(device); },
           [](const std::string& text) { log::warn(text); }}) {}

Result<void> Scans::start() {
    // One that the scanner program would refuse would keep it from starting, for all of them.
    for (const wire::DeviceSettings& device : devices_) {
        if (const auto usable = wire::check(device); !usable) {
            return refused(
                ErrorCode::bad_input, "scanner " + device.name + ": " + usable.error().text);
        }
    }
    if (auto together = wire::check_together(devices_); !together) {
        return together;
    }
    return process_.start();
}

void Scans::take(const wire::DeviceLine& device) {
    // Each is told once by the scanner process, and once more at the start of a connection.
    const std::string detail = device.detail.empty() ? "" : ": " + device.detail;
    const std::uint64_t before = std::exchange(lost_[device.device], device.lost);
    if (device.lost > before) {
        log::warn(
            "scanner " + device.device + " lost " + std::to_string(device.lost - before)
            + " scan(s)" + detail);
    } else {
        log::info(
            "scanner " + device.device + (device.present ? " is here" : " is absent") + detail);
    }
    checks_.take(device);
}

void Scans::take(
    const std::string& session,
    const wire::ScanLine& scan,
    scanners::ScanDesk::Acknowledge acknowledge) {
    const ScanTaker taker = checks_.take(scan);
    if (taker != ScanTaker::cart) {
        if (taker == ScanTaker::nobody) {
            process_.tell(wire::SignalLine{scan.device, false});
        }
        acknowledge(); // what a page asked for, and what nobody took, is nothing to record
        return;
    }
    readiness::Scan command;
    command.reading = checks_.read_of_device(scan, ledger_.moment().today);
    ledger_.submit(
        scan.station,
        std::move(command),
        [this,
         alive = std::weak_ptr<bool>(alive_),
         device = scan.device,
         acknowledge = std::move(acknowledge)](const Result<readiness::Reply>& reply) {
            // What could not be recorded is not kept for later either: hours on, a badge would sign
            // what nobody sees. The page says meanwhile that scans do not count.
            if (!reply) {
                log::warn("a scan was not recorded: " + reply.error().text);
            }
            const bool good = reply && reply->kind != readiness::ReplyKind::reject;
            if (!alive.expired()) {
                process_.tell(wire::SignalLine{device, good});
            }
            acknowledge();
        },
        {"scanner " + session + " " + std::to_string(scan.number),
         crypto::sha256(scan.station + "\n" + scan.text)});
}

} // namespace cartwatch::ward
