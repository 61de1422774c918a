// One line of a restock: which line a pack is for, and what the person is told once it is in, or
// why it must stay out. Which units a scan adds is count_plan's to say.
#pragma once

#include "daemon/readiness/line_view.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

// Of several lines that a pack may be for: the place that was pointed at, else one that is short.
// Precondition: there is one.
[[nodiscard]] const Line* line_to_fill(const Turn& turn, const std::vector<const Line*>& lines);

// A pack was scanned; `values` as a count has them.
void say_put_in(Turn& turn, const LineView& view, Verdict verdict, Values values);

// A number of packs was said of one lot; `values` as quantity_set has them.
void say_put_in_number(Turn& turn, const LineView& view, Values values);

// Packs of this lot are expired or recalled, or stand in for the line's product no longer: none was
// put in.
void refuse_put_in(Turn& turn, const LineView& view, const Holding& holding);

// So many of the packs of this lot that were put in are damaged: they stay out.
void leave_out_damaged(Turn& turn, const LineView& view, Holding holding, int damaged);

// What must leave the line, of what lay there and what was put in.
[[nodiscard]] std::vector<Holding> unusable_after_restock(const LineView& view);

} // namespace cartwatch::readiness
