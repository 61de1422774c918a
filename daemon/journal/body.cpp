#include "daemon/journal/body.hpp"

#include "daemon/journal/entry.hpp"
#include "daemon/journal/json_archive.hpp"
#include "daemon/journal/strict_json.hpp"
#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <array>
#include <variant>

namespace cartwatch::journal {

namespace {

// The kind of an event type; types with several kinds (steps, closed alerts) are told apart below.
template <typename E>
constexpr std::string_view kind_name;
template <>
constexpr std::string_view kind_name<readiness::StationDefined> = "station.defined";
template <>
constexpr std::string_view kind_name<readiness::ProductDefined> = "product.defined";
template <>
constexpr std::string_view kind_name<readiness::StaffDefined> = "staff.defined";
template <>
constexpr std::string_view kind_name<readiness::CartDefined> = "cart.defined";
template <>
constexpr std::string_view kind_name<readiness::StockRecorded> = "stock.recorded";
template <>
constexpr std::string_view kind_name<readiness::PolicyChanged> = "policy.changed";
template <>
constexpr std::string_view kind_name<readiness::CodeLinked> = "code.linked";
template <>
constexpr std::string_view kind_name<readiness::RecallIssued> = "recall.issued";
template <>
constexpr std::string_view kind_name<readiness::RecallWithdrawn> = "recall.withdrawn";
template <>
constexpr std::string_view kind_name<readiness::RecallAnswered> = "recall.answered";
template <>
constexpr std::string_view kind_name<readiness::RecallUnitsRemoved> = "recall.removed";
template <>
constexpr std::string_view kind_name<readiness::SubstitutionPublished> = "substitution.published";
template <>
constexpr std::string_view kind_name<readiness::SubstitutionWithdrawn> = "substitution.withdrawn";
template <>
constexpr std::string_view kind_name<readiness::CheckOpened> = "check.opened";
template <>
constexpr std::string_view kind_name<readiness::CheckTurned> = "check.turned";
template <>
constexpr std::string_view kind_name<readiness::CheckTaken> = "check.taken";
template <>
constexpr std::string_view kind_name<readiness::StepUndone> = "check.step_undone";
template <>
constexpr std::string_view kind_name<readiness::CheckReviewed> = "check.reviewed";
template <>
constexpr std::string_view kind_name<readiness::CheckClosed> = "check.closed";
template <>
constexpr std::string_view kind_name<readiness::CheckCancelled> = "check.cancelled";
template <>
constexpr std::string_view kind_name<readiness::SealsIssued> = "seal.issued";
template <>
constexpr std::string_view kind_name<readiness::SealVoided> = "seal.voided";
template <>
constexpr std::string_view kind_name<readiness::SealBroken> = "seal.broken";
template <>
constexpr std::string_view kind_name<readiness::SealCorrected> = "seal.corrected";
template <>
constexpr std::string_view kind_name<readiness::AlertRaised> = "alert.raised";
template <>
constexpr std::string_view kind_name<readiness::AlertChanged> = "alert.changed";
template <>
constexpr std::string_view kind_name<readiness::AlertAccepted> = "alert.accepted";
template <>
constexpr std::string_view kind_name<readiness::AlertHandedBack> = "alert.handed_back";
template <>
constexpr std::string_view kind_name<readiness::AlertDispatched> = "alert.dispatched";
template <>
constexpr std::string_view kind_name<readiness::AlertSilenced> = "alert.silenced";
template <>
constexpr std::string_view kind_name<readiness::AlertEscalated> = "alert.escalated";
template <>
constexpr std::string_view kind_name<readiness::DayJudged> = "day.judged";
template <>
constexpr std::string_view kind_name<readiness::DayCorrected> = "day.corrected";

constexpr std::string_view alert_resolved = "alert.resolved";
constexpr std::string_view alert_withdrawn = "alert.withdrawn";
constexpr std::string_view step_prefix = "check.";

// In the order of StepAction's alternatives.
constexpr std::array<std::string_view, std::variant_size_v<readiness::StepActionKinds>>
    action_names{
        "line_counted",
        "line_missing",
        "holding_taken_out",
        "device_tested",
        "code_parked",
        "scan_noted",
        "seal_read",
        "units_used",
        "line_left",
        "seal_found"};

constexpr std::array<std::string_view, 45> sorted_kinds{
    "alert.accepted",     "alert.changed",          "alert.dispatched",
    "alert.escalated",    "alert.handed_back",      "alert.raised",
    "alert.resolved",     "alert.silenced",         "alert.withdrawn",
    "cart.defined",       "check.cancelled",        "check.closed",
    "check.code_parked",  "check.device_tested",    "check.holding_taken_out",
    "check.line_counted", "check.line_left",        "check.line_missing",
    "check.opened",       "check.reviewed",         "check.scan_noted",
    "check.seal_found",   "check.seal_read",        "check.step_undone",
    "check.taken",        "check.turned",           "check.units_used",
    "code.linked",        "day.corrected",          "day.judged",
    "policy.changed",     "product.defined",        "recall.answered",
    "recall.issued",      "recall.removed",         "recall.withdrawn",
    "seal.broken",        "seal.corrected",         "seal.issued",
    "seal.voided",        "staff.defined",          "station.defined",
    "stock.recorded",     "substitution.published", "substitution.withdrawn"};

Unexpected does_not_fit(std::string_view kind, const Fault& fault) {
    return refused(
        ErrorCode::bad_input,
        "body of " + std::string(kind) + " at " + fault.pointer + ": expected " + fault.expected);
}

// Reads one described value; nullopt with the fault set where it does not fit.
template <typename T>
T read_described(JsonTree::Value json, std::optional<Fault>& fault) {
    T value;
    JsonReader reader(json, nullptr, fault);
    shapes::describe(reader, value);
    return value;
}

template <std::size_t... I>
std::optional<readiness::StepAction> read_action(
    std::string_view name,
    JsonTree::Value json,
    std::optional<Fault>& fault,
    std::index_sequence<I...> /*alternatives*/) {
    std::optional<readiness::StepAction> action;
    const auto try_one = [&]<std::size_t K>() {
        if (action_names[K] == name) {
            action.emplace(
                read_described<std::variant_alternative_t<K, readiness::StepActionKinds>>(
                    json, fault));
        }
    };
    (try_one.template operator()<I>(), ...);
    return action;
}

std::optional<readiness::StepAction>
read_action(std::string_view name, JsonTree::Value json, std::optional<Fault>& fault) {
    return read_action(name, json, fault, std::make_index_sequence<action_names.size()>{});
}

// The event where E is of this kind, else nothing.
template <typename E>
std::optional<readiness::Event>
read_one(std::string_view kind, JsonTree::Value json, std::optional<Fault>& fault) {
    if constexpr (std::is_same_v<E, readiness::UnknownEvent>) {
        return std::nullopt;
    } else if constexpr (std::is_same_v<E, readiness::CheckStepped>) {
        if (!kind.starts_with(step_prefix)) {
            return std::nullopt;
        }
        auto action = read_action(kind.substr(step_prefix.size()), json, fault);
        if (!action) {
            return std::nullopt;
        }
        auto stepped = read_described<E>(json, fault);
        stepped.action = std::move(*action);
        return stepped;
    } else if constexpr (std::is_same_v<E, readiness::AlertClosed>) {
        if (kind != alert_resolved && kind != alert_withdrawn) {
            return std::nullopt;
        }
        auto closed = read_described<E>(json, fault);
        closed.resolved = kind == alert_resolved;
        return closed;
    } else {
        return kind == kind_name<E>
                   ? std::optional<readiness::Event>(read_described<E>(json, fault))
                   : std::nullopt;
    }
}

template <std::size_t... I>
std::optional<readiness::Event> read_event(
    std::string_view kind,
    JsonTree::Value json,
    std::optional<Fault>& fault,
    std::index_sequence<I...> /*alternatives*/) {
    std::optional<readiness::Event> event;
    const auto try_one = [&]<typename E>() {
        if (!event) {
            event = read_one<E>(kind, json, fault);
        }
    };
    (try_one.template operator()<std::variant_alternative_t<I, readiness::EventKinds>>(), ...);
    return event;
}

std::string text_of_event(const readiness::Event& event) {
    return std::visit(
        [](const auto& one) {
            using E = std::remove_cvref_t<decltype(one)>;
            JsonWriter writer;
            if constexpr (!std::is_same_v<E, readiness::UnknownEvent>) {
                shapes::describe(writer, one);
            }
            if constexpr (std::is_same_v<E, readiness::CheckStepped>) {
                std::visit(
                    [&writer](const auto& action) { shapes::describe(writer, action); },
                    one.action);
            }
            return writer.take();
        },
        event);
}

} // namespace

std::string kind_of(const readiness::Event& event) {
    return std::visit(
        [](const auto& one) -> std::string {
            using E = std::remove_cvref_t<decltype(one)>;
            if constexpr (std::is_same_v<E, readiness::UnknownEvent>) {
                return one.kind;
            } else if constexpr (std::is_same_v<E, readiness::CheckStepped>) {
                return std::string(step_prefix) + std::string(name_of_action(one.action));
            } else if constexpr (std::is_same_v<E, readiness::AlertClosed>) {
                return std::string(one.resolved ? alert_resolved : alert_withdrawn);
            } else {
                return std::string(kind_name<E>);
            }
        },
        event);
}

std::span<const std::string_view> known_kinds() {
    return sorted_kinds;
}

std::string body_of(const readiness::Event& event) {
    return text_of_event(event);
}

Result<readiness::Event> parse_body(std::string_view kind, std::string_view body) {
    const auto json = JsonTree::read(body, entry_bytes_max);
    if (!json) {
        return refused(
            json.error().code, "body of " + std::string(kind) + ": " + json.error().text);
    }
    if (!json->root().is_object()) {
        return does_not_fit(kind, {"", "an object"});
    }
    if (!std::ranges::binary_search(sorted_kinds, kind)) {
        return readiness::UnknownEvent{std::string(kind)};
    }
    std::optional<Fault> fault;
    auto event = read_event(
        kind,
        json->root(),
        fault,
        std::make_index_sequence<std::variant_size_v<readiness::EventKinds>>{});
    ensure(event.has_value(), "every known kind has an event");
    if (fault) {
        return does_not_fit(kind, *fault);
    }
    return std::move(*event);
}

Result<std::string> recordable_body(const readiness::Event& event) {
    std::string body;
    try {
        body = body_of(event);
    } catch (const BrokenInvariant& error) {
        return refused(ErrorCode::bad_input, error.what());
    }
    const std::string kind = kind_of(event);
    // The other members of an entry, as a line, stay under 1 KiB.
    if (body.size() + 1'024 > entry_bytes_max) {
        return refused(
            ErrorCode::too_large,
            "body of " + kind + ": " + std::to_string(body.size()) + " bytes where an entry has "
                + std::to_string(entry_bytes_max));
    }
    const auto read = parse_body(kind, body);
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (*read != event) {
        return refused(ErrorCode::bad_input, "body of " + kind + " does not read back as it was");
    }
    return body;
}

Result<void> recordable(const readiness::Event& event) {
    const auto body = recordable_body(event);
    return body ? Result<void>() : tl::unexpected(body.error());
}

std::string_view name_of_action(const readiness::StepAction& action) {
    return action_names.at(action.index());
}

std::string body_of_action(const readiness::StepAction& action) {
    JsonWriter writer;
    std::visit([&writer](const auto& one) { shapes::describe(writer, one); }, action);
    return writer.take();
}

Result<readiness::StepAction> parse_action(std::string_view name, std::string_view body) {
    const auto json = JsonTree::read(body, entry_bytes_max);
    if (!json) {
        return tl::unexpected(json.error());
    }
    std::optional<Fault> fault;
    auto action = json->root().is_object() ? read_action(name, json->root(), fault) : std::nullopt;
    if (!action) {
        return refused(ErrorCode::bad_input, "step " + shortened(name) + ": no such action");
    }
    if (fault) {
        return does_not_fit(name, *fault);
    }
    return std::move(*action);
}

} // namespace cartwatch::journal
