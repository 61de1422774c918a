// Which columns each value has, said once, used to write and to read rows. `columns(io, value)`
// visits the members in the order of `table_of<T>.values`; the keys before them are the caller's.
#pragma once

#include "daemon/journal/body.hpp"
#include "daemon/journal/shapes.hpp"
#include "daemon/readiness/state.hpp"
#include "daemon/store/connection.hpp"
#include "daemon/store/history_rows.hpp"

#include <string>

namespace cartwatch::journal {

template <>
inline constexpr std::array<std::string_view, 6> names_of<store::LineResult>{
    "counted", "missing", "taken_out", "not_scanned", "sealed", "not_asked"};

template <>
inline constexpr std::array<std::string_view, 9> names_of<store::AlertStepKind> =
    store::alert_step_names;

} // namespace cartwatch::journal

namespace cartwatch::store {

using journal::Of;

struct Table {
    std::string_view name;
    std::string_view keys;   // columns that say whose row it is
    std::string_view values; // the value's own columns
    std::string_view order;  // its primary key
};

template <typename T>
inline constexpr Table table_of{};

template <>
inline constexpr Table table_of<readiness::Station>{
    "station", "node", "id, name_zh, name_en, phone", "node, id"};

void columns(auto& io, Of<readiness::Station> auto& station) {
    io(station.id, station.name.zh, station.name.en, station.phone);
}

template <>
inline constexpr Table table_of<readiness::Product>{
    "product",
    "node",
    "id, kind, name_zh, name_en, pinyin, strength, form, unit, high_alert, controlled, expires, "
    "lasa_group, function, retired",
    "node, id"};

void columns(auto& io, Of<readiness::Product> auto& product) {
    io(product.id, product.kind, product.name.zh, product.name.en, product.pinyin);
    io(product.strength, product.form, product.unit, product.high_alert, product.controlled);
    io(product.expires, product.lasa_group, product.function, product.retired);
}

template <>
inline constexpr Table table_of<readiness::Identifier>{
    "product_identifier", "node, product, place", "kind, value", "node, product, place"};

void columns(auto& io, Of<readiness::Identifier> auto& identifier) {
    io(identifier.kind, identifier.value);
}

template <>
inline constexpr Table table_of<readiness::CodeLinked>{
    "code_link", "node, place", "product, kind, value", "node, place"};

void columns(auto& io, Of<readiness::CodeLinked> auto& link) {
    io(link.product, link.identifier.kind, link.identifier.value);
}

template <>
inline constexpr Table table_of<readiness::Staff>{
    "staff", "node", "id, name, role, badge, retired", "node, id"};

void columns(auto& io, Of<readiness::Staff> auto& staff) {
    io(staff.id, staff.name, staff.role, staff.badge, staff.retired);
}

template <>
inline constexpr Table table_of<readiness::IssuedRecall>{
    "recall",
    "node, place",
    "product, lot, reason, seq, at_ms, by, withdrawn_at_ms, withdrawn_by, withdrawn_reason",
    "node, place"};

void columns(auto& io, Of<readiness::IssuedRecall> auto& issued) {
    io(issued.recall.product, issued.recall.lot, issued.reason, issued.seq, issued.at, issued.by);
    io.part(
        issued.withdrawn,
        &readiness::Withdrawal::at,
        &readiness::Withdrawal::by,
        &readiness::Withdrawal::reason);
}

template <>
inline constexpr Table table_of<readiness::RecallAnswer>{
    "recall_answer", "node", "recall, at_ms, held", "node, recall"};

void columns(auto& io, Of<readiness::RecallAnswer> auto& answer) {
    io(answer.seq, answer.at);
    io.json(answer.held);
}

template <>
inline constexpr Table table_of<readiness::RecallRemoval>{
    "recall_removal",
    "node, place",
    "check_id, cart, line, position, product, lot, quantity, evidence, by, at_ms",
    "node, place"};

void columns(auto& io, Of<readiness::RecallRemoval> auto& removal) {
    io(removal.check, removal.cart, removal.line, removal.position, removal.product, removal.lot);
    io(removal.quantity, removal.evidence, removal.by, removal.at);
}

template <>
inline constexpr Table table_of<readiness::PublishedSubstitution>{
    "substitution",
    "node, place",
    "product, substitute, until, warning, cart, line, at_ms, by, withdrawn_at_ms, withdrawn_by, "
    "withdrawn_reason",
    "node, place"};

void columns(auto& io, Of<readiness::PublishedSubstitution> auto& published) {
    auto& substitution = published.substitution;
    io(substitution.product, substitution.substitute, substitution.until, substitution.warning);
    io(substitution.cart, substitution.line, published.at, published.by);
    io.part(
        published.withdrawn,
        &readiness::Withdrawal::at,
        &readiness::Withdrawal::by,
        &readiness::Withdrawal::reason);
}

template <>
inline constexpr Table table_of<readiness::Policy>{
    "policy",
    "node",
    "check_interval_days, delivery_days, near_expiry_days, shortest_life_days, "
    "working_day_begins_hour, accept_within_minutes, resolve_critical_within_hours, "
    "restock_within_hours, sealed_within_days, sealed_counts_as_weekly, sealed_interval_days, "
    "handover_interval_days, witness, by_unit, serialised_by_unit, blind_lines, "
    "pace_seconds_per_line, same_label_times, list_order_checks, shift_hours, sealed_each_shift, "
    "handover_each_shift",
    "node"};

void columns(auto& io, Of<readiness::Policy> auto& policy) {
    io(policy.check_interval_days, policy.delivery_days);
    io.json(policy.near_expiry_days);
    io(policy.shortest_life_days, policy.working_day_begins_hour, policy.accept_within_minutes);
    io(policy.resolve_critical_within_hours, policy.restock_within_hours);
    io(policy.sealed_within_days, policy.sealed_counts_as_weekly, policy.sealed_interval_days);
    io(policy.handover_interval_days, policy.witness, policy.by_unit, policy.serialised_by_unit);
    io(policy.blind_lines, policy.pace_seconds_per_line, policy.same_label_times);
    io(policy.list_order_checks);
    io.json(policy.shift_hours);
    io(policy.sealed_each_shift, policy.handover_each_shift);
}

template <>
inline constexpr Table table_of<readiness::Cart>{
    "cart",
    "node",
    "id, tag, name_zh, name_en, station, last_full_check, seal_number, seal_intact, "
    "seal_ready_until, seal_how, retired, last_sealed_check, last_handover, unexplained_seal, "
    "use_check, use_by, use_opened_at_ms, use_checked, use_ready_at_ms, "
    "building, floor, floor_order, neighbours, last_full_at_ms, last_sealed_at_ms, "
    "last_handover_at_ms",
    "node, id"};

void columns(auto& io, Of<readiness::Cart> auto& cart) {
    io(cart.id, cart.tag, cart.name.zh, cart.name.en, cart.station, cart.last_full_check);
    io.part(
        cart.seal,
        &readiness::Seal::number,
        &readiness::Seal::intact,
        &readiness::Seal::ready_until,
        &readiness::Seal::how);
    io(cart.retired, cart.last_sealed_check, cart.last_handover, cart.unexplained_seal);
    io.part(
        cart.use,
        &readiness::CartUse::check,
        &readiness::CartUse::by,
        &readiness::CartUse::opened_at,
        &readiness::CartUse::checked,
        &readiness::CartUse::ready_at);
    io(cart.place.building, cart.place.floor, cart.place.order);
    io.json(cart.place.neighbours);
    io(cart.last_full_at, cart.last_sealed_at, cart.last_handover_at);
}

template <>
inline constexpr Table table_of<readiness::Line>{
    "line",
    "node, cart, place",
    "id, tag, product, position, par, critical, count_by, function",
    "node, cart, place"};

void columns(auto& io, Of<readiness::Line> auto& line) {
    io(line.id, line.tag, line.product, line.position, line.par, line.critical, line.count_by);
    io(line.function);
}

template <>
inline constexpr Table table_of<readiness::Holding>{
    "holding",
    "node, cart, line, place",
    "lot, last_usable_day, quantity, damaged, evidence, seen_at_ms, sealed_at_ms, product",
    "node, cart, line, place"};

void columns(auto& io, Of<readiness::Holding> auto& holding) {
    io(holding.lot, holding.last_usable_day, holding.quantity, holding.damaged, holding.evidence);
    io(holding.seen_at, holding.sealed_at, holding.product);
}

template <>
inline constexpr Table table_of<readiness::Device>{
    "device",
    "node, cart, place",
    "id, tag, code, name_zh, name_en, position, critical, function, last_test_on, "
    "last_test_passed, service_due, calibration_due",
    "node, cart, place"};

void columns(auto& io, Of<readiness::Device> auto& device) {
    io(device.id, device.tag, device.code, device.name.zh, device.name.en, device.position);
    io(device.critical, device.function);
    io.part(device.last_test, &readiness::DeviceTest::on, &readiness::DeviceTest::passed);
    io(device.service_due, device.calibration_due);
}

template <>
inline constexpr Table table_of<readiness::FunctionTest>{
    "device_test",
    "node, cart, device, place",
    "id, name_zh, name_en, critical, interval_days, unit, least, most, selected, "
    "tolerance_percent, last_on, last_passed, last_by, last_value",
    "node, cart, device, place"};

void columns(auto& io, Of<readiness::FunctionTest> auto& test) {
    io(test.id, test.name.zh, test.name.en, test.critical, test.interval_days, test.unit);
    io(test.least, test.most, test.selected, test.tolerance_percent);
    io.part(
        test.last,
        &readiness::TestResult::on,
        &readiness::TestResult::passed,
        &readiness::TestResult::by,
        &readiness::TestResult::value);
}

template <>
inline constexpr Table table_of<readiness::Accessory>{
    "accessory",
    "node, cart, device, place",
    "id, name_zh, name_en, last_usable_day",
    "node, cart, device, place"};

void columns(auto& io, Of<readiness::Accessory> auto& accessory) {
    io(accessory.id, accessory.name.zh, accessory.name.en, accessory.last_usable_day);
}

template <>
inline constexpr Table table_of<readiness::LastCheck>{
    "last_check", "node, cart", "id, by, at_ms, working_day, list_order, remarks", "node, cart"};

template <>
inline constexpr Table table_of<readiness::SealRecord>{
    "seal",
    "node, number",
    "station, state, issued_at_ms, issued_by, cart, put_on_at_ms, put_on_by, put_on_check, "
    "ended_at_ms, ended_by, how, reason",
    "node, number"};

void columns(auto& io, Of<readiness::SealRecord> auto& seal) {
    io(seal.station, seal.state, seal.issued_at, seal.issued_by, seal.cart, seal.put_on_at);
    io(seal.put_on_by, seal.put_on_check, seal.ended_at, seal.ended_by, seal.how, seal.reason);
}

void columns(auto& io, Of<readiness::LastCheck> auto& check) {
    io(check.id, check.by, check.at, check.working_day, check.list_order);
    io.json(check.remarks);
}

template <>
inline constexpr Table table_of<readiness::Check>{
    "open_check",
    "node",
    "id, cart, kind, opened_at_ms, opened_by, checker, reviewed, broke_seal, seed, blind",
    "node, id"};

void columns(auto& io, Of<readiness::Check> auto& check) {
    io(check.id, check.cart, check.kind, check.opened_at, check.opened_by, check.checker);
    io(check.reviewed, check.broke_seal, check.seed);
    io.json(check.blind);
}

template <>
inline constexpr Table table_of<readiness::Step>{
    "check_step",
    "node, check_id",
    "number, at_ms, by, action, body, undone",
    "node, check_id, number"};

inline void columns(Binder& io, const readiness::Step& step) {
    io(step.number, step.at, step.by);
    io(journal::name_of_action(step.action), journal::body_of_action(step.action), step.undone);
}

inline void columns(Row& io, readiness::Step& step) {
    io(step.number, step.at, step.by);
    const auto name = io.take<std::string>();
    auto action = journal::parse_action(name, io.take<std::string>());
    if (!action) {
        throw StoreFailure(
            FailureKind::corrupt,
            "step " + std::to_string(step.number) + ": " + action.error().text);
    }
    step.action = std::move(*action);
    io(step.undone);
}

// Line, device, product, severity, units and reasons, as alert and alert_history both have them.
void need_columns(auto& io, Of<readiness::AlertNeed> auto& need) {
    io(need.line, need.device, need.product, need.severity, need.quantity);
    io(need.reasons.recalled, need.reasons.expired, need.reasons.damaged, need.reasons.absent);
    io.json(need.kinds);
    io.json(need.failed);
}

template <>
inline constexpr Table table_of<readiness::Alert>{
    "alert",
    "node",
    "cart, subject, episode, state, line, device, product, severity, quantity, recalled, expired, "
    "damaged, absent, kinds, failed, par, usable, raised_at_ms, changed_at_ms, raised_seq, "
    "changed_seq, worse_seq, accepted_by, accepted_at_ms, expected_at_ms, worse_at_ms, "
    "critical_at_ms, dispatched, dispatched_by, dispatched_at_ms, short_reason, silenced_by, "
    "silence_reason, silenced_until_ms, escalated",
    "node, cart, subject"};

void columns(auto& io, Of<readiness::Alert> auto& alert) {
    io(alert.key.cart, alert.key.subject, alert.episode, alert.state);
    need_columns(io, alert.need);
    io(alert.need.par, alert.need.usable, alert.raised_at, alert.changed_at, alert.raised_seq);
    io(alert.changed_seq, alert.worse_seq, alert.accepted_by, alert.accepted_at);
    io(alert.expected_at, alert.worse_at, alert.critical_at);
    io.json(alert.dispatched);
    io(alert.dispatched_by, alert.dispatched_at, alert.short_reason);
    io.part(
        alert.silence,
        &readiness::Silence::by,
        &readiness::Silence::reason,
        &readiness::Silence::until);
    io.json(alert.escalated);
}

template <>
inline constexpr Table table_of<ClosedCheck>{
    "check_closed",
    "",
    "node, id, cart, station, kind, opened_at_ms, opened_by, closed_at_ms, closed_by, duration_ms, "
    "working_day, readiness, in_order, required, ready_until, lines, devices, not_scanned, steps, "
    "undone, parked, seal, seq, witness, remarks, typed, skipped, voided",
    "node, id"};

void columns(auto& io, Of<ClosedCheck> auto& check) {
    io(check.node, check.id, check.cart, check.station, check.kind, check.opened_at);
    io(check.opened_by, check.closed_at, check.closed_by, check.duration_ms, check.working_day);
    io(check.readiness, check.in_order, check.required, check.ready_until, check.lines);
    io(check.devices);
    io.json(check.not_scanned);
    io(check.steps, check.undone, check.parked, check.seal, check.seq, check.witness);
    io.json(check.remarks);
    io(check.typed, check.skipped, check.voided);
}

template <>
inline constexpr Table table_of<StandingThen>{
    "cart_standing",
    "node, cart, at_ms",
    "source, station, listed, ready_until, shift_checked_ms, shift_hours",
    "node, cart, at_ms"};

void columns(auto& io, Of<StandingThen> auto& then) {
    auto& standing = then.standing;
    io(then.source, standing.station, standing.listed, standing.ready_until);
    io(standing.shift_checked);
    io.json(standing.shift_hours);
}

template <>
inline constexpr Table table_of<CheckLine>{
    "check_line",
    "node, check_id",
    "place, line, product, position, par, critical, result, quantity, damaged, taken_out, "
    "evidence, lots, at_ms, by",
    "node, check_id, place"};

void columns(auto& io, Of<CheckLine> auto& line) {
    io(line.place, line.line, line.product, line.position, line.par, line.critical, line.result);
    io(line.quantity, line.damaged, line.taken_out, line.evidence);
    io.json(line.lots);
    io(line.at, line.by);
}

template <>
inline constexpr Table table_of<CheckDevice>{
    "check_device",
    "node, check_id",
    "place, device, critical, passed, tests",
    "node, check_id, place"};

void columns(auto& io, Of<CheckDevice> auto& device) {
    io(device.place, device.device, device.critical, device.passed);
    io.json(device.tests);
}

template <>
inline constexpr Table table_of<FoundThen>{
    "finding",
    "node, check_id",
    "place, kind, severity, line, device, accessory, product, lot, quantity, recalled, expired, "
    "damaged, absent, last_usable_day, days_left, band, test, unit, value, least, most",
    "node, check_id, place"};

void columns(auto& io, Of<FoundThen> auto& found) {
    auto& finding = found.finding;
    io(found.place, finding.kind, finding.severity, finding.line, finding.device);
    io(finding.accessory, found.product, finding.lot, finding.quantity);
    io.part(
        finding.reasons,
        &readiness::Reasons::recalled,
        &readiness::Reasons::expired,
        &readiness::Reasons::damaged,
        &readiness::Reasons::absent);
    io(finding.last_usable_day, finding.days_left, finding.band);
    io(finding.test, finding.unit, finding.value, finding.least, finding.most);
}

template <>
inline constexpr Table table_of<AlertStep>{
    "alert_history",
    "",
    "entry_node, entry_seq, node, cart, subject, episode, step, at_ms, by, state, line, device, "
    "product, severity, quantity, recalled, expired, damaged, absent, kinds, failed, raised_at_ms, "
    "expected_at_ms",
    "entry_node, entry_seq"};

void columns(auto& io, Of<AlertStep> auto& step) {
    io(step.entry_node, step.entry_seq, step.node, step.key.cart, step.key.subject, step.episode);
    io(step.step, step.at, step.by, step.state);
    need_columns(io, step.need);
    io(step.raised_at, step.expected_at);
}

} // namespace cartwatch::store
