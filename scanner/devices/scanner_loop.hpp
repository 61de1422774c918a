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

// Between two words about scans of one device that were lost: the first is told at once, those that
// follow as a number, so that a device that floods does not fill the log.
inline constexpr std::chrono::milliseconds loss_pause{5'000};

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
    void take_state(const wire::DeviceLine& state);
    void take_loss(const std::string& device, const std::string& detail);
    void tell_losses(const std::string& device);
    void take_room(const std::string& name);
    void obey(const wire::SignalLine& line);
    void obey(const wire::LayoutLine& line);
    void watch_descriptor();
    void say_farewell();

    struct Losses {
        explicit Losses(boost::asio::io_context& loop) : next(loop) {}

        std::uint64_t count = 0; // since this process began
        std::string detail;      // of the last one
        bool told_lately = false;
        boost::asio::steady_timer next; // when it may be told again
    };

    boost::asio::io_context& loop_;
    std::vector<wire::DeviceSettings> settings_;
    std::map<std::string, wire::DeviceLine> states_;
    std::map<std::string, Losses> losses_; // by device
    DaemonConnection daemon_;
    HeldNodes held_;
    std::map<std::string, std::unique_ptr<ScanDevice>> devices_; // by name
    std::optional<boost::asio::posix::stream_descriptor> life_;
    std::array<char, 64> ignored_{};
    boost::asio::steady_timer farewell_;
    bool ending_ = false;
};

} // namespace cartwatch::devices
