// Where to look, and what was found twice: the geometry of searching a picture in overlapping
// bands. Pure.
#pragma once

#include "scanner/pictures/zxing.hpp"

namespace cartwatch::pictures {

// Where to look for Data Matrix: 1.4.0 finds a symbol only where the middle row of its picture
// crosses it (measured: any place along that row, none off it), so the picture is given to it in
// overlapping bands of full width. Low bands in steps of 16 rows meet symbols of 20 to 300 pixels;
// each higher kind of band meets those of a quarter to nine tenths of its height. The sum of all
// bands is at most 20 + 8 a higher kind times the picture: 0.4 s for 12 megapixels.
[[nodiscard]] std::vector<Area> bands_of(int width, int height);

// The smallest upright rectangle around four corners.
[[nodiscard]] Area bounds_of(const std::array<Point, 4>& corners);

// Whether two finds are one symbol: same text and identifier, and the middle of one lies within the
// bounds of the other (widened by 8 pixels, since a linear code may be reported as a line).
[[nodiscard]] bool is_same_symbol(const Symbol& first, const Symbol& second);

// Paints the symbol's quadrilateral white, so that the next search finds its neighbour instead.
void erase(Luminance& picture, const std::array<Point, 4>& corners);

} // namespace cartwatch::pictures
