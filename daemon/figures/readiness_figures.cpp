#include "daemon/figures/readiness_figures.hpp"

#include "daemon/readiness/due.hpp"
#include "daemon/readiness/effect.hpp"
#include "daemon/readiness/evaluate.hpp"
#include "daemon/readiness/substitution.hpp"
#include "daemon/readiness/use.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace cartwatch::figures {

using namespace readiness;

namespace {

// Calls `visit(node name, cart)` for every cart that the scope holds, as it stands: what an
// emergency used so far is gone.
template <typename Visit>
void each_cart(const State& state, const Scope& scope, const Visit& visit) {
    for (const auto& [name, node] : state.nodes) {
        for (const auto& [id, cart] : node.carts) {
            if (scope.holds(name, cart)) {
                visit(name, present_cart(node, cart));
            }
        }
    }
}

State state_at(const Past& past, Instant at) {
    Telling telling(past, Told::as_it_happened);
    telling.take_until(at);
    return std::move(telling.state);
}

// A day of a node is never before the last one that was judged there: with the clock set back, what
// expired stays expired.
Day day_at(const State& state, const std::string& node, Day today) {
    return latest_day(node_of(state, node), today);
}

// When it was, as the node knew it.
AsOf as_of(const Past& past, const State& state, const std::string& node, Instant at) {
    return latest_day(
        node_of(state, node), AsOf(past.day_of(at), past.shifts_of(policy_for(state, node), at)));
}

Judgement
judgement_of(const State& state, const std::string& node, const Cart& cart, const AsOf& as_of) {
    return evaluate(
        cart,
        policy_for(state, node),
        recalls_for(state, node),
        as_of,
        substitutions_for(state, node));
}

// The instant from which on a cart that is ready then is not, with nobody touching it.
Instant ready_before(
    const Past& past, const Policy& policy, const Cart& cart, const AsOf& as_of, Day ready_until) {
    Instant before = past.day_begins(ready_until + std::chrono::days(1));
    for (const CheckKind kind : {CheckKind::sealed, CheckKind::handover}) {
        if (as_of.shifts) {
            before =
                std::min(before, late_from(cart, policy, kind, *as_of.shifts).value_or(before));
        }
    }
    return before;
}

// The instant from which on a cart that stands so is not ready, with nobody touching it.
Instant
ready_before(const CartStanding& standing, const DayBegins& day_begins, const ShiftsAt& shifts_at) {
    const Instant before = day_begins(*standing.ready_until + std::chrono::days(1));
    if (!standing.shift_checked || !shifts_at) {
        return before;
    }
    const auto shifts = shifts_at(*standing.shift_checked, standing.shift_hours);
    return shifts ? std::min(before, shifts->next_ends) : before;
}

// Adds up how long each cart was ready from one change to the next.
class ReadyClock {
public:
    ReadyClock(const Past& past, const Scope& scope, const Period& period, Instant now)
        : past_(past),
          scope_(scope),
          until_(std::min(past.day_begins(period.to), now)),
          now_(past.day_begins(period.from)) {}

    std::map<CartName, TimeReady> run() {
        Telling telling(past_, Told::as_it_happened);
        while (const Recorded* entry = telling.upcoming()) {
            const Instant at = std::max(now_, telling.upcoming_at());
            if (at >= until_) {
                break;
            }
            const Effect effect = effect_of(node_of(telling.state, entry->node), entry->event);
            if (effect.judged_anew) {
                count_until(at);
            }
            const std::string node = entry->node;
            telling.take();
            if (effect.judged_anew) {
                judge(telling.state, node, effect.cart);
            }
        }
        count_until(std::max(now_, until_)); // a period that has not begun yet has no time
        return std::move(sums_);
    }

private:
    void count_until(Instant at) {
        for (const auto& [name, ready_before] : carts_) {
            TimeReady& sum = sums_[name];
            sum.total += at - now_;
            if (ready_before) {
                sum.ready += std::max(Instant::duration{0}, std::min(at, *ready_before) - now_);
            }
        }
        now_ = at;
    }

    void judge(const State& state, const std::string& node, const std::string& cart) {
        if (!cart.empty()) {
            const auto& carts = node_of(state, node).carts;
            if (const auto found = carts.find(cart); found != carts.end()) {
                judge_cart(state, node, found->second);
            }
            return;
        }
        for (const auto& [name, part] : state.nodes) {
            for (const auto& [id, each] : part.carts) {
                judge_cart(state, name, each);
            }
        }
    }

