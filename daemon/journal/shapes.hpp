// Which members each value of the rules has in JSON: said once, used to write and to read, so that
// the two cannot drift apart. `describe(members, value)` names every member with its range; the
// archive (json_archive.hpp) does the rest. Schemas of the same shapes: schema/entries.
#pragma once

#include "daemon/journal/limits.hpp"
#include "daemon/readiness/event.hpp"

#include <concepts>
#include <set>
#include <string>
#include <type_traits>

namespace cartwatch::journal {

// A T or a const T: describe both reads into a value and writes from one.
template <typename T, typename U>
concept Of = std::same_as<std::remove_const_t<T>, U>;

struct Range {
    std::int64_t least;
    std::int64_t most;
};

inline constexpr Range units{0, units_max};
inline constexpr Range from_one{1, number_max};

// Sequence numbers: what JSON carries exactly; 0: none.
inline constexpr Range sequence{0, 9'007'199'254'740'992};

// True where no two elements answer the same.
template <typename List, typename Question>
[[nodiscard]] bool distinct(const List& list, Question question) {
    std::set<std::string> seen;
    for (const auto& element : list) {
        if (!seen.insert(question(element)).second) {
            return false;
        }
    }
    return true;
}

namespace shapes {

void describe(auto& member, Of<readiness::Name> auto& name) {
    member("zh", name.zh);
    member("en", name.en);
}

void describe(auto& member, Of<readiness::Identifier> auto& identifier) {
    member("kind", identifier.kind);
    member("value", identifier.value);
}

void describe(auto& member, Of<readiness::Product> auto& product) {
    member("id", product.id);
    member("kind", product.kind);
    member("name", product.name);
    member("pinyin", product.pinyin);
    member("strength", product.strength);
    member("form", product.form);
    member("unit", product.unit);
    member("high_alert", product.high_alert);
    member("controlled", product.controlled);
    member("expires", product.expires);
    member("lasa_group", product.lasa_group);
    member("function", product.function);
    member("identifiers", product.identifiers);
    member("retired", product.retired);
}

void describe(auto& member, Of<readiness::Staff> auto& staff) {
    member("id", staff.id);
    member("name", staff.name);
    member("role", staff.role);
    member("badge", staff.badge);
    member("retired", staff.retired);
}

void describe(auto& member, Of<readiness::Station> auto& station) {
    member("id", station.id);
    member("name", station.name);
    member("phone", station.phone);
}

void describe(auto& member, Of<readiness::Holding> auto& holding) {
    member("lot", holding.lot);
    member("last_usable_day", holding.last_usable_day);
    member("quantity", holding.quantity, units);
    member("damaged", holding.damaged, units);
    member.require(holding.damaged <= holding.quantity, "damaged", "at most the quantity");
    member("serials", holding.serials);
    member("evidence", holding.evidence);
    member("seen_at", holding.seen_at);
    member.added("sealed_at", holding.sealed_at);
    member.added("product", holding.product);
}

void describe(auto& member, Of<readiness::Line> auto& line) {
    member("id", line.id);
    member("tag", line.tag);
    member("product", line.product);
    member("position", line.position);
    member("par", line.par, units);
    member("critical", line.critical);
    member("count_by", line.count_by);
    member("function", line.function);
    member("holdings", line.holdings);
    member.require(
        distinct(line.holdings, [](const readiness::Holding& each) { return each.lot; }),
        "holdings",
        "each lot once");
}

void describe(auto& member, Of<readiness::Accessory> auto& accessory) {
    member("id", accessory.id);
    member("name", accessory.name);
    member("last_usable_day", accessory.last_usable_day);
}

void describe(auto& member, Of<readiness::DeviceTest> auto& test) {
    member("on", test.on);
    member("passed", test.passed);
}

void describe(auto& member, Of<readiness::TestResult> auto& result) {
    member("on", result.on);
    member("passed", result.passed);
    member("value", result.value);
    member("by", result.by);
}

void describe(auto& member, Of<readiness::FunctionTest> auto& test) {
    member("id", test.id);
    member("name", test.name);
    member("critical", test.critical);
    member("interval_days", test.interval_days, Range{1, check_interval_days_max});
    member("unit", test.unit);
    member("least", test.least);
    member("most", test.most);
    member("selected", test.selected);
    member("tolerance_percent", test.tolerance_percent, Range{1, 100});
    member("last", test.last);
}

void describe(auto& member, Of<readiness::Device> auto& device) {
    member("id", device.id);
    member("tag", device.tag);
    member("code", device.code);
    member("name", device.name);
    member("position", device.position);
    member("critical", device.critical);
    member("function", device.function);
    member("last_test", device.last_test);
    member("service_due", device.service_due);
    member("accessories", device.accessories);
    member.added("tests", device.tests);
    member.require(
        distinct(device.tests, [](const readiness::FunctionTest& each) { return each.id; }),
        "tests",
        "each id once");
    member.added("calibration_due", device.calibration_due);
}

void describe(auto& member, Of<readiness::Seal> auto& seal) {
    member("number", seal.number);
    member("intact", seal.intact);
    member.added("ready_until", seal.ready_until);
    member.added("how", seal.how);
}

void describe(auto& member, Of<readiness::CartPlace> auto& place) {
    member("building", place.building);
    member("floor", place.floor, Range{-place_max, place_max});
    member("order", place.order, Range{0, place_max});
    member("neighbours", place.neighbours);
}

void describe(auto& member, Of<readiness::Cart> auto& cart) {
    member("id", cart.id);
    member("tag", cart.tag);
    member("name", cart.name);
    member("station", cart.station);
    member("lines", cart.lines);
    member.require(
        distinct(cart.lines, [](const readiness::Line& each) { return each.id; }),
        "lines",
        "each id once");
    member("devices", cart.devices);
    member.require(
        distinct(cart.devices, [](const readiness::Device& each) { return each.id; }),
        "devices",
        "each id once");
    member("last_full_check", cart.last_full_check);
    member("seal", cart.seal);
    member("retired", cart.retired);
    member.added("last_sealed_check", cart.last_sealed_check);
    member.added("last_handover", cart.last_handover);
    member.added("unexplained_seal", cart.unexplained_seal);
    member.added("place", cart.place);
}

void describe(auto& member, Of<readiness::Policy> auto& policy) {
    member("check_interval_days", policy.check_interval_days, Range{1, check_interval_days_max});
    member("delivery_days", policy.delivery_days, Range{0, delivery_days_max});
    member("near_expiry_days", policy.near_expiry_days, Range{0, policy_days_max});
    member("shortest_life_days", policy.shortest_life_days, Range{0, policy_days_max});
    member("working_day_begins_hour", policy.working_day_begins_hour, Range{0, 23});
    member("accept_within_minutes", policy.accept_within_minutes, Range{1, accept_minutes_max});
    member(
        "resolve_critical_within_hours",
        policy.resolve_critical_within_hours,
        Range{1, alert_hours_max});
    member("restock_within_hours", policy.restock_within_hours, Range{1, alert_hours_max});
    member.added(
        "sealed_within_days", policy.sealed_within_days, Range{0, check_interval_days_max});
    member.added("sealed_counts_as_weekly", policy.sealed_counts_as_weekly);
    member.added(
        "sealed_interval_days", policy.sealed_interval_days, Range{0, check_interval_days_max});
    member.added(
        "handover_interval_days", policy.handover_interval_days, Range{0, check_interval_days_max});
    member.added("witness", policy.witness);
    member.added("by_unit", policy.by_unit);
    member.added("serialised_by_unit", policy.serialised_by_unit);
    member.added("shift_hours", policy.shift_hours, Range{0, 23});
    member.added("sealed_each_shift", policy.sealed_each_shift);
    member.added("handover_each_shift", policy.handover_each_shift);
    member.added("blind_lines", policy.blind_lines, Range{0, blind_lines_max});
    member.added("pace_seconds_per_line", policy.pace_seconds_per_line, Range{0, pace_seconds_max});
    member.added("same_label_times", policy.same_label_times, Range{0, remark_times_max});
    member.added("list_order_checks", policy.list_order_checks, Range{0, remark_times_max});
}

void describe(auto& member, Of<readiness::Recall> auto& recall) {
    member("product", recall.product);
    member("lot", recall.lot);
}

void describe(auto& member, Of<readiness::Substitution> auto& substitution) {
    member("product", substitution.product);
    member("substitute", substitution.substitute);
    member("until", substitution.until);
    member("warning", substitution.warning);
    member("cart", substitution.cart);
    member("line", substitution.line);
}

void describe(auto& member, Of<readiness::HeldUnits> auto& held) {
    member("cart", held.cart);
    member("line", held.line);
    member("position", held.position);
    member("lot", held.lot);
    member("quantity", held.quantity, units);
    member.added("possible", held.possible);
}

void describe(auto& member, Of<readiness::Reasons> auto& reasons) {
    member("recalled", reasons.recalled, units);
    member("expired", reasons.expired, units);
    member("damaged", reasons.damaged, units);
    member("absent", reasons.absent, units);
}

void describe(auto& member, Of<readiness::Finding> auto& finding) {
    member("kind", finding.kind);
    member("severity", finding.severity);
    member("line", finding.line);
    member("device", finding.device);
    member("accessory", finding.accessory);
    member("lot", finding.lot);
    member("quantity", finding.quantity, Range{0, number_max});
    member("reasons", finding.reasons);
    member("last_usable_day", finding.last_usable_day);
    member("days_left", finding.days_left, Range{-days_max, days_max});
    member("band", finding.band, Range{0, policy_days_max});
    member.added("test", finding.test);
    member.added("unit", finding.unit);
    member.added("value", finding.value);
    member.added("least", finding.least);
    member.added("most", finding.most);
}

void describe(auto& member, Of<readiness::FailedTest> auto& failed) {
    member("test", failed.test);
    member("name", failed.name);
    member("unit", failed.unit);
    member("value", failed.value);
    member("least", failed.least);
    member("most", failed.most);
}

void describe(auto& member, Of<readiness::Remark> auto& remark) {
    member("kind", remark.kind);
    member("value", remark.value, Range{0, number_max});
}

void describe(auto& member, Of<readiness::AlertNeed> auto& need) {
    member("line", need.line);
    member("device", need.device);
    member("product", need.product);
    member("severity", need.severity);
    member("quantity", need.quantity, Range{0, number_max});
    member("reasons", need.reasons);
    member("kinds", need.kinds);
    member("par", need.par, units);
    member("usable", need.usable, Range{0, number_max});
    member.added("failed", need.failed);
}

void describe(auto& member, Of<readiness::DispatchedUnits> auto& sent) {
    member("lot", sent.lot);
    member("last_usable_day", sent.last_usable_day);
    member("quantity", sent.quantity, Range{1, units_max});
    member("serials", sent.serials);
    member.added("sent_seq", sent.sent_seq, sequence);
    member.added("product", sent.product);
}

void describe(auto& member, Of<readiness::Silence> auto& silence) {
    member("by", silence.by);
    member("reason", silence.reason);
    member("until", silence.until);
}

void describe(auto& member, Of<readiness::Escalated> auto& escalated) {
    member("rule", escalated.rule);
    member("at", escalated.at);
}

} // namespace shapes

} // namespace cartwatch::journal
