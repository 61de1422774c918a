#include "daemon/store/history.hpp"

#include "daemon/readiness/use.hpp"
#include "daemon/store/present_state.hpp"
#include "daemon/store/rows.hpp"
#include "daemon/store/standings.hpp"

#include <algorithm>
#include <set>

namespace cartwatch::store {

namespace {

using namespace readiness;

// A line that was not asked for: `line` is as the check left it. What an emergency used of it was
// taken out.
CheckLine not_asked(CheckLine row, const Line& line) {
    row.result = LineResult::not_asked;
    for (const Holding& holding : line.holdings) {
        row.quantity += holding.quantity;
        row.damaged += holding.damaged;
    }
    row.lots = line.holdings;
    return row;
}

CheckLine line_then(const Line& line, const Check& check, int place) {
    CheckLine row;
    row.place = place;
    row.line = line.id;
    row.product = line.product;
    row.position = line.position;
    row.par = line.par;
    row.critical = line.critical;
    if (!counts_packs(check.kind)) {
        row.taken_out = used_line(line, check.progress).used;
        return not_asked(std::move(row), line);
    }
    const LineProgress* found = check.progress.lines.find(line.id);
    if (found == nullptr || !found->done()) {
        return check.kind == CheckKind::restock ? not_asked(std::move(row), line) : row;
    }
    const LineProgress& progress = *found;
    row.result = progress.missing             ? LineResult::missing
                 : !progress.holdings.empty() ? LineResult::counted
                                              : LineResult::taken_out;
    for (const Holding& holding : progress.holdings) {
        row.quantity += holding.quantity;
        row.damaged += holding.damaged;
        row.evidence = std::max(row.evidence.value_or(holding.evidence), holding.evidence);
    }
    for (const HoldingTakenOut& out : progress.taken_out) {
        row.taken_out += out.quantity;
    }
    row.lots = progress.holdings;
    row.at = progress.last_at;
    row.by = progress.last_by;
    return row;
}

// Of the lines on the list: those that were called missing without a step, and those of which the
// weakest evidence was typed.
void count_overrides(ClosedCheck& row, const Check& check, const Cart& cart) {
    for (const Line& line : cart.lines) {
        const LineProgress* known = check.progress.lines.find(line.id);
        if (std::ranges::find(row.not_scanned, line.id) != row.not_scanned.end()) {
            ++row.skipped;
        } else if (known != nullptr && is_typed(*known)) {
            ++row.typed;
        }
    }
}

ClosedCheck
check_then(const Recorded& entry, const CheckClosed& event, const Check& check, const Cart& cart) {
    ClosedCheck row;
    row.node = entry.node;
    row.id = check.id;
    row.cart = check.cart;
    row.station = cart.station;
    row.kind = check.kind;
    row.opened_at = check.opened_at;
    row.opened_by = check.opened_by;
    row.closed_at = entry.at;
    row.closed_by = event.by;
    row.duration_ms = (entry.at - check.opened_at).count();
    row.working_day = event.working_day;
    row.readiness = event.readiness;
    row.in_order = event.in_order;
    row.required = event.required;
    row.ready_until = event.ready_until;
    row.lines = static_cast<int>(cart.lines.size());
    row.devices = static_cast<int>(cart.devices.size());
    row.not_scanned = event.not_scanned;
    row.steps = static_cast<int>(check.steps.size());
    row.undone = static_cast<int>(std::ranges::count(check.steps, true, &Step::undone));
    row.parked = static_cast<int>(check.progress.parked.size());
    row.seal = check.progress.seal;
    row.witness = event.witness;
    row.remarks = event.remarks;
    row.seq = entry.seq;
    row.voided = cart.retired;
    count_overrides(row, check, cart);
    return row;
}

std::string product_of(const Cart& cart, const std::string& line) {
    const auto found = std::ranges::find(cart.lines, line, &Line::id);
    return found == cart.lines.end() ? std::string{} : found->product;
}

CheckDevice device_then(const Device& device, const Check& check, int place) {
    CheckDevice row{place, device.id, device.critical, {}, {}};
    const CheckProgress& progress = check.progress;
    if (const auto found = progress.devices.find(device.id); found != progress.devices.end()) {
        row.passed = found->second;
    }
    if (const auto found = progress.tests.find(device.id); found != progress.tests.end()) {
        for (const auto& [test, taken] : found->second) {
            row.tests.push_back(DeviceTested{device.id, taken.passed, test, taken.value, taken.on});
        }
    }
    return row;
}

// `cart` is as the check left it. A check that does not open the cart has no rows of lines: what
// lies there is what the full check before it found, and a seal read every day would repeat it
// three hundred times a year.
void write_closed(
    Connection& connection,
    const Recorded& entry,
    const CheckClosed& event,
    const Check& check,
    const Cart& cart) {
    put(connection, check_then(entry, event, check, cart));
    for (std::size_t i = 0; opens_cart(check.kind) && i < cart.lines.size(); ++i) {
        put(connection, line_then(cart.lines[i], check, static_cast<int>(i)), entry.node, check.id);
    }
    for (std::size_t i = 0; i < cart.devices.size(); ++i) {
        put(connection,
            device_then(cart.devices[i], check, static_cast<int>(i)),
            entry.node,
            check.id);
    }
    for (std::size_t i = 0; i < event.findings.size(); ++i) {
        const Finding& finding = event.findings[i];
        put(connection,
            FoundThen{static_cast<int>(i), finding, product_of(cart, finding.line)},
            entry.node,
            check.id);
    }
}

void record_closed(
    Connection& connection, State& state, const Recorded& entry, const CheckClosed& event) {
    const NodeState& before = node_of(state, entry.node);
    const auto open = before.open_checks.find(event.check);
    const std::optional<Check> check =
        open == before.open_checks.end() ? std::nullopt : std::optional(open->second);
    apply(state, entry);
    const NodeState& after = node_of(state, entry.node);
    if (check && !after.open_checks.contains(event.check)) {
        write_closed(connection, entry, event, *check, after.carts.at(check->cart));
    }
}

std::optional<Alert> alert_in(const State& state, const std::string& node, const AlertKey& key) {
    const auto& alerts = node_of(state, node).alerts;
    const auto found = alerts.find(key);
    return found == alerts.end() ? std::nullopt : std::optional(found->second);
}

// What an alert's entry speaks of; nothing for other entries.
struct AlertMatter {
    std::string node;
    AlertKey key;
    AlertStepKind step = AlertStepKind::raised;
    std::string by;
};

struct MatterOf {
    const Recorded& entry;

