// Linear codes that lie askew: decoders look along rows and columns only, so a long code with low
// bars is never crossed whole. Finds which way its bars stand, and turns it upright. Pure.
#pragma once

#include "scanner/pictures/zxing.hpp"

#include <optional>

namespace cartwatch::pictures {

// The direction across the bars of an area, in radians from the rows, -pi/2 to pi/2; nullopt where
// its edges do not all stand one way, as those of print and matrix codes do not.
[[nodiscard]] std::optional<double> tilt_of(const Luminance& picture, const Area& area);

// A part of a picture, turned back by an angle about its middle; white where it has no pixels.
struct Upright {
    Luminance picture;
    Area area;
    double angle = 0;

    // Where a point of the upright picture lies in the whole one.
    [[nodiscard]] Point in_whole(const Point& point) const;
};

[[nodiscard]] Upright upright(const Luminance& picture, const Area& area, double angle);

} // namespace cartwatch::pictures
