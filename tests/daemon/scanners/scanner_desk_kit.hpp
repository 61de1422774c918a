// The daemon's end for scanner tests: collects what arrives, and runs the loop until something is
// so. No test here sleeps: it waits for a condition, and fails when a generous time has passed.
#pragma once

#include "daemon/scanners/scanner_process.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <map>

namespace cartwatch::test {

class Ward {
public:
    using Acknowledge = scanners::ScanDesk::Acknowledge;

    boost::asio::io_context loop;
    support::TemporaryFolder folder;
    std::vector<wire::ScanLine> scans;
    std::vector<std::string> sessions; // of the scans, in the same order
    std::map<std::string, wire::DeviceLine> devices;
    std::vector<std::string> log;
    bool acknowledges = true;
    std::vector<Acknowledge> owed; // where it does not

    [[nodiscard]] scanners::ScanDesk::Events events() {
        scanners::ScanDesk::Events events;
        events.scan = [this](
                          const std::string& session,
                          const wire::ScanLine& scan,
                          const Acknowledge& acknowledge) {
            sessions.push_back(session);
            scans.push_back(scan);
            if (acknowledges) {
                acknowledge();
            } else {
                owed.push_back(acknowledge);
            }
        };
        events.device = [this](const wire::DeviceLine& line) { devices[line.device] = line; };
        events.log = [this](const std::string& text) { log.push_back(text); };
        return events;
    }

    [[nodiscard]] scanners::ScannerSettings settings(std::vector<wire::DeviceSettings> list) const {
        scanners::ScannerSettings settings;
        settings.program = CARTWATCH_SCANNER_PROGRAM;
        settings.socket = folder / "scans";
        settings.devices = std::move(list);
        settings.restart_min = std::chrono::milliseconds(20);
        return settings;
    }

    template <typename Condition>
    void wait_until(const char* what, Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) {
                for (const auto& [name, line] : devices) {
                    UNSCOPED_INFO(name << " is " << line.present << ": " << line.detail);
                }
                FAIL("waited in vain until " << what);
            }
            loop.restart();
            loop.run_for(std::chrono::milliseconds(5));
        }
    }

    void wait_for_scans(std::size_t count) {
        wait_until("enough scans arrived", [&] { return scans.size() >= count; });
    }

    void wait_for_state(const std::string& device, bool present) {
        wait_until(present ? "the device is present" : "the device is absent", [&] {
            return devices.contains(device) && devices[device].present == present;
        });
    }
};

} // namespace cartwatch::test
