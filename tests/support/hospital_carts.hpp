// What stands in the hospital of the random sequences, and the codes that are printed on it.
#pragma once

#include "daemon/readiness/event.hpp"

#include <string>
#include <vector>

namespace cartwatch::support {

// Badges of the people that the hospital knows, one or more of every role, one retired.
[[nodiscard]] std::string badge_of(const std::string& staff);

// GTINs of its products, and one that nothing bears.
[[nodiscard]] const std::vector<std::string>& gtins();

// Drug traceability prefixes of two of them, and one that nothing bears.
[[nodiscard]] const std::vector<std::string>& trace_prefixes();

[[nodiscard]] std::vector<readiness::Event> pharmacy_definitions();

[[nodiscard]] std::vector<readiness::Event> ward_definitions();

// The list of OR-1, with one change more for every number from 0: a par level, a line that is gone,
// a line of another product.
[[nodiscard]] readiness::Cart first_cart(int change = 0);

} // namespace cartwatch::support
