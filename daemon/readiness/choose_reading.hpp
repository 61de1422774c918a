// A scan with several readings that nothing in the cart settles: the person is asked, and says
// which it is, or another code of the pack does. Nothing is counted before that.
#pragma once

#include "daemon/readiness/line_view.hpp"

#include <optional>

namespace cartwatch::readiness {

// Asks about the readings of this code. Precondition: meant_reading gives none.
void ask_which_reading(Turn& turn, const LineView& view, const codes::ScannedCode& code);

// The same question once more; what waits goes on waiting. Precondition: readings of this line do.
void ask_again(Turn& turn, const LineView& view);

// Whether readings of a pack on this line wait, and this further code of the product tells neither
// lot nor date: it may be on the same pack, and says nothing of what was asked.
[[nodiscard]] bool
settles_nothing(const Turn& turn, const Line& line, const codes::ScannedCode& code);

// The one waiting reading whose lot, and date if it bears one, this other code of the pack names.
[[nodiscard]] std::optional<PackReading> proved_by(const Turn& turn, const codes::Reading& reading);

// The number that was keyed in for the waiting pack: where readings wait, this lot is one of them.
[[nodiscard]] std::optional<int>
waiting_quantity(const Turn& turn, const Line& line, const std::string& lot);

// Counts the waiting pack by this reading. Precondition: proved_by gave it, or a person chose it of
// what waits.
void count_reading(Turn& turn, const PackReading& reading, Evidence evidence);

} // namespace cartwatch::readiness
