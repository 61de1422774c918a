#include "scanner/wire/device_settings.hpp"

#include "scanner/values/text.hpp"
#include "scanner/wire/wire_text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace cartwatch::wire {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> kind_names = {
    "keyboard", "hid_pos", "serial", "network_listen", "network_connect"};

// 32 bytes: twice the longest command that makes a scanner beep.
constexpr std::size_t signal_digits_max = 64;

// The string members; each may be left out.
struct TextMember {
    const char* name;
    std::string DeviceSettings::*member;
};

constexpr std::array text_members = {
    TextMember{"name", &DeviceSettings::name},
    TextMember{"station", &DeviceSettings::station},
    TextMember{"vendor", &DeviceSettings::vendor},
    TextMember{"product", &DeviceSettings::product},
    TextMember{"serial", &DeviceSettings::serial},
    TextMember{"device_name", &DeviceSettings::device_name},
    TextMember{"path", &DeviceSettings::path},
    TextMember{"layout", &DeviceSettings::layout},
    TextMember{"address", &DeviceSettings::address},
    TextMember{"good_bytes", &DeviceSettings::good_bytes},
    TextMember{"bad_bytes", &DeviceSettings::bad_bytes},
};

constexpr std::array number_members = {"baud", "port", "pause_ms", "retry_ms"};

Unexpected fault(const std::string& device, const std::string& text) {
    return refused(ErrorCode::bad_input, "scanner \"" + shortened(device) + "\": " + text);
}

bool is_usb_number(std::string_view text) {
    return text.empty() || (text.size() == 4 && std::all_of(text.begin(), text.end(), [](char c) {
                                return is_digit(c) || (c >= 'a' && c <= 'f');
                            }));
}

Result<void> check_usb(const DeviceSettings& device) {
    const bool selected = (!device.vendor.empty() && !device.product.empty())
                          || !device.serial.empty() || !device.device_name.empty()
                          || !device.path.empty();
    if (!selected) {
        return fault(
            device.name, "say which one it is: vendor and product, serial, device_name or path");
    }
    if (!is_usb_number(device.vendor) || !is_usb_number(device.product)) {
        return fault(device.name, "vendor and product are four lower-case hexadecimal digits");
    }
    return {};
}

Result<void> check_keyboard(const DeviceSettings& device) {
    if (auto usb = check_usb(device); !usb) {
        return usb;
    }
    constexpr std::array layouts = {"us", "uk", "de", "fr"};
    if (std::find(layouts.begin(), layouts.end(), device.layout) == layouts.end()) {
        return fault(device.name, "layout \"" + shortened(device.layout) + "\": us, uk, de or fr");
    }
    return {};
}

Result<std::int64_t> take_integer(const json& value, const std::string& device, const char* name) {
    if (!value.is_number_integer() || value < 0 || value > 10'000'000) {
        return fault(device, "member \"" + std::string(name) + "\" is not a whole number");
    }
    return value.get<std::int64_t>();
}

Result<void> take_numbers(const json& object, DeviceSettings& device) {
    for (const char* name : number_members) {
        const auto member = object.find(name);
        if (member == object.end()) {
            continue;
        }
        const auto number = take_integer(*member, device.name, name);
        if (!number) {
            return tl::unexpected(number.error());
        }
        const std::string_view which = name;
        if (which == "baud") {
            device.baud = static_cast<std::uint32_t>(*number);
        } else if (which == "pause_ms") {
            device.pause = std::chrono::milliseconds(*number);
        } else if (which == "retry_ms") {
            device.retry = std::chrono::milliseconds(*number);
        } else if (*number <= 65535) {
            device.port = static_cast<std::uint16_t>(*number);
        } else {
            return fault(device.name, "port is 1 to 65535");
        }
    }
    return {};
}

Result<void> take_texts(const json& object, DeviceSettings& device) {
    for (const TextMember& text : text_members) {
        const auto member = object.find(text.name);
        if (member == object.end()) {
            continue;
        }
        if (!member->is_string()) {
            return fault(device.name, "member \"" + std::string(text.name) + "\" is not a string");
        }
        device.*text.member = member->get<std::string>();
    }
    return {};
}

Result<void> refuse_unknown_members(const json& object, const std::string& device) {
    for (const auto& [name, value] : object.items()) {
        const auto is_name = [&known = name](const auto& other) { return known == other; };
        const bool known =
            name == "kind" || std::any_of(number_members.begin(), number_members.end(), is_name)
            || std::any_of(text_members.begin(), text_members.end(), [&](const TextMember& text) {
                   return is_name(text.name);
               });
        if (!known) {
            return fault(device, "unknown member \"" + shortened(name) + "\"");
        }
    }
    return {};
}

// Those of one station may change places: whichever reads, the scan goes to the same cart.
bool may_be_swapped(const DeviceSettings& first, const DeviceSettings& second) {
    const bool usb = first.kind == DeviceKind::keyboard || first.kind == DeviceKind::hid_pos;
    if (!usb || first.kind != second.kind || first.station == second.station) {
        return false;
    }
    constexpr std::array selecting = {
        &DeviceSettings::vendor,
        &DeviceSettings::product,
        &DeviceSettings::serial,
        &DeviceSettings::device_name,
        &DeviceSettings::path};
    return std::all_of(selecting.begin(), selecting.end(), [&](const auto member) {
        return (first.*member).empty() || (second.*member).empty()
               || first.*member == second.*member;
    });
}

