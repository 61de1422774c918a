// What has to be said of a cart's alerts so that they are in line with what the cart needs. Pure
// and idempotent: with the events applied, the same question has no further answer.
#pragma once

#include "daemon/readiness/state.hpp"

#include <map>
#include <vector>

namespace cartwatch::readiness {

enum class Closing {
    resolved,   // a check saw the cart: an alert without a need is resolved
    withdrawn,  // the calendar or a definition: nobody saw new units, so it is withdrawn
    not_at_all, // the clock cannot be trusted: nothing is closed or eased
};

// Raised and changed alerts of this cart in order of subject, then closed ones. An alert of a line
// or device that the cart no longer has is withdrawn, whatever `closing` says of the others.
// `before`: the cart as it was on file until it was counted; nullptr where nobody counted.
[[nodiscard]] std::vector<Event> reconcile(
    const std::map<AlertKey, Alert>& alerts,
    const Cart& cart,
    const std::vector<AlertNeed>& needs,
    Closing closing,
    const Cart* before = nullptr);

} // namespace cartwatch::readiness
