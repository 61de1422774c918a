#include "scanner/pictures/symbols.hpp"
#include "tests/scanner/pictures/drawing.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cartwatch::symbols_test {

using drawing::Kind;

namespace {

constexpr auto drug = "[01]09521234543213[17]261231[10]ABC123[21]SN0001";
const std::string drug_text = "010952123454321317261231"
                              "10ABC123\x1D"
                              "21SN0001";

std::vector<std::string> texts_in(const pictures::Luminance& picture) {
    std::vector<std::string> texts;
    for (const Symbol& symbol : pictures::find_symbols(picture)) {
        texts.push_back(symbol.symbology + symbol.text);
    }
    std::sort(texts.begin(), texts.end());
    return texts;
}

std::string lot(int number) {
    return "[01]09521234543213[10]LOT" + std::to_string(1000 + number);
}

std::string lot_text(int number) {
    return "]d2010952123454321310LOT" + std::to_string(1000 + number);
}

} // namespace

TEST_CASE("each kind of symbol is read as a scanner would send it, from PNG and from JPEG") {
    struct Example {
        const char* name;
        Kind kind;
        std::string data;
        std::string text;
    };

    const auto example = GENERATE(values<Example>({
        {"GS1 DataMatrix", Kind::gs1_data_matrix, drug, "]d2" + drug_text},
        {"GS1-128", Kind::gs1_128, drug, "]C1" + drug_text},
        {"GS1 QR", Kind::gs1_qr, drug, "]Q3" + drug_text},
        {"EAN-13", Kind::ean_13, "690123456789", "]E06901234567892"},
        {"UPC-A has 13 digits", Kind::upc_a, "03600029145", "]E00036000291452"},
        {"UPC-E is expanded to 13", Kind::upc_e, "0123456", "]E00012345000065"},
        {"QR", Kind::qr, "肾上腺素 1 mg", "]Q1肾上腺素 1 mg"},
        {"Code 128", Kind::code_128, "80217610012345678901", "]C080217610012345678901"},
        {"Data Matrix", Kind::data_matrix, "9000000010", "]d19000000010"},
        {"ITF-14", Kind::itf_14, "1952123454321", "]I119521234543210"},
        {"DataBar Omni has its AI", Kind::databar_omni, "0952123454321", "]e00109521234543213"},
        {"DataBar Expanded is raw", Kind::databar_expanded, drug, "]e0" + drug_text},
        {"brackets in a lot are no identifier",
         Kind::databar_expanded,
         "[01]09521234543213[10]AB(21)CD",
         "]e0010952123454321310AB(21)CD"},
    }));

    DYNAMIC_SECTION(example.name) {
        auto picture = drawing::paper(1600, 400);
        drawing::paste(picture, drawing::symbol(example.kind, example.data, 2), 40, 40);
        const bool as_png = GENERATE(true, false);

        const auto symbols =
            pictures::decode_picture(as_png ? drawing::to_png(picture) : drawing::to_jpeg(picture));

        REQUIRE(symbols.has_value());
        REQUIRE(symbols->size() == 1);
        CHECK(symbols->front().symbology + symbols->front().text == example.text);
    }
}

TEST_CASE("a symbol drawn to the very edge of the picture is read") {
    CHECK(
        texts_in(drawing::symbol(Kind::gs1_data_matrix, drug, 2))
        == std::vector<std::string>{"]d2" + drug_text});
}

TEST_CASE("a turned symbol is read") {
    const auto degrees = GENERATE(5.0, 17.0, 45.0, 90.0, 133.0, 180.0, 270.0);
    DYNAMIC_SECTION(degrees << " degrees") {
        const auto picture =
            drawing::turned(drawing::symbol(Kind::gs1_data_matrix, drug, 3), degrees);
        CHECK(texts_in(picture) == std::vector<std::string>{"]d2" + drug_text});
    }
}

TEST_CASE("a large clean EAN-13, which aborts ZXing 1.4.0 with its defaults, is read") {
    auto picture = drawing::paper(1400, 900);
    drawing::paste(picture, drawing::symbol(Kind::ean_13, "690123456789", 5.3F), 90, 100);
    CHECK(texts_in(picture) == std::vector<std::string>{"]E06901234567892"});
}

TEST_CASE("a Data Matrix is read wherever it lies in a 1280 x 720 picture") {
    const int left = GENERATE(range(10, 1150, 160));
    const int top = GENERATE(10, 170, 330, 490, 600);
    const float scale = GENERATE(1.5F, 2.5F);
    DYNAMIC_SECTION("at " << left << "," << top << " in modules of " << 2 * scale << " pixels") {
        auto picture = drawing::paper(1280, 720);
        drawing::paste(picture, drawing::symbol(Kind::gs1_data_matrix, drug, scale), left, top);

        const auto symbols = pictures::find_symbols(picture);

        REQUIRE(symbols.size() == 1);
        CHECK(symbols[0].text == drug_text);
        CHECK(std::abs(symbols[0].corners[0].x - left) <= 6);
        CHECK(std::abs(symbols[0].corners[0].y - top) <= 6);
    }
}

