// Checks that are asked for between two full ones, told a second time: see second_judgement.hpp.
#pragma once

#include "daemon/readiness/as_of.hpp"
#include "daemon/readiness/cart.hpp"
#include "daemon/readiness/check.hpp"
#include "daemon/readiness/policy.hpp"

namespace cartwatch::support {

// Whether the check of the seal, or the handover, is late: more days without it than it is asked
// for, or a whole shift.
[[nodiscard]] bool second_is_late(
    const readiness::Cart& cart,
    const readiness::Policy& policy,
    readiness::CheckKind kind,
    const readiness::AsOf& as_of);

} // namespace cartwatch::support
