#include "daemon/readiness/sealed.hpp"

#include <algorithm>

namespace cartwatch::readiness {

std::optional<NotSealed> why_not_sealed(
    const Cart& cart,
    const Policy& policy,
    const Judgement& judgement,
    Day today,
    Day working_day) {
    if (!cart.seal) {
        return NotSealed::no_seal;
    }
    if (!cart.seal->intact) {
        return NotSealed::seal_broken;
    }
    if (!cart.last_full_check) {
        return NotSealed::never_checked;
    }
    // A clock that was set back makes no check younger: `today` is the latest day that was judged.
    const Day day = std::max(working_day, today - std::chrono::days(1));
    if (policy.sealed_within_days <= 0
        || days_between(*cart.last_full_check, day) >= policy.sealed_within_days) {
        return NotSealed::full_too_old;
    }
    if (!cart.seal->ready_until) {
        return NotSealed::not_ready;
    }
    if (today > *cart.seal->ready_until) {
        return NotSealed::past_ready;
    }
    return open_findings(judgement.findings) > 0 ? std::optional(NotSealed::findings_open)
                                                 : std::nullopt;
}

bool is_unlooked_at(const Finding& finding) {
    return finding.kind == FindingKind::sealed_overdue
           || finding.kind == FindingKind::handover_overdue;
}

std::size_t open_findings(std::span<const Finding> findings) {
    return static_cast<std::size_t>(std::ranges::count_if(findings, [](const Finding& finding) {
        return finding.severity != Severity::notice && !is_unlooked_at(finding);
    }));
}

} // namespace cartwatch::readiness
