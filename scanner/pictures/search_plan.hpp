// What was found twice, what contradicts what, and what is left to look at: the geometry of finds.
// Pure.
#pragma once

#include "scanner/pictures/zxing.hpp"

namespace cartwatch::pictures {

// The smallest upright rectangle around four corners.
[[nodiscard]] Area bounds_of(const std::array<Point, 4>& corners);

// Whether two finds are one symbol: same text and identifier, and the middle of one lies within the
// bounds of the other (widened by 8 pixels, since a linear code may be reported as a line).
[[nodiscard]] bool is_same_symbol(const Symbol& first, const Symbol& second);

// Whether one place is read in two ways: the middle of one lies within the bounds of the other, and
// text or identifier differ.
[[nodiscard]] bool disagree(const Symbol& first, const Symbol& second);

// The finds that no other find contradicts: of two readings of one place neither is believed.
[[nodiscard]] std::vector<FoundSymbol> without_doubtful(const std::vector<FoundSymbol>& found);

// Whether the symbol takes up most of the area, so that nothing else is to be looked for there. A
// linear code may be reported as a line, and counts by its length.
[[nodiscard]] bool covers(const FoundSymbol& symbol, const Area& area);

// Paints the symbol's quadrilateral white, so that the next search finds its neighbour instead.
void erase(Luminance& picture, const std::array<Point, 4>& corners);

} // namespace cartwatch::pictures
