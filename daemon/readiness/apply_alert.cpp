#include "daemon/readiness/alert_clock.hpp"
#include "daemon/readiness/apply.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// The open alert of this episode in a node's part, or nullptr.
Alert* open_alert(State& state, const std::string& node, const AlertKey& key, int episode) {
    const auto part = state.nodes.find(node);
    if (part == state.nodes.end()) {
        return nullptr;
    }
    const auto found = part->second.alerts.find(key);
    if (found == part->second.alerts.end() || found->second.episode != episode
        || !found->second.open()) {
        return nullptr;
    }
    return &found->second;
}

void forget_escalation(Alert& alert, Escalation rule) {
    std::erase_if(alert.escalated, [&](const Escalated& one) { return one.rule == rule; });
}

// Nobody has it any more; units that were sent are still on their way.
void raise_again(Alert& alert) {
    alert.state = AlertState::raised;
    alert.accepted_by.clear();
    alert.accepted_at.reset();
    alert.expected_at.reset();
    forget_escalation(alert, Escalation::not_accepted);
}

// Where all have arrived and more is needed, the rest is with whoever accepted the alert.
void receive_units(Alert& alert, const std::vector<DispatchedUnits>& arrived) {
    for (const DispatchedUnits& units : arrived) {
        int left = units.quantity;
        for (DispatchedUnits& sent : alert.dispatched) {
            const bool is_it = sent.lot == units.lot && sent.product == units.product
                               && (units.sent_seq == 0 || sent.sent_seq == units.sent_seq);
            const int taken = is_it ? std::min(left, sent.quantity) : 0;
            sent.quantity -= taken;
            left -= taken;
            if (taken > 0) {
                sent.serials.clear(); // which of them arrived is not known
            }
        }
    }
    std::erase_if(alert.dispatched, [](const DispatchedUnits& sent) { return sent.quantity == 0; });
    if (alert.dispatched.empty()) {
        if (alert.state == AlertState::dispatched) {
            alert.state = AlertState::accepted;
        }
        alert.dispatched_by.clear();
        alert.dispatched_at.reset();
        alert.short_reason.clear();
    }
}

void note_critical(Alert& alert, Instant at) {
    if (alert.need.severity != Severity::critical) {
        alert.critical_at.reset();
        forget_escalation(alert, Escalation::not_resolved);
    } else if (!alert.critical_at) {
        alert.critical_at = at;
    }
}

void accept(Alert& alert, const std::string& by, Instant at) {
    alert.state = AlertState::accepted;
    alert.changed_at = at;
    alert.accepted_by = by;
    alert.accepted_at = at;
    forget_escalation(alert, Escalation::not_accepted);
}

// Whether the pharmacy answered what the alert asks for now.
bool saw_it(const Alert& alert, std::int64_t seen_seq) {
    return seen_seq == 0 || seen_seq >= alert.worse_seq;
}

} // namespace

void apply_event(const Application& at, const AlertRaised& event) {
    std::map<AlertKey, Alert>& alerts = at.node().alerts;
    const auto known = alerts.find(event.key);
    if (known != alerts.end() && (known->second.open() || known->second.episode >= event.episode)) {
        return;
    }
    Alert alert;
    alert.key = event.key;
    alert.episode = event.episode;
    alert.need = event.need;
    alert.raised_at = at.entry.at;
    alert.changed_at = at.entry.at;
    alert.raised_seq = at.entry.seq;
    alert.changed_seq = at.entry.seq;
    alert.worse_seq = at.entry.seq;
    alert.worse_at = at.entry.at;
    note_critical(alert, at.entry.at);
    alerts.insert_or_assign(event.key, std::move(alert));
}

