// Which lines of a check are blind: chosen at random, so that a number on the screen is no help to
// somebody who does not count. The random number comes in as a value, so that a run is replayed.
#pragma once

#include "daemon/readiness/turn.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cartwatch::readiness {

// How a line is counted under this policy: its own rule, or the policy's for what it holds.
[[nodiscard]] bool counts_by_unit(const Policy& policy, const Line& line, const Product& product);

// Whether the rule watches this product.
[[nodiscard]] bool watches(WatchedLines rule, const Product& product);

// Ids of policy.blind_lines lines of the cart, in the order drawn; of those that are counted by
// line and hold something. None without a random number (seed 0).
[[nodiscard]] std::vector<std::string>
blind_lines_of(const Turn& turn, const Cart& cart, std::int64_t seed);

} // namespace cartwatch::readiness
