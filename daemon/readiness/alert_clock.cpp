#include "daemon/readiness/alert_clock.hpp"

#include "daemon/readiness/limits.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::readiness {

namespace {

constexpr std::array every_rule{
    Escalation::not_accepted, Escalation::not_resolved, Escalation::not_restocked};

bool speaks_of(const Alert& alert, Escalation rule) {
    switch (rule) {
    case Escalation::not_accepted:
        return alert.critical_at && alert.state == AlertState::raised;
    case Escalation::not_resolved:
        return alert.critical_at.has_value();
    case Escalation::not_restocked:
        break;
    }
    return alert.need.quantity > 0;
}

// Told by a clock that was ahead, here or at another node, and has been put right since: when it
// was nobody knows, and waiting for that hour would keep the alert quiet.
bool is_from_ahead(const Alert& alert, Instant now) {
    const Instant last =
        std::max({alert.raised_at, alert.worse_at, alert.critical_at.value_or(now)});
    return last > now + clocks_differ_by;
}

// When it is to be said: where the hour is not known at once, or when a silence ends.
std::optional<Instant>
to_be_said(const Alert& alert, Escalation rule, const Policy& policy, Instant now) {
    const auto when = runs_out(alert, rule, policy);
    if (!when || !is_from_ahead(alert, now)) {
        return when;
    }
    return alert.silence ? alert.silence->until : now - ward_escalates_later;
}

// Calls on_due(escalation, when) for all that is pending and this node's to say.
template <typename F>
void each_due(const State& state, Instant now, F on_due) {
    const bool at_pharmacy = state.self == state.pharmacy;
    const auto later = at_pharmacy ? std::chrono::minutes{0} : ward_escalates_later;
    for (const auto& [name, node] : state.nodes) {
        if (!at_pharmacy && name != state.self) {
            continue;
        }
        const Policy policy = policy_for(state, name);
        for (const auto& [key, alert] : node.alerts) {
            for (const Escalation rule : every_rule) {
                if (const auto when = to_be_said(alert, rule, policy, now)) {
                    on_due(AlertEscalated{name, key, alert.episode, rule}, *when + later);
                }
            }
        }
    }
}

} // namespace

bool is_pending(const Alert& alert, Escalation rule) {
    const bool said =
        std::any_of(alert.escalated.begin(), alert.escalated.end(), [&](const Escalated& one) {
            return one.rule == rule;
        });
    return alert.open() && !said && speaks_of(alert, rule);
}

std::optional<Instant> runs_out(const Alert& alert, Escalation rule, const Policy& policy) {
    if (!is_pending(alert, rule)) {
        return std::nullopt;
    }
    Instant when = alert.raised_at + std::chrono::hours(policy.restock_within_hours);
    if (rule == Escalation::not_accepted) {
        when = std::max(alert.worse_at, *alert.critical_at)
               + std::chrono::minutes(policy.accept_within_minutes);
    } else if (rule == Escalation::not_resolved) {
        when = *alert.critical_at + std::chrono::hours(policy.resolve_critical_within_hours);
    }
    return alert.silence ? std::max(when, alert.silence->until) : when;
}

std::vector<AlertEscalated> run_out(const State& state, Instant now, std::size_t most) {
    std::vector<AlertEscalated> found;
    each_due(state, now, [&](const AlertEscalated& escalation, Instant when) {
        if (when <= now && found.size() < most) {
            found.push_back(escalation);
        }
    });
    return found;
}

std::optional<Instant> next_run_out(const State& state, Instant now) {
    std::optional<Instant> next;
    each_due(state, now, [&](const AlertEscalated&, Instant when) {
        next = next ? std::min(*next, when) : when;
    });
    return next;
}

} // namespace cartwatch::readiness
