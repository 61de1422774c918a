// The device half of cartwatch-scanner: all configured scanners on one loop, their scans to the
// daemon. It decides nothing about a scan but that it is whole.
#pragma once

#include "scanner/devices/daemon_connection.hpp"
#include "scanner/devices/scan_device.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <map>
#include <optional>

namespace cartwatch::devices {

// After its daemon has gone, the process stays this long to hand over what was not acknowledged to
// a daemon that comes back; the devices are let go at once, for the next process to hold.
inline constexpr std::chrono::milliseconds farewell{10'000};

class ScannerLoop {
public:
    ScannerLoop(
        boost::asio::io_context& loop,
        const std::string& socket_path,
        const std::vector<wire::DeviceSettings>& devices);

    // Ends the loop (after `farewell` at most) once this descriptor, the daemon's end of life,
    // reads as ended. Takes the descriptor.
    void end_with(int descriptor);

private:
    void take_scan(const wire::DeviceSettings& device, const TypedScan& scan);
    void take_state(const std::string& device, bool present, const std::string& detail);
    void watch_descriptor();
    void say_farewell();

    boost::asio::io_context& x_loop;
    std::vector<wire::DeviceSettings> x_settings;
    std::map<std::string, wire::DeviceLine> x_states;
    DaemonConnection x_daemon;
    HeldNodes x_held;
    std::vector<std::unique_ptr<ScanDevice>> x_devices;
    std::optional<boost::asio::posix::stream_descriptor> x_life;
    std::array<char, 64> x_ignored{};
    boost::asio::steady_timer x_farewell;
    bool x_ending = false;
};

} // namespace cartwatch::devices
