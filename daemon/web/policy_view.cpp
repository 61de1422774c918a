#include "daemon/web/policy_view.hpp"

#include "daemon/web/view_parts.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <variant>

namespace cartwatch::web {

namespace {

using readiness::Policy;
using readiness::WatchedLines;

// Every member by its name, in the order in which people are shown them. Ranges are the rules' to
// judge; here a number has to be one.
template <typename Of, typename Visit>
void each_member(Of& policy, Visit&& visit) {
    visit("check_interval_days", policy.check_interval_days);
    visit("delivery_days", policy.delivery_days);
    visit("near_expiry_days", policy.near_expiry_days);
    visit("shortest_life_days", policy.shortest_life_days);
    visit("working_day_begins_hour", policy.working_day_begins_hour);
    visit("accept_within_minutes", policy.accept_within_minutes);
    visit("resolve_critical_within_hours", policy.resolve_critical_within_hours);
    visit("restock_within_hours", policy.restock_within_hours);
    visit("sealed_within_days", policy.sealed_within_days);
    visit("sealed_counts_as_weekly", policy.sealed_counts_as_weekly);
    visit("sealed_interval_days", policy.sealed_interval_days);
    visit("handover_interval_days", policy.handover_interval_days);
    visit("shift_hours", policy.shift_hours);
    visit("sealed_each_shift", policy.sealed_each_shift);
    visit("handover_each_shift", policy.handover_each_shift);
    visit("witness", policy.witness);
    visit("by_unit", policy.by_unit);
    visit("serialised_by_unit", policy.serialised_by_unit);
    visit("blind_lines", policy.blind_lines);
    visit("pace_seconds_per_line", policy.pace_seconds_per_line);
    visit("same_label_times", policy.same_label_times);
    visit("list_order_checks", policy.list_order_checks);
}

constexpr std::array<std::string_view, 3> watched_words = {
    "off", "controlled", "controlled_and_high_alert"};

constexpr std::size_t bands_max = 10; // as readiness takes
constexpr int number_max = std::numeric_limits<int>::max();

struct Writer {
    Json& json;

    void operator()(const char* name, const WatchedLines& lines) const {
        json[name] = watched_words.at(static_cast<std::size_t>(lines));
    }

    template <typename Value>
    void operator()(const char* name, const Value& value) const {
        json[name] = value;
    }
};

struct Reader {
    Members& in;

    void operator()(const char* name, int& number) const {
        number = in.number(name, 0, number_max);
    }

    void operator()(const char* name, bool& flag) const {
        flag = in.flag(name, std::nullopt);
    }

    void operator()(const char* name, WatchedLines& lines) const {
        lines = static_cast<WatchedLines>(in.word(name, watched_words));
    }

    void operator()(const char* name, std::vector<int>& numbers) const {
        numbers = in.numbers(name, bands_max, 0, number_max);
    }
};

Json policy_json(const Policy& policy) {
    Json json;
    each_member(policy, Writer{json});
    return json;
}

Policy policy_in(Members& outer, const char* name) {
    Members in = outer.object(name);
    Policy policy;
    each_member(policy, Reader{in});
    if (const auto fault = in.finish()) {
        outer.note(fault->pointer, fault->text);
    }
    return policy;
}

} // namespace

const std::string& policy_source(const readiness::State& state) {
    const bool set = readiness::node_of(state, state.pharmacy).policy.has_value();
    return set ? state.pharmacy : state.self;
}

Json policy_view_json(const readiness::State& state, std::span<const readiness::Recorded> changes) {
    Json json;
    json["policy"] = policy_json(readiness::policy_for(state, state.self));
    json["defaults"] = policy_json(Policy{});
    json["changes"] = Json::array();
    json["more"] = changes.size() > policy_changes_shown_max;
    for (const readiness::Recorded& recorded :
         changes.first(std::min(changes.size(), policy_changes_shown_max))) {
        if (const auto* change = std::get_if<readiness::PolicyChanged>(&recorded.event)) {
            Json row;
            row["seq"] = recorded.seq;
            row["at"] = to_text(recorded.at);
            row["by"] = person_json(state, recorded.node, recorded.actor);
            row["policy"] = policy_json(change->policy);
            json["changes"].push_back(std::move(row));
        }
    }
    return json;
}

readiness::Command set_policy(Members& in) {
    readiness::SetPolicy command;
    command.before = policy_in(in, "before");
    command.policy = policy_in(in, "policy");
    command.badge = in.text("badge", name_bytes_max);
    return command;
}

} // namespace cartwatch::web
