// Which input and raw HID devices the machine has now, as udev and sysfs tell, without opening any.
// The only unit with libudev.
#pragma once

#include "scanner/wire/device_settings.hpp"

#include <string>
#include <vector>

namespace cartwatch::devices {

struct InputNode {
    std::string node; // /dev/input/event5
    std::string vendor;
    std::string product;
    std::string serial;
    std::string name;
    std::string port; // USB controller and the way from it: "0000:00:14.0-1.2"; empty: not on USB
};

[[nodiscard]] std::vector<InputNode> input_nodes();

// Likewise, of raw HID devices: /dev/hidraw0.
[[nodiscard]] std::vector<InputNode> hid_nodes();

// The thing itself, wherever it is plugged in: "usb:05e0:1200:S123". Without a serial number two of
// one make are told apart by nothing but where they are plugged in:
// "usb:05e0:1200:Barcode Scanner@0000:00:14.0-1.2".
[[nodiscard]] std::string identity_of(const InputNode& node);

// Whether this node is what the settings select: all that they give must match. A path may
// be a symbolic link to the node.
[[nodiscard]] bool selects(const wire::DeviceSettings& settings, const InputNode& node);

} // namespace cartwatch::devices
