// What is drawn is what is read: each symbol is filled in dot by dot and read by the scanner wing.
#include "daemon/reports/symbol.hpp"
#include "scanner/codes/scanned_code.hpp"
#include "scanner/pictures/symbols.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cartwatch::symbol_test {

using namespace cartwatch::reports;

namespace {

constexpr int dots_a_module = 4;
constexpr int bars_height = 40; // modules

// On white paper, with its quiet zone and no more.
pictures::Luminance filled_in(const SymbolDrawing& drawing) {
    const int stretch = drawing.height == 1 ? bars_height : 1;
    pictures::Luminance picture;
    picture.width = (drawing.width + 2 * drawing.quiet) * dots_a_module;
    picture.height = (drawing.height * stretch + 2 * drawing.quiet) * dots_a_module;
    picture.pixels.assign(
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height), 255);
    for (const ModuleRect& rect : drawing.dark) {
        for (int y = 0; y < rect.height * stretch * dots_a_module; ++y) {
            for (int x = 0; x < rect.width * dots_a_module; ++x) {
                const int down = (rect.y + drawing.quiet) * dots_a_module + y;
                const int across = (rect.x + drawing.quiet) * dots_a_module + x;
                picture.pixels
                    [static_cast<std::size_t>(down) * static_cast<std::size_t>(picture.width)
                     + static_cast<std::size_t>(across)] = 0;
            }
        }
    }
    return picture;
}

} // namespace

TEST_CASE("a GS1 symbol is read back with its mark in front and a separator", "[symbol]") {
    const auto drawing =
        draw_symbol(SymbolKind::gs1_data_matrix, "[01]09521234543213[10]Zy-4a[21]Q7/m");
    REQUIRE(drawing);
    const auto read = pictures::find_symbols(filled_in(*drawing));
    REQUIRE(read.size() == 1);
    CHECK(
        read.front().text
        == "010952123454321310Zy-4a\x1d"
           "21Q7/m");
    CHECK(read.front().symbology == "]d2");
}

TEST_CASE("a symbol is read back as the text that it was drawn of", "[symbol]") {
    const std::string text = GENERATE(
        as<std::string>(),
        "9",
        codes::own_tag(codes::TagType::cart, 1),
        codes::own_tag(codes::TagType::command, 9),
        codes::own_tag(codes::TagType::scanner_test, 9'999'999),
        "N012",
        "Ward 3F / badge #17~",
        "\\d029[01](10){GS}^FNC1", // escapes of drawing programs are letters here
        "aB3cD5eF7gH9iJ1kL3mN5oP7qR9sT1uV3wX5yZ7");
    const auto [kind, symbology] =
        GENERATE(std::pair(SymbolKind::data_matrix, "]d1"), std::pair(SymbolKind::code_128, "]C0"));

    CAPTURE(text, symbology);
    const auto drawing = draw_symbol(kind, text);
    REQUIRE(drawing);
    const auto read = pictures::find_symbols(filled_in(*drawing));

    REQUIRE(read.size() == 1);
    CHECK(read.front().text == text);
    CHECK(read.front().symbology == symbology);
}

TEST_CASE("one of our tags has the size that labels are laid out for", "[symbol]") {
    const std::string tag = codes::own_tag(codes::TagType::device, 1'234'567);

    const auto square = draw_symbol(SymbolKind::data_matrix, tag);
    const auto bars = draw_symbol(SymbolKind::code_128, tag);

    REQUIRE(square);
    CHECK(square->width == 12);
    CHECK(square->height == 12);
    REQUIRE(bars);
    CHECK(bars->width == 90);
    CHECK(bars->height == 1);
    for (const SymbolDrawing& drawing : {*square, *bars}) {
        CHECK(std::ranges::all_of(drawing.dark, [&](const ModuleRect& rect) {
            return rect.x >= 0 && rect.y >= 0 && rect.width > 0 && rect.height > 0
                   && rect.x + rect.width <= drawing.width
                   && rect.y + rect.height <= drawing.height;
        }));
    }
}

TEST_CASE("a code is drawn up to 64 printable characters", "[symbol][refusal]") {
    struct Example {
        const char* name;
        std::string text;
        bool drawn;
    };

    const auto example = GENERATE(values<Example>({
        {"empty", "", false},
        {"one", "A", true},
        {"just under", std::string(63, '7'), true},
        {"at the limit", std::string(64, '7'), true},
        {"just over", std::string(65, '7'), false},
        {"absurd", std::string(100'000, '7'), false},
        {"a blank", " ", true},
        {"the last printable letter", "~", true},
        {"delete", "\x7f", false},
        {"a control character",
         "a\x1d"
         "b",
         false},
        {"a zero byte", std::string("a\0b", 3), false},
        {"Chinese", "工牌", false},
        {"half a letter", "\xe5\xb7", false},
    }));
    const auto kind = GENERATE(SymbolKind::data_matrix, SymbolKind::code_128);

    DYNAMIC_SECTION(example.name << (kind == SymbolKind::code_128 ? " as bars" : " as a square")) {
        const auto drawing = draw_symbol(kind, example.text);
        CHECK(drawing.has_value() == example.drawn);
        if (!drawing) {
            CHECK(drawing.error().code == ErrorCode::bad_input);
            CHECK(drawing.error().text.size() < 300);
        }
    }
}

TEST_CASE("bars hold sixty letters and no more", "[symbol][refusal]") {
    CHECK(draw_symbol(SymbolKind::code_128, std::string(60, 'q')));
    CHECK_FALSE(draw_symbol(SymbolKind::code_128, std::string(61, 'q')));
}

} // namespace cartwatch::symbol_test
