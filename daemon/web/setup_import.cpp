// A sheet before it is imported: what it would change, member by member, and whether the rules take
// it.
#include "daemon/crypto/hmac.hpp"
#include "daemon/crypto/random.hpp"
#include "daemon/crypto/sha256.hpp"
#include "daemon/journal/body.hpp"
#include "daemon/journal/entry.hpp"
#include "daemon/readiness/setup.hpp"
#include "daemon/web/setup_parts.hpp"
#include "daemon/web/view_parts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace cartwatch::web {

using namespace readiness;

namespace {

Json fields_json(const imports::Change& change) {
    Json fields = Json::array();
    for (const imports::FieldChange& field : change.fields) {
        const bool badge = field.field == "badge";
        Json row;
        row["part"] = field.part;
        row["field"] = field.field;
        row["from"] = badge ? masked_badge(field.from) : field.from;
        row["to"] = badge ? masked_badge(field.to) : field.to;
        fields.push_back(std::move(row));
    }
    return fields;
}

Json change_json(const imports::Change& change) {
    Json row;
    row["kind"] = change.kind;
    row["id"] = change.id;
    row["name"] = name_json(change.name);
    if (change.fate == imports::Fate::changed) {
        row["fields"] = fields_json(change);
    }
    return row;
}

// The changes of one fate, the first of them.
void put(
    Json& json, const char* name, const std::vector<imports::Change>& changes, imports::Fate fate) {
    json[name] = Json::array();
    std::size_t count = 0;
    for (const imports::Change& change : changes) {
        if (change.fate == fate && ++count <= changes_shown_max) {
            json[name].push_back(change_json(change));
        }
    }
    json["counts"][name] = count;
}

// A preview asks for no badge, and its sheet may name a hundred thousand: whoever is at the port
// must not learn from it whether one of them is somebody's. So it says nothing of badges: those of
// people known already are taken for the ones they have, and what is wrong with one is said when a
// keeper's badge has signed. (To ask for that badge before the preview would tell all, but people
// look a sheet over before they fetch the head nurse.) How many rows name one.
std::size_t hide_badges(std::vector<Event>& events, const NodeState& node) {
    std::size_t count = 0;
    for (Event& event : events) {
        auto* defined = std::get_if<StaffDefined>(&event);
        if (defined == nullptr || defined->staff.badge.empty()) {
            continue;
        }
        const auto known = node.staff.find(defined->staff.id);
        if (known != node.staff.end()) {
            ++count;
            defined->staff.badge = known->second.badge;
        }
    }
    return count;
}

// The definitions of those rows.
std::vector<Event> badges_named(const std::vector<Event>& events, const NodeState& node) {
    std::vector<Event> named;
    for (const Event& event : events) {
        const auto* defined = std::get_if<StaffDefined>(&event);
        if (defined != nullptr && !defined->staff.badge.empty()
            && node.staff.contains(defined->staff.id)) {
            named.push_back(event);
        }
    }
    return named;
}

// These rules come after all others: what they refuse hides no other refusal.
bool tells_badge(const Reply& reply) {
    const auto what = reply.values.find("what");
    return what != reply.values.end()
           && (what->second == "badge_twice" || what->second == "code_of_badge");
}

// As the same sheet would be decided on with a badge that may do everything.
Json refusal_json(const Service& service, const std::vector<Event>& events) {
    Define command;
    command.events = events;
    const Decision decision =
        decide(service.state(), Session{}, std::move(command), service.moment());
    if (decision.reply.kind != ReplyKind::reject || tells_badge(decision.reply)) {
        return nullptr;
    }
    Json json;
    json["message"] = decision.reply.message;
    json["values"] = decision.reply.values;
    return json;
}

// What is so already is not recorded again; but stock is, for a line that changes loses it.
void drop_same(std::vector<Event>& events, const std::vector<imports::Change>& changes) {
    std::vector<Event> others;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const bool same = changes[i].fate == imports::Fate::same;
        if (!same || std::holds_alternative<StockRecorded>(events[i])) {
            others.push_back(std::move(events[i]));
        }
    }
    events = std::move(others);
    const bool only_stock = std::all_of(events.begin(), events.end(), [](const Event& event) {
        return std::holds_alternative<StockRecorded>(event);
    });
    const bool all_same = std::all_of(changes.begin(), changes.end(), [](const auto& change) {
        return change.fate == imports::Fate::same;
    });
    if (only_stock && all_same) {
        events.clear();
    }
}

std::string text_of(const std::vector<Event>& events) {
    std::string text;
    for (const Event& event : events) {
        text += journal::kind_of(event) + " " + journal::body_of(event) + "\n";
    }
    return text;
}

// Stands for all of it, also for what the preview is too short to show. Under a key that nobody
// else has: badges are in it, and who tries them one by one must not see which is the right one.
std::string token_of(const std::array<std::string, 4>& parts) {
    constexpr std::size_t key_bytes = 32;
    static const std::string key = crypto::random_hexadecimal(key_bytes); // of this run
    std::string digests;
    for (const std::string& part : parts) {
        digests += crypto::sha256(part);
    }
    return crypto::Hmac(key).of(digests);
}

} // namespace

SheetPlan
plan_of_sheet(const Service& service, std::string_view bytes, imports::Definitions events) {
    const State& state = service.state();
    const NodeState& node = node_of(state, state.self);
    SheetPlan plan;
    Json& shown = plan.shown;
    shown["kept_retired"] = imports::keep_retired(events, node);
    shown["kept_stock"] = imports::keep_checked_stock(events, node);
    std::vector<Event> told = events;
    shown["badges"] = hide_badges(told, node);
    const auto changes = imports::changes_in(told, node);
    shown["needs_badge"] = !knows_no_staff(state);
    shown["counts"] = Json::object();
    put(shown, "added", changes, imports::Fate::added);
    put(shown, "changed", changes, imports::Fate::changed);
    shown["counts"]["same"] = std::count_if(changes.begin(), changes.end(), [](const auto& one) {
        return one.fate == imports::Fate::same;
    });
    shown["refusal"] = refusal_json(service, told);
    const std::vector<Event> compared = standing(node, events);
    plan.token = token_of({std::string(bytes), dumped(shown), text_of(events), text_of(compared)});
    std::vector<Event> named = badges_named(events, node);
    drop_same(events, imports::changes_in(events, node));
    if (events.empty()) {
        events = std::move(named); // that they are the same is not for the unsigned to know
    }
    plan.before = standing(node, events);
    plan.events = std::move(events);
    shown["token"] = plan.token;
    return plan;
}

Json faults_json(const imports::Faults& faults) {
    Json json;
    json["faults"] = Json::array();
    for (const imports::RowFault& fault : faults) {
        Json row;
        row["row"] = fault.row;
        row["column"] = fault.column;
        row["fault"] = fault.what;
        row["values"] = fault.values;
        json["faults"].push_back(std::move(row));
    }
    json["more_faults"] = faults.size() >= imports::faults_max;
    return json;
}

} // namespace cartwatch::web
