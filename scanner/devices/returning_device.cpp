#include "scanner/devices/returning_device.hpp"

namespace cartwatch::devices {

ReturningDevice::ReturningDevice(
    const boost::asio::any_io_executor& executor,
    wire::DeviceSettings settings,
    DeviceEvents events)
    : x_settings(std::move(settings)), x_events(std::move(events)), x_retry(executor) {}

void ReturningDevice::begin() {
    look_after(Ticks{0});
}

void ReturningDevice::present(const std::string& detail) {
    const std::pair state(true, detail);
    if (x_told != state) {
        x_told = state;
        x_events.state(true, detail);
    }
}

void ReturningDevice::absent(const std::string& detail) {
    const std::pair state(false, detail);
    if (x_told != state) {
        x_told = state;
        x_events.state(false, detail);
    }
    look_after(x_settings.retry);
}

void ReturningDevice::look_after(Ticks delay) {
    x_retry.expires_after(delay);
    x_retry.async_wait([this, alive = alive()](boost::system::error_code error) {
        if (!error && !alive.expired()) {
            look();
        }
    });
}

Ticks ticks_now() {
    return std::chrono::duration_cast<Ticks>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace cartwatch::devices
