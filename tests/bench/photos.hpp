// Photographs that never were: symbols drawn by zint, bent, turned, blurred and dimmed onto a
// carton, the same for the same number. No part of the product uses it.
#pragma once

#include "tests/scanner/pictures/drawing.hpp"

#include <string>
#include <vector>

namespace cartwatch::photos {

using drawing::Kind;
using drawing::Luminance;

// How a symbol is seen.
struct View {
    double module_px = 3;
    double degrees = 0;
    double blur_px = 0;  // standard deviation
    double contrast = 1; // 1: black on white
    double noise = 2;    // standard deviation, of 255
    double cylinder = 0; // half the angle that the symbol goes round a bottle, in degrees
};

struct Placed {
    Kind kind;
    std::string data;
    int x = 0; // its middle
    int y = 0;
};

// A carton of this size with symbols on it.
[[nodiscard]] Luminance
photo(int width, int height, const std::vector<Placed>& symbols, const View& view, unsigned seed);

// Pictures without any code.
enum class Nothing { noise, coarse_noise, stripes, checkers, print, cut_symbols, half_bars };

[[nodiscard]] Luminance nothing(Nothing what, int width, int height, unsigned seed);

// Print all over, and one symbol on a label amid it; contrast is the symbol's alone.
[[nodiscard]] Luminance
among_print(int width, int height, const Placed& symbol, const View& view, unsigned seed);

// A pack: print all over, a Data Matrix and an EAN-13.
[[nodiscard]] Luminance
pack(int width, int height, const std::string& gs1, const std::string& ean, unsigned seed);

} // namespace cartwatch::photos
