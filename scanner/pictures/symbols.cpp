#include "scanner/pictures/symbols.hpp"

#include "scanner/pictures/search_plan.hpp"
#include "scanner/pictures/straighten.hpp"
#include "scanner/pictures/symbol_search.hpp"
#include "scanner/pictures/texture.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace cartwatch::pictures {

namespace {

using std::chrono_literals::operator""ms;

// A symbol drawn to the picture's very edge lacks its quiet zone; one module of white suffices.
constexpr int margin_px = 16;
// As much of the margin as is looked at again with an area at the picture's edge.
constexpr int quiet_px = 8;

// Pixels of busy areas that a second look takes where something was found already: one look at each
// of a pack's areas, and a few milliseconds at most.
constexpr std::int64_t spare_pixels = 1'000'000;
constexpr auto spare_time = 8ms;

// Eleven modules of four pixels: the quiet zone of an EAN-13 seen from near.
constexpr int zbar_quiet_px = 44;

// Pixels that are looked at again, turned or at twice their size, where nothing was found.
constexpr std::int64_t second_look_pixels = 1'000'000;

// Time for libdmtx where nothing else found anything: an area at a time, and all together.
constexpr int long_times = 5;
constexpr auto dmtx_area_time = 150ms;
constexpr auto dmtx_whole_time = 200ms;

Luminance with_margin(const Luminance& picture) {
    Luminance framed;
    framed.width = picture.width + 2 * margin_px;
    framed.height = picture.height + 2 * margin_px;
    framed.pixels.assign(
        static_cast<std::size_t>(framed.width) * static_cast<std::size_t>(framed.height), 255);
    for (int y = 0; y < picture.height; ++y) {
        const auto row = picture.pixels.begin() + std::ptrdiff_t{y} * picture.width;
        std::copy(
            row,
            row + picture.width,
            framed.pixels.begin() + std::ptrdiff_t{y + margin_px} * framed.width + margin_px);
    }
    return framed;
}

// Places in the picture with its margin. The margin itself is left out: against its white the edge
// of a grey picture is busy all round.
std::vector<Area> busy_areas(const Luminance& picture, Busy busy) {
    std::vector<Area> areas = textured_areas(picture, busy);
    for (Area& area : areas) {
        const bool to_right = area.left + area.width == picture.width;
        const bool to_bottom = area.top + area.height == picture.height;
        area.width += (area.left == 0 ? quiet_px : 0) + (to_right ? quiet_px : 0);
        area.height += (area.top == 0 ? quiet_px : 0) + (to_bottom ? quiet_px : 0);
        area.left += margin_px - (area.left == 0 ? quiet_px : 0);
        area.top += margin_px - (area.top == 0 ? quiet_px : 0);
    }
    return areas;
}

std::int64_t pixels_of(const Area& area) {
    return std::int64_t{area.width} * area.height;
}

Area grown(const Area& area, int by, const Area& within) {
    const int left = std::max(area.left - by, within.left);
    const int top = std::max(area.top - by, within.top);
    const int right = std::min(area.left + area.width + by, within.left + within.width);
    const int bottom = std::min(area.top + area.height + by, within.top + within.height);
    return {left, top, right - left, bottom - top};
}

// The areas where nothing was found, as many as together have that many pixels.
std::vector<Area>
left_over(const SymbolSearch& search, const std::vector<Area>& areas, std::int64_t pixels) {
    std::vector<Area> rest;
    for (const Area& area : areas) {
        if (pixels_of(area) <= pixels && !search.is_covered(area)) {
            rest.push_back(area);
            pixels -= pixels_of(area);
        }
    }
    return rest;
}

// What the clock leaves of a box of time.
class TimeBox {
public:
    explicit TimeBox(std::chrono::milliseconds time)
        : end_(std::chrono::steady_clock::now() + time) {}

    [[nodiscard]] std::chrono::milliseconds left() const {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            end_ - std::chrono::steady_clock::now());
        return std::max(left, 0ms);
    }

private:
    std::chrono::steady_clock::time_point end_;
};

