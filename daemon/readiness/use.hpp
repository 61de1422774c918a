// What an emergency used: by line, and what of it nobody can explain. The sum is the hospital's
// own: par = left + empties + unexplained. Records nothing.
#pragma once

#include "daemon/readiness/state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

struct UsedLine {
    std::string line;
    int used = 0; // units or empties scanned out, or stated
    int left = 0; // counted; else what is on file less what was used
    bool left_counted = false;
    int unexplained = 0; // of par: neither left nor used; 0 or more

    friend bool operator==(const UsedLine&, const UsedLine&) = default;
};

[[nodiscard]] UsedLine used_line(const Line& line, const CheckProgress& progress);

// The lines of which something was used or counted, in the cart's order.
[[nodiscard]] std::vector<UsedLine> used_lines(const Cart& cart, const CheckProgress& progress);

// The line with what was used gone. What no lot is known of goes from the lot that expires first;
// where fewer are left than that makes, so few are.
[[nodiscard]] Line line_after_use(const Line& before, const LineProgress& known);
[[nodiscard]] Cart cart_after_use(const Cart& cart, const CheckProgress& progress);

// The cart as it stands now: while an emergency is being scanned out, without what was used so far.
[[nodiscard]] Cart present_cart(const NodeState& node, const Cart& cart);

} // namespace cartwatch::readiness
