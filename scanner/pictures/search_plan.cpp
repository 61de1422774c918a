#include "scanner/pictures/search_plan.hpp"

#include <algorithm>

namespace cartwatch::pictures {

namespace {

constexpr int same_place_slack_px = 8;
constexpr std::uint8_t white = 255;

struct BandKind {
    int height;
    int step;
};

constexpr std::array band_kinds = {
    BandKind{320, 16}, BandKind{640, 80}, BandKind{1280, 160}, BandKind{2560, 320}};

// Ten modules of two pixels and a quiet zone: nothing smaller can be read.
constexpr int band_height_min = 24;

bool contains_middle(const Area& area, const Area& other) {
    const int x = other.left + other.width / 2;
    const int y = other.top + other.height / 2;
    return x >= area.left - same_place_slack_px && x <= area.left + area.width + same_place_slack_px
           && y >= area.top - same_place_slack_px
           && y <= area.top + area.height + same_place_slack_px;
}

// The part of the row y that lies within the quadrilateral: its edges cut the row in two places.
void erase_row(Luminance& picture, const std::array<Point, 4>& corners, int y) {
    int from = picture.width;
    int to = -1;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Point a = corners[i];
        const Point b = corners[(i + 1) % corners.size()];
        if (y < std::min(a.y, b.y) || y > std::max(a.y, b.y)) {
            continue;
        }
        const int x = a.y == b.y
                          ? a.x
                          : static_cast<int>(
                              a.x + std::int64_t{b.x - a.x} * (y - a.y) / std::int64_t{b.y - a.y});
        from = std::min({from, x, a.y == b.y ? b.x : x});
        to = std::max({to, x, a.y == b.y ? b.x : x});
    }
    from = std::max(from, 0);
    to = std::min(to, picture.width - 1);
    if (from <= to) {
        const auto row = picture.pixels.begin() + std::ptrdiff_t{y} * picture.width;
        std::fill(row + from, row + to + 1, white);
    }
}

} // namespace

std::vector<Area> bands_of(int width, int height) {
    std::vector<Area> bands;
    for (const BandKind& kind : band_kinds) {
        for (int middle = kind.step / 2; middle < height; middle += kind.step) {
            // Shrunk alike above and below at the picture's edges, so that the middle stays.
            const int half = std::min({kind.height / 2, middle, height - middle});
            const bool met_by_lower_band = kind.step > 16 && half <= kind.height / 4;
            if (2 * half >= band_height_min && !met_by_lower_band) {
                bands.push_back({0, middle - half, width, 2 * half});
            }
        }
    }
    return bands;
}

Area bounds_of(const std::array<Point, 4>& corners) {
    const auto [left, right] =
        std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
    const auto [top, bottom] =
        std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
    return {left, top, right - left, bottom - top};
}

bool is_same_symbol(const Symbol& first, const Symbol& second) {
    if (first.text != second.text || first.symbology != second.symbology) {
        return false;
    }
    const Area a = bounds_of(first.corners);
    const Area b = bounds_of(second.corners);
    return contains_middle(a, b) || contains_middle(b, a);
}

void erase(Luminance& picture, const std::array<Point, 4>& corners) {
    const Area area = bounds_of(corners);
    const int bottom = std::min(area.top + area.height, picture.height - 1);
    for (int y = std::max(area.top, 0); y <= bottom; ++y) {
        erase_row(picture, corners, y);
    }
}

} // namespace cartwatch::pictures