void ask_dmtx(
    SymbolSearch& search, const std::vector<Area>& areas, std::chrono::milliseconds time) {
    const TimeBox box(time);
    for (const Area& area : areas) {
        if (box.left() > 0ms) {
            search.add_dmtx(area, std::min(box.left(), dmtx_area_time));
        }
    }
}

// zbar takes three times ZXing's time for a pixel. Where little of the picture is busy it looks at
// that, with room for the quiet zone that it wants; where nothing is, there is no code.
void ask_zbar(SymbolSearch& search, const std::vector<Area>& areas) {
    std::vector<Area> wide;
    std::int64_t pixels = 0;
    for (const Area& area : areas) {
        wide.push_back(grown(area, zbar_quiet_px, search.whole()));
        pixels += pixels_of(wide.back());
    }
    if (2 * pixels > pixels_of(search.whole())) {
        wide = {search.whole()};
    }
    for (const Area& area : wide) {
        search.add_zbar(area);
    }
}

// ZXing sees most, but not all of what lies beside something else. What its edges look like says
// which means may see more.
void look_at_the_rest(
    SymbolSearch& search, const std::vector<Area>& areas, const SearchMeans& means) {
    std::vector<Area> without_bars;
    for (const Area& area : left_over(search, areas, spare_pixels)) {
        if (!tilt_of(search.picture(), area)) {
            without_bars.push_back(area);
        } else if (!(means.zbar && search.add_zbar(area)) && means.straightening) {
            search.add_straightened(area);
        }
    }
    if (means.dmtx) {
        ask_dmtx(search, without_bars, spare_time);
    }
}

// No Data Matrix is: the longest rectangles are four times as long as high.
bool is_long(const Area& area) {
    return std::max(area.width, area.height) > long_times * std::min(area.width, area.height);
}

// Nothing was found: every means, the quickest first.
void look_everywhere(
    SymbolSearch& search,
    const Luminance& picture,
    const std::vector<Area>& areas,
    const SearchMeans& means) {
    if (means.zbar) {
        ask_zbar(search, busy_areas(picture, Busy::faintly));
    }
    if (means.dmtx) {
        std::vector<Area> compact;
        std::remove_copy_if(areas.begin(), areas.end(), std::back_inserter(compact), is_long);
        ask_dmtx(search, compact, dmtx_whole_time);
    }
    const auto look_again = [&](bool wanted, bool (SymbolSearch::*add)(const Area&)) {
        if (wanted && search.found().empty()) {
            for (const Area& area : left_over(search, areas, second_look_pixels)) {
                (search.*add)(area);
            }
        }
    };
    look_again(means.straightening, &SymbolSearch::add_straightened);
    look_again(means.enlarging, &SymbolSearch::add_enlarged);
}

std::vector<Symbol> in_reading_order(std::vector<Symbol> symbols) {
    for (Symbol& symbol : symbols) {
        for (Point& corner : symbol.corners) {
            corner.x -= margin_px;
            corner.y -= margin_px;
        }
    }
    std::sort(symbols.begin(), symbols.end(), [](const Symbol& a, const Symbol& b) {
        const Area first = bounds_of(a.corners);
        const Area second = bounds_of(b.corners);
        return std::tie(first.top, first.left, a.text) < std::tie(second.top, second.left, b.text);
    });
    return symbols;
}

} // namespace

std::vector<Symbol> find_symbols(const Luminance& picture, const SearchMeans& means) {
    SymbolSearch search(with_margin(picture));
    const std::vector<Area> areas = busy_areas(picture, Busy::plainly);
    search.add_zxing(search.whole(), Search::all_but_databar);
    search.add_zxing(search.whole(), Search::databar);
    for (const Area& area : areas) {
        if (!search.is_covered(area)) {
            search.add_data_matrix(area);
        }
    }
    if (search.found().empty()) {
        look_everywhere(search, picture, areas, means);
    } else {
        look_at_the_rest(search, areas, means);
    }
    return in_reading_order(search.take_symbols());
}

Result<std::vector<Symbol>> decode_picture(std::span<const std::uint8_t> bytes) {
    return load_picture(bytes).map([](const Luminance& picture) { return find_symbols(picture); });
}

} // namespace cartwatch::pictures
