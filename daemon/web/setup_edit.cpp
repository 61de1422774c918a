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
Result<void> take_badge(const Service& service, const Listener& page, Edit& edit) {
    auto* defined = std::get_if<StaffDefined>(&edit.command.events.back());
    if (defined == nullptr || defined->staff.badge.empty()) {
        return {};
    }
    auto badge = badge_scanned(service, page, defined->staff.badge, BadgeUse::given);
    if (!badge) {
        return tl::make_unexpected(badge.error());
    }
    note_ticket(edit.tickets, defined->staff.badge);
    defined->staff.badge = std::move(*badge);
    return {};
}

// The opening stock is what somebody says that there is: nobody saw it, no seal proved it, and no
// pack of it was read. What a request claims beyond that would be believed by every check after it.
void take_as_typed(Event& event) {
    if (auto* stock = std::get_if<StockRecorded>(&event)) {
        for (Holding& holding : stock->holdings) {
            holding.evidence = Evidence::typed;
            holding.seen_at.reset();
            holding.sealed_at.reset();
            holding.serials.clear();
            holding.product.clear();
        }
    }
}

// One definition, appended with what stands there now.
Result<void> take(const Service& service, const Body& given, const std::string& at, Edit& edit) {
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
        edit.stale = Error{ErrorCode::conflict, at + ": it was changed since it was shown"};
    }
    edit.command.events.push_back(std::move(*event));
    take_as_typed(edit.command.events.back());
    if (!known.empty()) {
        edit.command.before.push_back(std::move(known.front()));
    }
    return {};
}

Result<void> take_all(const Service& service, const DefineBody& body, Edit& edit) {
    for (std::size_t i = 0; i < body.definitions.size(); ++i) {
        const std::string at = "/definitions/" + std::to_string(i);
        if (auto taken = take(service, body.definitions[i], at, edit); !taken) {
            return taken;
        }
        if (auto taken = take_badge(service, body.page, edit); !taken) {
            return taken;
        }
        if (auto good = journal::recordable(edit.command.events.back()); !good) {
            return good;
        }
    }
    return {};
}

} // namespace

Result<DefineBody> parse_define_body(std::string_view body) {
    auto parsed = journal::parse_strict_json(body, define_bytes_max);
    if (!parsed) {
        return tl::make_unexpected(parsed.error());
    }
    Members in(*parsed, "");
    DefineBody out;
    out.page.station = in.optional_text("station", name_bytes_max);
    out.page.page = in.optional_text("listener", name_bytes_max);
    out.badge = in.optional_text("badge", scan_bytes_max);
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
    out.definitions = std::move((*parsed)["definitions"]);
    return out;
}

Result<Edit> edit_of(const Service& service, const DefineBody& body) {
    Edit edit;
    if (auto taken = take_all(service, body, edit); !taken) {
        return tl::make_unexpected(taken.error());
    }
    if (!body.badge.empty()) {
        auto signed_by = badge_scanned(service, body.page, body.badge, BadgeUse::signs);
        if (!signed_by) {
            return tl::make_unexpected(signed_by.error());
        }
        note_ticket(edit.tickets, body.badge);
        edit.command.badge = std::move(*signed_by);
    }
    return edit;
}

} // namespace cartwatch::web
