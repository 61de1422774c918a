#include "daemon/web/command_json.hpp"

#include "daemon/readiness/lookup.hpp"
#include "daemon/web/body_members.hpp"
#include "daemon/web/message.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace cartwatch::web {

namespace {

using Build = readiness::Command (*)(Members&, const ParseCode&);

struct CommandRow {
    std::string_view name;
    Build build;
};

// The commands of the contract, by the name in "do".
constexpr std::array command_rows{
    CommandRow{
        "select_line",
        [](Members& in, const ParseCode&) -> readiness::Command {
            std::string line = in.text("line", name_bytes_max);
            return readiness::SelectLine{std::move(line), in.optional_text("lot", name_bytes_max)};
        }},
    CommandRow{
        "select_device",
        [](Members& in, const ParseCode&) -> readiness::Command {
            std::string device = in.text("device", name_bytes_max);
            return readiness::SelectDevice{
                std::move(device), in.optional_text("test", name_bytes_max)};
        }},
    CommandRow{
        "quantity",
        [](Members& in, const ParseCode&) -> readiness::Command {
            const int quantity = in.number("quantity", 0, quantity_max);
            return readiness::EnterQuantity{quantity, in.optional_text("line", name_bytes_max)};
        }},
    CommandRow{
        "missing",
        [](Members& in, const ParseCode&) -> readiness::Command {
            return readiness::MarkMissing{in.optional_text("line", name_bytes_max)};
        }},
    CommandRow{
        "damaged",
        [](Members& in, const ParseCode&) -> readiness::Command {
            const int quantity = in.number("quantity", 0, quantity_max);
            return readiness::MarkDamaged{quantity, in.optional_text("line", name_bytes_max)};
        }},
    CommandRow{
        "take_out_expired",
        [](Members& in, const ParseCode&) -> readiness::Command {
            return readiness::TakeOutExpired{in.optional_text("line", name_bytes_max)};
        }},
    CommandRow{
        "expiry",
        [](Members& in, const ParseCode&) -> readiness::Command {
            const Day day = in.day("last_usable_day");
            std::string lot = in.optional_text("lot", name_bytes_max);
            return readiness::EnterExpiry{
                day, std::move(lot), in.optional_text("line", name_bytes_max)};
        }},
    CommandRow{
        "choose_reading",
        [](Members& in, const ParseCode&) -> readiness::Command {
            std::string lot = in.optional_text("lot", name_bytes_max);
            const auto day = in.optional_day("last_usable_day");
            std::string serial = in.optional_text("serial", name_bytes_max);
            return readiness::ChooseReading{{std::move(lot), day, std::move(serial)}};
        }},
    CommandRow{
        "test",
        [](Members& in, const ParseCode&) -> readiness::Command {
            const bool passed = in.flag("passed", std::nullopt);
            std::string device = in.optional_text("device", name_bytes_max);
            return readiness::ReportTest{
                passed, std::move(device), in.optional_text("test", name_bytes_max)};
        }},
    CommandRow{
        "reading",
        [](Members& in, const ParseCode&) -> readiness::Command {
            const readiness::Amount value = in.amount("value");
            std::string device = in.optional_text("device", name_bytes_max);
            return readiness::EnterReading{
                value, std::move(device), in.optional_text("test", name_bytes_max)};
        }},
    CommandRow{
        "seal",
        [](Members& in, const ParseCode&) -> readiness::Command {
            return readiness::EnterSeal{in.text("number", name_bytes_max)};
        }},
    CommandRow{
        "seal_said",
        [](Members& in, const ParseCode&) -> readiness::Command {
            static constexpr std::array<std::string_view, 3> words = {
                "emergency", "mistake", "record_wrong"};
            return readiness::SaySeal{static_cast<readiness::SealSaid>(in.word("said", words))};
        }},
    CommandRow{
        "kind",
        [](Members& in, const ParseCode&) -> readiness::Command {
            static constexpr std::array<std::string_view, 2> words = {"full", "handover"};
            return readiness::TurnCheck{
                in.word("kind", words) == 0 ? readiness::CheckKind::full
                                            : readiness::CheckKind::handover};
        }},
    CommandRow{
        "used",
        [](Members&, const ParseCode&) -> readiness::Command { return readiness::BeginUse{}; }},
    CommandRow{
        "restock",
        [](Members&, const ParseCode&) -> readiness::Command { return readiness::BeginRestock{}; }},
    CommandRow{
        "left",
        [](Members& in, const ParseCode&) -> readiness::Command {
            const int quantity = in.number("quantity", 0, quantity_max);
            return readiness::EnterLeft{quantity, in.optional_text("line", name_bytes_max)};
        }},
    CommandRow{
        "count_left",
        [](Members&, const ParseCode&) -> readiness::Command { return readiness::CountLeft{}; }},
    CommandRow{
        "next_drawer",
        [](Members&, const ParseCode&) -> readiness::Command { return readiness::NextDrawer{}; }},
    CommandRow{
        "help", [](Members&, const ParseCode&) -> readiness::Command { return readiness::Help{}; }},
    CommandRow{
        "issue_seals",
        [](Members& in, const ParseCode&) -> readiness::Command {
            readiness::IssueSeals issue;
            issue.station = in.text("station", name_bytes_max);
            issue.first = in.text("first", name_bytes_max);
            issue.last = in.text("last", name_bytes_max);
            issue.badge = in.optional_text("badge", name_bytes_max);
            return issue;
        }},
    CommandRow{
        "void_seal",
        [](Members& in, const ParseCode&) -> readiness::Command {
            readiness::VoidSeal one;
            one.number = in.text("number", name_bytes_max);
            one.reason = in.text("reason", scan_bytes_max);
            one.badge = in.optional_text("badge", name_bytes_max);
            return one;
        }},
    CommandRow{
        "undo", [](Members&, const ParseCode&) -> readiness::Command { return readiness::Undo{}; }},
    CommandRow{
        "close",
        [](Members&, const ParseCode&) -> readiness::Command { return readiness::CloseCheck{}; }},
    CommandRow{
        "cancel",
        [](Members&, const ParseCode&) -> readiness::Command { return readiness::CancelCheck{}; }},
    CommandRow{"link_code", [](Members& in, const ParseCode& parse) -> readiness::Command {
                   const std::string raw = in.text("raw", scan_bytes_max);
                   std::string product = in.text("product", name_bytes_max);
                   const codes::Reading reading = parse(raw);
                   return readiness::LinkCode{
                       raw,
                       readiness::identifier_to_link(reading),
                       std::move(product),
                       reading ? std::string() : reading.error().rule};
               }}};

const CommandRow* find_command(std::string_view name) {
    for (const CommandRow& row : command_rows) {
        if (row.name == name) {
            return &row;
        }
    }
    return nullptr;
}

} // namespace

