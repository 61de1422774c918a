#include "daemon/readiness/standing.hpp"

#include "daemon/readiness/due.hpp"
#include "daemon/readiness/evaluate.hpp"
#include "daemon/readiness/limits.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// Of the last check that answers for this kind. One that is dated ahead of the instant, with the
// clock set back since, counts as none: it was made long ago.
std::optional<Instant> last_made(const Cart& cart, CheckKind kind, Instant at) {
    std::optional<Instant> last;
    for (const auto& made :
         {cart.last_full_at,
          kind == CheckKind::sealed ? cart.last_sealed_at : cart.last_handover_at}) {
        if (made) {
            last = std::max(last, std::optional(*made - at > clocks_differ_by ? Instant{} : *made));
        }
    }
    return last;
}

void note_shifts(CartStanding& standing, const Cart& cart, const Policy& policy, Instant at) {
    for (const CheckKind kind : {CheckKind::sealed, CheckKind::handover}) {
        const auto last = last_made(cart, kind, at);
        if (is_each_shift(policy, kind) && next_due(cart, policy, kind) && last) {
            standing.shift_checked = std::min(standing.shift_checked.value_or(*last), *last);
            standing.shift_hours = policy.shift_hours;
        }
    }
}

} // namespace

CartStanding
standing_of(const State& state, const std::string& node, const Cart& cart, Instant at) {
    CartStanding standing;
    standing.station = cart.station;
    standing.listed = !cart.retired;
    if (cart.retired) {
        return standing;
    }
    const Policy policy = policy_for(state, node);
    // No zone's day is before that. To begin too early changes nothing: what comes with the days
    // only ends readiness, and the last day is the same.
    const Day earliest = std::chrono::floor<std::chrono::days>(at) - std::chrono::days{1};
    const Judgement judged = evaluate(
        cart,
        policy,
        recalls_for(state, node),
        latest_day(node_of(state, node), earliest),
        substitutions_for(state, node));
    standing.ready_until = judged.ready_until;
    if (standing.ready_until) {
        note_shifts(standing, cart, policy, at);
    }
    return standing;
}

} // namespace cartwatch::readiness
