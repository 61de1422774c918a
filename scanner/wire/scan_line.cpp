#include "scanner/wire/scan_line.hpp"

#include "scanner/values/text.hpp"
#include "scanner/wire/wire_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace cartwatch::wire {

namespace {

using nlohmann::json;

// 200 bytes: the longest name or session that a line may carry.
constexpr std::size_t name_bytes_max = 200;

constexpr std::array<std::string_view, 7> absence_names = {
    "none",
    "not_plugged_in",
    "no_permission",
    "held_by_other",
    "not_a_scanner",
    "gone",
    "failed",
};

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
    const bool by_pause = object.value("end", json()) == "pause";
    return ScanLine{
        *number, std::move(*device), std::move(*station), std::move(*text), *instant, by_pause};
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
    DeviceLine line;
    line.device = std::move(*device);
    line.present = state == "present";
    line.detail = detail.get<std::string>();
    if (object.contains("identity")) {
        auto identity = take_name(object, "identity");
        if (!identity) {
            return tl::unexpected(identity.error());
        }
        line.identity = std::move(*identity);
    }
    const auto lost = object.value("lost", json(0U));
    if (!lost.is_number_unsigned()) {
        return bad_member("lost", "a whole number");
    }
    line.lost = lost.get<std::uint64_t>();
    const auto reason = object.value("reason", json("none"));
    const auto* const found = std::find(absence_names.begin(), absence_names.end(), reason);
    // A reason that this program does not know yet is one that the machine gave.
    line.absence = found == absence_names.end()
                       ? Absence::failed
                       : static_cast<Absence>(found - absence_names.begin());
    return line;
}

Result<DaemonLine> take_signal(const json& object) {
    auto device = take_name(object, "device");
    const auto kind = object.value("kind", json());
    if (!device) {
        return tl::unexpected(device.error());
    }
    if (kind != "good" && kind != "bad") {
        return bad_member("kind", "good or bad");
    }
    return SignalLine{std::move(*device), kind == "good"};
}

Result<DaemonLine> take_layout(const json& object) {
    auto device = take_name(object, "device");
    auto layout = take_name(object, "layout");
    if (!device || !layout) {
        return tl::unexpected(device ? layout.error() : device.error());
    }
    return LayoutLine{std::move(*device), std::move(*layout)};
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
    if (line.by_pause) {
        object["end"] = "pause";
    }
    put_text(object, line.text);
    return dumped(object);
}

std::string to_line(const DeviceLine& line) {
    json object = {
        {"type", "device"},
        {"device", line.device},
        {"state", line.present ? "present" : "absent"},
        {"detail", line.detail}};
    if (!line.identity.empty()) {
        object["identity"] = line.identity;
    }
    if (line.absence != Absence::none) {
        object["reason"] = to_text(line.absence);
    }
    if (line.lost > 0) {
        object["lost"] = line.lost;
    }
    return dumped(object);
}

std::string_view to_text(Absence absence) {
    return absence_names.at(static_cast<std::size_t>(absence));
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

std::string to_line(const AckLine& line) {
    return dumped({{"type", "ack"}, {"n", line.number}});
}

std::string to_line(const SignalLine& line) {
    return dumped(
        {{"type", "signal"}, {"device", line.device}, {"kind", line.good ? "good" : "bad"}});
}

std::string to_line(const LayoutLine& line) {
    return dumped({{"type", "layout"}, {"device", line.device}, {"layout", line.layout}});
}

std::string to_error_line(std::string_view text) {
    return dumped({{"type", "error"}, {"text", text}});
}

Result<DaemonLine> parse_daemon_line(std::string_view line) {
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
    if (type == "signal") {
        return take_signal(*object);
    }
    if (type == "layout") {
        return take_layout(*object);
    }
    if (type != "ack") {
        return bad_member("type", "ack, signal, layout or error");
    }
    return take_number(*object).map(
        [](std::uint64_t number) -> DaemonLine { return AckLine{number}; });
}

} // namespace cartwatch::wire