Parsed<ScanBody> parse_scan_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    ScanBody scan;
    scan.station = in.text("station", name_bytes_max);
    scan.text = in.text("text", scan_bytes_max);
    scan.typed = in.flag("typed", false);
    scan.camera = in.flag("camera", false);
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return scan;
}

Parsed<ChooseBody> parse_choose_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    ChooseBody choose;
    choose.station = in.text("station", name_bytes_max);
    choose.texts = in.texts("texts", seen_codes_max, scan_bytes_max);
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return choose;
}

Parsed<CommandBody> parse_command_body(std::string_view body, const ParseCode& parse) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members outer(*parsed, "");
    CommandBody result;
    result.station = outer.text("station", name_bytes_max);
    Members in = outer.object("command");
    if (const auto fault = outer.finish()) {
        return tl::unexpected(*fault);
    }
    const std::string name = in.text("do", name_bytes_max);
    const CommandRow* row = find_command(name);
    if (row == nullptr) {
        in.note("/command/do", "there is no command \"" + shortened(name) + "\"");
    } else {
        result.command = row->build(in, parse);
    }
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return result;
}

Parsed<ConfirmDayBody> parse_confirm_day_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    ConfirmDayBody confirm;
    confirm.station = in.text("station", name_bytes_max);
    confirm.command.day = in.day("day");
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return confirm;
}

} // namespace cartwatch::web
