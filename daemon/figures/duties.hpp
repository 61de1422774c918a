// What each cart owes, from rows that were kept as entries came: from when on it was listed, which
// checks were signed, which policies were in force. The same due dates that check_figures tells
// from the entries themselves, without going through them.
#pragma once

#include "daemon/figures/dues.hpp"
#include "daemon/readiness/check.hpp"
#include "daemon/readiness/policy.hpp"

#include <functional>
#include <span>
#include <vector>

namespace cartwatch::figures {

// The calendar day of an instant, where the hospital stands.
using DayOf = std::function<Day(Instant)>;

// On a list from then on, or not any more.
struct ListedFrom {
    Instant since;
    bool listed = true;
};

// A full check or a check of the seal. One that is voided counts for nothing: its day never was, or
// the cart was retired.
struct CheckMade {
    readiness::CheckKind kind = readiness::CheckKind::full;
    Day working_day;
    Instant closed_at;
    bool voided = false;
};

// In force from then on, until the next.
struct PolicyFrom {
    Instant since;
    readiness::Policy policy;
};

// One that is listed again owes anew. All rows in the order of time.
[[nodiscard]] std::vector<Duty> duties_of(
    std::span<const ListedFrom> listed,
    std::span<const CheckMade> checks,
    std::span<const PolicyFrom> policies,
    const DayOf& day_of);

// Of full checks.
[[nodiscard]] Intervals intervals_of(std::span<const PolicyFrom> policies, const DayOf& day_of);

} // namespace cartwatch::figures
