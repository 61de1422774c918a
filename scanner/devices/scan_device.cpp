#include "scanner/devices/scan_device.hpp"

#include "scanner/devices/hid_pos_device.hpp"
#include "scanner/devices/keyboard_device.hpp"
#include "scanner/devices/network_device.hpp"
#include "scanner/devices/serial_device.hpp"
#include "scanner/values/ensure.hpp"

namespace cartwatch::devices {

namespace {

std::unique_ptr<ReturningDevice> make_device(
    const boost::asio::any_io_executor& executor,
    const wire::DeviceSettings& settings,
    DeviceEvents events,
    HeldNodes& held) {
    switch (settings.kind) {
    case wire::DeviceKind::keyboard:
        return std::make_unique<KeyboardDevice>(executor, settings, std::move(events), held);
    case wire::DeviceKind::hid_pos:
        return std::make_unique<HidPosDevice>(executor, settings, std::move(events), held);
    case wire::DeviceKind::serial:
        return std::make_unique<SerialDevice>(executor, settings, std::move(events));
    case wire::DeviceKind::network_listen:
        return std::make_unique<ListeningDevice>(executor, settings, std::move(events));
    case wire::DeviceKind::network_connect:
        return std::make_unique<CallingDevice>(executor, settings, std::move(events));
    }
    ensure(false, "every kind of device is made");
    return nullptr;
}

} // namespace

std::unique_ptr<ScanDevice> start_device(
    const boost::asio::any_io_executor& executor,
    const wire::DeviceSettings& settings,
    DeviceEvents events,
    HeldNodes& held) {
    ensure(wire::check(settings).has_value(), "devices start from settings that were checked");
    auto device = make_device(executor, settings, std::move(events), held);
    device->begin();
    return device;
}

} // namespace cartwatch::devices
