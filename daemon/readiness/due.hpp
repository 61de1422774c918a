// When the next check of each kind is due, and whether that is announced, late or missed. The same
// days make the findings of evaluate; this only puts them in words for whoever plans the day.
#pragma once

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

// Days between two checks of this kind; 0: not asked for.
[[nodiscard]] int interval_of(const Policy& policy, CheckKind kind);

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

    friend bool operator==(const DueCheck&, const DueCheck&) = default;
};

// Of a check due on a day; `interval` in days, at least 1.
[[nodiscard]] DueState due_state(Day due, int interval, Day today);

// What is asked of this cart, the first due first; among equals full, sealed, handover. Empty of a
// cart that was never checked in full.
[[nodiscard]] std::vector<DueCheck> due_checks(const Cart& cart, const Policy& policy, Day today);

} // namespace cartwatch::readiness
