// One configured scanner, whatever it hangs on: it finds its device, reads it, and finds it again
// after it was away. It knows neither the daemon nor the other scanners.
#pragma once

#include "scanner/devices/scan_buffer.hpp"
#include "scanner/wire/device_settings.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace cartwatch::devices {

// Called from the loop only, never from within start_device. Neither may destroy the device.
struct DeviceEvents {
    std::function<void(const TypedScan&)> scanned;
    // Each change; `detail` says why it is absent, or what was lost while present.
    std::function<void(bool present, const std::string& detail)> state;
};

class ScanDevice {
public:
    ScanDevice() = default;
    ScanDevice(const ScanDevice&) = delete;
    ScanDevice& operator=(const ScanDevice&) = delete;
    virtual ~ScanDevice() = default;
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