TEST_CASE("a Data Matrix that lies on a side is read off the middle of the picture, too") {
    const auto degrees = GENERATE(0.0, 90.0, 180.0, 270.0);
    const auto [left, top] =
        GENERATE(std::pair{40, 30}, std::pair{1080, 40}, std::pair{60, 700}, std::pair{1100, 690});
    DYNAMIC_SECTION(degrees << " degrees at " << left << "," << top) {
        auto picture = drawing::paper(1300, 900);
        const auto symbol =
            drawing::turned(drawing::symbol(Kind::gs1_data_matrix, drug, 2.5F), degrees);
        drawing::paste(picture, symbol, left, top);

        const auto symbols = pictures::find_symbols(picture);

        REQUIRE(symbols.size() == 1);
        CHECK(symbols[0].text == drug_text);
        for (const Point& corner : symbols[0].corners) {
            CHECK((corner.x >= left - 4 && corner.x <= left + symbol.width + 4));
            CHECK((corner.y >= top - 4 && corner.y <= top + symbol.height + 4));
        }
    }
}

TEST_CASE("every Data Matrix of a sheet of labels is read once, in reading order") {
    auto picture = drawing::paper(1500, 1100);
    std::vector<std::string> expected;
    for (int i = 0; i < 24; ++i) {
        drawing::paste(
            picture,
            drawing::symbol(Kind::gs1_data_matrix, lot(i), 2),
            50 + i % 6 * 240,
            50 + i / 6 * 260);
        expected.push_back(lot_text(i));
    }

    std::vector<std::string> texts;
    for (const Symbol& symbol : pictures::find_symbols(picture)) {
        texts.push_back(symbol.symbology + symbol.text);
    }

    CHECK(texts == expected);
}

TEST_CASE("two symbols with the same text stay two") {
    auto picture = drawing::paper(900, 400);
    const auto matrix = drawing::symbol(Kind::gs1_data_matrix, drug, 2);
    drawing::paste(picture, matrix, 60, 60);
    drawing::paste(picture, matrix, 600, 200);
    CHECK(texts_in(picture) == std::vector<std::string>{"]d2" + drug_text, "]d2" + drug_text});
}

TEST_CASE("a sheet of five kinds is read whole") {
    auto picture = drawing::paper(1496, 1600);
    drawing::paste(picture, drawing::symbol(Kind::gs1_data_matrix, drug, 3), 80, 80);
    drawing::paste(picture, drawing::symbol(Kind::gs1_128, "[01]09521234543213", 2), 500, 80);
    drawing::paste(picture, drawing::symbol(Kind::ean_13, "690123456789", 2), 80, 500);
    drawing::paste(picture, drawing::symbol(Kind::qr, "https://example.org/a", 4), 800, 500);
    drawing::paste(picture, drawing::symbol(Kind::code_128, "80217610012345678901", 2), 80, 1200);

    CHECK(
        texts_in(picture)
        == std::vector<std::string>{
            "]C080217610012345678901",
            "]C10109521234543213",
            "]E06901234567892",
            "]Q1https://example.org/a",
            "]d2" + drug_text});
}

TEST_CASE("DataBar is read beside other codes, and they beside it") {
    struct Example {
        const char* name;
        Kind kind;
        std::string data;
        std::string text;
    };

    const auto databar = GENERATE(values<Example>({
        {"omnidirectional", Kind::databar_omni, "0952123454321", "]e00109521234543213"},
        {"stacked", Kind::databar_stacked, "0952123454321", "]e00109521234543213"},
        {"expanded",
         Kind::databar_expanded,
         "[01]09521234543213[10]AB1",
         "]e0010952123454321310AB1"},
    }));
    const auto other = GENERATE(values<Example>({
        {"Data Matrix", Kind::gs1_data_matrix, drug, "]d2" + drug_text},
        {"EAN-13", Kind::ean_13, "690123456789", "]E06901234567892"},
        {"Code 128", Kind::code_128, "80217610012345678901", "]C080217610012345678901"},
    }));
    const double degrees = GENERATE(0.0, 30.0);
    DYNAMIC_SECTION(databar.name << " beside " << other.name << " at " << degrees) {
        auto picture = drawing::paper(1500, 1300);
        const auto place = [&](const Example& one, int left, int top) {
            const auto symbol = drawing::symbol(one.kind, one.data, 1.5F);
            drawing::paste(
                picture, degrees == 0 ? symbol : drawing::turned(symbol, degrees), left, top);
        };
        place(databar, 40, 40);
        place(other, 700, 650);
        std::vector<std::string> both{databar.text, other.text};
        std::sort(both.begin(), both.end());
        CHECK(texts_in(picture) == both);
    }
}

TEST_CASE("a picture without a symbol has none") {
    CHECK(pictures::find_symbols(drawing::paper(640, 480)).empty());
    CHECK(pictures::find_symbols(drawing::paper(1, 1)).empty());
}

} // namespace cartwatch::symbols_test
