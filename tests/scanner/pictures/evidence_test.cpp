// Goal: every kind of code is like a code, at every size and turn that is read, and lines of print
// are not; each threshold holds just under, at and just over its value.
#include "scanner/pictures/evidence.hpp"
#include "scanner/pictures/search_plan.hpp"
#include "scanner/pictures/texture.hpp"
#include "scanner/pictures/windows.hpp"
#include "tests/scanner/pictures/drawing.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace cartwatch::evidence_test {

using namespace cartwatch::pictures;
using drawing::Kind;

namespace {

constexpr int cell_px = 12;
constexpr int margin_px = 8; // of an area, around what is busy

// Whether the pixel so far right of and below the busy part's corner is dark.
using Ink = std::function<bool(int x, int y)>;

struct Scene {
    Luminance picture;
    Area area;
};

// What lies around the busy part.
enum class Around { paper, the_same };

// An area whose busy part has so many cells, painted within it.
Scene scene(int columns, int rows, const Ink& is_dark, Around around = Around::paper) {
    const int width = columns * cell_px;
    const int height = rows * cell_px;
    const Area area{10, 10, width + 2 * margin_px, height + 2 * margin_px};
    Scene made{drawing::paper(area.width + 30, area.height + 30), area};
    for (int y = 0; y < made.picture.height; ++y) {
        for (int x = 0; x < made.picture.width; ++x) {
            const int right = std::clamp(x - area.left - margin_px, 0, width - 1);
            const int below = std::clamp(y - area.top - margin_px, 0, height - 1);
            const bool inside =
                x - area.left - margin_px == right && y - area.top - margin_px == below;
            const bool dark = (inside || around == Around::the_same) && is_dark(right, below);
            made.picture.pixels[static_cast<std::size_t>(y * made.picture.width + x)] =
                dark ? 20 : 235;
        }
    }
    return made;
}

Evidence evidence_in(const Scene& made) {
    return pictures::evidence_in(made.picture, made.area);
}

bool is_checkered(int x, int y) {
    return (x / 4 + y / 4) % 2 == 0;
}

// Modules within a rectangle of cells, paper beside it.
Ink modules_in(int left, int top, int columns, int rows) {
    return [=](int x, int y) {
        return x >= left * cell_px && y >= top * cell_px && x < (left + columns) * cell_px
               && y < (top + rows) * cell_px && is_checkered(x, y);
    };
}

// Squares of five cells of modules in rows of eight, far from each other.
Ink squares(int count) {
    return [=](int x, int y) {
        constexpr int pitch = 14 * cell_px;
        const bool inside = x % pitch < 5 * cell_px && y % pitch < 5 * cell_px;
        return inside && y / pitch * 8 + x / pitch < count && is_checkered(x, y);
    };
}

// Two gratings laid over each other: the one's edges stand across, the other's down.
Scene gratings(int across, int down, int cells) {
    Scene made = scene(cells, cells, [](int, int) { return false; });
    for (int y = 0; y < made.picture.height; ++y) {
        for (int x = 0; x < made.picture.width; ++x) {
            const int right = x / 4 % 2 == 0 ? across : -across;
            const int lower = y / 4 % 2 == 0 ? down : -down;
            made.picture.pixels[static_cast<std::size_t>(y * made.picture.width + x)] =
                static_cast<std::uint8_t>(128 + (right + lower) / 2);
        }
    }
    return made;
}

bool is_matrix(Kind kind) {
    return kind == Kind::gs1_data_matrix || kind == Kind::hibc_data_matrix || kind == Kind::qr;
}

} // namespace

TEST_CASE("every kind of code is like one, small and large, upright and turned") {
    const auto [kind, data] = GENERATE(
        std::pair{Kind::gs1_data_matrix, "[01]09521234543213[17]261231[10]ABC123"},
        std::pair{Kind::hibc_data_matrix, "A99912345/$$3280930LOT7G"},
        std::pair{Kind::qr, "https://example.org/01/09521234543213"},
        std::pair{Kind::gs1_128, "[01]09521234543213[17]261231[10]ABC123"},
        std::pair{Kind::ean_13, "690123456789"},
        std::pair{Kind::itf_14, "0952123454321"},
        std::pair{Kind::pzn, "0375286"},
        std::pair{Kind::databar_stacked, "0952123454321"},
        std::pair{Kind::databar_expanded, "[01]09521234543213[10]ABC123"});
    const float scale = GENERATE(1.0F, 1.5F, 2.5F);
    const double degrees = GENERATE(0.0, 12.0, 45.0, 90.0);
    DYNAMIC_SECTION(static_cast<int>(kind) << " of " << scale << " at " << degrees) {
        const Luminance picture = drawing::turned(drawing::symbol(kind, data, scale), degrees);
        bool bars = false;
        bool modules = false;
        for (const Area& area : textured_areas(texture_of(picture))) {
            const Evidence evidence = pictures::evidence_in(picture, area);
            bars = bars || evidence.bars;
            modules = modules || !evidence.matrices.empty();
        }
        CHECK((is_matrix(kind) ? modules : bars));
    }
}