    void judge_cart(const State& state, const std::string& node, const Cart& cart) {
        const CartName name(node, cart.id);
        if (!scope_.holds(node, cart)) {
            carts_.erase(name);
            return;
        }
        const AsOf then = as_of(past_, state, node, now_);
        const Judgement judged = judgement_of(state, node, cart, then);
        std::optional<Instant>& ready = carts_[name];
        ready.reset();
        if (judged.ready_until) {
            ready = ready_before(past_, policy_for(state, node), cart, then, *judged.ready_until);
        }
    }

    const Past& past_;
    const Scope& scope_;
    Instant until_;
    Instant now_; // counted up to here; entries before the period are taken in at its beginning
    std::map<CartName, std::optional<Instant>> carts_; // ready before; nullopt: not ready
    std::map<CartName, TimeReady> sums_;
};

} // namespace

Rate readiness_rate(const Past& past, const Scope& scope, Instant at) {
    const State state = state_at(past, at);
    Rate rate;
    each_cart(state, scope, [&](const std::string& node, const Cart& cart) {
        const Judgement judged = judgement_of(state, node, cart, as_of(past, state, node, at));
        rate.in_order += judged.in_order;
        rate.required += judged.required;
    });
    return rate;
}

std::map<CartName, TimeReady>
time_ready_by_cart(const Past& past, const Scope& scope, const Period& period, Instant now) {
    return ReadyClock(past, scope, period, now).run();
}

TimeReady time_ready_of(
    std::span<const Stood> stood,
    const Period& period,
    Instant now,
    const DayBegins& day_begins,
    const ShiftsAt& shifts_at) {
    const Instant begin = day_begins(period.from);
    const Instant end = std::min(day_begins(period.to), now);
    TimeReady sum;
    for (std::size_t i = 0; i < stood.size(); ++i) {
        const CartStanding& standing = stood[i].standing;
        const Instant from = std::max(stood[i].since, begin);
        const Instant to = i + 1 < stood.size() ? std::min(stood[i + 1].since, end) : end;
        if (from >= to || !standing.listed) {
            continue;
        }
        sum.total += to - from;
        if (standing.ready_until) {
            const Instant before = std::min(to, ready_before(standing, day_begins, shifts_at));
            sum.ready += std::max(Instant::duration{0}, before - from);
        }
    }
    return sum;
}

TimeReady time_ready(const Past& past, const Scope& scope, const Period& period, Instant now) {
    TimeReady all;
    for (const auto& [name, sum] : time_ready_by_cart(past, scope, period, now)) {
        all.ready += sum.ready;
        all.total += sum.total;
    }
    return all;
}

ProvedShare proved_share(const Past& past, const Scope& scope, Instant at) {
    const State state = state_at(past, at);
    ProvedShare share;
    each_cart(state, scope, [&](const std::string&, const Cart& cart) {
        for (const Line& line : cart.lines) {
            std::optional<Evidence> weakest;
            for (const Holding& holding : line.holdings) {
                if (holding.quantity > 0) {
                    const Evidence evidence = proof_of(holding).evidence;
                    weakest = std::max(weakest.value_or(evidence), evidence);
                }
            }
            if (!weakest) {
                ++share.empty;
                continue;
            }
            switch (*weakest) {
            case Evidence::scanned:
                ++share.scanned;
                break;
            case Evidence::slot:
                ++share.slot;
                break;
            case Evidence::typed:
                ++share.typed;
                break;
            case Evidence::sealed:
                ++share.sealed;
                break;
            }
        }
    });
    return share;
}

std::vector<ExpiryAhead> expiry_forecast(const Past& past, const Scope& scope, Instant at) {
    const State state = state_at(past, at);
    std::vector<ExpiryAhead> ahead;
    each_cart(state, scope, [&](const std::string& node, const Cart& cart) {
        const Day today = day_at(state, node, past.day_of(at));
        const std::vector<Recall> recalls = recalls_for(state, node);
        const std::vector<Substitution> substitutions =
            substitutions_on(substitutions_for(state, node), cart.id);
        for (const Line& line : cart.lines) {
            for (const Holding& holding : line.holdings) {
                const int usable = worth_of(line, holding, recalls, today, substitutions).usable;
                if (usable == 0 || !holding.last_usable_day) {
                    continue;
                }
                const int left = days_between(today, *holding.last_usable_day);
                const auto* within = std::ranges::lower_bound(forecast_days, left);
                if (within != forecast_days.end()) {
                    ahead.push_back(
                        {node,
                         cart.id,
                         product_in(line, holding),
                         holding.lot,
                         *holding.last_usable_day,
                         usable,
                         *within});
                }
            }
        }
    });
    std::ranges::stable_sort(ahead, {}, [](const ExpiryAhead& one) {
        return std::tie(one.last_usable_day, one.node, one.cart, one.product, one.lot);
    });
    return ahead;
}

} // namespace cartwatch::figures
