// What was found twice, what contradicts what, and what is left to look at: the geometry of finds.
// Pure.
#pragma once

#include "scanner/pictures/zxing.hpp"

namespace cartwatch::pictures {

// The smallest upright rectangle around four corners.
[[nodiscard]] Area bounds_of(const std::array<Point, 4>& corners);

// The smallest upright rectangle around two.
[[nodiscard]] Area around(const Area& first, const Area& second);

// An area with so many pixels more on each side, as far as there is room within another.
[[nodiscard]] Area grown(const Area& area, int by, const Area& within);

// Whether the middle of another area lies in one, or within 8 pixels of it.
[[nodiscard]] bool contains_middle(const Area& area, const Area& other);

// Same text and identifier.
[[nodiscard]] bool says_the_same(const Symbol& first, const Symbol& second);

[[nodiscard]] std::int64_t pixels_of(const Area& area);

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

// The areas with those that overlap made one, the smallest rectangle around both.
[[nodiscard]] std::vector<Area> without_overlaps(std::vector<Area> areas);

// Paints the symbol's quadrilateral white, so that the next search finds its neighbour instead.
void erase(Luminance& picture, const std::array<Point, 4>& corners);

} // namespace cartwatch::pictures
