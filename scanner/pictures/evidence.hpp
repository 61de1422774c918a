// What speaks for a code in an area, told from its pixels before any decoder is asked: bars stand
// one way, and modules are as often dark as light and change across and down. Lines of print do
// neither. It saves time and may be wrong both ways: no reading, and no proof that there is none.
#pragma once

#include "scanner/pictures/zxing.hpp"

#include <vector>

namespace cartwatch::pictures {

struct Evidence {
    bool bars = false;
    bool too_small = false;     // to tell
    bool tiny = false;          // modules, if they are any, of less than two pixels
    std::vector<Area> matrices; // where modules are, with room; the area itself if it is small
};

// For an area as textured_areas gives it, within the picture.
[[nodiscard]] Evidence evidence_in(const Luminance& picture, const Area& area);

} // namespace cartwatch::pictures
