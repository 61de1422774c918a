// Where a pack that was scanned is counted: on a line that asks for its product or, by the
// pharmacy's word, in place of another product. Records nothing.
#pragma once

#include "daemon/readiness/turn.hpp"

#include <chrono>
#include <string>

namespace cartwatch::readiness {

// Line nullptr: nowhere. `standing_in` nullptr: the line asks for the product; else the word that
// lets it, or until it ended let it, lie there.
struct Place {
    const Line* line = nullptr;
    const Substitution* standing_in = nullptr;
};

// A pack whose place was pointed at lies there if it may; `raw`: its code. Precondition: a check is
// open.
[[nodiscard]] Place place_for(const Turn& turn, const Product& product, const std::string& raw);

// What the scan before this one counted, where that was the same text no longer than `within` ago,
// by it or by a repeat of it: one label read again. nullptr: it was not.
[[nodiscard]] const LineCounted*
counted_by(const Turn& turn, const std::string& raw, std::chrono::milliseconds within);

} // namespace cartwatch::readiness
