#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/setup.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <variant>

namespace cartwatch::readiness {

namespace {

bool is_staff(const Event& event) {
    return std::holds_alternative<StaffDefined>(event);
}

// The rules have a way of their own (SetPolicy): who may change them is another question.
bool is_of_setup(const Event& event) {
    return std::holds_alternative<StationDefined>(event)
           || std::holds_alternative<ProductDefined>(event) || is_staff(event)
           || std::holds_alternative<CartDefined>(event)
           || std::holds_alternative<StockRecorded>(event);
}

// Who holds this badge, if the role keeps the setup here. nullptr: the reply says why not.
const Staff* keeper_with(Turn& turn, const std::string& badge) {
    const Staff* person = badge.empty() ? nullptr : find_badge(turn.state, turn.state.self, badge);
    if (person == nullptr) {
        turn.say(ReplyKind::reject, "unknown_badge", {{"text", masked_badge(badge)}});
        return nullptr;
    }
    if (!keeps_setup(person->role, turn.state.self == turn.state.pharmacy)) {
        turn.say(ReplyKind::reject, "setup_not_allowed", {{"by", person->name}});
        return nullptr;
    }
    return person;
}

// Somebody who is made, changed or retired here though his role, before or after, here or at the
// pharmacy, is not this person's to give; nullptr: nobody.
const Staff* beyond(const Turn& turn, const Staff& person, const std::vector<Event>& events) {
    const auto sources = sources_for(turn.state, turn.state.self);
    for (const Event& event : events) {
        const auto* defined = std::get_if<StaffDefined>(&event);
        if (defined == nullptr) {
            continue;
        }
        const bool gives = std::all_of(sources.begin(), sources.end(), [&](const auto* source) {
            const auto known = source->staff.find(defined->staff.id);
            return known == source->staff.end() || gives_role(person.role, known->second.role);
        });
        if (!gives || !gives_role(person.role, defined->staff.role)) {
            return &defined->staff;
        }
    }
    return nullptr;
}

// A cart that somebody looked into, or looks into now, though the definitions say what it holds;
// nullptr: none.
const Cart* counted_already(const Turn& turn, const std::vector<Event>& events) {
    const NodeState& node = node_of(turn.state, turn.state.self);
    for (const Event& event : events) {
        const auto* stock = std::get_if<StockRecorded>(&event);
        if (stock != nullptr && is_checked(node, stock->cart)) {
            return &node.carts.at(stock->cart);
        }
    }
    return nullptr;
}

bool is_as_seen(const Turn& turn, const ChangeSetup& command) {
    return standing(node_of(turn.state, turn.state.self), command.events) == command.before;
}

// Whether somebody is left who can change this again, once the decision's events are applied.
bool leaves_keeper(const Turn& turn) {
    State after;
    after.self = turn.state.self;
    after.pharmacy = turn.state.pharmacy;
    for (const std::string& name : {after.self, after.pharmacy}) {
        after.nodes[name].staff = node_of(turn.state, name).staff;
    }
    for (const Event& event : turn.decision.events) {
        if (const auto* defined = std::get_if<StaffDefined>(&event)) {
            after.nodes[after.self].staff[defined->staff.id] = defined->staff;
        }
    }
    return has_keeper(after);
}

} // namespace

void decide_on(Turn& turn, const ChangeSetup& command) {
    const bool first = knows_no_staff(turn.state)
                       && std::all_of(command.events.begin(), command.events.end(), is_staff);
    const Staff* person = first ? nullptr : keeper_with(turn, command.badge);
    if (!first && person == nullptr) {
        return;
    }
    const bool of_setup = std::all_of(command.events.begin(), command.events.end(), is_of_setup);
    if (!of_setup || command.events.empty()) {
        return turn.say(
            ReplyKind::reject,
            "definition_refused",
            {{"id", ""}, {"what", "not_a_definition"}, {"value", ""}});
    }
    if (const std::string* id = kept_by_pharmacy(turn.state, command.events)) {
        return turn.say(
            ReplyKind::reject,
            "definition_refused",
            {{"id", *id}, {"what", "id_of_pharmacy"}, {"value", *id}});
    }
    if (const Staff* other = person ? beyond(turn, *person, command.events) : nullptr) {
        return turn.say(
            ReplyKind::reject, "role_not_given", {{"by", person->name}, {"who", other->name}});
    }
    if (const Cart* cart = counted_already(turn, command.events)) {
        return turn.say(ReplyKind::reject, "setup_stock_counted", cart_values(*cart));
    }
    if (!is_as_seen(turn, command)) {
        return turn.say(ReplyKind::reject, "setup_changed_meanwhile");
    }
    if (!define(turn, command.events)) {
        return;
    }
    if (std::any_of(command.events.begin(), command.events.end(), is_staff)
        && !leaves_keeper(turn)) {
        turn.decision.events.clear();
        return turn.say(ReplyKind::reject, "setup_needs_keeper");
    }
    turn.decision.actor = person ? person->id : "system";
    turn.say(
        ReplyKind::accept,
        "setup_changed",
        {{"by", person ? person->name : ""}, {"count", std::to_string(command.events.size())}});
}

} // namespace cartwatch::readiness
