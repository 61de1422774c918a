// Definitions that a person edited in the page, in the form in which the journal records them.
#include "daemon/journal/body.hpp"
#include "daemon/journal/strict_json.hpp"
#include "daemon/readiness/setup.hpp"
#include "daemon/web/body_members.hpp"
#include "daemon/web/setup_parts.hpp"
#include "daemon/web/setup_version.hpp"

#include <array>
#include <utility>

namespace cartwatch::web {

using namespace readiness;

namespace {

constexpr std::array<std::string_view, 5> kinds{
    "station.defined", "product.defined", "staff.defined", "cart.defined", "stock.recorded"};

// A badge that was scanned for this person; without one the known one stays.
Result<void> take_badge(const Service& service, const std::string& station, Event& event) {
    auto* defined = std::get_if<StaffDefined>(&event);
    if (defined == nullptr || defined->staff.badge.empty()) {
        return {};
    }
    auto badge = badge_scanned(service, station, defined->staff.badge);
    if (!badge) {
        return tl::make_unexpected(badge.error());
    }
    defined->staff.badge = std::move(*badge);
    return {};
}

// One definition, appended with what stands there now.
Result<void> take(
    const Service& service,
    const Body& given,
    const std::string& at,
    ChangeSetup& command,
    std::optional<Error>& stale) {
    Members in(given, at);
    const std::string kind(kinds.at(in.word("kind", kinds)));
    const std::string version = in.optional_text("version", name_bytes_max);
    const Body body = given.is_object() && given.contains("body") ? given["body"] : Body();
    static_cast<void>(in.has("body"));
    if (const auto fault = in.finish()) {
        return refused(ErrorCode::bad_input, fault->pointer + ": " + fault->text);
    }
    auto event = journal::parse_body(kind, journal::canonical_json(body));
    if (!event) {
        return refused(ErrorCode::bad_input, at + "/body" + event.error().text);
    }
    const State& state = service.state();
    auto known = standing(node_of(state, state.self), {*event});
    if ((known.empty() ? "" : version_of(known.front())) != version) {
        stale = Error{ErrorCode::conflict, at + ": it was changed since it was shown"};
    }
    command.events.push_back(std::move(*event));
    if (!known.empty()) {
        command.before.push_back(std::move(known.front()));
    }
    return {};
}

Result<void> take_all(const Service& service, const Body& body, DefineBody& out) {
    ChangeSetup command;
    for (std::size_t i = 0; i < body["definitions"].size(); ++i) {
        const std::string at = "/definitions/" + std::to_string(i);
        if (auto taken = take(service, body["definitions"][i], at, command, out.stale); !taken) {
            return taken;
        }
        Event& event = command.events.back();
        if (auto taken = take_badge(service, out.station, event); !taken) {
            return taken;
        }
        if (auto good = journal::recordable(event); !good) {
            return good;
        }
    }
    out.command = std::move(command);
    return {};
}

} // namespace

Result<DefineBody> parse_define_body(const Service& service, std::string_view body) {
    auto parsed = journal::parse_strict_json(body, define_bytes_max);
    if (!parsed) {
        return tl::make_unexpected(parsed.error());
    }
    Members in(*parsed, "");
    DefineBody out;
    out.station = in.optional_text("station", name_bytes_max);
    const std::string badge = in.optional_text("badge", scan_bytes_max);
    const bool listed = in.has("definitions") && (*parsed)["definitions"].is_array();
    const std::size_t count = listed ? (*parsed)["definitions"].size() : 0;
    if (count == 0 || count > definitions_edited_max) {
        in.note(
            "/definitions",
            "a list of 1 to " + std::to_string(definitions_edited_max)
                + " definitions is expected here");
    }
    if (const auto fault = in.finish()) {
        return refused(ErrorCode::bad_input, fault->pointer + ": " + fault->text);
    }
    if (auto taken = take_all(service, *parsed, out); !taken) {
        return tl::make_unexpected(taken.error());
    }
    if (!badge.empty()) {
        auto signed_by = badge_scanned(service, out.station, badge);
        if (!signed_by) {
            return tl::make_unexpected(signed_by.error());
        }
        std::get<ChangeSetup>(out.command).badge = std::move(*signed_by);
    }
    return out;
}

} // namespace cartwatch::web
