// A scanner that types, read from evdev under an exclusive grab: nothing of a scan reaches the
// focused window, the machine's layout or its input method. The only unit with libevdev.
#pragma once

#include "scanner/devices/input_nodes.hpp"
#include "scanner/devices/key_text.hpp"
#include "scanner/devices/returning_device.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

struct libevdev;
struct input_event;

namespace cartwatch::devices {

class KeyboardDevice final : public ReturningDevice {
public:
    KeyboardDevice(
        const boost::asio::any_io_executor& executor,
        const wire::DeviceSettings& settings,
        DeviceEvents events,
        HeldNodes& held);
    ~KeyboardDevice() override;

    // Lights Scroll Lock's lamp from a scan that was not accepted to the next that was, where the
    // scanner has one.
    void signal(bool good) override;
    void set_layout(Layout layout) override;

private:
    struct FreeEvdev {
        void operator()(libevdev* device) const;
    };

    void look() override;
    // 0, or what the machine said; below 0 where it is something else.
    [[nodiscard]] int try_open(const InputNode& found);
    void wait_for_events();
    void grab_when_keys_are_up();
    // False once the device has gone; the reason is told then.
    [[nodiscard]] bool read_events();
    void take_event(const input_event& event);
    void watch_idle();
    void release();
    void let_go(const std::string& reason);
    [[nodiscard]] KeyTextOptions key_options() const;

    HeldNodes& held_;
    Layout layout_;
    std::string node_; // empty: none is open
    std::string identity_;
    boost::asio::posix::stream_descriptor descriptor_;
    std::unique_ptr<libevdev, FreeEvdev> device_;
    KeyText keys_;
    bool grabbed_ = false;
    bool event_times_ = false; // events carry times of our clock
};

} // namespace cartwatch::devices
