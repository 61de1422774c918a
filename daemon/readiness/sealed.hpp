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
    findings_open, // something above notice
};

// nullopt: it may. `judgement` is of this cart on `today`.
[[nodiscard]] std::optional<NotSealed> why_not_sealed(
    const Cart& cart, const Policy& policy, const Judgement& judgement, Day today, Day working_day);

} // namespace cartwatch::readiness
