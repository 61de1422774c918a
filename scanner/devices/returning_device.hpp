// What all devices share: looking again after a while, telling changes of presence once, and the
// words for what the machine refuses.
#pragma once

#include "scanner/devices/scan_device.hpp"

#include <boost/asio/steady_timer.hpp>

#include <optional>

namespace cartwatch::devices {

// The longest time between two looks for a device that is there and cannot be had: a person who
// mends it is not kept waiting, and the log of the machine is not filled.
inline constexpr Ticks refused_retry_max{30'000};

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

    // Tells it unless the same was told last.
    void present(const std::string& detail, const std::string& identity);

    // Tells it unless the same was told last, and looks again: after the configured time where
    // there is nothing to be had, later and later where what is there cannot be had.
    void absent(wire::Absence absence, const std::string& detail);

    // What the error of the machine (errno) on this place comes to, in words that say the mend.
    void refused_by_machine(const std::string& place, int error);

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
    void tell(const DeviceState& state);

    wire::DeviceSettings settings_;
    DeviceEvents events_;
    boost::asio::steady_timer retry_;
    Ticks delay_{0};       // until the next look, while it is refused
    std::string identity_; // of the device that was here last
    std::optional<DeviceState> told_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::devices
