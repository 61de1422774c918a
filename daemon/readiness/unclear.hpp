// A scan with more than one reading: which of them is meant, by what lies in the cart. What is not
// settled counts nothing: a guess would be a wrong lot or date.
#pragma once

#include "daemon/readiness/line_view.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

// The reading that is meant: the only one that is of this line's product, or that all agree on
// lot and date, or the one that names a lot of the line with its date. A reading that is the
// beginning of another one is never chosen for its lot alone: a longer lot begins alike.
// nullopt: nothing settles it. Precondition: the code bears the line's product in some reading.
[[nodiscard]] std::optional<codes::ScannedCode>
meant_reading(const LineView& view, const codes::ScannedCode& code);

// Each reading of this product that differs in lot or date, the code as it stands first.
[[nodiscard]] std::vector<PackReading>
pack_readings(const LineView& view, const codes::ScannedCode& code);

// "A1 2027-12-31 / A117271231": lot and date of each.
[[nodiscard]] std::string readings_text(const std::vector<PackReading>& readings);

} // namespace cartwatch::readiness
