#include "scanner/pictures/search_plan.hpp"

#include <algorithm>
#include <iterator>

namespace cartwatch::pictures {

namespace {

constexpr int same_place_slack_px = 8;
constexpr std::uint8_t white = 255;

// Three fifths of an area: the rest is its quiet zone and what stands beside it.
constexpr int covering_parts = 3;
constexpr int covering_of = 5;

bool is_one_place(const Symbol& first, const Symbol& second) {
    const Area a = bounds_of(first.corners);
    const Area b = bounds_of(second.corners);
    return contains_middle(a, b) || contains_middle(b, a);
}

bool overlap(const Area& a, const Area& b) {
    return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height
           && b.top < a.top + a.height;
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

Area bounds_of(const std::array<Point, 4>& corners) {
    const auto [left, right] =
        std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
    const auto [top, bottom] =
        std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
    return {left, top, right - left, bottom - top};
}

Area around(const Area& a, const Area& b) {
    const int left = std::min(a.left, b.left);
    const int top = std::min(a.top, b.top);
    const int right = std::max(a.left + a.width, b.left + b.width);
    const int bottom = std::max(a.top + a.height, b.top + b.height);
    return {left, top, right - left, bottom - top};
}

Area grown(const Area& area, int by, const Area& within) {
    const int left = std::max(area.left - by, within.left);
    const int top = std::max(area.top - by, within.top);
    const int right = std::min(area.left + area.width + by, within.left + within.width);
    const int bottom = std::min(area.top + area.height + by, within.top + within.height);
    return {left, top, right - left, bottom - top};
}

bool contains_middle(const Area& area, const Area& other) {
    const int x = other.left + other.width / 2;
    const int y = other.top + other.height / 2;
    return x >= area.left - same_place_slack_px && x <= area.left + area.width + same_place_slack_px
           && y >= area.top - same_place_slack_px
           && y <= area.top + area.height + same_place_slack_px;
}

bool says_the_same(const Symbol& first, const Symbol& second) {
    return first.text == second.text && first.symbology == second.symbology;
}

std::int64_t pixels_of(const Area& area) {
    return std::int64_t{area.width} * area.height;
}

bool is_same_symbol(const Symbol& first, const Symbol& second) {
    return says_the_same(first, second) && is_one_place(first, second);
}

bool disagree(const Symbol& first, const Symbol& second) {
    return !says_the_same(first, second) && is_one_place(first, second);
}

std::vector<FoundSymbol> without_doubtful(const std::vector<FoundSymbol>& found) {
    std::vector<FoundSymbol> sure;
    std::copy_if(found.begin(), found.end(), std::back_inserter(sure), [&](const FoundSymbol& one) {
        return std::none_of(found.begin(), found.end(), [&](const FoundSymbol& other) {
            return disagree(one.symbol, other.symbol);
        });
    });
    return sure;
}

bool covers(const FoundSymbol& symbol, const Area& area) {
    const Area place = bounds_of(symbol.symbol.corners);
    const int across = std::min(place.left + place.width, area.left + area.width)
                       - std::max(place.left, area.left);
    const int down =
        std::min(place.top + place.height, area.top + area.height) - std::max(place.top, area.top);
    if (across < 0 || down < 0) {
        return false;
    }
    const bool most_across = across * covering_of > area.width * covering_parts;
    const bool most_down = down * covering_of > area.height * covering_parts;
    return symbol.matrix ? most_across && most_down : most_across || most_down;
}

std::vector<Area> without_overlaps(std::vector<Area> areas) {
    std::vector<Area> apart;
    while (!areas.empty()) {
        Area area = areas.back();
        areas.pop_back();
        const auto other = std::find_if(
            apart.begin(), apart.end(), [&](const Area& one) { return overlap(one, area); });
        if (other == apart.end()) {
            apart.push_back(area);
        } else {
            areas.push_back(around(*other, area)); // grown, it may reach a third
            apart.erase(other);
        }
    }
    return apart;
}

void erase(Luminance& picture, const std::array<Point, 4>& corners) {
    const Area area = bounds_of(corners);
    const int bottom = std::min(area.top + area.height, picture.height - 1);
    for (int y = std::max(area.top, 0); y <= bottom; ++y) {
        erase_row(picture, corners, y);
    }
}

} // namespace cartwatch::pictures
