// Keeps cartwatch-scanner running: starts it with the configured devices, starts it again with
// back-off when it dies, and gives its scans to the daemon. A scanner that dies costs no more than
// the scan in its hands; the daemon never waits for it.
#pragma once

#include "daemon/scanners/child_process.hpp"
#include "daemon/scanners/scan_desk.hpp"
#include "scanner/wire/device_settings.hpp"

#include <boost/asio/steady_timer.hpp>

#include <optional>

namespace cartwatch::scanners {

struct ScannerSettings {
    std::filesystem::path program = scanner_program_beside_this();
    std::filesystem::path socket;
    std::vector<wire::DeviceSettings> devices; // none: no process is started, the socket is open
    // Between a death and the next start; doubled each time, and back to the first after a run of
    // `restart_max` or longer.
    std::chrono::milliseconds restart_min{500};
    std::chrono::milliseconds restart_max{30'000};
};

class ScannerProcess {
public:
    // `events` as ScanDesk has them; each device is reported absent when the process dies.
    ScannerProcess(
        boost::asio::any_io_executor executor, ScannerSettings settings, ScanDesk::Events events);
    ScannerProcess(const ScannerProcess&) = delete;
    ScannerProcess& operator=(const ScannerProcess&) = delete;
    ~ScannerProcess() = default;

    // Opens the socket (refusals as ScanDesk::open) and starts the process; a program that cannot
    // be started is reported as absent devices and tried again.
    [[nodiscard]] Result<void> start();

    // The running process, or 0.
    [[nodiscard]] pid_t child() const {
        return child_ ? child_->pid() : 0;
    }

    // To the device of the line's name, if it is there; as ScanDesk::tell.
    void tell(const wire::SignalLine& line) {
        desk_.tell(line);
    }

    void tell(const wire::LayoutLine& line) {
        desk_.tell(line);
    }

    [[nodiscard]] const ScanDesk& desk() const {
        return desk_;
    }

private:
    void start_child();
    void send_devices();
    void watch_child();
    void child_is_gone(const std::string& reason);

    boost::asio::any_io_executor executor_;
    ScannerSettings settings_;
    ScanDesk::Events events_;
    ScanDesk desk_;
    boost::asio::steady_timer restart_;
    std::chrono::milliseconds delay_;
    std::chrono::steady_clock::time_point started_at_;
    std::optional<ChildProcess> child_;
    // The devices go out and the end of the process shows on this socket, its standard input.
    boost::asio::local::stream_protocol::socket life_;
    std::string devices_line_;
    std::size_t sent_ = 0; // of devices_line_
    std::array<char, 256> ignored_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::scanners
