// Until when a closed cart's tag may say that it is ready. Pure.
#pragma once

#include "daemon/readiness/alert.hpp"
#include "daemon/readiness/cart.hpp"

#include <optional>
#include <vector>

namespace cartwatch::readiness {

// An alert of the cart, as it is now.
struct TagAlert {
    AlertState state = AlertState::raised;
    Severity severity = Severity::notice;

    friend bool operator==(const TagAlert&, const TagAlert&) = default;
};

// The day that the check behind the seal found the cart ready until. nullopt, and the tag names no
// day: no unbroken seal is on it, the check did not find it ready or its list was changed behind
// the seal (either is an alert or takes the day off the seal), or something is wanted for it now,
// be it a recall: an alert above a notice that is not over.
[[nodiscard]] std::optional<Day>
day_on_tag(const std::optional<Seal>& seal, const std::vector<TagAlert>& alerts);

} // namespace cartwatch::readiness
