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
    : settings_(std::move(settings)),
      events_(std::move(events)),
      retry_(executor),
      due_(executor) {}

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

bool ReturningDevice::open_one_of(
    const std::vector<InputNode>& nodes,
    const HeldNodes& held,
    const std::function<int(const InputNode&)>& try_open,
    const std::string& lack) {
    bool others = false; // something fits, and is no such device
    int error = 0;
    std::string place;
    for (const InputNode& found : nodes) {
        if (!selects(settings(), found) || held.contains(found.node)) {
            continue;
        }
        const int outcome = try_open(found);
        if (outcome == 0) {
            return true;
        }
        others = others || outcome == something_else;
        error = outcome == something_else ? error : outcome;
        place = found.node;
    }
    if (error != 0) {
        refused_by_machine(place, error);
    } else if (others) {
        absent(wire::Absence::not_a_scanner, place + ": " + lack);
    } else {
        absent(wire::Absence::not_plugged_in, "not plugged in");
    }
    return false;
}

void ReturningDevice::when_readable(
    boost::asio::posix::stream_descriptor& descriptor,
    std::function<void(boost::system::error_code)> then) {
    descriptor.async_wait(
        boost::asio::posix::stream_descriptor::wait_read,
        [alive = alive(), then = std::move(then)](boost::system::error_code error) {
            if (!alive.expired()) {
                then(error);
            }
        });
}

void ReturningDevice::call_at(std::optional<Ticks> time, std::function<void()> due) {
    due_.cancel();
    if (!time) {
        return;
    }
    due_.expires_after(std::max(Ticks{0}, *time - ticks_now()));
    due_.async_wait([alive = alive(), due = std::move(due)](boost::system::error_code error) {
        if (!error && !alive.expired()) {
            due();
        }
    });
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