Result<DeviceSettings> take_settings(const json& object) {
    DeviceSettings device;
    if (!object.is_object()) {
        return refused(ErrorCode::bad_input, "each of \"devices\" is an object");
    }
    if (auto texts = take_texts(object, device); !texts) {
        return tl::unexpected(texts.error());
    }
    if (auto known = refuse_unknown_members(object, device.name); !known) {
        return tl::unexpected(known.error());
    }
    const auto kind = object.value("kind", json());
    const auto known_kind =
        kind.is_string() ? parse_device_kind(kind.get_ref<const std::string&>()) : std::nullopt;
    if (!known_kind) {
        return fault(
            device.name, "kind is keyboard, hid_pos, serial, network_listen or network_connect");
    }
    device.kind = *known_kind;
    if (auto numbers = take_numbers(object, device); !numbers) {
        return tl::unexpected(numbers.error());
    }
    if (auto whole = check(device); !whole) {
        return tl::unexpected(whole.error());
    }
    return device;
}

json device_json(const DeviceSettings& device) {
    json object = {
        {"kind", to_text(device.kind)},
        {"pause_ms", device.pause.count()},
        {"retry_ms", device.retry.count()},
        {"baud", device.baud},
        {"port", device.port}};
    for (const TextMember& text : text_members) {
        object[text.name] = device.*text.member;
    }
    return object;
}

} // namespace

std::string_view to_text(DeviceKind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

Result<void> check(const DeviceSettings& device) {
    using std::chrono_literals::operator""ms;
    if (device.name.empty() || device.name.size() > 100 || !is_utf8(device.name)) {
        return fault(device.name, "a name of 1 to 100 bytes is needed");
    }
    if (device.station.size() > 100 || !is_utf8(device.station)) {
        return fault(device.name, "station has at most 100 bytes");
    }
    if (device.pause < 20ms || device.pause > 5000ms) {
        return fault(device.name, "pause_ms is 20 to 5000");
    }
    if (device.retry < 10ms || device.retry > 60000ms) {
        return fault(device.name, "retry_ms is 10 to 60000");
    }
    const bool network =
        device.kind == DeviceKind::network_listen || device.kind == DeviceKind::network_connect;
    if (device.kind == DeviceKind::network_connect && device.port == 0) {
        return fault(device.name, "port is 1 to 65535");
    }
    if (network && device.address.empty()) {
        return fault(device.name, "address is missing");
    }
    if (device.kind == DeviceKind::serial && device.path.empty()) {
        return fault(device.name, "path of the serial port is missing");
    }
    if (device.kind == DeviceKind::serial && (device.baud < 300 || device.baud > 4'000'000)) {
        return fault(device.name, "baud is 300 to 4000000");
    }
    for (const std::string& digits : {device.good_bytes, device.bad_bytes}) {
        if (digits.size() > signal_digits_max || !bytes_of_hex(digits)) {
            return fault(
                device.name, "good_bytes and bad_bytes are at most 32 bytes in hexadecimal");
        }
    }
    if (device.kind == DeviceKind::hid_pos) {
        return check_usb(device);
    }
    return device.kind == DeviceKind::keyboard ? check_keyboard(device) : Result<void>{};
}

Result<void> check_together(const std::vector<DeviceSettings>& devices) {
    for (auto first = devices.begin(); first != devices.end(); ++first) {
        for (auto second = first + 1; second != devices.end(); ++second) {
            if (may_be_swapped(*first, *second)) {
                return fault(
                    second->name,
                    "it may be taken for \"" + shortened(first->name)
                        + "\" of another station: give both their serial number, or (kind "
                          "keyboard) their USB port by path = \"/dev/input/by-path/...\"");
            }
        }
    }
    return {};
}

std::optional<DeviceKind> parse_device_kind(std::string_view name) {
    const auto* const found = std::find(kind_names.begin(), kind_names.end(), name);
    return found == kind_names.end()
               ? std::nullopt
               : std::optional(static_cast<DeviceKind>(found - kind_names.begin()));
}

std::optional<std::string> bytes_of_hex(std::string_view digits) {
    constexpr std::string_view values = "0123456789abcdefABCDEF";
    if (digits.size() % 2 != 0 || digits.find_first_not_of(values) != std::string_view::npos) {
        return std::nullopt;
    }
    const auto value_of = [&](char digit) {
        const std::size_t at = values.find(digit);
        return at < 16 ? at : at - 6; // capitals
    };
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        bytes += static_cast<char>(16 * value_of(digits[i]) + value_of(digits[i + 1]));
    }
    return bytes;
}

std::string to_json_text(const std::vector<DeviceSettings>& devices) {
    json object = {{"devices", json::array()}};
    for (const DeviceSettings& device : devices) {
        object["devices"].push_back(device_json(device));
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::vector<DeviceSettings>> parse_device_settings(std::string_view json_text) {
    const auto object = parse_object(json_text);
    if (!object) {
        return tl::unexpected(object.error());
    }
    if (object->size() != 1 || !object->contains("devices") || !(*object)["devices"].is_array()) {
        return refused(ErrorCode::bad_input, "the scanners stand in one list named \"devices\"");
    }
    if ((*object)["devices"].size() > devices_max) {
        return refused(ErrorCode::too_large, "more than 32 scanners on one machine");
    }
    std::vector<DeviceSettings> devices;
    std::set<std::string> names;
    for (const json& entry : (*object)["devices"]) {
        auto device = take_settings(entry);
        if (!device) {
            return tl::unexpected(device.error());
        }
        if (!names.insert(device->name).second) {
            return fault(device->name, "the name is given twice");
        }
        devices.push_back(std::move(*device));
    }
    if (auto together = check_together(devices); !together) {
        return tl::unexpected(together.error());
    }
    return devices;
}

} // namespace cartwatch::wire