    std::optional<AlertMatter> operator()(const AlertRaised& event) const {
        return AlertMatter{entry.node, event.key, AlertStepKind::raised, entry.actor};
    }

    std::optional<AlertMatter> operator()(const AlertChanged& event) const {
        return AlertMatter{entry.node, event.key, AlertStepKind::changed, entry.actor};
    }

    std::optional<AlertMatter> operator()(const AlertClosed& event) const {
        const auto step = event.resolved ? AlertStepKind::resolved : AlertStepKind::withdrawn;
        return AlertMatter{entry.node, event.key, step, entry.actor};
    }

    std::optional<AlertMatter> operator()(const AlertAccepted& event) const {
        return AlertMatter{event.node, event.key, AlertStepKind::accepted, event.by};
    }

    std::optional<AlertMatter> operator()(const AlertHandedBack& event) const {
        return AlertMatter{event.node, event.key, AlertStepKind::handed_back, event.by};
    }

    std::optional<AlertMatter> operator()(const AlertDispatched& event) const {
        return AlertMatter{event.node, event.key, AlertStepKind::dispatched, event.by};
    }

    std::optional<AlertMatter> operator()(const AlertSilenced& event) const {
        return AlertMatter{event.node, event.key, AlertStepKind::silenced, event.silence.by};
    }

    std::optional<AlertMatter> operator()(const AlertEscalated& event) const {
        return AlertMatter{event.node, event.key, AlertStepKind::escalated, entry.actor};
    }

