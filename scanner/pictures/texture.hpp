// Where in a picture codes may be: areas whose brightness changes often within a few pixels, as
// bars, modules, and small print do. Pure geometry over pixels; it reads no code.
#pragma once

#include "scanner/pictures/zxing.hpp"

#include <vector>

namespace cartwatch::pictures {

// More areas than a photograph of a pack has; a page of text may have more, and the rest is not
// looked into a second time.
inline constexpr std::size_t textured_areas_max = 128;

// How busy an area is: as a code is that can be read at all; as anything that stands out of most of
// the picture; or less, but more than where least is to be seen: a faded code beside black print.
enum class Busy { plainly, faintly, hidden };

// How much the brightness changes in each block of 8 x 8 pixels of a picture of this size.
struct Texture {
    int width = 0;
    int height = 0;
    int columns = 0;
    int rows = 0;
    std::vector<int> blocks;
};

[[nodiscard]] Texture texture_of(const Luminance& picture);

// Areas that do not overlap much, largest first, each widened by a quiet zone where the picture has
// room. A picture that is busy all over is one area.
[[nodiscard]] std::vector<Area> textured_areas(const Texture& texture, Busy busy = Busy::plainly);

// The part of a picture, `times` as large in each direction (1 or 2), smoothly.
[[nodiscard]] Luminance enlarged(const Luminance& picture, const Area& area, int times);

} // namespace cartwatch::pictures
