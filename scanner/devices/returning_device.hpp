// What all devices share: looking again after a while, finding their node among those of the
// machine, telling changes of presence once, and the words for what the machine refuses.
#pragma once

#include "scanner/devices/input_nodes.hpp"
#include "scanner/devices/scan_device.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <optional>

namespace cartwatch::devices {

// The longest time between two looks for a device that is there and cannot be had: a person who
// mends it is not kept waiting, and the log of the machine is not filled.
inline constexpr Ticks refused_retry_max{30'000};

// What trying a node came to where it is no such device; no errno has this value.
inline constexpr int something_else = -1;

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

    // Tries the nodes that the settings select and nobody holds until one opens: `try_open` gives
    // 0, errno or something_else. False: absent() was told why; `lack` says what something else
    // lacks.
    [[nodiscard]] bool open_one_of(
        const std::vector<InputNode>& nodes,
        const HeldNodes& held,
        const std::function<int(const InputNode&)>& try_open,
        const std::string& lack);

    // Calls `then` once there is something to read, or with what went wrong; never after this
    // device's end.
    void when_readable(
        boost::asio::posix::stream_descriptor& descriptor,
        std::function<void(boost::system::error_code)> then);

    // Calls `due` at this time of ticks_now(), in place of a time told before; nullopt: not at all.
    void call_at(std::optional<Ticks> time, std::function<void()> due);

    [[nodiscard]] const wire::DeviceSettings& settings() const {
        return settings_;
    }

    void report(const TypedScan& scan) const {
        events_.scanned(scan);
    }

    // Half a scan of a device that went, or of which a part is missing, is none: it is told.
    void report_lost() const {
        TypedScan lost;
        lost.too_long = true; // as unusable as one
        report(lost);
    }

    [[nodiscard]] bool has_room() const {
        return events_.has_room();
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
    boost::asio::steady_timer due_;
    Ticks delay_{0};       // until the next look, while it is refused
    std::string identity_; // of the device that was here last
    std::optional<DeviceState> told_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::devices
