#include "daemon/figures/alert_figures.hpp"

#include <algorithm>
#include <tuple>

namespace cartwatch::figures {

using namespace readiness;

namespace {

using AlertName = std::tuple<std::string, AlertKey, int>; // node, key, episode

struct Life {
    Severity severity = Severity::notice;
    Instant raised;
    std::optional<Instant> accepted; // first
    std::optional<Instant> ended;
    bool withdrawn = false;
};

std::map<Severity, Waiting> summed_up(const std::map<Severity, Waits>& by_severity) {
    std::map<Severity, Waiting> sums;
    for (const auto& [severity, waits] : by_severity) {
        sums[severity] = summed(waits);
    }
    return sums;
}

class Lives {
public:
    // `state` holds the entry, which was recorded at `at`.
    void tell(const Recorded& entry, Instant at, const State& state) {
        if (const auto* closed = std::get_if<AlertClosed>(&entry.event)) {
            const auto found = lives_.find({entry.node, closed->key, closed->episode});
            if (found != lives_.end()) {
                found->second.withdrawn = !closed->resolved;
                found->second.ended = std::max(found->second.raised, at);
            }
        } else if (const auto* accepted = std::get_if<AlertAccepted>(&entry.event)) {
            note_accepted(state, accepted->node, accepted->key);
        } else if (const auto* dispatched = std::get_if<AlertDispatched>(&entry.event)) {
            note_accepted(state, dispatched->node, dispatched->key); // whoever sends it has it
        }
    }

    void raise(const std::string& node, const AlertRaised& raised, Instant at) {
        lives_.try_emplace(
            {node, raised.key, raised.episode}, Life{raised.need.severity, at, {}, {}, false});
    }

    [[nodiscard]] AlertTimes times() const {
        std::map<Severity, Waits> accepting;
        std::map<Severity, Waits> restocking;
        for (const auto& [name, life] : lives_) {
            if (life.accepted) {
                accepting[life.severity].over.push_back(*life.accepted - life.raised);
            } else if (!life.ended) { // else it was over before anybody accepted it
                ++accepting[life.severity].still;
            }
            if (!life.ended) {
                ++restocking[life.severity].still;
            } else if (!life.withdrawn) {
                restocking[life.severity].over.push_back(*life.ended - life.raised);
            }
        }
        return {summed_up(accepting), summed_up(restocking)};
    }

private:
    // Only the first time counts, and only an answer to what the alert asks for.
    void note_accepted(const State& state, const std::string& node, const AlertKey& key) {
        const auto& alerts = node_of(state, node).alerts;
        const auto alert = alerts.find(key);
        if (alert == alerts.end() || !alert->second.accepted_at) {
            return;
        }
        const auto found = lives_.find({node, key, alert->second.episode});
        if (found != lives_.end() && !found->second.accepted) {
            found->second.accepted = std::max(found->second.raised, *alert->second.accepted_at);
        }
    }

    std::map<AlertName, Life> lives_;
};

} // namespace

AlertTimes alert_times(const Past& past, const Scope& scope, const Period& period) {
    Telling telling(past, Told::as_it_arrived);
    Lives lives;
    while (const Recorded* entry = telling.upcoming()) {
        const Instant at = telling.upcoming_at();
        telling.take();
        const auto* raised = std::get_if<AlertRaised>(&entry->event);
        if (raised == nullptr) {
            lives.tell(*entry, at, telling.state);
            continue;
        }
        const auto& carts = node_of(telling.state, entry->node).carts;
        const auto cart = carts.find(raised->key.cart);
        if (cart != carts.end() && scope.holds(entry->node, cart->second)
            && period.holds(past.day_of(at))) {
            lives.raise(entry->node, *raised, at);
        }
    }
    return lives.times();
}

} // namespace cartwatch::figures