    template <typename Other>
    std::optional<AlertMatter> operator()(const Other& /*event*/) const {
        return std::nullopt;
    }
};

void record_alert(
    Connection& connection, State& state, const Recorded& entry, const AlertMatter& matter) {
    const std::optional<Alert> before = alert_in(state, matter.node, matter.key);
    apply(state, entry);
    const std::optional<Alert> after = alert_in(state, matter.node, matter.key);
    if (!after || after == before) {
        return;
    }
    AlertStep row;
    row.entry_node = entry.node;
    row.entry_seq = entry.seq;
    row.node = matter.node;
    row.key = matter.key;
    row.episode = after->episode;
    row.step = matter.step;
    row.at = entry.at;
    row.by = matter.by;
    row.state = after->state;
    row.need = after->need;
    row.raised_at = after->raised_at;
    row.expected_at = after->expected_at;
    put(connection, row);
}

// The nodes by whose policies, recalls and substitutes carts are judged once these entries came.
std::set<std::string> judged_by(std::span<const Recorded* const> entries, const State& after) {
    std::set<std::string> nodes;
    for (const Recorded* entry : entries) {
        if (changes_standings(entry->event)) {
            nodes.insert({entry->node, after.pharmacy});
        }
    }
    return nodes;
}

// Checks, carts and alerts that the entries speak of, as the tables have them.
State state_of_tables(
    Connection& connection, const State& after, std::span<const Recorded* const> entries) {
    Touched touched;
    for (const Recorded* entry : entries) {
        touch(touched, *entry, after);
        const Effect effect = standing_effect(entry->event);
        if (!effect.cart.empty()) {
            touched.carts.emplace(entry->node, effect.cart);
        }
    }
    touched.checks.insert(touched.check_headers.begin(), touched.check_headers.end());
    for (const auto& [node, id] : touched.checks) {
        const auto cart = connection.one<std::string>(
            "SELECT cart FROM open_check WHERE node = ? AND id = ?", node, id);
        if (cart) {
            touched.carts.emplace(node, *cart);
        }
    }
    State state;
    state.self = after.self;
    state.pharmacy = after.pharmacy;
    for (const std::string& node : judged_by(entries, after)) {
        load_standards(connection, state, node);
    }
    for (const auto& [node, cart] : touched.carts) {
        // A cart has one open check: another than the one asked for decides as well.
        const auto check = connection.one<std::string>(
            "SELECT id FROM open_check WHERE node = ? AND cart = ?", node, cart);
        if (check) {
            load_check(connection, state, {node, *check});
        }
        load_cart(connection, state, {node, cart});
    }
    for (const auto& [node, key] : touched.alerts) {
        load_alert(connection, state, node, key);
    }
    return state;
}

bool makes_history(const Recorded& entry) {
    return std::holds_alternative<CheckClosed>(entry.event) || tells_time(entry.event)
           || std::visit(MatterOf{entry}, entry.event).has_value();
}

// What was dated after a day that somebody put the clock back to has not been.
void void_checks(Connection& connection, const Recorded& entry, const DayCorrected& corrected) {
    connection.run(
        "UPDATE check_closed SET voided = 1 WHERE node = ? AND working_day > ?",
        entry.node,
        corrected.day);
}

void record_matter(Connection& connection, State& state, const Recorded& entry) {
    if (const auto* closed = std::get_if<CheckClosed>(&entry.event)) {
        record_closed(connection, state, entry, *closed);
    } else if (const auto matter = std::visit(MatterOf{entry}, entry.event)) {
        record_alert(connection, state, entry, *matter);
    } else {
        apply(state, entry);
    }
    if (const auto* corrected = std::get_if<DayCorrected>(&entry.event)) {
        void_checks(connection, entry, *corrected);
    }
}

// Whether one of them judges every cart, and others change how a cart stands, or on which day it is
// judged: then the state after all of them is not the one that it judged.
bool judges_all_among_others(std::span<const Recorded* const> entries) {
    const auto of_any_cart = [](const Recorded* one) {
        const Effect effect = standing_effect(one->event);
        return effect.judged_anew && effect.cart.empty();
    };
    return std::ranges::any_of(entries, of_any_cart)
           && std::ranges::count_if(entries, [](const Recorded* one) {
                  return tells_time(one->event);
              }) > 1;
}

} // namespace

void apply_and_record(Connection& connection, State& state, const Recorded& entry) {
    const Effect effect = standing_effect(node_of(state, entry.node), entry.event);
    record_matter(connection, state, entry);
    record_standings(connection, state, entry, effect);
}

void record_history(
    Connection& connection, const State& after, std::span<const Recorded* const> entries) {
    const bool any =
        std::ranges::any_of(entries, [](const Recorded* one) { return makes_history(*one); });
    if (!any) {
        return;
    }
    const bool apart = judges_all_among_others(entries);
    State state = apart ? load_state(connection, after.self, after.pharmacy)
                        : state_of_tables(connection, after, entries);
    for (const Recorded* entry : entries) {
        const Effect effect = standing_effect(node_of(state, entry->node), entry->event);
        record_matter(connection, state, *entry);
        // The carts that no entry speaks of are in the state after all of them alone, and the same.
        const bool of_all = effect.judged_anew && effect.cart.empty() && !apart;
        record_standings(connection, of_all ? after : state, *entry, effect);
    }
}

} // namespace cartwatch::store
