#include "scanner/pictures/windows.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cartwatch::pictures {

namespace {

// Eight modules of three pixels: enough of a code to be like all of it.
constexpr int window_px = 24;
// What an area is wider than its busy part.
constexpr int area_margin_px = 8;
// A smaller part of a picture than this says nothing.
constexpr int window_min_px = 8;
// Pixels are compared with those two away, in every other row, and of a large area in every other
// column: no edge falls between.
constexpr int apart_px = 2;

// Ink takes up a sixth of lines of print, and this much of one window in three hundred of them; of
// a matrix code it is about a half.
constexpr double dark_min = 0.38;
constexpr double dark_max = 0.68;
// From dark to light or back, in a row of a window: modules of eight pixels have it, and bars.
constexpr double changes_min = 1.5;
constexpr double bar_changes_min = 2;

// How much the edges of bars stand one way, as Edges tell it.
constexpr double window_one_way_min = 0.8;
// Edges of one code stand within an eighth of half a turn of each other; of twice that, the cosine.
constexpr double same_way_min = std::numbers::sqrt2 / 2;

// A square of pixels: how bright they are, and how every other of them, in every other row, differs
// from those two to the right and two below.
struct Cell {
    int low = 255;
    int high = 0;
    int pixels = 0;
    int dark = 0;
    int across = 0; // changes between dark and light
    int down = 0;
    std::int64_t edges_across = 0;
    std::int64_t edges_down = 0;
    std::int64_t edges_both = 0;
};

const std::uint8_t* row_of(const Luminance& picture, int left, int y) {
    return picture.pixels.data() + std::ptrdiff_t{y} * picture.width + left;
}

void see_brightness(Cell& cell, const Luminance& picture, const Area& place) {
    std::uint8_t low = 255;
    std::uint8_t high = 0;
    for (int y = place.top; y < place.top + place.height; y += apart_px) {
        const std::uint8_t* row = row_of(picture, place.left, y);
        for (int x = 0; x < place.width; ++x) {
            low = std::min(low, row[x]);
            high = std::max(high, row[x]);
        }
    }
    cell.low = low;
    cell.high = high;
}

// What is dark, and which pixels are looked at.
struct Look {
    int middle = 0;
    int columns_apart_px = 1;
};

void see_changes(Cell& cell, const Luminance& picture, const Area& place, const Look& look) {
    Cell sum = cell; // in registers
    for (int y = place.top; y < place.top + place.height; y += apart_px) {
        const std::uint8_t* row = row_of(picture, place.left, y);
        const std::uint8_t* below = row + std::ptrdiff_t{apart_px} * picture.width;
        for (int x = 0; x < place.width; x += look.columns_apart_px) {
            const int next = x + apart_px;
            const int dark = row[x] < look.middle ? 1 : 0;
            sum.dark += dark;
            sum.across += dark ^ (row[next] < look.middle ? 1 : 0);
            sum.down += dark ^ (below[x] < look.middle ? 1 : 0);
            const int slope = below[next] - row[x];
            const int other = row[next] - below[x];
            const int right = slope + other;
            const int lower = slope - other;
            sum.edges_across += right * right;
            sum.edges_down += lower * lower;
            sum.edges_both += right * lower;
        }
        sum.pixels += (place.width + look.columns_apart_px - 1) / look.columns_apart_px;
    }
    cell = sum;
}

// Half-way between the darkest and the brightest pixel of a cell and those around it.
int middle_around(const Grid<Cell>& cells, int column, int row) {
    int low = 255;
    int high = 0;
    for (int y = std::max(row - 1, 0); y <= std::min(row + 1, cells.rows - 1); ++y) {
        for (int x = std::max(column - 1, 0); x <= std::min(column + 1, cells.columns - 1); ++x) {
            low = std::min(low, cells.at(x, y).low);
            high = std::max(high, cells.at(x, y).high);
        }
    }
    return (low + high) / 2;
}

Raster raster_of(const Area& area) {
    const Area busy{
        area.left + area_margin_px,
        area.top + area_margin_px,
        area.width - 2 * area_margin_px,
        area.height - 2 * area_margin_px};
    const int side = std::min({window_px, busy.width, busy.height});
    return {busy, side < window_min_px ? 0 : side / cells_across, is_small(area) ? 1 : apart_px};
}

Grid<Cell> cells_of(const Luminance& picture, const Raster& raster) {
    Grid<Cell> cells;
    if (raster.cell_px == 0) {
        return cells;
    }
    cells.columns = raster.busy.width / raster.cell_px;
    cells.rows = raster.busy.height / raster.cell_px;
    cells.all.resize(
        static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows));
    std::size_t at = 0;
    for (int row = 0; row < cells.rows; ++row) {
        for (int column = 0; column < cells.columns; ++column) {
            see_brightness(cells.all[at++], picture, raster.cell(column, row));
        }
    }
    at = 0;
    for (int row = 0; row < cells.rows; ++row) {
        for (int column = 0; column < cells.columns; ++column) {
            const int middle = middle_around(cells, column, row);
            see_changes(
                cells.all[at++],
                picture,
                raster.cell(column, row),
                {middle, raster.columns_apart_px});
        }
    }
    return cells;
}

