#include "scanner/pictures/evidence.hpp"

#include "scanner/pictures/search_plan.hpp"
#include "scanner/pictures/windows.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::pictures {

namespace {

// Of edges that all stand one way this is 1: a part of a code's area may be something else.
constexpr double area_one_way_min = 0.6;

// In an area of few windows this part of them is enough, wherever they are.
constexpr int few_windows = 25;
constexpr double few_share_min = 0.3;
// So few windows say nothing of modules.
constexpr std::size_t telling_windows_max = 2;

// A matrix of 36 modules of two pixels, with what an area is wider.
constexpr int tiny_side_px = 88;
constexpr double tiny_changes_min = 2;

// As much again on each side as is sure to be modules: a symbol reaches further than where its
// windows are full of it.
constexpr int matrix_room_px = 48;
// With more places than a picture has symbols, the whole area is one.
constexpr std::size_t places_max = 32;

// Four windows at the corners of a square, this many cells from each other.
struct Corners {
    const Window& first;
    const Window& right;
    const Window& below;
    const Window& last;

    [[nodiscard]] bool are_modules() const {
        return first.modules && right.modules && below.modules && last.modules;
    }

    [[nodiscard]] bool are_bars() const {
        return first.bars && right.bars && below.bars && last.bars
               && stand_alike(first.edges, right.edges) && stand_alike(first.edges, below.edges)
               && stand_alike(first.edges, last.edges);
    }
};

Corners window_corners(const Windows& windows, int column, int row, int step) {
    return {
        windows.at(column, row),
        windows.at(column + step, row),
        windows.at(column, row + step),
        windows.at(column + step, row + step)};
}

bool has_many_modules(const Windows& windows) {
    const auto count = static_cast<std::ptrdiff_t>(windows.all.size());
    const auto modules = std::count_if(
        windows.all.begin(), windows.all.end(), [](const Window& one) { return one.modules; });
    return count <= few_windows
           && static_cast<double>(modules) >= few_share_min * static_cast<double>(count);
}

// Of modules of less than two pixels a window sees but a grey; they change more often than letters.
bool may_be_tiny_matrix(const Windows& windows, const Area& area) {
    const auto [shorter, longer] = std::minmax(area.width, area.height);
    return longer <= tiny_side_px && longer <= 2 * shorter && windows.changes >= tiny_changes_min;
}

// Cells that are part of modules, or not.
using Marks = Grid<char>;

void mark(Marks& marks, int column, int row, int side) {
    for (int y = row; y < row + side; ++y) {
        for (int x = column; x < column + side; ++x) {
            marks.all[marks.index(x, y)] = 1;
        }
    }
}

// Takes the marks that hang together with this one, and says what they span.
Area taken_place(Marks& marks, const Raster& raster, int column, int row) {
    std::vector<std::pair<int, int>> open{{column, row}};
    Area place = raster.cell(column, row);
    marks.all[marks.index(column, row)] = 0;
    while (!open.empty()) {
        const auto [x, y] = open.back();
        open.pop_back();
        place = around(place, raster.cell(x, y));
        for (const auto& [nx, ny] : {std::pair{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}}) {
            const bool within = nx >= 0 && ny >= 0 && nx < marks.columns && ny < marks.rows;
            if (within && marks.at(nx, ny) != 0) {
                marks.all[marks.index(nx, ny)] = 0;
                open.emplace_back(nx, ny);
            }
        }
    }
    return place;
}

std::vector<Area> places_of(Marks marks, const Raster& raster, const Area& area) {
    std::vector<Area> places;
    for (int row = 0; row < marks.rows; ++row) {
        for (int column = 0; column < marks.columns; ++column) {
            if (marks.at(column, row) != 0) {
                places.push_back(
                    grown(taken_place(marks, raster, column, row), matrix_room_px, area));
            }
        }
    }
    return places.size() > places_max ? std::vector{area} : without_overlaps(std::move(places));
}

} // namespace

Evidence evidence_in(const Luminance& picture, const Area& area) {
    const Windows windows = windows_of(picture, area);
    const bool small = is_small(area);
    const int step = small ? 1 : cells_across; // a small code fills no more
    Marks marks;
    marks.columns = windows.columns + cells_across - 1;
    marks.rows = windows.rows + cells_across - 1;
    marks.all.resize(
        static_cast<std::size_t>(marks.columns) * static_cast<std::size_t>(marks.rows));
    Evidence evidence;
    evidence.bars = windows.edges.one_way() >= area_one_way_min;
    for (int row = 0; row + step < windows.rows; ++row) {
        for (int column = 0; column + step < windows.columns; ++column) {
            const Corners corners = window_corners(windows, column, row, step);
            evidence.bars = evidence.bars || corners.are_bars();
            if (corners.are_modules()) {
                mark(marks, column, row, step + cells_across);
            }
        }
    }
    evidence.too_small = windows.all.size() <= telling_windows_max;
    if (windows.edges.one_way() >= area_one_way_min) {
        return evidence; // no part of it is a matrix, whose edges stand both ways
    }
    evidence.matrices = places_of(std::move(marks), windows.raster, area);
    const bool many = !evidence.too_small && has_many_modules(windows);
    if (many || (small && !evidence.matrices.empty())) {
        evidence.matrices = {area};
    } else if (may_be_tiny_matrix(windows, area)) {
        evidence.matrices = {area};
        evidence.tiny = true;
    }
    return evidence;
}

} // namespace cartwatch::pictures
