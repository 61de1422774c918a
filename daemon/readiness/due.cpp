#include "daemon/readiness/due.hpp"

#include "daemon/readiness/evaluate.hpp"
#include "daemon/readiness/limits.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::readiness {

namespace {

// Of the last check that answers for this kind: a full one begins all of them anew. With the clock
// set back since it was made nobody knows in which shift that was: it counts as none, which is made
// at the beginning of the shifts that are told apart. nullopt: none is known.
std::optional<Instant> last_made(const Cart& cart, CheckKind kind, const Shifts& shifts) {
    std::optional<Instant> last;
    for (const auto& made :
         {cart.last_full_at,
          kind == CheckKind::sealed ? cart.last_sealed_at : cart.last_handover_at}) {
        if (made) {
            const bool ahead = *made - shifts.now > clocks_differ_by;
            last = std::max(last, std::optional(ahead ? shifts.before_began : *made));
        }
    }
    return last;
}

// Of a check that is asked for each shift. One that was made in this shift is due in the next, and
// that is no news.
DueState shift_state(Instant late, const Cart& cart, CheckKind kind, const Shifts& shifts) {
    if (late == shifts.next_ends) {
        return DueState::later;
    }
    if (late == shifts.ends) {
        return DueState::today;
    }
    return *last_made(cart, kind, shifts) < shifts.before_began ? DueState::missed : DueState::late;
}

DueCheck
due_check(const Cart& cart, const Policy& policy, CheckKind kind, Day on, const AsOf& as_of) {
    DueCheck due{kind, on, due_state(on, interval_of(policy, kind), as_of.day)};
    const bool day_over = due.state == DueState::late || due.state == DueState::missed;
    if (!day_over && as_of.shifts) {
        if (const auto late = late_from(cart, policy, kind, *as_of.shifts)) {
            due.state = shift_state(*late, cart, kind, *as_of.shifts);
            due.by_shift = true;
        }
    }
    return due;
}

} // namespace

bool is_each_shift(const Policy& policy, CheckKind kind) {
    const bool asked = (kind == CheckKind::sealed && policy.sealed_each_shift)
                       || (kind == CheckKind::handover && policy.handover_each_shift);
    return asked && !policy.shift_hours.empty();
}

std::optional<Instant>
late_from(const Cart& cart, const Policy& policy, CheckKind kind, const Shifts& shifts) {
    const std::optional<Instant> last = last_made(cart, kind, shifts);
    if (!is_each_shift(policy, kind) || !next_due(cart, policy, kind) || !last) {
        return std::nullopt;
    }
    if (*last >= shifts.began) {
        return shifts.next_ends;
    }
    return *last >= shifts.previous_began ? shifts.ends : shifts.began;
}

bool is_shift_over(const Cart& cart, const Policy& policy, CheckKind kind, const Shifts& shifts) {
    const std::optional<Instant> late = late_from(cart, policy, kind, shifts);
    return late && *late <= shifts.began;
}

int interval_of(const Policy& policy, CheckKind kind) {
    if (is_each_shift(policy, kind)) {
        return 1;
    }
    switch (kind) {
    case CheckKind::full:
        return policy.check_interval_days;
    case CheckKind::sealed:
        return policy.sealed_interval_days;
    case CheckKind::handover:
        return policy.handover_interval_days;
    case CheckKind::after_use: // asked for by an emergency, not by the calendar
    case CheckKind::restock:   // likewise by what is missing
        break;
    }
    return 0;
}

std::optional<Day> next_due(const Cart& cart, const Policy& policy, CheckKind kind) {
    if (kind == CheckKind::full) {
        return next_due(cart, policy);
    }
    const int interval = interval_of(policy, kind);
    const bool asked = kind != CheckKind::sealed || (cart.seal && cart.seal->intact);
    if (interval == 0 || !asked || !cart.last_full_check) {
        return std::nullopt;
    }
    const std::optional<Day>& last =
        kind == CheckKind::sealed ? cart.last_sealed_check : cart.last_handover;
    return std::max(last.value_or(*cart.last_full_check), *cart.last_full_check)
           + std::chrono::days{interval};
}

std::string_view to_text(DueState state) {
    static constexpr std::array<std::string_view, 5> names = {
        "later", "tomorrow", "today", "late", "missed"};
    return names.at(static_cast<std::size_t>(state));
}

DueState due_state(Day due, int interval, Day today) {
    if (today > due + std::chrono::days{interval}) {
        return DueState::missed;
    }
    if (today > due) {
        return DueState::late;
    }
    if (today == due) {
        return DueState::today;
    }
    return today + std::chrono::days{1} == due ? DueState::tomorrow : DueState::later;
}

std::vector<DueCheck> due_checks(const Cart& cart, const Policy& policy, const AsOf& as_of) {
    std::vector<DueCheck> due;
    for (const CheckKind kind : {CheckKind::full, CheckKind::sealed, CheckKind::handover}) {
        if (const auto on = next_due(cart, policy, kind)) {
            due.push_back(due_check(cart, policy, kind, *on, as_of));
        }
    }
    std::ranges::stable_sort(due, {}, &DueCheck::on);
    return due;
}

} // namespace cartwatch::readiness
