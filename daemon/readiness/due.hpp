// When the next check of each kind is due, and whether that is announced, late or missed. The same
// days make the findings of evaluate; this only puts them in words for whoever plans the day.
#pragma once

#include "daemon/readiness/as_of.hpp"
#include "daemon/readiness/cart.hpp"
#include "daemon/readiness/check.hpp"
#include "daemon/readiness/policy.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

// The day on which a check of this kind is due. Full: as next_due(cart, policy). Sealed and
// handover, where the policy asks for them: so many days after the last of them, or after the last
// full check, which starts them anew; a check of the seal only where an unbroken one is on record.
// nullopt: not asked for, or never checked in full, which check_overdue says.
[[nodiscard]] std::optional<Day> next_due(const Cart& cart, const Policy& policy, CheckKind kind);

// Days between two checks of this kind; 0: not asked for. One that is asked for each shift is asked
// for each day at least.
[[nodiscard]] int interval_of(const Policy& policy, CheckKind kind);

// Whether a check of this kind is asked for in every shift.
[[nodiscard]] bool is_each_shift(const Policy& policy, CheckKind kind);

// From when on a check that is asked for each shift is late with nobody making it: from the end of
// the shift after the one that had the last. `shifts.began` where that is over already. nullopt:
// not asked for by shift, or when the last one was made is not known.
[[nodiscard]] std::optional<Instant>
late_from(const Cart& cart, const Policy& policy, CheckKind kind, const Shifts& shifts);

// Whether a whole shift has gone by without a check that is asked for in each.
[[nodiscard]] bool
is_shift_over(const Cart& cart, const Policy& policy, CheckKind kind, const Shifts& shifts);

enum class DueState {
    later,
    tomorrow, // a due check is announced a day before
    today,
    late,   // its day is over
    missed, // and another whole interval as well
};

[[nodiscard]] std::string_view to_text(DueState state);

struct DueCheck {
    CheckKind kind = CheckKind::full;
    Day on;
    DueState state = DueState::later;
    bool by_shift = false; // `today` is this shift then, `late` a shift ago, `missed` longer ago

    friend bool operator==(const DueCheck&, const DueCheck&) = default;
};

// Of a check due on a day; `interval` in days, at least 1.
[[nodiscard]] DueState due_state(Day due, int interval, Day today);

// What is asked of this cart, the first due first; among equals full, sealed, handover. Empty of a
// cart that was never checked in full.
[[nodiscard]] std::vector<DueCheck>
due_checks(const Cart& cart, const Policy& policy, const AsOf& as_of);

} // namespace cartwatch::readiness
