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

// The day that the check behind the seal found the cart ready until, or the one until which it
// stands ready by all that is known now, where that is earlier: a policy with shorter intervals, a
// device that was added, a possible recall or a day that somebody corrected changes nothing on the
// seal. nullopt, and the tag names no day: no unbroken seal is on it, the check did not find it
// ready or its list was changed behind the seal, it does not stand ready now (`stands_until` is
// nullopt), or something is wanted for it: an alert above a notice that is not over.
[[nodiscard]] std::optional<Day> day_on_tag(
    const std::optional<Seal>& seal,
    std::optional<Day> stands_until,
    const std::vector<TagAlert>& alerts);

} // namespace cartwatch::readiness
