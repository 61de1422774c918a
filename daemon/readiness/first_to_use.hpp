// Which lot of a line is to be used, and so lies in front, before the one in hand: the sound one
// that expires first. Advice, never a reason to refuse; none where a day is not known.
// Records nothing.
#pragma once

#include "daemon/readiness/line_view.hpp"

#include <string>

namespace cartwatch::readiness {

// Values first_lot and first_day: of what lies on the line now, with the steps of this turn, the
// lot that goes before the one in hand. Empty: none does, or the check has said so of this lot.
void add_first_to_use(Values& values, const LineView& view, const Holding& in_hand);

// Of no lot in particular: both values empty.
void add_no_first(Values& values);

} // namespace cartwatch::readiness
