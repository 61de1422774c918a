#include "scanner/pictures/symbols.hpp"

#include "scanner/pictures/candidates.hpp"
#include "scanner/pictures/cpu_box.hpp"
#include "scanner/pictures/search_plan.hpp"
#include "scanner/pictures/straighten.hpp"
#include "scanner/pictures/symbol_search.hpp"
#include "scanner/pictures/texture.hpp"

#include <algorithm>
#include <chrono>

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

// Bars of 32 pixels, and a quiet zone.
constexpr int hidden_side_min_px = 48;

// Pixels that are looked at again, turned or at twice their size, where nothing was found.
constexpr std::int64_t second_look_pixels = 1'000'000;

// Time for libdmtx where nothing else found anything: an area at a time, and all together.
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
std::vector<Area> busy_areas(const Texture& texture, Busy busy) {
    std::vector<Area> areas = textured_areas(texture, busy);
    for (Area& area : areas) {
        const bool to_right = area.left + area.width == texture.width;
        const bool to_bottom = area.top + area.height == texture.height;
        area.width += (area.left == 0 ? quiet_px : 0) + (to_right ? quiet_px : 0);
        area.height += (area.top == 0 ? quiet_px : 0) + (to_bottom ? quiet_px : 0);
        area.left += margin_px - (area.left == 0 ? quiet_px : 0);
        area.top += margin_px - (area.top == 0 ? quiet_px : 0);
    }
    return areas;
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

void ask_dmtx(
    SymbolSearch& search, const std::vector<Area>& areas, std::chrono::milliseconds time) {
    const CpuBox box(time);
    for (const Area& area : areas) {
        if (box.left() > 0ms) {
            search.add_dmtx(area, std::min(box.left(), dmtx_area_time));
        }
    }
}

// ZXing's reader of DataBar, where bars are left.
void ask_databar(SymbolSearch& search, const std::vector<Candidate>& candidates) {
    for (const Area& place : places_of_bars(candidates, search.whole())) {
        if (std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& one) {
                return one.bars && contains_middle(place, one.area)
                       && !(search.is_covered(one.area) && search.holds_any(one.area));
            })) {
            search.add_databar(place);
        }
    }
}

// ZXing sees most, but not all of what lies beside something else. What its edges look like says
// which means may see more.
void look_at_the_rest(
    SymbolSearch& search, const std::vector<Area>& areas, const SearchMeans& means) {
    const std::vector<Area> rest = left_over(search, areas, spare_pixels);
    std::vector<Area> without_bars;
    for (const Area& area : rest) {
        if (!tilt_of(search.picture(), area)) {
            without_bars.push_back(area);
        } else if (!(means.zbar && search.add_zbar(area)) && means.straightening) {
            search.add_straightened(area);
        }
    }
    if (means.dmtx) {
        ask_dmtx(search, without_bars, spare_time);
    }
    if (means.databar) {
        ask_databar(search, candidates_in(search.picture(), rest));
    }
}

// Faded codes beside black print; the edges of letters are narrower.
std::vector<Candidate> hidden_candidates(const SymbolSearch& search, const Texture& texture) {
    std::vector<Area> areas = busy_areas(texture, Busy::hidden);
    std::erase_if(areas, [](const Area& one) {
        return std::min(one.width, one.height) < hidden_side_min_px;
    });
    return candidates_in(search.picture(), areas);
}

// Nothing was found: every means, the quickest first, but only where something speaks for a code.
void look_everywhere(
    SymbolSearch& search,
    const Texture& texture,
    const std::vector<Area>& areas,
    const SearchMeans& means) {
    const std::vector<Candidate> plain = candidates_in(search.picture(), areas);
    const std::vector<Candidate> hidden = hidden_candidates(search, texture);
    if (means.zbar) {
        const std::vector<Area> faint = busy_areas(texture, Busy::faintly);
        auto candidates = faint == areas ? plain : candidates_in(search.picture(), faint);
        candidates.insert(candidates.end(), hidden.begin(), hidden.end());
        for (const Area& area : places_for_zbar(candidates, search.whole())) {
            search.add_zbar(area);
        }
    }
    if (means.dmtx) {
        std::vector<Candidate> candidates = plain;
        candidates.insert(candidates.end(), hidden.begin(), hidden.end());
        ask_dmtx(search, places_of_matrix(candidates), dmtx_whole_time);
        ask_dmtx(search, places_of_tiny_matrix(candidates), spare_time);
    }
    const std::vector<Area> left = left_over(search, places_of_code(plain), second_look_pixels);
    for (const Area& area : left) {
        if (means.straightening) {
            search.add_straightened(area);
        }
    }
    if (means.enlarging && search.found().empty()) {
        for (const Area& area : left) {
            search.add_enlarged(area);
        }
    }
    if (means.databar) {
        ask_databar(search, plain);
    }
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
    const Texture texture = texture_of(picture);
    const std::vector<Area> busy = busy_areas(texture, Busy::plainly);
    search.add_zxing(search.whole(), Search::all_but_databar);
    for (const Area& area : busy) {
        if (!search.is_covered(area)) {
            search.add_data_matrix(area);
        }
    }
    if (search.found().empty()) {
        look_everywhere(search, texture, busy, means);
    } else {
        look_at_the_rest(search, busy, means);
    }
    return in_reading_order(search.take_symbols());
}

Result<std::vector<Symbol>> decode_picture(std::span<const std::uint8_t> bytes) {
    return load_picture(bytes).map([](const Luminance& picture) { return find_symbols(picture); });
}

} // namespace cartwatch::pictures
