#include "scanner/wire/scan_line.hpp"

#include "scanner/values/text.hpp"
#include "scanner/wire/wire_text.hpp"

#include <optional>

namespace cartwatch::wire {

namespace {

using nlohmann::json;

// 200 bytes: the longest name or session that a line may carry.
constexpr std::size_t name_bytes_max = 200;

std::string dumped(const json& object) {
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Unexpected bad_member(std::string_view name, std::string_view expected) {
    return refused(
        ErrorCode::bad_input,
        "member \"" + std::string(name) + "\" is not " + std::string(expected));
}

Result<std::string> take_name(const json& object, const char* name) {
    const auto member = object.find(name);
    if (member == object.end() || !member->is_string()
        || member->get_ref<const std::string&>().size() > name_bytes_max) {
        return bad_member(name, "a string of at most 200 bytes");
    }
    return member->get<std::string>();
}

Result<std::uint64_t> take_number(const json& object) {
    const auto member = object.find("n");
    if (member == object.end() || !member->is_number_unsigned() || *member == 0U) {
        return bad_member("n", "a whole number above 0");
    }
    return member->get<std::uint64_t>();
}

Result<ScannerLine> take_hello(const json& object) {
    return take_name(object, "session").and_then([](std::string session) -> Result<ScannerLine> {
        if (session.empty()) {
            return bad_member("session", "a name");
        }
        return HelloLine{std::move(session)};
    });
}

Result<ScannerLine> take_scan(const json& object) {
    const auto number = take_number(object);
    auto device = take_name(object, "device");
    auto station = take_name(object, "station");
    auto text = take_text(object);
    auto at = take_name(object, "at");
    for (const auto* part : {&device, &station, &text, &at}) {
        if (!*part) {
            return tl::unexpected(part->error());
        }
    }
    if (!number) {
        return tl::unexpected(number.error());
    }
    const auto instant = parse_instant(*at);
    if (!instant) {
        return bad_member("at", "an instant such as 2026-11-22T02:06:39.123Z");
    }
    if (text->empty() || text->size() > scan_bytes_max) {
        return bad_member("text", "1 to 8192 bytes");
    }
    return ScanLine{*number, std::move(*device), std::move(*station), std::move(*text), *instant};
}

Result<ScannerLine> take_device_line(const json& object) {
    auto device = take_name(object, "device");
    if (!device) {
        return tl::unexpected(device.error());
    }
    const auto state = object.value("state", json());
    if (state != "present" && state != "absent") {
        return bad_member("state", "present or absent");
    }
    const auto detail = object.value("detail", json(""));
    if (!detail.is_string()) {
        return bad_member("detail", "a string");
    }
    return DeviceLine{std::move(*device), state == "present", detail.get<std::string>()};
}

} // namespace

std::string to_line(const HelloLine& line) {
    return dumped({{"type", "hello"}, {"protocol", 1}, {"session", line.session}});
}

std::string to_line(const ScanLine& line) {
    json object = {
        {"type", "scan"},
        {"n", line.number},
        {"device", line.device},
        {"station", line.station},
        {"at", cartwatch::to_text(line.at)}};
    put_text(object, line.text);
    return dumped(object);
}

std::string to_line(const DeviceLine& line) {
    return dumped(
        {{"type", "device"},
         {"device", line.device},
         {"state", line.present ? "present" : "absent"},
         {"detail", line.detail}});
}

Result<ScannerLine> parse_scanner_line(std::string_view line) {
    const auto object = parse_object(line);
    if (!object) {
        return tl::unexpected(object.error());
    }
    const auto type = object->value("type", json());
    if (type == "hello") {
        return take_hello(*object);
    }
    if (type == "scan") {
        return take_scan(*object);
    }
    if (type == "device") {
        return take_device_line(*object);
    }
    return bad_member("type", "hello, scan or device");
}

std::string to_ack_line(std::uint64_t number) {
    return dumped({{"type", "ack"}, {"n", number}});
}

std::string to_error_line(std::string_view text) {
    return dumped({{"type", "error"}, {"text", text}});
}

Result<std::uint64_t> parse_ack_line(std::string_view line) {
    const auto object = parse_object(line);
    if (!object) {
        return tl::unexpected(object.error());
    }
    const auto type = object->value("type", json());
    if (type == "error") {
        const auto text = object->value("text", json(""));
        return refused(
            ErrorCode::bad_input,
            "the daemon refused a line: "
                + (text.is_string() ? text.get<std::string>() : std::string("no reason given")));
    }
    if (type != "ack") {
        return bad_member("type", "ack or error");
    }
    return take_number(*object);
}

} // namespace cartwatch::wire
