#include "scanner/devices/returning_device.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace cartwatch::devices {

namespace {

constexpr std::size_t identity_bytes_max = 200; // of a name on the wire

} // namespace

ReturningDevice::ReturningDevice(
    const boost::asio::any_io_executor& executor,
    wire::DeviceSettings settings,
    DeviceEvents events)
    : settings_(std::move(settings)), events_(std::move(events)), retry_(executor) {}

void ReturningDevice::begin() {
    look_after(Ticks{0});
}

void ReturningDevice::present(const std::string& detail, const std::string& identity) {
    delay_ = Ticks{0};
    identity_ = identity.substr(0, identity_bytes_max);
    tell({true, detail, identity_, wire::Absence::none});
}

void ReturningDevice::absent(wire::Absence absence, const std::string& detail) {
    const bool refused = absence != wire::Absence::not_plugged_in && absence != wire::Absence::gone;
    delay_ =
        refused && delay_ > Ticks{0} ? std::min(2 * delay_, refused_retry_max) : settings_.retry;
    tell({false, detail, identity_, absence});
    look_after(delay_);
}

void ReturningDevice::refused_by_machine(const std::string& place, int error) {
    using wire::Absence;
    switch (error) {
    case EACCES:
    case EPERM:
        absent(
            Absence::no_permission,
            place
                + ": no permission; this user must be in the group that the udev rule of Cartwatch "
                  "gives the device to");
        return;
    case EBUSY:
        absent(Absence::held_by_other, place + ": held by another program");
        return;
    case ENOENT:
        absent(Absence::not_plugged_in, place + ": not plugged in");
        return;
    case ENODEV:
    case ENXIO:
        absent(Absence::gone, place + ": unplugged");
        return;
    default:
        absent(Absence::failed, place + ": " + std::strerror(error));
    }
}

void ReturningDevice::tell(const DeviceState& state) {
    if (told_ != state) {
        told_ = state;
        events_.state(state);
    }
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
