// What all devices share: looking again after a while, and telling changes of presence once.
#pragma once

#include "scanner/devices/scan_device.hpp"

#include <boost/asio/steady_timer.hpp>

#include <optional>

namespace cartwatch::devices {

class ReturningDevice : public ScanDevice {
public:
    ReturningDevice(
        const boost::asio::any_io_executor& executor,
        wire::DeviceSettings settings,
        DeviceEvents events);

    // Looks for the device for the first time, from the loop.
    void begin();

protected:
    // Finds and opens the device, or calls absent().
    virtual void look() = 0;

    void present(const std::string& detail);

    // Tells it unless the same was told last, and looks again after the configured time.
    void absent(const std::string& detail);

    [[nodiscard]] const wire::DeviceSettings& settings() const {
        return settings_;
    }

    void report(const TypedScan& scan) const {
        events_.scanned(scan);
    }

    [[nodiscard]] boost::asio::any_io_executor executor() {
        return retry_.get_executor();
    }

    // For handlers to hold a weak copy of: one that is called after destruction does nothing.
    [[nodiscard]] std::weak_ptr<bool> alive() const {
        return alive_;
    }

private:
    void look_after(Ticks delay);

    wire::DeviceSettings settings_;
    DeviceEvents events_;
    boost::asio::steady_timer retry_;
    std::optional<std::pair<bool, std::string>> told_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::devices
