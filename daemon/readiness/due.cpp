#include "daemon/readiness/due.hpp"

#include "daemon/readiness/evaluate.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::readiness {

int interval_of(const Policy& policy, CheckKind kind) {
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

std::vector<DueCheck> due_checks(const Cart& cart, const Policy& policy, Day today) {
    std::vector<DueCheck> due;
    for (const CheckKind kind : {CheckKind::full, CheckKind::sealed, CheckKind::handover}) {
        if (const auto on = next_due(cart, policy, kind)) {
            due.push_back({kind, *on, due_state(*on, interval_of(policy, kind), today)});
        }
    }
    std::ranges::stable_sort(due, {}, &DueCheck::on);
    return due;
}

} // namespace cartwatch::readiness
