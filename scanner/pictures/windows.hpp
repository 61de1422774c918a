// An area of a picture seen through small windows: how dark each is, how often it changes and which
// way its edges stand. Pure sums over pixels; what they speak for is evidence.hpp's to say.
#pragma once

#include "scanner/pictures/zxing.hpp"

#include <vector>

namespace cartwatch::pictures {

// Windows overlap by half: each is two cells wide and two high.
inline constexpr int cells_across = 2;

// Up to this side an area is small: a code in it may be, too, and it is seen pixel by pixel.
inline constexpr int small_side_px = 160;

[[nodiscard]] bool is_small(const Area& area);

// Which way edges stand: a vector at twice their angle from the rows, and the sum of them all.
struct Edges {
    double along = 0;
    double aslant = 0;
    double all = 0;

    // 1 where all stand one way, 0 where they stand every way or there are none.
    [[nodiscard]] double one_way() const;
};

// Whether they stand the same way, as those of one code do.
[[nodiscard]] bool stand_alike(const Edges& first, const Edges& second);

struct Window {
    bool modules = false; // as often dark as light, and changing across and down
    bool bars = false;    // changing one way
    Edges edges;
};

// The busy part of an area in square cells; of no size where there is no room for a window.
struct Raster {
    Area busy;
    int cell_px = 0;
    int columns_apart_px = 1; // of the pixels that are looked at

    [[nodiscard]] Area cell(int column, int row) const {
        return {busy.left + column * cell_px, busy.top + row * cell_px, cell_px, cell_px};
    }
};

// The window at a column and row begins with the cell there.
template <typename Item>
struct Grid {
    int columns = 0;
    int rows = 0;
    std::vector<Item> all;

    [[nodiscard]] std::size_t index(int column, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
               + static_cast<std::size_t>(column);
    }

    [[nodiscard]] const Item& at(int column, int row) const {
        return all[index(column, row)];
    }
};

struct Windows : Grid<Window> {
    Raster raster;
    // Of the whole busy part: its edges, and how often a row or a column of it, whichever less,
    // changes between dark and light in the width of a window.
    Edges edges;
    double changes = 0;
};

// For an area as textured_areas gives it, within the picture.
[[nodiscard]] Windows windows_of(const Luminance& picture, const Area& area);

} // namespace cartwatch::pictures
