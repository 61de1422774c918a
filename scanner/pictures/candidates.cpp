#include "scanner/pictures/candidates.hpp"

#include "scanner/pictures/search_plan.hpp"

#include <algorithm>

namespace cartwatch::pictures {

namespace {

// The longest Data Matrix rectangles are four times as long as high.
constexpr int long_times = 5;

// Eleven modules of four pixels: the quiet zone of an EAN-13 seen from near.
constexpr int zbar_room_px = 44;

// Bars that are one code have this length together: the shortest, a stacked DataBar, has 50
// modules, and less than a pixel and a half a module is read by nothing.
constexpr int bars_side_min_px = 80;

bool is_long(const Area& area) {
    return std::max(area.width, area.height) > long_times * std::min(area.width, area.height);
}

bool is_within(const Area& part, const Area& area) {
    return part.left >= area.left && part.top >= area.top
           && part.left + part.width <= area.left + area.width
           && part.top + part.height <= area.top + area.height;
}

// Whether one of the candidates in a place may be a QR, or they are together as long as a code of
// bars.
bool is_large_enough(const Area& place, const std::vector<Candidate>& candidates) {
    Area all;
    for (const Candidate& one : candidates) {
        if (is_within(one.area, place)) {
            if (one.modules) {
                return true;
            }
            all = all.width == 0 ? one.area : around(all, one.area);
        }
    }
    return std::max(all.width, all.height) >= bars_side_min_px;
}

std::vector<Area> joined(const std::vector<Candidate>& candidates, const Area& whole) {
    std::vector<Area> places;
    for (const Candidate& one : candidates) {
        places.push_back(grown(one.area, zbar_room_px, whole));
    }
    places = without_overlaps(std::move(places));
    std::erase_if(places, [&](const Area& one) { return !is_large_enough(one, candidates); });
    return places;
}

std::vector<Area> or_whole(std::vector<Area> places, const Area& whole) {
    std::int64_t pixels = 0;
    for (const Area& one : places) {
        pixels += pixels_of(one);
    }
    return 2 * pixels > pixels_of(whole) ? std::vector{whole} : places;
}

template <typename Unwanted>
std::vector<Candidate> without(std::vector<Candidate> candidates, Unwanted unwanted) {
    std::erase_if(candidates, [&](const Candidate& one) { return unwanted(one); });
    return candidates;
}

std::vector<Area> areas_of(const std::vector<Candidate>& candidates) {
    std::vector<Area> areas;
    for (const Candidate& one : candidates) {
        areas.push_back(one.area);
    }
    return areas;
}

} // namespace

std::vector<Candidate> candidates_in(const Luminance& picture, const std::vector<Area>& areas) {
    std::vector<Candidate> candidates;
    for (const Area& area : areas) {
        const Evidence evidence = evidence_in(picture, area);
        const bool all_of_it = evidence.matrices == std::vector{area};
        if (evidence.bars || evidence.too_small || all_of_it) {
            candidates.push_back({area, evidence.bars, all_of_it, evidence.tiny});
        }
        for (const Area& place : evidence.matrices) {
            if (!all_of_it) {
                candidates.push_back({place, false, true, false});
            }
        }
    }
    return candidates;
}

std::vector<Area> places_of_matrix(const std::vector<Candidate>& candidates) {
    const auto is_none = [](const Candidate& one) {
        return !one.modules || one.tiny || is_long(one.area);
    };
    return areas_of(without(candidates, is_none));
}

std::vector<Area> places_of_tiny_matrix(const std::vector<Candidate>& candidates) {
    return areas_of(without(candidates, [](const Candidate& one) { return !one.tiny; }));
}

std::vector<Area> places_of_code(const std::vector<Candidate>& candidates) {
    return areas_of(candidates);
}

std::vector<Area> places_for_zbar(const std::vector<Candidate>& candidates, const Area& whole) {
    const auto says_nothing = [](const Candidate& one) {
        return one.tiny || (!one.bars && !one.modules);
    };
    return or_whole(joined(without(candidates, says_nothing), whole), whole);
}

std::vector<Area> places_of_bars(const std::vector<Candidate>& candidates, const Area& whole) {
    const auto has_none = [](const Candidate& one) { return !one.bars; };
    return or_whole(joined(without(candidates, has_none), whole), whole);
}

} // namespace cartwatch::pictures
