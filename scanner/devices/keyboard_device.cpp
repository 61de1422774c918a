#include "scanner/devices/keyboard_device.hpp"

#include "scanner/wire/scan_line.hpp"

#include <libevdev/libevdev.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace cartwatch::devices {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

bool any_key_is_down(const libevdev* device) {
    for (unsigned code = 0; code <= KEY_MAX; ++code) {
        if (libevdev_get_event_value(device, EV_KEY, code) != 0) {
            return true;
        }
    }
    return false;
}

// A device that went stays readable without an event; only poll tells, and waiting on it would
// spin.
bool has_hung_up(int descriptor) {
    pollfd state{descriptor, POLLIN, 0};
    return ::poll(&state, 1, 0) > 0 && (state.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

} // namespace

void KeyboardDevice::FreeEvdev::operator()(libevdev* device) const {
    libevdev_free(device);
}

KeyboardDevice::KeyboardDevice(
    const asio::any_io_executor& executor,
    const wire::DeviceSettings& settings,
    DeviceEvents events,
    HeldNodes& held)
    : ReturningDevice(executor, settings, std::move(events)),
      held_(held),
      layout_(parse_layout(settings.layout).value_or(Layout::us)),
      descriptor_(executor),
      keys_(key_options()) {}

KeyTextOptions KeyboardDevice::key_options() const {
    KeyTextOptions options;
    options.layout = layout_;
    options.pause = settings().pause;
    options.bytes_max = wire::scan_bytes_max;
    return options;
}

void KeyboardDevice::set_layout(Layout layout) {
    if (layout == layout_) {
        return; // told again after every connection: a scan half read goes on
    }
    layout_ = layout;
    if (keys_.events_lost()) {
        report_lost(); // the keys of one scan are not read by two layouts
    }
    keys_ = KeyText(key_options());
}

void KeyboardDevice::signal(bool good) {
    if (grabbed_ && libevdev_has_event_code(device_.get(), EV_LED, LED_SCROLLL) != 0) {
        // One that cannot be lit is no fault: the page shows and sounds the same.
        libevdev_kernel_set_led_value(
            device_.get(), LED_SCROLLL, good ? LIBEVDEV_LED_OFF : LIBEVDEV_LED_ON);
    }
}

KeyboardDevice::~KeyboardDevice() {
    held_.erase(node_);
}

void KeyboardDevice::look() {
    const auto open = [this](const InputNode& found) { return try_open(found); };
    if (open_one_of(input_nodes(), held_, open, "has no keys for digits and Enter")) {
        grab_when_keys_are_up();
    }
}

int KeyboardDevice::try_open(const InputNode& found) {
    // Writing is for the lamp alone.
    int file = ::open(found.node.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        file = ::open(found.node.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    }
    if (file < 0) {
        return errno;
    }
    libevdev* device = nullptr;
    const int outcome = libevdev_new_from_fd(file, &device);
    if (outcome < 0) {
        ::close(file);
        return -outcome;
    }
    device_.reset(device);
    // One scanner may show as several input devices; its keyboard is the one with digits and Enter.
    if (libevdev_has_event_code(device, EV_KEY, KEY_1) == 0
        || libevdev_has_event_code(device, EV_KEY, KEY_ENTER) == 0) {
        device_.reset();
        ::close(file);
        return something_else;
    }
    event_times_ = libevdev_set_clock_id(device, CLOCK_MONOTONIC) == 0;
    descriptor_.assign(file);
    node_ = found.node;
    identity_ = identity_of(found);
    held_.insert(node_);
    keys_ = KeyText(key_options());
    grabbed_ = false;
    return 0;
}

// A key that is down at the moment of the grab would stay down for the focused window.
void KeyboardDevice::grab_when_keys_are_up() {
    if (!any_key_is_down(device_.get())) {
        const int outcome = libevdev_grab(device_.get(), LIBEVDEV_GRAB);
        if (outcome < 0) {
            const std::string node = node_;
            release();
            refused_by_machine(node, -outcome);
            return;
        }
        grabbed_ = true;
        present(node_, identity_);
    }
    wait_for_events();
}

void KeyboardDevice::wait_for_events() {
    when_readable(descriptor_, [this](error_code error) {
        if (node_.empty()) {
            return;
        }
        if (error) {
            let_go(error.message());
            return;
        }
        if (!read_events()) {
            return;
        }
        if (has_hung_up(descriptor_.native_handle())) {
            let_go("unplugged");
            return;
        }
        if (grabbed_) {
            watch_idle();
            wait_for_events();
        } else {
            grab_when_keys_are_up();
        }
    });
}

bool KeyboardDevice::read_events() {
    unsigned flag = LIBEVDEV_READ_FLAG_NORMAL;
    while (true) {
        input_event event{};
        const int outcome = libevdev_next_event(device_.get(), flag, &event);
        if (outcome == -EAGAIN && flag == LIBEVDEV_READ_FLAG_NORMAL) {
            return true;
        }
        if (outcome == -EAGAIN) {
            flag = LIBEVDEV_READ_FLAG_NORMAL; // the state is whole again after lost events
            continue;
        }
        if (outcome < 0) {
            let_go(outcome == -ENODEV ? "unplugged" : std::strerror(-outcome));
            return false;
        }
        if (outcome == LIBEVDEV_READ_STATUS_SYNC && flag == LIBEVDEV_READ_FLAG_NORMAL) {
            flag = LIBEVDEV_READ_FLAG_SYNC;
            if (keys_.events_lost()) {
                report_lost();
            }
        } else if (flag == LIBEVDEV_READ_FLAG_NORMAL && grabbed_) {
            take_event(event);
        }
    }
}

void KeyboardDevice::take_event(const input_event& event) {
    if (event.type != EV_KEY || event.value < 0 || event.value > 2) {
        return;
    }
    KeyEvent key;
    key.code = event.code;
    key.action = static_cast<KeyAction>(event.value);
    key.at = event_times_ ? Ticks(event.input_event_sec * 1000 + event.input_event_usec / 1000)
                          : ticks_now();
    if (const auto scan = keys_.feed(key)) {
        report(*scan);
    }
}

void KeyboardDevice::watch_idle() {
    call_at(keys_.idle_at(), [this] {
        // What was typed in time may wait to be read where this process was held up.
        if (node_.empty() || !read_events()) {
            return;
        }
        if (const auto scan = keys_.finish_if_idle(ticks_now())) {
            report(*scan);
        }
        watch_idle();
    });
}

void KeyboardDevice::release() {
    held_.erase(node_);
    node_.clear();
    call_at(std::nullopt, {});
    device_.reset();
    grabbed_ = false;
    error_code ignored; // the device is gone or of no use
    descriptor_.close(ignored);
}

void KeyboardDevice::let_go(const std::string& reason) {
    const std::string node = node_;
    release();
    if (keys_.events_lost()) {
        report_lost();
    }
    absent(wire::Absence::gone, node + ": " + reason);
}

} // namespace cartwatch::devices
