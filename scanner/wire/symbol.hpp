// One symbol found in a picture, as text with its AIM symbology identifier. What the text means is
// for scanner/codes to say; where the picture came from, nobody here knows.
#pragma once

#include <array>
#include <string>

namespace cartwatch {

// A place in a picture: pixels from its top left corner.
struct Point {
    int x = 0;
    int y = 0;

    friend bool operator==(const Point&, const Point&) = default;
};

struct Symbol {
    std::string text;             // as a scanner would send it, without the identifier
    std::string symbology;        // AIM identifier such as "]d2"; never empty
    std::array<Point, 4> corners; // top left, top right, bottom right, bottom left of the symbol

    friend bool operator==(const Symbol&, const Symbol&) = default;
};

} // namespace cartwatch
