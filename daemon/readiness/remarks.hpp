// What a check's own steps say about how it was done: its pace, one label again and again, the
// order of the list. For the head nurse, in neutral words; nothing is refused for it.
#pragma once

#include "daemon/readiness/check.hpp"
#include "daemon/readiness/policy.hpp"

#include <vector>

namespace cartwatch::readiness {

// Whether every line was counted, each for the first time in the order of the cart's list. A list
// shorter than a pattern (remark_lines_min) has no order.
[[nodiscard]] bool keeps_list_order(const Cart& cart, const Check& check);

// `list_order_before`: how many checks in a row before this one kept to that order.
[[nodiscard]] std::vector<Remark> remarks_on(
    const Cart& cart, const Check& check, const Policy& policy, Instant now, int list_order_before);

} // namespace cartwatch::readiness
