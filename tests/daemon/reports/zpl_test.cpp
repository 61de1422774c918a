// Goal: what a label printer is sent is the label, dot for dot: a reader of ZPL written here from
// Zebra's guide makes a picture of it, and the scanner wing reads that.
#include "daemon/reports/labels.hpp"
#include "scanner/codes/scanned_code.hpp"
#include "tests/daemon/reports/fontconfig_suppressions.hpp"
#include "tests/daemon/reports/print_kit.hpp"

#include <catch2/catch.hpp>

#include <regex>

namespace cartwatch::zpl_test {

using namespace cartwatch::print_kit;
using codes::own_tag;
using codes::TagType;

namespace {

// The graphic field's digits with repeat counts, commas and colons, as whole rows.
std::vector<std::string> rows_of(const std::string& packed, std::size_t digits_a_row) {
    std::vector<std::string> rows;
    std::string row;
    std::size_t times = 0;
    for (const char c : packed) {
        if (c >= 'G' && c <= 'Y') {
            times += static_cast<std::size_t>(c - 'G' + 1);
        } else if (c >= 'g' && c <= 'z') {
            times += static_cast<std::size_t>(c - 'g' + 1) * 20;
        } else if (c == ',') {
            row.resize(digits_a_row, '0');
        } else if (c == ':') {
            REQUIRE(row.empty());
            REQUIRE_FALSE(rows.empty());
            row = rows.back();
        } else if (c != '\n') {
            row.append(std::max<std::size_t>(times, 1), c);
            times = 0;
        }
        REQUIRE(row.size() <= digits_a_row);
        if (row.size() == digits_a_row) {
            rows.push_back(row);
            row.clear();
        }
    }
    REQUIRE(row.empty());
    return rows;
}

// Each label as a picture with a white edge; scanners see the roll's backing there.
std::vector<Luminance> labels_in(const std::string& zpl) {
    static const std::regex label(
        R"(\^XA\^PW(\d+)\^LL(\d+)\^LH0,0\^FO0,0\^GFA,(\d+),(\d+),(\d+),([^^]*)\^FS\^XZ\n)");
    std::vector<Luminance> pictures;
    std::size_t read = 0;
    for (std::sregex_iterator at(zpl.begin(), zpl.end(), label), end; at != end; ++at) {
        read += static_cast<std::size_t>(at->length());
        const int width = std::stoi((*at)[1]);
        const int height = std::stoi((*at)[2]);
        const std::size_t row_bytes = std::stoul((*at)[5]);
        CHECK(std::stoul((*at)[3]) == row_bytes * static_cast<std::size_t>(height));
        CHECK((*at)[3] == (*at)[4]);
        const auto rows = rows_of((*at)[6], row_bytes * 2);
        REQUIRE(rows.size() == static_cast<std::size_t>(height));
        constexpr int edge = 16;
        Luminance picture{width + 2 * edge, height + 2 * edge, {}};
        picture.pixels.assign(
            static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height),
            255);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const auto column = static_cast<std::size_t>(x);
                const char digit = rows[static_cast<std::size_t>(y)][column / 4];
                const int bits = std::stoi(std::string(1, digit), nullptr, 16);
                if ((bits >> (3 - x % 4) & 1) != 0) {
                    picture.pixels
                        [static_cast<std::size_t>(y + edge)
                             * static_cast<std::size_t>(picture.width)
                         + static_cast<std::size_t>(x + edge)] = 0;
                }
            }
        }
        pictures.push_back(std::move(picture));
    }
    CHECK(read == zpl.size());
    return pictures;
}

SheetPlan printed_on(const LabelPaper& paper, int dpi) {
    SheetPlan plan{paper};
    plan.format = LabelsFormat::zpl;
    plan.dpi = dpi;
    return plan;
}

} // namespace

TEST_CASE("a label printer's dots are read back, whatever its fineness and labels", "[labels]") {
    const int dpi = GENERATE(203, 300);
    const auto paper = GENERATE(roll_of(50, 30), roll_of(60, 40), roll_of(40, 20));
    CAPTURE(dpi, paper.width);
    const SheetPlan plan = printed_on(paper, dpi);
    const std::string first = own_tag(TagType::cart, 10'001);
    const std::string second = own_tag(TagType::cart, 9'876'543);

    const auto sheets = draw_labels(
        plan,
        "",
        {{first, "手术室急救车", "Theatre cart", "OR-1", "手术室"}, {second, "药", "", "", ""}});

    REQUIRE(sheets);
    CHECK(sheets->pages == 2);
    CHECK(sheets->without_bars.empty());
    const auto labels = labels_in(sheets->bytes);
    REQUIRE(labels.size() == 2);
    const int width = static_cast<int>(std::lround(paper.width / 25.4 * dpi));
    CHECK(labels[0].width == width + 32);
    CHECK(codes_on(labels[0]) == codes_expected(plan, first));
    CHECK(codes_on(labels[1]) == codes_expected(plan, second));
}

TEST_CASE("every module of a printed symbol has the same number of dots", "[labels]") {
    SheetPlan plan = printed_on(roll_of(50, 30), 203);
    plan.bars = Bars::never;

    const auto sheets = draw_labels(plan, "", {{"9000000010", "", "", "", ""}});

    REQUIRE(sheets);
    const auto labels = labels_in(sheets->bytes);
    REQUIRE(labels.size() == 1);
    // The square's left edge is black from top to bottom: 12 modules of 8 dots, the millimetre.
    const Luminance& label = labels[0];
    int longest = 0;
    for (int x = 0; x < label.width; ++x) {
        int run = 0;
        for (int y = 0; y < label.height; ++y) {
            run = label.at(x, y) == 0 ? run + 1 : 0;
            longest = std::max(longest, run);
        }
    }
    CHECK(longest == 96);
}

TEST_CASE("a roll has an end", "[labels][refusal]") {
    const Label label{"9000000010", "", "", "", ""};

    const auto more = draw_labels(
        printed_on(roll_of(30, 20), 203), "", std::vector<Label>(zpl_labels_max + 1, label));

    REQUIRE_FALSE(more);
    CHECK(more.error().code == ErrorCode::too_large);
}

} // namespace cartwatch::zpl_test
