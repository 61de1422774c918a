#include "daemon/web/command_json.hpp"

#include "daemon/readiness/lookup.hpp"
#include "daemon/web/message.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>

namespace cartwatch::web {

namespace {

using Body = nlohmann::json;

// The value for a message. Nested ones are only named: printing them recurses as deep as they go.
std::string quoted(const Body& value) {
    return value.is_structured() ? std::string(value.type_name()) : shortened(value.dump());
}

// One object of the body. Remembers the first fault; after one, answers are defaults.
class Members {
public:
    Members(const Body& object, std::string at) : object_(object), at_(std::move(at)) {
        if (!object.is_object()) {
            note(at_, "an object is expected here");
        }
    }

    [[nodiscard]] std::string text(const std::string& name, std::size_t bytes_max) {
        const std::string value = optional_text(name, bytes_max);
        if (value.empty()) {
            note(at_ + "/" + name, "a text is expected here");
        }
        return value;
    }

    // Empty where it is absent or null.
    [[nodiscard]] std::string optional_text(const std::string& name, std::size_t bytes_max) {
        const Body* value = member(name);
        if (value == nullptr) {
            return "";
        }
        const auto* text = value->get_ptr<const Body::string_t*>();
        if (text == nullptr || text->empty()) {
            note(at_ + "/" + name, "a text is expected here, not " + quoted(*value));
            return "";
        }
        if (text->size() > bytes_max) {
            note(
                at_ + "/" + name,
                "at most " + std::to_string(bytes_max) + " bytes are expected here, not "
                    + std::to_string(text->size()));
            return "";
        }
        return *text;
    }

    [[nodiscard]] int number(const std::string& name, int low, int high) {
        const Body* value = member(name);
        if (value == nullptr || !value->is_number_integer() || is_outside(*value, low, high)) {
            note(
                at_ + "/" + name,
                "a whole number from " + std::to_string(low) + " to " + std::to_string(high)
                    + " is expected here" + (value == nullptr ? "" : ", not " + quoted(*value)));
            return low;
        }
        return value->get<int>();
    }

    // Required unless a default is given.
    [[nodiscard]] bool flag(const std::string& name, std::optional<bool> otherwise) {
        const Body* value = member(name);
        if (value == nullptr && otherwise) {
            return *otherwise;
        }
        if (value == nullptr || !value->is_boolean()) {
            note(at_ + "/" + name, "true or false is expected here");
            return false;
        }
        return value->get<bool>();
    }

    [[nodiscard]] Day day(const std::string& name) {
        const auto day = parse_day(text(name, name_bytes_max));
        if (!day) {
            note(at_ + "/" + name, "a day such as \"2026-11-22\" is expected here");
        }
        return day.value_or(Day{});
    }

    [[nodiscard]] readiness::Amount amount(const std::string& name) {
        const auto amount = readiness::parse_amount(text(name, name_bytes_max));
        if (!amount) {
            note(
                at_ + "/" + name,
                "a number as text such as \"15.2\", with at most three places, is expected here");
        }
        return amount.value_or(readiness::Amount{});
    }

    [[nodiscard]] std::optional<Instant> optional_instant(const std::string& name) {
        const std::string value = optional_text(name, name_bytes_max);
        const auto instant = parse_instant(value);
        if (!value.empty() && !instant) {
            note(
                at_ + "/" + name,
                "an instant such as \"2026-11-22T02:06:39.123Z\" is expected here");
        }
        return instant;
    }

    // A list of 1 to count_max texts.
    [[nodiscard]] std::vector<std::string>
    texts(const std::string& name, std::size_t count_max, std::size_t bytes_max) {
        const Body* value = member(name);
        std::vector<std::string> texts;
        if (value == nullptr || !value->is_array() || value->empty() || value->size() > count_max) {
            note(
                at_ + "/" + name,
                "a list of 1 to " + std::to_string(count_max) + " texts is expected here");
            return texts;
        }
        for (const Body& one : *value) {
            const auto* text = one.get_ptr<const Body::string_t*>();
            if (text == nullptr || text->empty() || text->size() > bytes_max) {
                note(
                    at_ + "/" + name + "/" + std::to_string(texts.size()),
                    "a text of 1 to " + std::to_string(bytes_max) + " bytes is expected here");
                return texts;
            }
            texts.push_back(*text);
        }
        return texts;
    }

    [[nodiscard]] Members object(const std::string& name) {
        static const Body nothing;
        const Body* value = member(name);
        return {value == nullptr ? nothing : *value, at_ + "/" + name};
    }

    // Call last: refuses the members that were not asked for.
    [[nodiscard]] std::optional<BodyFault> finish() {
        if (object_.is_object()) {
            for (const auto& [name, value] : object_.items()) {
                if (!known_.contains(name)) {
                    note((Body::json_pointer(at_) / name).to_string(), "nobody knows this member");
                }
            }
        }
        return fault_;
    }

    void note(const std::string& pointer, const std::string& text) {
        if (!fault_) {
            fault_ = BodyFault{pointer, text};
        }
    }

private:
    [[nodiscard]] const Body* member(const std::string& name) {
        known_.insert(name);
        if (!object_.is_object()) {
            return nullptr;
        }
        const auto found = object_.find(name);
        return found == object_.end() || found->is_null() ? nullptr : &*found;
    }

    [[nodiscard]] static bool is_outside(const Body& value, int low, int high) {
        if (value.is_number_unsigned()) { // all that are 0 or more
            return value.get<std::uint64_t>() > static_cast<std::uint64_t>(high)
                   || (low > 0 && value.get<std::uint64_t>() < static_cast<std::uint64_t>(low));
        }
        return value.get<std::int64_t>() < low || value.get<std::int64_t>() > high;
    }

    const Body& object_;
    std::string at_;
    std::set<std::string> known_;
    std::optional<BodyFault> fault_;
};

Parsed<Body> parse_json(std::string_view body) {
    Body parsed = Body::parse(body, nullptr, false);
    if (parsed.is_discarded()) {
        return tl::unexpected(BodyFault{"", "the body is not one JSON text"});
    }
    return parsed;
}

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
                   return readiness::LinkCode{
                       raw, readiness::identifier_to_link(parse(raw)), std::move(product)};
               }}};

const CommandRow* find_command(std::string_view name) {
    for (const CommandRow& row : command_rows) {
        if (row.name == name) {
            return &row;
        }
    }
    return nullptr;
}

// The members that both answers to an alert have.
template <typename Answer>
Answer alert_answer(Members& in) {
    Answer answer;
    answer.node = in.text("node", name_bytes_max);
    answer.key.cart = in.text("cart", name_bytes_max);
    answer.key.subject = in.text("subject", name_bytes_max);
    answer.episode = in.number("episode", 1, 1'000'000'000);
    answer.badge = in.text("badge", name_bytes_max);
    return answer;
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

Parsed<readiness::AcceptAlert> parse_accept_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    auto answer = alert_answer<readiness::AcceptAlert>(in);
    answer.expected_at = in.optional_instant("expected_at");
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return answer;
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

Parsed<readiness::HandBackAlert> parse_hand_back_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    auto answer = alert_answer<readiness::HandBackAlert>(in);
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return answer;
}

} // namespace cartwatch::web
