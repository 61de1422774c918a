// Whether carts are checked when they are due, and how much of a check was a scan.
#pragma once

#include "daemon/figures/past.hpp"

#include <map>

namespace cartwatch::figures {

// On-time check rate, on_time ÷ due(): full checks by the day on which they were due, late and
// missed apart. A cart is due on the day on which it is put on the list, and then so many days
// (policy, as in force on the day of the check) after each full check; the last of several checks
// before a due date counts. One that is listed again is due when its last check makes it so.
// Where the policy has checks of the seal count as the weekly one, they do here, for as long as
// they put the due date off. A due date that another whole interval passes without a check is
// missed, and the next one is an interval later.
struct OnTime {
    int on_time = 0; // closed on the due date or before
    int late = 0;    // closed after it, and before another interval had passed
    int missed = 0;
    int open = 0; // past due on the day asked, and not missed yet

    [[nodiscard]] int due() const {
        return on_time + late + missed + open;
    }

    friend bool operator==(const OnTime&, const OnTime&) = default;
};

// Of the due dates in the period and before `today`, which is the day that the question is asked
// on; a due date of today is none yet.
[[nodiscard]] OnTime
on_time_checks(const Past& past, const Scope& scope, const Period& period, Day today);

// The same of the sealed checks or the handovers that the policy asked for, while it did: from the
// first full check on, which keeps their due dates as one of them does. Checks of the seal are
// asked for while the last check to be closed left it unbroken.
[[nodiscard]] OnTime checks_between(
    const Past& past,
    const Scope& scope,
    const Period& period,
    Day today,
    readiness::CheckKind kind);

// Override rate: lines that were typed or left out, of the lines of the carts that were checked.
struct Overrides {
    int typed = 0;   // the weakest evidence of what was counted
    int skipped = 0; // not scanned: called missing at closing
    int lines = 0;

    [[nodiscard]] double per_hundred_lines() const {
        return lines == 0 ? 0.0 : 100.0 * (typed + skipped) / lines;
    }

    friend bool operator==(const Overrides&, const Overrides&) = default;
};

// Lines per hundred that a ward may type or leave out: the goal, and what asks for its cause to be
// looked for (a label that does not read, a scanner that fails), never for a judgement of people.
// After Koppel et al. 2008, where 4.2 % to 10.3 % were found.
inline constexpr double overrides_goal = 2.0;
inline constexpr double overrides_limit = 5.0;

// Of the full checks closed on working days of the period.
[[nodiscard]] Overrides overrides(const Past& past, const Scope& scope, const Period& period);

// The same of each cart alone; they add up to it.
[[nodiscard]] std::map<CartName, Overrides>
overrides_by_cart(const Past& past, const Scope& scope, const Period& period);

} // namespace cartwatch::figures