TEST_CASE("lines of print are no code") {
    const Luminance page = drawing::print(900, 500, GENERATE(range(1U, 13U)));
    const Evidence all = pictures::evidence_in(page, {0, 0, 900, 500});
    CHECK_FALSE(all.bars);
    CHECK(all.matrices.empty());
    CHECK_FALSE(all.too_small);
    const Evidence line = pictures::evidence_in(page, {0, 0, 900, 44});
    CHECK_FALSE(line.bars);
    CHECK(line.matrices.empty());
}

TEST_CASE("modules beside lines of print are found where they are") {
    Luminance page = drawing::print(900, 500, 3);
    const Luminance matrix =
        drawing::symbol(Kind::gs1_data_matrix, "[01]09521234543213[17]261231[10]ABC123", 1.5F);
    const Area place{411, 207, matrix.width, matrix.height};
    drawing::paste(page, matrix, place.left, place.top);

    const Evidence evidence = pictures::evidence_in(page, {0, 0, 900, 500});

    REQUIRE(evidence.matrices.size() == 1);
    CHECK(around(evidence.matrices[0], place) == evidence.matrices[0]);
    CHECK(pixels_of(evidence.matrices[0]) < 300 * 300);
}

TEST_CASE("a window is like modules while 38 to 68 parts in a hundred of it are dark") {
    // Of 36 modules in a window, every other dark; some more are, or some fewer.
    const auto [dark, modules] =
        GENERATE(table<int, bool>({{13, false}, {14, true}, {18, true}, {24, true}, {25, false}}));
    DYNAMIC_SECTION(dark << " of 36") {
        const int wanted = dark;
        const Scene made = scene(2, 2, [=](int x, int y) {
            const int module = y / 4 * 6 + x / 4;
            const int rank = module / 2; // among the dark ones, and among the light ones
            return is_checkered(x, y) ? rank < std::min(wanted, 18) : rank < wanted - 18;
        });
        const Windows windows = windows_of(made.picture, made.area);
        REQUIRE(windows.all.size() == 1);
        CHECK(windows.all[0].modules == modules);
    }
}

TEST_CASE("a window is like modules if its rows change one and a half times, as its columns do") {
    struct Example {
        const char* name;
        int upper; // changes in a row
        int lower;
        bool modules;
    };

    const auto example = GENERATE(values<Example>({
        {"no row", 0, 0, false},
        {"once", 1, 1, false},
        {"once and a half", 1, 2, true},
        {"twice", 2, 2, true},
    }));
    DYNAMIC_SECTION(example.name) {
        const auto one = [](int changes, int x) {
            return changes == 0 || (changes == 1 ? x < 12 : x >= 6 && x < 18);
        };
        const auto is_dark = [&](int x, int y) {
            return one(y < 12 ? example.upper : example.lower, x) == (y / 4 % 2 == 0);
        };
        const auto turned = [&](int x, int y) { return is_dark(y, x); };
        const Scene rows = scene(2, 2, is_dark, Around::the_same);
        const Scene columns = scene(2, 2, turned, Around::the_same);
        CHECK(windows_of(rows.picture, rows.area).all.at(0).modules == example.modules);
        CHECK(windows_of(columns.picture, columns.area).all.at(0).modules == example.modules);
    }
}

TEST_CASE("a window is like bars if its rows change twice") {
    const auto [changes, bars] = GENERATE(table<int, bool>({{1, false}, {2, true}, {3, true}}));
    DYNAMIC_SECTION(changes << " changes") {
        const int number = changes;
        const auto is_dark = [=](int x, int) {
            return number == 2 ? x / 6 == 1 : x / 6 % 2 == 0 && x / 6 < number;
        };
        const Scene made = scene(2, 2, is_dark, Around::the_same);
        const Windows windows = windows_of(made.picture, made.area);
        CHECK(windows.all.at(0).bars == bars);
        CHECK_FALSE(windows.all[0].modules);
    }
}

TEST_CASE(
    "a window is like bars if nine tenths of its edges stand one way, an area if four fifths") {
    struct Example {
        const char* name;
        int across;
        int down;
        bool window;
        bool area;
    };

    const auto example = GENERATE(values<Example>({
        {"just under a window's", 90, 31, false, true},
        {"a window's", 90, 30, true, true},
        {"just over a window's", 90, 29, true, true},
        {"just under an area's", 60, 31, false, false},
        {"an area's", 60, 30, false, true},
        {"just over an area's", 60, 29, false, true},
        {"both ways", 60, 60, false, false},
        {"down", 30, 60, false, true},
    }));
    DYNAMIC_SECTION(example.name) {
        const Scene made = gratings(example.across, example.down, 4);
        const Windows windows = windows_of(made.picture, made.area);
        CHECK(windows.all.at(0).bars == example.window);
        CHECK(evidence_in(made).bars == example.area);
    }
}

