#include "scanner/devices/returning_device.hpp"

namespace cartwatch::devices {

ReturningDevice::ReturningDevice(
    const boost::asio::any_io_executor& executor,
    wire::DeviceSettings settings,
    DeviceEvents events)
    : settings_(std::move(settings)), events_(std::move(events)), retry_(executor) {}

void ReturningDevice::begin() {
    look_after(Ticks{0});
}

void ReturningDevice::present(const std::string& detail) {
    const std::pair state(true, detail);
    if (told_ != state) {
        told_ = state;
        events_.state(true, detail);
    }
}

void ReturningDevice::absent(const std::string& detail) {
    const std::pair state(false, detail);
    if (told_ != state) {
        told_ = state;
        events_.state(false, detail);
    }
    look_after(settings_.retry);
}

void ReturningDevice::look_after(Ticks delay) {
    retry_.expires_after(delay);
    retry_.async_wait([this, alive = alive()](boost::system::error_code error) {
        if (!error && !alive.expired()) {
            look();
        }
    });
}

Ticks ticks_now() {
    return std::chrono::duration_cast<Ticks>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace cartwatch::devices
