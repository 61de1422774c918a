// A scanner in HID POS mode, read from hidraw: whole scans in reports, so that no layout, Caps Lock
// or input method can touch them. Found and found again as keyboards are.
#pragma once

#include "scanner/devices/hid_report.hpp"
#include "scanner/devices/input_nodes.hpp"
#include "scanner/devices/returning_device.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <vector>

namespace cartwatch::devices {

class HidPosDevice final : public ReturningDevice {
public:
    HidPosDevice(
        const boost::asio::any_io_executor& executor,
        const wire::DeviceSettings& settings,
        DeviceEvents events,
        HeldNodes& held);
    ~HidPosDevice() override;

private:
    void look() override;
    // 0, or what the machine said; below 0 where its reports hold no bar code.
    [[nodiscard]] int try_open(const InputNode& found);
    void wait_for_reports();
    void watch_idle();
    // False once the device has gone; the reason is told then.
    [[nodiscard]] bool read_reports();
    void let_go(const std::string& reason);

    HeldNodes& held_;
    std::string node_; // empty: none is open
    std::string identity_;
    boost::asio::posix::stream_descriptor descriptor_;
    std::optional<HidText> text_;
    std::vector<std::uint8_t> report_; // as long as one report: a read gives one
};

} // namespace cartwatch::devices
