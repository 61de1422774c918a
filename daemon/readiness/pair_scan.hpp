// The second code of a pack: lot and expiry in a symbol of their own, scanned behind the code that
// names the product. Both are one item and count once.
#pragma once

#include "daemon/readiness/turn.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

struct PairedScan {
    codes::Reading reading; // both codes as one; or why this one is not of that pack
    std::string line;       // where the first code was counted, or waits for its date
    std::string raw;        // both texts
    std::vector<int> steps; // of the first code, in the order in which they were taken
};

// With the code scanned just before, where that one names a product on the current line and tells
// neither lot nor expiry. nullopt: this scan is no second code.
[[nodiscard]] std::optional<PairedScan>
pair_with_last(const Turn& turn, const codes::Reading& reading);

// Counts the pack: in place of what its first code counted. Precondition: it reads.
void count_pair(Turn& turn, const PairedScan& pair);

} // namespace cartwatch::readiness