void add(Cell& sum, const Cell& cell) {
    sum.pixels += cell.pixels;
    sum.dark += cell.dark;
    sum.across += cell.across;
    sum.down += cell.down;
    sum.edges_across += cell.edges_across;
    sum.edges_down += cell.edges_down;
    sum.edges_both += cell.edges_both;
}

Edges edges_of(const Cell& sum) {
    return {
        static_cast<double>(sum.edges_across - sum.edges_down),
        2 * static_cast<double>(sum.edges_both),
        static_cast<double>(sum.edges_across + sum.edges_down)};
}

// In the width of a window, the less of both ways.
double changes_of(const Cell& sum) {
    // Each change lies between a pixel and that apart_px further for as many pixels.
    return sum.pixels == 0 ? 0
                           : static_cast<double>(std::min(sum.across, sum.down)) * window_px
                                 / (apart_px * static_cast<double>(sum.pixels));
}

Window window_of(const Cell& sum) {
    const auto pixels = static_cast<double>(sum.pixels);
    const double changes = apart_px * pixels / window_px; // one a row
    Window window;
    window.modules = sum.dark >= dark_min * pixels && sum.dark <= dark_max * pixels
                     && changes_of(sum) >= changes_min;
    window.edges = edges_of(sum);
    window.bars = window.edges.one_way() >= window_one_way_min
                  && std::max(sum.across, sum.down) >= bar_changes_min * changes;
    return window;
}

} // namespace

bool is_small(const Area& area) {
    return std::max(area.width, area.height) <= small_side_px;
}

double Edges::one_way() const {
    return all > 0 ? std::hypot(along, aslant) / all : 0;
}

bool stand_alike(const Edges& first, const Edges& second) {
    const double product = first.along * second.along + first.aslant * second.aslant;
    return product >= same_way_min * std::hypot(first.along, first.aslant)
                          * std::hypot(second.along, second.aslant);
}

Windows windows_of(const Luminance& picture, const Area& area) {
    const Grid<Cell> cells = cells_of(picture, raster_of(area));
    Windows windows;
    windows.raster = raster_of(area);
    Cell whole;
    for (const Cell& cell : cells.all) {
        add(whole, cell);
    }
    windows.edges = edges_of(whole);
    windows.changes = changes_of(whole);
    windows.columns = std::max(cells.columns - cells_across + 1, 0);
    windows.rows = std::max(cells.rows - cells_across + 1, 0);
    for (int row = 0; row < windows.rows; ++row) {
        for (int column = 0; column < windows.columns; ++column) {
            Cell sum = cells.at(column, row);
            add(sum, cells.at(column + 1, row));
            add(sum, cells.at(column, row + 1));
            add(sum, cells.at(column + 1, row + 1));
            windows.all.push_back(window_of(sum));
        }
    }
    return windows;
}

} // namespace cartwatch::pictures