void apply_event(const Application& at, const AlertChanged& event) {
    Alert* alert = open_alert(at.state, at.entry.node, event.key, event.episode);
    if (alert == nullptr) {
        return;
    }
    if (is_worse(alert->need, event.need)) {
        raise_again(*alert);
        alert->worse_seq = at.entry.seq;
        alert->worse_at = at.entry.at;
        alert->silence.reset();
    }
    if (!event.arrived.empty()) {
        receive_units(*alert, event.arrived);
    }
    alert->need = event.need;
    note_critical(*alert, at.entry.at);
    alert->changed_at = at.entry.at;
    alert->changed_seq = at.entry.seq;
}

void apply_event(const Application& at, const AlertClosed& event) {
    if (Alert* alert = open_alert(at.state, at.entry.node, event.key, event.episode)) {
        alert->state = event.resolved ? AlertState::resolved : AlertState::withdrawn;
        alert->changed_at = at.entry.at;
        alert->changed_seq = at.entry.seq;
    }
}

// Only the pharmacy answers for the pharmacy.
void apply_event(const Application& at, const AlertAccepted& event) {
    if (at.entry.node != at.state.pharmacy) {
        return;
    }
    Alert* alert = open_alert(at.state, event.node, event.key, event.episode);
    if (alert == nullptr || alert->state == AlertState::dispatched
        || !saw_it(*alert, event.seen_seq)) {
        return;
    }
    accept(*alert, event.by, at.entry.at);
    alert->expected_at = event.expected_at;
}

void apply_event(const Application& at, const AlertHandedBack& event) {
    if (at.entry.node != at.state.pharmacy) {
        return;
    }
    Alert* alert = open_alert(at.state, event.node, event.key, event.episode);
    if (alert == nullptr) {
        return;
    }
    // The alert may have become worse meanwhile, and be raised again: they never left all the same.
    const bool never_left = event.never_left || alert->state == AlertState::dispatched;
    if (never_left || alert->state != AlertState::raised) {
        if (never_left) {
            alert->dispatched.clear(); // they never left
            alert->dispatched_by.clear();
            alert->dispatched_at.reset();
            alert->short_reason.clear();
        }
        raise_again(*alert);
        alert->changed_at = at.entry.at;
    }
}

void apply_event(const Application& at, const AlertDispatched& event) {
    if (at.entry.node != at.state.pharmacy) {
        return;
    }
    Alert* alert = open_alert(at.state, event.node, event.key, event.episode);
    if (alert == nullptr) {
        return;
    }
    for (const DispatchedUnits& units : event.units) {
        alert->dispatched.push_back(units);
        alert->dispatched.back().sent_seq = at.entry.seq;
    }
    alert->dispatched_by = event.by;
    alert->dispatched_at = at.entry.at;
    alert->short_reason = event.reason;
    alert->changed_at = at.entry.at;
    alert->silence.reset();
    if (saw_it(*alert, event.seen_seq)) {
        if (alert->state == AlertState::raised) {
            accept(*alert, event.by, at.entry.at);
        }
        alert->state = AlertState::dispatched;
    }
}

void apply_event(const Application& at, const AlertSilenced& event) {
    if (at.entry.node != at.state.pharmacy) {
        return;
    }
    Alert* alert = open_alert(at.state, event.node, event.key, event.episode);
    if (alert != nullptr && saw_it(*alert, event.seen_seq)) {
        alert->silence = event.silence;
        alert->escalated.clear();
        alert->changed_at = at.entry.at;
    }
}

void apply_event(const Application& at, const AlertEscalated& event) {
    if (at.entry.node != at.state.pharmacy && at.entry.node != event.node) {
        return;
    }
    Alert* alert = open_alert(at.state, event.node, event.key, event.episode);
    if (alert != nullptr && is_pending(*alert, event.rule)
        && !(alert->silence && at.entry.at < alert->silence->until)) {
        alert->escalated.push_back({event.rule, at.entry.at});
        alert->changed_at = at.entry.at;
    }
}

void apply_event(const Application&, const UnknownEvent&) {}

} // namespace cartwatch::readiness