TEST_CASE("edges stand alike if they are within an eighth of half a turn") {
    const auto turned = [](double degrees) {
        const double twice = 2 * degrees * 3.14159265358979 / 180;
        return Edges{100 * std::cos(twice), 100 * std::sin(twice), 100};
    };
    const auto [degrees, alike] = GENERATE(table<double, bool>(
        {{0, true},
         {22.4, true},
         {22.6, false},
         {-22.4, true},
         {-22.6, false},
         {90, false},
         {157.6, true},
         {180, true}}));
    DYNAMIC_SECTION(degrees << " degrees") {
        CHECK(stand_alike(turned(0), turned(degrees)) == alike);
        CHECK(stand_alike(turned(50), turned(50 + degrees)) == alike);
    }
    CHECK(turned(30).one_way() == Approx(1));
    CHECK(Edges{}.one_way() == 0);
}

TEST_CASE("three of ten windows are enough of an area of few") {
    struct Example {
        const char* name;
        int columns; // cells of the area
        int rows;
        int band; // cells of modules in its two upper rows
        bool modules;
    };

    const auto example = GENERATE(values<Example>({
        {"two of ten", 6, 3, 3, false},
        {"three of ten", 6, 3, 4, true},
        {"three of eight", 5, 3, 4, true},
        {"three of fifteen", 6, 4, 4, false},
        {"all of 25", 26, 2, 26, true},
        {"all of 26", 27, 2, 27, false},
    }));
    DYNAMIC_SECTION(example.name) {
        const Scene made = scene(example.columns, example.rows, modules_in(0, 0, example.band, 2));
        const Evidence evidence = evidence_in(made);
        CHECK(
            evidence.matrices == (example.modules ? std::vector{made.area} : std::vector<Area>{}));
        CHECK_FALSE(evidence.too_small);
    }
}

TEST_CASE("two windows are too few to tell modules from print") {
    const auto [columns, too_small] =
        GENERATE(table<int, bool>({{2, true}, {3, true}, {4, false}, {5, false}}));
    DYNAMIC_SECTION(columns - 1 << " windows") {
        const Scene made = scene(columns, 2, modules_in(0, 0, columns, 2));
        const Evidence evidence = evidence_in(made);
        CHECK(evidence.too_small == too_small);
        CHECK(evidence.tiny == too_small); // by its changes alone
    }
    const Evidence none = pictures::evidence_in(drawing::paper(20, 20), {0, 0, 20, 20});
    CHECK(none.too_small);
    CHECK_FALSE(none.bars);
    CHECK(none.matrices.empty());
}

TEST_CASE("three cells of modules are enough of a small area, four of a large one") {
    struct Example {
        const char* name;
        int columns; // cells of the area: 12 make 160 pixels of it
        int square;  // cells of modules, far from its edges
        bool modules;
    };

    const auto example = GENERATE(values<Example>({
        {"small, 24 pixels", 12, 2, false},
        {"small, 36 pixels", 12, 3, true},
        {"large, 36 pixels", 13, 3, false},
        {"large, 48 pixels", 13, 4, true},
    }));
    DYNAMIC_SECTION(example.name) {
        const Scene made =
            scene(example.columns, 9, modules_in(4, 2, example.square, example.square));
        const Evidence evidence = evidence_in(made);
        CHECK(evidence.matrices.empty() != example.modules);
    }
}

TEST_CASE("a tiny area that changes often may be a matrix of modules too small to be seen") {
    struct Example {
        const char* name;
        int side;   // of the area, a number of cells and its margin
        int period; // pixels from one dark square to the next
        bool matrix;
    };

    // Squares of a quarter of the paper: too light for modules, and changing twice a period in the
    // rows and columns that cross them.
    const auto example = GENERATE(values<Example>({
        {"as large as may be", 6, 8, true},
        {"one cell larger", 7, 8, false},
        {"changing less often", 6, 16, false},
    }));
    DYNAMIC_SECTION(example.name) {
        const Scene made = scene(example.side, example.side, [&](int x, int y) {
            return x % example.period < example.period / 2
                   && y % example.period < example.period / 2;
        });
        const Evidence evidence = evidence_in(made);
        CHECK(evidence.tiny == example.matrix);
    }
}

TEST_CASE("a small area is a place of modules itself, of a large one the modules with room") {
    const Scene small = scene(12, 9, modules_in(4, 2, 4, 4));
    CHECK(evidence_in(small).matrices == std::vector{small.area});

    const Scene large = scene(40, 30, modules_in(10, 10, 5, 5));
    const Area square{
        large.area.left + margin_px + 10 * cell_px,
        large.area.top + margin_px + 10 * cell_px,
        5 * cell_px,
        5 * cell_px};
    CHECK(evidence_in(large).matrices == std::vector{grown(square, 48, large.area)});
}

TEST_CASE("up to 32 places of modules are told apart, of more the area is one") {
    const auto [count, places] =
        GENERATE(table<int, std::size_t>({{31, 31}, {32, 32}, {33, 1}, {40, 1}}));
    DYNAMIC_SECTION(count << " squares") {
        const Scene made = scene(14 * 8, 14 * 5, squares(count));
        const Evidence evidence = evidence_in(made);
        REQUIRE(evidence.matrices.size() == places);
        CHECK((evidence.matrices[0] == made.area) == (places == 1));
    }
}

} // namespace cartwatch::evidence_test
