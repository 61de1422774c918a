// Where in a picture codes may be: areas whose brightness changes often within a few pixels, as
// bars, modules, and small print do. Pure geometry over pixels; it reads no code.
#pragma once

#include "scanner/pictures/zxing.hpp"

#include <vector>

namespace cartwatch::pictures {

// More areas than a photograph of a pack has; a page of text may have more, and the rest is not
// looked into a second time.
inline constexpr std::size_t textured_areas_max = 128;

// How busy an area is at least: as a code is that can be read at all, or as anything that stands
// out of paper and noise.
enum class Busy { plainly, faintly };

// Areas that do not overlap much, largest first, each widened by a quiet zone where the picture has
// room. A picture that is busy all over is one area.
[[nodiscard]] std::vector<Area> textured_areas(const Luminance& picture, Busy busy = Busy::plainly);

// The part of a picture, `times` as large in each direction (1 or 2), smoothly.
[[nodiscard]] Luminance enlarged(const Luminance& picture, const Area& area, int times);

} // namespace cartwatch::pictures
