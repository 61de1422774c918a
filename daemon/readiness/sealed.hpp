// Whether the seal alone may be checked: the honest short way of a cart that nobody touched. Each
// reason against it has words of its own.
#pragma once

#include "daemon/readiness/evaluate.hpp"

#include <optional>
#include <span>

namespace cartwatch::readiness {

// Why a full check is needed, first that applies.
enum class NotSealed {
    no_seal,       // none on record
    seal_broken,   // since the last check
    never_checked, // no full check yet
    full_too_old,  // the last full check is not younger than sealed_within_days
    not_ready,     // it was not ready when it was closed
    past_ready,    // today is past ready until
    findings_open, // something above notice, but for what is_unlooked_at says
};

// Whether a finding says nothing but that the seal was not looked at in time, or the cart not
// handed over: the check that is owed ends it, and nothing in the cart is wrong.
[[nodiscard]] bool is_unlooked_at(const Finding& finding);

// What keeps the seal from answering for the cart.
[[nodiscard]] std::size_t open_findings(std::span<const Finding> findings);

// nullopt: it may. `judgement` is of this cart on `today`.
[[nodiscard]] std::optional<NotSealed> why_not_sealed(
    const Cart& cart, const Policy& policy, const Judgement& judgement, Day today, Day working_day);

} // namespace cartwatch::readiness
