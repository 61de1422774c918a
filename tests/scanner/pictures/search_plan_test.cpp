#include "scanner/pictures/search_plan.hpp"
#include "scanner/pictures/straighten.hpp"
#include "scanner/pictures/texture.hpp"
#include "tests/scanner/pictures/drawing.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

namespace cartwatch::search_plan_test {

using namespace cartwatch::pictures;

namespace {

FoundSymbol found_at(const char* text, const Area& area, bool matrix = true) {
    const int right = area.left + area.width;
    const int bottom = area.top + area.height;
    return {
        {text,
         "]d2",
         {Point{area.left, area.top}, {right, area.top}, {right, bottom}, {area.left, bottom}}},
        matrix};
}

bool holds(const Area& area, const Area& part) {
    return area.left <= part.left && area.top <= part.top
           && area.left + area.width >= part.left + part.width
           && area.top + area.height >= part.top + part.height;
}

} // namespace

TEST_CASE("finds of one symbol twice are merged, neighbours are not") {
    const Symbol symbol = found_at("A", {100, 100, 60, 60}).symbol;
    Symbol again = symbol;
    again.corners[2] = {163, 164};

    CHECK(is_same_symbol(symbol, again));
    CHECK_FALSE(is_same_symbol(symbol, found_at("A", {180, 100, 60, 60}).symbol));
    CHECK_FALSE(is_same_symbol(symbol, found_at("B", {100, 100, 60, 60}).symbol));
}

TEST_CASE("two readings of one place are both refused, everything else stays") {
    const FoundSymbol first = found_at("A", {100, 100, 60, 60});
    const FoundSymbol other_text = found_at("B", {110, 105, 60, 60});
    FoundSymbol other_kind = first;
    other_kind.symbol.symbology = "]d1";
    const FoundSymbol neighbour = found_at("C", {200, 100, 60, 60});
    const FoundSymbol line_through = found_at("D", {90, 130, 90, 0}, false);

    const auto left = [](const std::vector<FoundSymbol>& found) {
        std::string texts;
        for (const FoundSymbol& one : without_doubtful(found)) {
            texts += one.symbol.text;
        }
        return texts;
    };
    CHECK(left({}).empty());
    CHECK(left({first, neighbour}) == "AC");
    CHECK(left({first, other_text, neighbour}) == "C");
    CHECK(left({first, neighbour, other_kind}) == "C");
    CHECK(left({first, line_through}).empty());
    CHECK(left({first, first}) == "AA"); // the same twice is no contradiction
}

TEST_CASE("an area is covered by a symbol that fills most of it") {
    const Area area{100, 100, 100, 100};
    CHECK(covers(found_at("A", {110, 110, 80, 80}), area));
    CHECK_FALSE(covers(found_at("A", {110, 110, 80, 30}), area));
    CHECK_FALSE(covers(found_at("A", {110, 110, 30, 30}), area));
    CHECK_FALSE(covers(found_at("A", {300, 300, 80, 80}), area));
    CHECK(covers(found_at("A", {110, 150, 80, 0}, false), area)); // a line through a linear code
    CHECK_FALSE(covers(found_at("A", {110, 150, 20, 0}, false), area));
}

TEST_CASE("areas that overlap become one, and that one may reach a third") {
    struct Example {
        const char* name;
        std::vector<Area> areas;
        std::vector<Area> apart;
    };

    const auto example = GENERATE(values<Example>({
        {"none", {}, {}},
        {"one", {{5, 6, 7, 8}}, {{5, 6, 7, 8}}},
        {"a pixel between them",
         {{0, 0, 10, 10}, {11, 0, 10, 10}},
         {{0, 0, 10, 10}, {11, 0, 10, 10}}},
        {"edge to edge", {{0, 0, 10, 10}, {10, 0, 10, 10}}, {{0, 0, 10, 10}, {10, 0, 10, 10}}},
        {"a pixel in common", {{0, 0, 10, 10}, {9, 9, 10, 10}}, {{0, 0, 19, 19}}},
        {"one within the other", {{0, 0, 50, 50}, {20, 20, 5, 5}}, {{0, 0, 50, 50}}},
        {"beside each other in one row only",
         {{0, 0, 10, 10}, {5, 20, 10, 10}},
         {{0, 0, 10, 10}, {5, 20, 10, 10}}},
        {"grown, it reaches a third",
         {{0, 0, 10, 10}, {9, 30, 10, 5}, {5, 8, 10, 24}},
         {{0, 0, 19, 35}}},
        {"a chain",
         {{0, 0, 10, 10}, {8, 0, 10, 10}, {16, 0, 10, 10}, {24, 0, 10, 10}},
         {{0, 0, 34, 10}}},
    }));
    DYNAMIC_SECTION(example.name) {
        auto apart = without_overlaps(example.areas);
        std::sort(apart.begin(), apart.end(), [](const Area& a, const Area& b) {
            return a.left < b.left;
        });
        CHECK(apart == example.apart);
    }
}

TEST_CASE("an area grows no further than what it lies in") {
    const Area within{10, 10, 100, 80};
    CHECK(grown({40, 40, 10, 10}, 5, within) == Area{35, 35, 20, 20});
    CHECK(grown({12, 40, 90, 45}, 30, within) == within);
    CHECK(grown({12, 40, 10, 10}, 0, within) == Area{12, 40, 10, 10});
    CHECK(around({10, 20, 5, 5}, {2, 30, 4, 40}) == Area{2, 20, 13, 50});
    CHECK(pixels_of({0, 0, 60'000, 60'000}) == 3'600'000'000);
}

TEST_CASE("erasing paints a turned symbol and nothing beside it") {
    Luminance picture = drawing::paper(20, 20);
    picture.pixels.assign(picture.pixels.size(), 0);
    erase(picture, {Point{10, 2}, {18, 10}, {10, 18}, {2, 10}});
    CHECK(picture.at(10, 10) == 255);
    CHECK(picture.at(10, 2) == 255);
    CHECK(picture.at(3, 10) == 255);
    CHECK(picture.at(3, 3) == 0);
    CHECK(picture.at(17, 17) == 0);

    erase(picture, {Point{-50, -50}, {70, -50}, {70, 70}, {-50, 70}});
    CHECK(std::count(picture.pixels.begin(), picture.pixels.end(), 255) == 400);
}

TEST_CASE("every symbol lies in a busy area of its own") {
    const auto symbol = drawing::symbol(drawing::Kind::gs1_data_matrix, "[01]09521234543213", 1.5F);
    Luminance picture = drawing::paper(640, 480);
    const Area first{40, 60, symbol.width, symbol.height};
    const Area second{400, 300, symbol.width, symbol.height};
    drawing::paste(picture, symbol, first.left, first.top);
    drawing::paste(picture, symbol, second.left, second.top);

    const auto areas = textured_areas(texture_of(picture));

    REQUIRE(areas.size() == 2);
    CHECK((holds(areas[0], first) != holds(areas[1], first)));
    CHECK((holds(areas[0], second) != holds(areas[1], second)));
}

TEST_CASE("blank and tiny pictures have no busy area, a picture of noise is one") {
    CHECK(textured_areas(texture_of(drawing::paper(640, 480))).empty());
    CHECK(textured_areas(texture_of(drawing::paper(1, 1))).empty());
    CHECK(textured_areas(texture_of(drawing::paper(8, 8))).empty());
    CHECK(textured_areas(texture_of(drawing::paper(9, 3000))).empty());

    Luminance picture = drawing::paper(320, 240);
    std::mt19937 random(1);
    for (std::uint8_t& pixel : picture.pixels) {
        pixel = static_cast<std::uint8_t>(random() & 0xFF);
    }
    const auto areas = textured_areas(texture_of(picture));
    REQUIRE(areas.size() == 1);
    CHECK(areas[0].width > 300);
    CHECK(areas[0].height > 220);
}

TEST_CASE("a faded code among black print is hidden from most, and not from the least busy") {
    Luminance page = drawing::print(1000, 700, 5);
    Luminance code = drawing::symbol(drawing::Kind::ean_13, "690123456789", 1.5F);
    for (std::uint8_t& pixel : code.pixels) {
        pixel = static_cast<std::uint8_t>(220 - (255 - pixel) / 8);
    }
    const Area label{400, 300, code.width, code.height};
    drawing::paste(page, code, label.left, label.top);
    const Texture texture = texture_of(page);
    const auto is_seen = [&](Busy busy) {
        const auto areas = textured_areas(texture, busy);
        return std::any_of(areas.begin(), areas.end(), [&](const Area& area) {
            return area.width < 2 * label.width && area.height < 2 * label.height
                   && contains_middle(label, area) && contains_middle(area, label);
        });
    };
    CHECK_FALSE(is_seen(Busy::plainly));
    CHECK_FALSE(is_seen(Busy::faintly));
    CHECK(is_seen(Busy::hidden));

    const Luminance alone = drawing::symbol(drawing::Kind::ean_13, "690123456789", 2);
    CHECK(textured_areas(texture_of(alone), Busy::hidden).empty());
}

TEST_CASE("there are no more busy areas than the limit, the largest first") {
    Luminance picture = drawing::paper(1280, 960);
    const Luminance spot = drawing::symbol(drawing::Kind::data_matrix, "1", 1);
    for (int i = 0; i < 30 * 22; ++i) {
        drawing::paste(picture, spot, 8 + i % 30 * 42, 8 + i / 30 * 42);
    }
    const auto areas = textured_areas(texture_of(picture));
    CHECK(areas.size() == textured_areas_max);
    CHECK(areas.front().width * areas.front().height >= areas.back().width * areas.back().height);
}

TEST_CASE("an enlarged part has four pixels for one, smooth between them") {
    Luminance picture = drawing::paper(4, 2);
    picture.pixels = {0, 0, 200, 200, 0, 0, 200, 200};

    const Luminance same = enlarged(picture, {1, 0, 2, 2}, 1);
    CHECK(same.pixels == std::vector<std::uint8_t>{0, 200, 0, 200});

    const Luminance large = enlarged(picture, {0, 0, 4, 2}, 2);
    CHECK(large.width == 8);
    CHECK(large.height == 4);
    CHECK(large.at(0, 0) == 0);
    CHECK(large.at(7, 3) == 200);
    CHECK((large.at(3, 1) > 0 && large.at(3, 1) < large.at(4, 1) && large.at(4, 1) < 200));
}

TEST_CASE("the way that bars stand is known, and that other things stand no one way") {
    const auto bars = drawing::symbol(drawing::Kind::code_128, "80217610012345678901", 2);
    const auto degrees = GENERATE(0.0, 12.0, 30.0, 45.0, 80.0);
    DYNAMIC_SECTION(degrees << " degrees") {
        const Luminance picture = drawing::turned(bars, degrees);
        const auto tilt = tilt_of(picture, {0, 0, picture.width, picture.height});
        REQUIRE(tilt.has_value());
        CHECK(
            std::abs(*tilt * 180 / 3.14159265 - degrees)
            < 8); // turned by whole pixels: its edges are jagged
    }
    const auto matrix = drawing::symbol(drawing::Kind::gs1_data_matrix, "[01]09521234543213", 3);
    CHECK_FALSE(tilt_of(matrix, {0, 0, matrix.width, matrix.height}).has_value());
    CHECK_FALSE(tilt_of(drawing::paper(50, 50), {0, 0, 50, 50}).has_value());
    CHECK_FALSE(tilt_of(drawing::paper(2, 2), {0, 0, 2, 2}).has_value());
}

TEST_CASE("a part turned upright knows where its points lie in the whole") {
    Luminance picture = drawing::paper(200, 100);
    picture.pixels[static_cast<std::size_t>(40 * 200 + 120)] = 0;
    const Upright part = upright(picture, {80, 20, 60, 60}, 0.5);

    const auto darkest = std::min_element(part.picture.pixels.begin(), part.picture.pixels.end());
    const auto at = static_cast<int>(darkest - part.picture.pixels.begin());
    REQUIRE(*darkest < 255);
    const Point place = part.in_whole({at % part.picture.width, at / part.picture.width});
    CHECK(std::abs(place.x - 120) <= 1);
    CHECK(std::abs(place.y - 40) <= 1);
}

} // namespace cartwatch::search_plan_test
