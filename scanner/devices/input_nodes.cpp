#include "scanner/devices/input_nodes.hpp"

#include <memory>
#include <optional>

#include <libudev.h>
#include <sys/stat.h>

namespace cartwatch::devices {

namespace {

template <auto release>
struct Release {
    template <typename T>
    void operator()(T* object) const {
        release(object);
    }
};

using Udev = std::unique_ptr<udev, Release<udev_unref>>;
using Enumeration = std::unique_ptr<udev_enumerate, Release<udev_enumerate_unref>>;
using Device = std::unique_ptr<udev_device, Release<udev_device_unref>>;

std::string text_or_empty(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

udev_device* usb_device_of(udev_device* device) {
    return udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
}

// Hubs and plugs keep their places when machines start and devices return; numbers of buses and
// devices do not. A controller has two buses, so that its own address stands for both.
std::string port_of(udev_device* device) {
    udev_device* const usb = usb_device_of(device);
    if (usb == nullptr) {
        return "";
    }
    udev_device* root = usb;
    while (udev_device* const hub = usb_device_of(root)) {
        root = hub;
    }
    udev_device* const controller = udev_device_get_parent(root);
    const std::string way = text_or_empty(udev_device_get_sysattr_value(usb, "devpath"));
    return controller == nullptr || way.empty()
               ? text_or_empty(udev_device_get_sysname(usb))
               : text_or_empty(udev_device_get_sysname(controller)) + "-" + way;
}

// The serial number of the USB device, or what the device itself says.
std::string serial_of(udev_device* device, const std::string& own) {
    udev_device* const usb = usb_device_of(device);
    const std::string serial =
        usb == nullptr ? "" : text_or_empty(udev_device_get_sysattr_value(usb, "serial"));
    return serial.empty() ? own : serial;
}

std::string in_lower_case(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

// Every device of the subsystem that `describe` can tell something of.
template <typename Describe>
std::vector<InputNode> nodes_of(const char* subsystem, const char* name, Describe describe) {
    std::vector<InputNode> nodes;
    const Udev context(udev_new());
    const Enumeration enumeration(context ? udev_enumerate_new(context.get()) : nullptr);
    if (!enumeration || udev_enumerate_add_match_subsystem(enumeration.get(), subsystem) < 0
        || udev_enumerate_add_match_sysname(enumeration.get(), name) < 0
        || udev_enumerate_scan_devices(enumeration.get()) < 0) {
        return nodes; // no sysfs: nothing is there
    }
    udev_list_entry* entry = udev_enumerate_get_list_entry(enumeration.get());
    for (; entry != nullptr; entry = udev_list_entry_get_next(entry)) {
        const Device device(
            udev_device_new_from_syspath(context.get(), udev_list_entry_get_name(entry)));
        const char* node = device ? udev_device_get_devnode(device.get()) : nullptr;
        auto described = node == nullptr ? std::nullopt : describe(device.get());
        if (described) { // else unplugged while we looked
            described->node = node;
            nodes.push_back(std::move(*described));
        }
    }
    return nodes;
}

// std::filesystem::equivalent refuses to compare devices. A path that leads nowhere is no node's.
bool is_same_file(const std::string& first, const std::string& second) {
    struct stat one {};

    struct stat other {};

    return ::stat(first.c_str(), &one) == 0 && ::stat(second.c_str(), &other) == 0
           && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

} // namespace

std::vector<InputNode> input_nodes() {
    return nodes_of("input", "event*", [](udev_device* device) -> std::optional<InputNode> {
        udev_device* const input =
            udev_device_get_parent_with_subsystem_devtype(device, "input", nullptr);
        if (input == nullptr) {
            return std::nullopt;
        }
        return InputNode{
            "",
            text_or_empty(udev_device_get_sysattr_value(input, "id/vendor")),
            text_or_empty(udev_device_get_sysattr_value(input, "id/product")),
            serial_of(device, text_or_empty(udev_device_get_sysattr_value(input, "uniq"))),
            text_or_empty(udev_device_get_sysattr_value(input, "name")),
            port_of(device)};
    });
}

std::vector<InputNode> hid_nodes() {
    return nodes_of("hidraw", "hidraw*", [](udev_device* device) -> std::optional<InputNode> {
        udev_device* const hid =
            udev_device_get_parent_with_subsystem_devtype(device, "hid", nullptr);
        // "0003:000005E0:00001200": bus, vendor, product.
        const std::string id =
            hid == nullptr ? "" : text_or_empty(udev_device_get_property_value(hid, "HID_ID"));
        if (id.size() != 22) {
            return std::nullopt;
        }
        return InputNode{
            "",
            in_lower_case(id.substr(9, 4)),
            in_lower_case(id.substr(18, 4)),
            serial_of(device, text_or_empty(udev_device_get_property_value(hid, "HID_UNIQ"))),
            text_or_empty(udev_device_get_property_value(hid, "HID_NAME")),
            port_of(device)};
    });
}

std::string identity_of(const InputNode& node) {
    const std::string make = "usb:" + node.vendor + ":" + node.product + ":";
    if (!node.serial.empty()) {
        return make + node.serial;
    }
    return make + node.name + (node.port.empty() ? "" : "@" + node.port);
}

bool selects(const wire::DeviceSettings& settings, const InputNode& node) {
    const auto matches = [](const std::string& wanted, const std::string& found) {
        return wanted.empty() || wanted == found;
    };
    const bool same_place = settings.path.empty() || is_same_file(settings.path, node.node);
    return same_place && matches(settings.vendor, node.vendor)
           && matches(settings.product, node.product) && matches(settings.serial, node.serial)
           && matches(settings.device_name, node.name);
}

} // namespace cartwatch::devices
