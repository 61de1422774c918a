// One configured scanner, whatever it hangs on: it finds its device, reads it, and finds it again
// after it was away. It knows neither the daemon nor the other scanners.
#pragma once

#include "scanner/devices/key_layout.hpp"
#include "scanner/devices/scan_buffer.hpp"
#include "scanner/wire/device_settings.hpp"
#include "scanner/wire/scan_line.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace cartwatch::devices {

struct DeviceState {
    bool present = false;
    std::string detail;   // where it is, or why it cannot be had
    std::string identity; // of the thing itself; empty while it is not known
    wire::Absence absence = wire::Absence::none;

    friend bool operator==(const DeviceState&, const DeviceState&) = default;
};

// Called from the loop only, never from within start_device. None may destroy the device.
struct DeviceEvents {
    // A scan for which there is no room is lost, and told as lost.
    std::function<void(const TypedScan&)> scanned;
    // Whether there is room for one more. A device that can wait asks first.
    std::function<bool()> has_room;
    // Each change, told once.
    std::function<void(const DeviceState&)> state;
};

class ScanDevice {
public:
    ScanDevice() = default;
    ScanDevice(const ScanDevice&) = delete;
    ScanDevice& operator=(const ScanDevice&) = delete;
    virtual ~ScanDevice() = default;

    // Beeps or lights up, where the device can: its last scan was accepted, or was not.
    virtual void signal(bool good) {
        static_cast<void>(good);
    }

    // There may be room for its scans again; nothing to devices that cannot wait.
    virtual void resume() {}

    // Reads keys by this layout from now on; nothing to devices without keys.
    virtual void set_layout(Layout layout) {
        static_cast<void>(layout);
    }
};

// Device nodes that some keyboard device holds, so that two scanners of one make get one each. It
// outlives the devices.
using HeldNodes = std::set<std::string>;

// Precondition: settings that wire::check accepts. The device works until it is destroyed.
[[nodiscard]] std::unique_ptr<ScanDevice> start_device(
    const boost::asio::any_io_executor& executor,
    const wire::DeviceSettings& settings,
    DeviceEvents events,
    HeldNodes& held);

// Milliseconds of the steady clock: the one clock of all devices.
[[nodiscard]] Ticks ticks_now();

} // namespace cartwatch::devices
