// Goal: what is printed is read back. Sheets go through poppler (another's program) to a picture,
// and the scanner wing reads each label of it.
#include "daemon/reports/labels.hpp"
#include "daemon/reports/symbol.hpp"
#include "scanner/codes/scanned_code.hpp"
#include "tests/daemon/reports/fontconfig_suppressions.hpp"
#include "tests/daemon/reports/print_kit.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace cartwatch::labels_test {

using namespace cartwatch::print_kit;
using codes::own_tag;
using codes::TagType;

namespace {

std::vector<Label> labels_of(TagType type, std::size_t count) {
    std::vector<Label> labels;
    for (std::size_t i = 0; i < count; ++i) {
        labels.push_back(
            {own_tag(type, static_cast<int>(9'999'900 - i * 7'919)),
             "去甲肾上腺素注射液（重酒石酸盐）",
             "Norepinephrine bitartrate injection",
             "2 mg/1 mL",
             "手术室抢救车 · 第1层-02"});
    }
    return labels;
}

void check_every_label(const SheetPlan& plan, const std::vector<Label>& labels) {
    const auto sheets = draw_labels(plan, "标题 Heading", labels);
    REQUIRE(sheets);
    CHECK(sheets->pages == pages_of(plan, labels.size()));
    const Printed printed(sheets->bytes);
    std::size_t next = 0;
    for (std::size_t number = 1; number <= sheets->pages; ++number) {
        const Luminance page = printed.page(number);
        for (std::size_t place = 0; place < plan.paper.per_page(); ++place) {
            CAPTURE(number, place);
            const Luminance label = cut_out(page, plan, place);
            const bool used_up = number == 1 && place + 1 < plan.start;
            if (!used_up && next < labels.size()) {
                CHECK(codes_on(label) == codes_expected(plan, labels[next++].code));
            } else {
                CHECK(is_blank(label));
            }
        }
    }
    CHECK(next == labels.size());
}

} // namespace

TEST_CASE("every code of a sheet of carts is read back, on a second page too", "[labels]") {
    check_every_label({wide_labels}, labels_of(TagType::cart, 26));
}

TEST_CASE("every code of a sheet of slots is read back, on a second page too", "[labels]") {
    check_every_label({slot_labels}, labels_of(TagType::line, 66));
}

TEST_CASE("a part sheet is used up, and a printer's feed is made up for", "[labels]") {
    SheetPlan plan{slot_labels};
    plan.start = 64;
    plan.offset_x = 3.5;
    plan.offset_y = -5;

    check_every_label(plan, labels_of(TagType::line, 4));
}

TEST_CASE("every label of a roll is a page of its size, its codes are read back", "[labels]") {
    const auto [width, height] =
        GENERATE(table<double, double>({{50, 30}, {60, 40}, {40, 20}, {85.6, 53.98}}));
    const SheetPlan plan{roll_of(width, height)};

    const auto sheets = draw_labels(plan, "标题 Heading", labels_of(TagType::cart, 2));
    REQUIRE(sheets);
    CHECK(sheets->pages == 2);
    const auto page = Printed(sheets->bytes).page(1);
    CHECK(std::abs(page.width - dots(width)) <= 1);
    CHECK(std::abs(page.height - dots(height)) <= 1);
    check_every_label(plan, labels_of(TagType::cart, 2));
}

TEST_CASE("bars can be left out", "[labels]") {
    SheetPlan plan{wide_labels};
    plan.bars = Bars::never;

    check_every_label(plan, labels_of(TagType::cart, 2));
}

TEST_CASE("labels lie on the page, none over another", "[labels]") {
    const auto grid = GENERATE(wide_labels, slot_labels);

    for (std::size_t place = 0; place < grid.per_page(); ++place) {
        CAPTURE(place);
        CHECK(grid.x_of(place) >= 4);
        CHECK(grid.x_of(place) + grid.width <= a4_width_mm - 4);
        CHECK(grid.y_of(place) >= 10);
        CHECK(grid.y_of(place) + grid.height <= a4_height_mm - 10);
    }
    CHECK(grid.column_step >= grid.width);
    CHECK(check_plan({grid}));
}

TEST_CASE("people and viewers find the words, in both languages", "[labels]") {
    const auto sheets = draw_labels(
        {wide_labels},
        "急救车 Carts",
        {{"9000000010", "手术室抢救车", "Theatre crash cart", "OR-1", "手术室"}});
    REQUIRE(sheets);
    CHECK(sheets->pages == 1);
    CHECK(sheets->without_bars.empty());

    const std::string words = Printed(sheets->bytes).words();

    for (const char* word :
         {"9000000010",
          "手术室抢救车",
          "Theatre crash cart",
          "OR-1",
          "手术室",
          "急救车 Carts",
          "1/1"}) {
        CAPTURE(word, words);
        CHECK(words.find(word) != std::string::npos);
    }
}

TEST_CASE("words that are far too long leave the codes alone", "[labels]") {
    const auto grid = GENERATE(wide_labels, slot_labels);
    std::string chinese;
    std::string english;
    while (chinese.size() < 600) {
        chinese += "注射用甲泼尼龙琥珀酸钠";
        english += "Methylprednisolonesodiumsuccinate ";
    }

    check_every_label({grid}, {{"9000000010", chinese, english, english, chinese}});
}

TEST_CASE("a badge of the hospital's own has bars where a laser gun could read them", "[labels]") {
    struct Example {
        const char* name;
        std::string badge;
        bool bars;
    };

    const auto example = GENERATE(values<Example>({
        {"a short one", "A-17", true},
        {"the longest with bars", std::string(18, 'a'), true},
        {"one letter longer", std::string(19, 'a'), false},
        {"the longest that is printed", std::string(symbol_text_max, 'a'), false},
    }));

    DYNAMIC_SECTION(example.name) {
        const auto sheets = draw_labels({wide_labels}, "", {{example.badge, "王护士", "", "", ""}});
        REQUIRE(sheets);
        const auto label = cut_out(Printed(sheets->bytes).page(1), {wide_labels}, 0);
        Read expected = {{"]d1", example.badge}};
        if (example.bars) {
            expected.emplace("]C0", example.badge);
        }
        CHECK(codes_on(label) == expected);
        CHECK(sheets->without_bars.empty() == example.bars);
    }
}

TEST_CASE("a sheet has at least one label and at most so many", "[labels][refusal]") {
    const Label label{"9000000010", "", "", "", ""};

    const auto none = draw_labels({slot_labels}, "", {});
    const auto most = draw_labels({slot_labels}, "", std::vector<Label>(labels_max, label));
    const auto more = draw_labels({slot_labels}, "", std::vector<Label>(labels_max + 1, label));

    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::not_found);
    REQUIRE(most);
    CHECK(most->pages == 154);
    REQUIRE_FALSE(more);
    CHECK(more.error().code == ErrorCode::too_large);
    CHECK(more.error().text == "10001 labels: must be 1 to 10000");
}

TEST_CASE("a label that would scan as something else is not printed", "[labels][refusal]") {
    const auto code = GENERATE("", "工牌", "a\nb");

    const auto sheets =
        draw_labels({wide_labels}, "", {{"9000000010", "", "", "", ""}, {code, "", "", "", ""}});

    REQUIRE_FALSE(sheets);
    CHECK(sheets.error().code == ErrorCode::bad_input);
}

TEST_CASE("letters that no font here has are named", "[labels][refusal]") {
    // A letter of a private use area: no font can be meant.
    const auto sheets =
        draw_labels({wide_labels}, "", {{"9000000010", "车\U000F1234", "", "", ""}});

    REQUIRE_FALSE(sheets);
    CHECK(sheets.error().code == ErrorCode::unavailable);
    CHECK(sheets.error().text.find("fonts-wqy-microhei") != std::string::npos);
}

} // namespace cartwatch::labels_test
