// Which scanners a machine has, as the daemon tells cartwatch-scanner: values and their JSON
// (schema/scanner.md, section 3). Opens nothing.
#pragma once

#include "scanner/values/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::wire {

enum class DeviceKind {
    keyboard,        // types what it reads (USB HID keyboard)
    hid_pos,         // sends reports of the USB HID page for bar code scanners
    serial,          // USB CDC-ACM or RS-232
    network_listen,  // network scanner that connects to us
    network_connect, // network scanner that we connect to
};

// 32 scanners on one machine: four times what the largest ward has.
inline constexpr std::size_t devices_max = 32;

// One scanner. Which members count depends on the kind; from_json refuses the others.
struct DeviceSettings {
    std::string name;
    std::string station;
    DeviceKind kind = DeviceKind::keyboard;

    // keyboard: all that are given must match, and one of them must be given: never any keyboard.
    // hid_pos: likewise, but for device_name.
    // serial: path alone.
    std::string vendor;      // four hexadecimal digits, lower case
    std::string product;     // likewise
    std::string serial;      // serial number as the device reports it
    std::string device_name; // as the kernel names it
    std::string path;        // e.g. /dev/input/by-path/…-event-kbd, a USB port; or /dev/ttyACM0

    std::string layout = "us"; // keyboard: us, uk, de, fr: what the scanner is set to
    std::uint32_t baud = 9600; // serial; 8 data bits, no parity, 1 stop bit

    // serial: bytes that make the scanner beep or light up, as hexadecimal digits; at most 32
    // bytes.
    std::string good_bytes; // after a scan that was accepted
    std::string bad_bytes;  // after any other

    std::string address = "127.0.0.1"; // listen, connect: an IP address
    std::uint16_t port = 0;            // listen, connect

    std::chrono::milliseconds pause{150}; // silence that ends a scan without a line end; 20 to 5000
    std::chrono::milliseconds retry{1000}; // between two looks for an absent device; 10 to 60000

    friend bool operator==(const DeviceSettings&, const DeviceSettings&) = default;
};

// {"devices":[…]} on one line, without the line end.
[[nodiscard]] std::string to_json_text(const std::vector<DeviceSettings>& devices);

// Refused with the device and the member at fault: unknown members, wrong types or ranges, a name
// given twice, a keyboard that nothing selects, more than devices_max.
[[nodiscard]] Result<std::vector<DeviceSettings>> parse_device_settings(std::string_view json_text);

// The same checks for one device built by hand.
[[nodiscard]] Result<void> check(const DeviceSettings& device);

// Refused where one scanner may be taken for that of another station: two of USB that no member
// which both give tells apart. Which of them came first would say whose scan it is.
[[nodiscard]] Result<void> check_together(const std::vector<DeviceSettings>& devices);

[[nodiscard]] std::string_view to_text(DeviceKind kind);

// The kind of this name; nullopt where there is none.
[[nodiscard]] std::optional<DeviceKind> parse_device_kind(std::string_view name);

// The bytes of hexadecimal digits, two each; nullopt for anything else.
[[nodiscard]] std::optional<std::string> bytes_of_hex(std::string_view digits);

} // namespace cartwatch::wire
