#include "daemon/figures/duties.hpp"

#include "daemon/readiness/due.hpp"
#include "daemon/readiness/evaluate.hpp"

#include <algorithm>

namespace cartwatch::figures {

using readiness::CheckKind;
using std::chrono::days;

namespace {

readiness::Policy policy_at(std::span<const PolicyFrom> policies, Instant at) {
    readiness::Policy policy;
    for (const PolicyFrom& from : policies) {
        if (from.since > at) {
            break;
        }
        policy = from.policy;
    }
    return policy;
}

// Goes through what happened to one cart; `cart_` knows its last checks alone.
class Owed {
public:
    Owed(std::span<const PolicyFrom> policies, const DayOf& day_of)
        : policies_(policies), day_of_(day_of) {}

    void take(const ListedFrom& change) {
        if (change.listed && !is_listed()) {
            const Day day = day_of_(change.since);
            const auto due = next_due(cart_, policy_at(policies_, change.since), CheckKind::full);
            duties.push_back({day, std::max(day, due.value_or(day)), {}, {}});
        } else if (!change.listed && is_listed()) {
            duties.back().retired = day_of_(change.since);
        }
    }

    void take(const CheckMade& check) {
        if (check.voided && is_listed()) {
            return; // its day never was
        }
        auto& last =
            check.kind == CheckKind::full ? cart_.last_full_check : cart_.last_sealed_check;
        last = check.working_day;
        const readiness::Policy policy = policy_at(policies_, check.closed_at);
        const bool counts = check.kind == CheckKind::full || policy.sealed_counts_as_weekly;
        if (counts && is_listed()) {
            const Day next = next_due(cart_, policy, CheckKind::full).value_or(check.working_day);
            duties.back().checked[check.working_day] = std::max(next, check.working_day + days(1));
        }
    }

    std::vector<Duty> duties;

private:
    [[nodiscard]] bool is_listed() const {
        return !duties.empty() && !duties.back().retired;
    }

    readiness::Cart cart_;
    std::span<const PolicyFrom> policies_;
    const DayOf& day_of_;
};

} // namespace

std::vector<Duty> duties_of(
    std::span<const ListedFrom> listed,
    std::span<const CheckMade> checks,
    std::span<const PolicyFrom> policies,
    const DayOf& day_of) {
    Owed owed(policies, day_of);
    auto check = checks.begin();
    for (const ListedFrom& change : listed) {
        for (; check != checks.end() && check->closed_at < change.since; ++check) {
            owed.take(*check);
        }
        owed.take(change);
    }
    for (; check != checks.end(); ++check) {
        owed.take(*check);
    }
    return std::move(owed.duties);
}

Intervals intervals_of(std::span<const PolicyFrom> policies, const DayOf& day_of) {
    Intervals intervals;
    for (const PolicyFrom& from : policies) {
        intervals[day_of(from.since)] = interval_of(from.policy, CheckKind::full);
    }
    return intervals;
}

} // namespace cartwatch::figures
