// Goal: zbar and libdmtx read what ZXing misses, say it as a hand scanner would, and never guess.
#include "scanner/pictures/cpu_box.hpp"
#include "scanner/pictures/dmtx.hpp"
#include "scanner/pictures/symbols.hpp"
#include "scanner/pictures/zbar.hpp"
#include "tests/scanner/pictures/drawing.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <ctime>
#include <random>

#include <poll.h>

namespace cartwatch::second_opinion_test {

using namespace cartwatch::pictures;
using drawing::Kind;
using std::chrono_literals::operator""ms;

namespace {

constexpr auto pack = "[01]09521234543213[17]261231[10]ABC123[21]SN0001";
const std::string pack_text = "010952123454321317261231"
                              "10ABC123\x1D"
                              "21SN0001";

// More than any of these pictures needs, so that a busy machine changes nothing.
constexpr auto ample = 20'000ms;

Luminance on_paper(const Luminance& symbol) {
    Luminance sheet = drawing::paper(symbol.width + 80, symbol.height + 80);
    drawing::paste(sheet, symbol, 40, 40);
    return sheet;
}

// Ink that differs from the paper by a part of 255, on paper that is no longer white.
Luminance faded(Luminance picture, double contrast) {
    for (std::uint8_t& pixel : picture.pixels) {
        pixel = static_cast<std::uint8_t>(190 - (255 - pixel) * contrast);
    }
    return picture;
}

std::vector<std::string> texts_of(const std::vector<FoundSymbol>& found) {
    std::vector<std::string> texts;
    for (const FoundSymbol& one : found) {
        texts.push_back(one.symbol.symbology + one.symbol.text);
    }
    return texts;
}

std::vector<std::string> found_in(const Luminance& picture, const SearchMeans& means = {}) {
    std::vector<std::string> texts;
    for (const Symbol& symbol : find_symbols(picture, means)) {
        texts.push_back(symbol.symbology + symbol.text);
    }
    return texts;
}

std::string random_text(std::mt19937& random, bool plain) {
    const std::string signs =
        plain ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" : "abcXYZ0123456789-_./,;:!?%&*+=<>'";
    std::string text;
    const std::size_t length = 1 + random() % 18;
    while (text.size() < length) {
        text += signs[random() % signs.size()];
    }
    return text;
}

} // namespace

TEST_CASE("zbar's finds have the text and identifier that a scanner sends") {
    struct Example {
        const char* name;
        Kind kind;
        std::string data;
        std::string text;
    };

    const auto example = GENERATE(values<Example>({
        {"EAN-13", Kind::ean_13, "690123456789", "]E06901234567892"},
        {"UPC-A", Kind::upc_a, "03600029145", "]E00036000291452"},
        {"UPC-E", Kind::upc_e, "0123456", "]E00012345000065"},
        {"GS1-128", Kind::gs1_128, pack, "]C1" + pack_text},
        {"Code 128", Kind::code_128, "80217610012345678901", "]C080217610012345678901"},
        {"QR", Kind::qr, "https://example.org/a", "]Q1https://example.org/a"},
        {"GS1 QR", Kind::gs1_qr, pack, "]Q3" + pack_text},
        {"DataBar Omni", Kind::databar_omni, "0952123454321", "]e00109521234543213"},
        {"DataBar Expanded", Kind::databar_expanded, pack, "]e0" + pack_text},
    }));
    DYNAMIC_SECTION(example.name) {
        const auto symbol = drawing::symbol(example.kind, example.data, 2);

        const auto found = zbar_symbols(on_paper(symbol));

        REQUIRE(texts_of(found) == std::vector<std::string>{example.text});
        const Point middle = found[0].symbol.corners[0];
        CHECK((middle.x >= 30 && middle.x <= symbol.width + 50));
        CHECK((middle.y >= 30 && middle.y <= symbol.height + 50));
    }
}

TEST_CASE("libdmtx's finds have the text, the identifier and the place of the symbol") {
    const auto [kind, data, text] = GENERATE(
        std::tuple{Kind::gs1_data_matrix, pack, "]d2" + pack_text},
        std::tuple{Kind::data_matrix, "9000000010", std::string("]d19000000010")});
    DYNAMIC_SECTION(text) {
        const auto symbol = drawing::symbol(kind, data, 3);

        const auto found = dmtx_symbols(on_paper(symbol), ample);

        REQUIRE(texts_of(found) == std::vector<std::string>{text});
        const auto& corners = found[0].symbol.corners;
        CHECK(std::abs(corners[0].x - 40) <= 6);
        CHECK(std::abs(corners[0].y - 40) <= 6);
        CHECK(std::abs(corners[2].x - (40 + symbol.width)) <= 6);
        CHECK(std::abs(corners[2].y - (40 + symbol.height)) <= 6);
    }
}

TEST_CASE("libdmtx and ZXing read the same out of sixty random symbols") {
    std::mt19937 random(20261122);
    for (int i = 0; i < 60; ++i) {
        const bool gs1 = i % 2 == 0;
        const std::string lot = random_text(random, gs1);
        const std::string data =
            gs1 ? "[01]09521234543213[10]" + lot + "[21]" + random_text(random, gs1) : lot;
        const Luminance picture =
            on_paper(drawing::symbol(gs1 ? Kind::gs1_data_matrix : Kind::data_matrix, data, 3));
        const auto first = found_in(picture, {false, false, false, false});
        INFO(data);
        REQUIRE(first.size() == 1);
        CHECK(texts_of(dmtx_symbols(picture, ample)) == first);
    }
}

TEST_CASE("a second opinion leaves out what it would have to guess") {
    CHECK(zbar_symbols(on_paper(drawing::symbol(Kind::qr, "肾上腺素", 3))).empty());
    CHECK(
        dmtx_symbols(on_paper(drawing::symbol(Kind::data_matrix, "caf\u00e9 10 \u00b5g", 3)), ample)
            .empty());
    // Its bars are too few to be told from stripes.
    CHECK(zbar_symbols(on_paper(drawing::symbol(Kind::code_128, "A1", 2))).empty());
    CHECK(zbar_symbols(drawing::paper(1, 1)).empty());
    CHECK(dmtx_symbols(drawing::paper(1, 1), ample).empty());
    CHECK(dmtx_symbols(drawing::paper(10, 10), ample).empty());
}

TEST_CASE("what ZXing alone does not see is found with a second opinion") {
    struct Example {
        const char* name;
        Luminance picture;
        std::string text;
    };

    const auto matrix = drawing::symbol(Kind::gs1_data_matrix, pack, 1.5F);
    const auto ean = drawing::symbol(Kind::ean_13, "690123456789", 1.5F);
    const auto long_code = on_paper(drawing::symbol(Kind::gs1_128, pack, 1.5F));
    Luminance among_print = drawing::print(long_code.width + 600, 900, 5);
    drawing::paste(among_print, faded(long_code, 0.12), 300, 300);
    const auto example = GENERATE_COPY(values<Example>({
        {"a faded GS1-128 among black print", among_print, "]C1" + pack_text},
        {"a faded Data Matrix", faded(on_paper(matrix), 0.12), "]d2" + pack_text},
        {"a long GS1-128 at 30 degrees",
         drawing::turned(drawing::symbol(Kind::gs1_128, pack, 1.5F), 30),
         "]C1" + pack_text},
        {"an EAN-13 at 30 degrees", drawing::turned(ean, 30), "]E06901234567892"},
    }));
    DYNAMIC_SECTION(example.name) {
        CHECK(found_in(example.picture, {false, false, false, false}).empty());
        CHECK(found_in(example.picture) == std::vector<std::string>{example.text});
    }
}

TEST_CASE("a long code askew is found beside one that ZXing sees") {
    Luminance picture = drawing::paper(1400, 800);
    const Luminance askew = drawing::turned(drawing::symbol(Kind::gs1_128, pack, 1.5F), 25);
    drawing::paste(picture, askew, 20, 20);
    drawing::paste(picture, drawing::symbol(Kind::gs1_data_matrix, pack, 2), 1100, 500);
    const std::vector<std::string> both{"]C1" + pack_text, "]d2" + pack_text};

    CHECK(found_in(picture, {false, false, false, false}).size() == 1);
    CHECK(found_in(picture) == both);
}

TEST_CASE("libdmtx keeps to its time in a picture where it finds nothing") {
    Luminance picture = drawing::paper(1600, 1200);
    std::mt19937 random(1);
    for (std::uint8_t& pixel : picture.pixels) {
        pixel = static_cast<std::uint8_t>(random() & 0xFF);
    }
    const auto time = GENERATE(0ms, 50ms, 300ms);
    const std::clock_t begun = std::clock();

    CHECK(dmtx_symbols(picture, time).empty());

    const double taken_ms = 1000.0 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    CHECK(taken_ms < static_cast<double>(time.count()) + 1500); // one region more
    CHECK(taken_ms > static_cast<double>(time.count()) - 20);
}

TEST_CASE("a box of processor time is as full after a wait as before it, and empty after work") {
    const CpuBox box(60ms);
    CHECK((box.left() > 40ms && box.left() <= 60ms));
    ::poll(nullptr, 0, 150);
    CHECK(box.left() > 40ms);
    while (box.left() > 0ms) {
        // work, and nothing else: it ends only if that is counted
    }
    CHECK(box.left() == 0ms);
    CHECK(CpuBox(0ms).left() == 0ms);
}

TEST_CASE("ZXing's DataBar is believed if a second row says the same, and none makes it abort") {
    const auto symbol = drawing::symbol(Kind::databar_omni, "0952123454321", 1);
    const auto [rows, read] = GENERATE(table<int, bool>({{0, false}, {1, false}, {9, true}}));
    DYNAMIC_SECTION(rows << " rows of it") {
        Luminance picture = drawing::paper(symbol.width + 80, 200);
        for (int y = 0; y < rows; ++y) {
            const auto row =
                symbol.pixels.begin() + std::ptrdiff_t{symbol.height / 2} * symbol.width;
            std::copy(
                row,
                row + symbol.width,
                picture.pixels.begin() + std::ptrdiff_t{100 + y} * picture.width + 40);
        }
        const auto found =
            zxing_symbols(picture, {0, 0, picture.width, picture.height}, Search::databar);
        CHECK(
            texts_of(found)
            == (read ? std::vector<std::string>{"]e00109521234543213"}
                     : std::vector<std::string>{}));
    }
}

TEST_CASE("DataBar turned by any degree is read or not, but ends no process") {
    int read = 0;
    for (int degrees = 0; degrees < 30; ++degrees) {
        for (const float scale : {0.75F, 1.0F}) {
            const Luminance picture = drawing::turned(
                drawing::symbol(Kind::databar_omni, "0952123454321", scale), degrees);
            for (const auto& text : texts_of(zxing_symbols(
                     picture, {0, 0, picture.width, picture.height}, Search::databar))) {
                CHECK(text == "]e00109521234543213");
                ++read;
            }
        }
    }
    CHECK(read >= 20);
}

} // namespace cartwatch::second_opinion_test
