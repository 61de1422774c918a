// What may be said of a cart by a node that does not have all of its past back: what was found
// since may have made the cart not ready, so that none is called better than overdue. Every view
// says so, so that no reader of one has to know.
#pragma once

#include "daemon/readiness/evaluate.hpp"
#include "daemon/readiness/nearest.hpp"

#include <vector>

namespace cartwatch::readiness {

// Overdue at best, ready until no day, and nothing is said of its clinical functions. What was
// found stays found.
[[nodiscard]] Judgement in_doubt(Judgement judgement);

// The same of each: nobody is sent to any of them.
[[nodiscard]] std::vector<JudgedCart> in_doubt(std::vector<JudgedCart> carts);

} // namespace cartwatch::readiness
