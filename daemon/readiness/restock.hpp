// What a restock adds to a cart: the packs that were scanned in, beside what lies there. It proves
// those packs and nothing else: a cart that was opened for it stays opened until its check.
// Records nothing.
#pragma once

#include "daemon/readiness/check.hpp"

namespace cartwatch::readiness {

// The line with what was taken out of it gone and what was put in added. Units of a lot that lies
// there already join it: of two dates the earlier one counts, of two proofs the weaker and older.
[[nodiscard]] Line line_after_restock(const Line& line, const LineProgress& known);

[[nodiscard]] Cart cart_after_restock(const Cart& cart, const CheckProgress& progress);

// What was put in so far: how many lines, how many units; units that were taken out.
struct RestockSum {
    int lines = 0;
    int units = 0;
    int out = 0;

    friend bool operator==(const RestockSum&, const RestockSum&) = default;
};

[[nodiscard]] RestockSum restock_sum(const Cart& cart, const CheckProgress& progress);

} // namespace cartwatch::readiness
