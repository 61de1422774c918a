#include "scanner/pictures/scanner_text.hpp"
#include "scanner/pictures/search_plan.hpp"
#include "tests/scanner/pictures/drawing.hpp"

#include <catch2/catch.hpp>

using namespace cartwatch;
using namespace cartwatch::pictures;

TEST_CASE("DataBar text takes the form that a scanner sends") {
    CHECK(databar_omni_text("09521234543213") == "0109521234543213");
    CHECK(databar_omni_text("0109521234543213") == "0109521234543213");
    CHECK(databar_expanded_text("(01)09521234543213") == "0109521234543213");
    CHECK(
        databar_expanded_text("(10)AB(1)C(21)X1(17)261231(3103)001750(30)5")
        == "10AB(1)C\x1D"
           "21X1\x1D"
           "17261231"
           "3103001750"
           "305");
    CHECK(databar_expanded_text("0109521234543213") == "0109521234543213");
    CHECK(databar_expanded_text("(01)0952") == "010952");
    CHECK(databar_expanded_text("(0)x") == "(0)x");
    CHECK(databar_expanded_text("") == "");
}

TEST_CASE("UPC text takes the thirteen digits of an EAN-13") {
    CHECK(upc_a_text("036000291452") == "0036000291452");
    CHECK(upc_a_text("0036000291452") == "0036000291452");
    CHECK(upc_e_text("01234505") == "0012000003455"); // not a real check digit: digits move only
    CHECK(upc_e_text("01234525") == "0012200003455");
    CHECK(upc_e_text("01234535") == "0012300000455");
    CHECK(upc_e_text("01234545") == "0012340000055");
    CHECK(upc_e_text("01234565") == "0012345000065");
    CHECK(upc_e_text("0012345000065") == "0012345000065");
}

TEST_CASE("some band has its middle row near any row, and holds what is centred there") {
    const int height = GENERATE(64, 320, 721, 3000);
    DYNAMIC_SECTION("in " << height << " rows") {
        const auto bands = bands_of(1000, height);
        for (int row = 20; row < height - 20; ++row) {
            const int room = std::min({row, height - row, 160});
            const bool met = std::any_of(bands.begin(), bands.end(), [&](const Area& band) {
                const int middle = band.top + band.height / 2;
                return band.top >= 0 && band.top + band.height <= height && band.width == 1000
                       && std::abs(middle - row) <= 8 && band.height / 2 >= room - 16;
            });
            REQUIRE(met);
        }
    }
}

TEST_CASE("a picture lower than any symbol has no bands") {
    CHECK(bands_of(1000, 20).empty());
    CHECK(bands_of(1, 1).empty());
}

TEST_CASE("finds of one symbol in two bands are merged, neighbours are not") {
    const Symbol symbol{"A", "]d2", {Point{100, 100}, {160, 100}, {160, 160}, {100, 160}}};
    Symbol again = symbol;
    again.corners[2] = {163, 164};
    Symbol neighbour = symbol;
    for (Point& corner : neighbour.corners) {
        corner.x += 80;
    }
    Symbol other = symbol;
    other.text = "B";

    CHECK(is_same_symbol(symbol, again));
    CHECK_FALSE(is_same_symbol(symbol, neighbour));
    CHECK_FALSE(is_same_symbol(symbol, other));
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
