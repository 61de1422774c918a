// Goal: each means is asked about the places that it may read, and about no others.
#include "scanner/pictures/candidates.hpp"
#include "tests/scanner/pictures/drawing.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::candidates_test {

using namespace cartwatch::pictures;

namespace {

constexpr Area whole{0, 0, 2000, 1500};

Candidate bars(const Area& area) {
    return {area, true, false, false};
}

Candidate modules(const Area& area) {
    return {area, false, true, false};
}

Candidate unknown(const Area& area) {
    return {area, false, false, false};
}

} // namespace

TEST_CASE("libdmtx is asked about modules up to five times as long as high") {
    const auto [width, height, asked] = GENERATE(table<int, int, bool>(
        {{199, 40, true}, {200, 40, true}, {201, 40, false}, {40, 201, false}, {40, 200, true}}));
    DYNAMIC_SECTION(width << " x " << height) {
        const Area area{100, 100, width, height};
        CHECK(places_of_matrix({modules(area)}).size() == (asked ? 1 : 0));
        CHECK(places_of_matrix({bars(area), unknown(area)}).empty());
    }
}

TEST_CASE("zbar is asked about bars that are as long as a code, and about modules") {
    const auto [length, asked] =
        GENERATE(table<int, bool>({{79, false}, {80, true}, {81, true}, {1000, true}}));
    DYNAMIC_SECTION(length << " pixels") {
        const Area lying{100, 100, length, 40};
        const Area standing{100, 100, 40, length};
        CHECK(places_for_zbar({bars(lying)}, whole).size() == (asked ? 1 : 0));
        CHECK(places_for_zbar({bars(standing)}, whole).size() == (asked ? 1 : 0));
        CHECK(places_of_bars({bars(lying)}, whole).size() == (asked ? 1 : 0));
    }
    CHECK(places_for_zbar({modules({100, 100, 40, 40})}, whole).size() == 1);
    CHECK(places_of_bars({modules({100, 100, 400, 400})}, whole).empty());
    CHECK(places_for_zbar({unknown({100, 100, 400, 400})}, whole).empty());
    CHECK(places_for_zbar({}, whole).empty());

    const Candidate tiny{{100, 100, 60, 60}, false, true, true};
    CHECK(places_for_zbar({tiny}, whole).empty());
    CHECK(places_of_matrix({tiny}).empty());
    CHECK(places_of_tiny_matrix({tiny, modules(whole)}) == std::vector{tiny.area});
    CHECK(places_of_code({tiny}) == std::vector{tiny.area});
}

TEST_CASE("a place for zbar has room for a quiet zone as far as the picture goes") {
    const auto places = places_for_zbar({bars({10, 100, 200, 80})}, whole);
    CHECK(places == std::vector<Area>{{0, 56, 254, 168}});
}

TEST_CASE("pieces of one code whose rooms meet are one place, and count together") {
    const auto [gap, asked] =
        GENERATE(table<int, bool>({{8, true}, {87, true}, {88, false}, {500, false}}));
    DYNAMIC_SECTION(gap << " pixels between them") {
        const Area first{100, 100, 36, 40};
        const Area second{136 + gap, 100, 36, 40};
        CHECK(places_for_zbar({bars(first), bars(second)}, whole).size() == (asked ? 1 : 0));
    }
}

TEST_CASE("more than half of the picture is all of it") {
    const auto [width, all] = GENERATE(table<int, bool>({{912, false}, {914, true}}));
    DYNAMIC_SECTION(width << " pixels wide") {
        // With its room on three sides: 2000 x 1500 are 1500 columns of 2000.
        const auto places = places_for_zbar({modules({44, 0, width, 1500})}, whole);
        REQUIRE(places.size() == 1);
        CHECK((places[0] == whole) == all);
    }
}

TEST_CASE("areas that say nothing are no candidates, those too small to say are looked at again") {
    Luminance picture = drawing::paper(400, 300);
    const Area blank{250, 160, 120, 120};
    const Area small{300, 200, 36, 36};
    CHECK(candidates_in(picture, {blank}).empty());
    CHECK(candidates_in(picture, {small}) == std::vector{unknown(small)});
    CHECK(places_of_code({unknown(small)}) == std::vector{small});

    const auto ean = drawing::symbol(drawing::Kind::ean_13, "690123456789", 1);
    drawing::paste(picture, ean, 20, 20);
    const Area area{12, 12, ean.width + 16, ean.height + 16};
    CHECK(candidates_in(picture, {area, blank}) == std::vector{bars(area)});
}

} // namespace cartwatch::candidates_test
