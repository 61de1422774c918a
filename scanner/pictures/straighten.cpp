#include "scanner/pictures/straighten.hpp"

#include <algorithm>
#include <cmath>

namespace cartwatch::pictures {

namespace {

// Of edges that all stand one way this is 1, of those that stand every way 0.
constexpr double one_way_min = 0.5;

constexpr std::uint8_t outside = 255;

struct Place {
    double x = 0;
    double y = 0;
};

Place turned_by(const Place& from, double angle) {
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    return {from.x * c - from.y * s, from.x * s + from.y * c};
}

// Between four pixels of the area; white beside it.
std::uint8_t sample(const Luminance& picture, const Area& area, const Place& place) {
    const double x = std::floor(place.x);
    const double y = std::floor(place.y);
    const int left = static_cast<int>(x);
    const int top = static_cast<int>(y);
    if (left < area.left || top < area.top || left + 1 >= area.left + area.width
        || top + 1 >= area.top + area.height) {
        return outside;
    }
    const double fx = place.x - x;
    const double fy = place.y - y;
    const double upper = picture.at(left, top) * (1 - fx) + picture.at(left + 1, top) * fx;
    const double lower = picture.at(left, top + 1) * (1 - fx) + picture.at(left + 1, top + 1) * fx;
    return static_cast<std::uint8_t>(upper * (1 - fy) + lower * fy + 0.5);
}

Place place_in_whole(const Upright& part, const Place& at) {
    const Place turned =
        turned_by({at.x - part.picture.width / 2.0, at.y - part.picture.height / 2.0}, part.angle);
    return {
        turned.x + part.area.left + part.area.width / 2.0,
        turned.y + part.area.top + part.area.height / 2.0};
}

} // namespace

std::optional<double> tilt_of(const Luminance& picture, const Area& area) {
    std::int64_t across = 0; // sums of squares: 40 megapixels of them are far from too many
    std::int64_t down = 0;
    std::int64_t both = 0;
    for (int y = area.top + 1; y < area.top + area.height - 1; ++y) {
        const std::uint8_t* row = picture.pixels.data() + std::ptrdiff_t{y} * picture.width;
        const std::uint8_t* above = row - picture.width;
        const std::uint8_t* below = row + picture.width;
        for (int x = area.left + 1; x < area.left + area.width - 1; ++x) {
            const int dx = row[x + 1] - row[x - 1];
            const int dy = below[x] - above[x];
            across += dx * dx;
            down += dy * dy;
            both += dx * dy;
        }
    }
    const auto all = static_cast<double>(across + down);
    const auto along = static_cast<double>(across - down);
    const auto aslant = 2 * static_cast<double>(both);
    if (all == 0 || std::hypot(along, aslant) < one_way_min * all) {
        return std::nullopt;
    }
    return std::atan2(aslant, along) / 2;
}

Point Upright::in_whole(const Point& point) const {
    const Place place =
        place_in_whole(*this, {static_cast<double>(point.x), static_cast<double>(point.y)});
    return {static_cast<int>(std::lround(place.x)), static_cast<int>(std::lround(place.y))};
}

Upright upright(const Luminance& picture, const Area& area, double angle) {
    const double c = std::abs(std::cos(angle));
    const double s = std::abs(std::sin(angle));
    Upright part{{}, area, angle};
    part.picture.width = static_cast<int>(std::ceil(area.width * c + area.height * s));
    part.picture.height = static_cast<int>(std::ceil(area.width * s + area.height * c));
    for (int y = 0; y < part.picture.height; ++y) {
        for (int x = 0; x < part.picture.width; ++x) {
            const Place place =
                place_in_whole(part, {static_cast<double>(x), static_cast<double>(y)});
            part.picture.pixels.push_back(sample(picture, area, place));
        }
    }
    return part;
}

} // namespace cartwatch::pictures
