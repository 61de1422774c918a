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

void raise_again(Alert& alert) {
    alert.state = AlertState::raised;
    alert.accepted_by.clear();
    alert.accepted_at.reset();
    alert.expected_at.reset();
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
    }
    alert->need = event.need;
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
    if (alert == nullptr || (event.seen_seq != 0 && event.seen_seq < alert->worse_seq)) {
        return;
    }
    alert->state = AlertState::accepted;
    alert->changed_at = at.entry.at;
    alert->accepted_by = event.by;
    alert->accepted_at = at.entry.at;
    alert->expected_at = event.expected_at;
}

void apply_event(const Application& at, const AlertHandedBack& event) {
    if (at.entry.node != at.state.pharmacy) {
        return;
    }
    Alert* alert = open_alert(at.state, event.node, event.key, event.episode);
    if (alert != nullptr && alert->state == AlertState::accepted) {
        raise_again(*alert);
        alert->changed_at = at.entry.at;
    }
}

void apply_event(const Application&, const UnknownEvent&) {}

} // namespace cartwatch::readiness
