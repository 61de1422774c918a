// Counting on a line: from a product's code or a typed date to steps and a reply in the order of
// the verdict table. Which units are counted is count_plan's to say.
#pragma once

#include "daemon/readiness/count_plan.hpp"

namespace cartwatch::readiness {

// A code of this product was scanned. Precondition: a check is open.
void count_scan(Turn& turn, const Product& product, const Scan& scan);

// A verdict that another message takes the place of is told beside it.
void tell_beside(Values& values, Verdict verdict);

// What the pharmacy said of the substitute; the line's own product stays `name`.
void say_substitute(Values& values, const Turn& turn, const LineView& view);

// Counts a pack on this line of the open check's cart.
void count_batch(Turn& turn, const Line& line, const Batch& batch);

// Takes these lots out of the line: one step a lot. Returns how many units of which lots:
// out_quantity, out_lots.
[[nodiscard]] Values take_out(Turn& turn, const Line& line, const std::vector<Holding>& holdings);

// Lists these lots of the line by number, for whoever has to say which is meant.
void say_which_lot(Turn& turn, const Line& line, const std::vector<Holding>& lots, ReplyKind kind);

} // namespace cartwatch::readiness
