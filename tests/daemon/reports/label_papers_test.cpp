// Goal: what would be printed beside the labels, over each other or not at all is refused before
// anything is drawn, by the name of what is wrong.
#include "daemon/reports/labels.hpp"
#include "tests/daemon/reports/print_kit.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <limits>

namespace cartwatch::label_papers_test {

using namespace cartwatch::print_kit;

TEST_CASE("a paper of the hospital's own is taken where its labels lie on the page", "[labels]") {
    const LabelPaper three_by_ten{210, 297, 3, 10, 63.5, 25.4, 7.2, 21.5, 66.0, 25.4};

    CHECK(check_plan({three_by_ten}));
    CHECK_FALSE(three_by_ten.is_roll());
    CHECK(roll_of(50, 30).is_roll());
    CHECK(check_plan({roll_of(50, 30)}));
}

TEST_CASE("a plan that cannot be printed is refused with what is wrong", "[labels][refusal]") {
    struct Example {
        const char* name;
        std::function<void(SheetPlan&)> change;
        const char* refusal;
    };

    const auto example = GENERATE(values<Example>({
        {"no column",
         [](SheetPlan& plan) { plan.paper.columns = 0; },
         "0 columns and 8 rows: must be 1 to 20 and 1 to 40"},
        {"a column too many",
         [](SheetPlan& plan) { plan.paper.columns = 21; },
         "21 columns and 8 rows: must be 1 to 20 and 1 to 40"},
        {"a page larger than A3",
         [](SheetPlan& plan) { plan.paper.page_height = 420.1; },
         "page height 420.1 mm: must be 20 to 420 mm"},
        {"a label that has no room for words",
         [](SheetPlan& plan) { plan.paper.width = 29.9; },
         "label width 29.9 mm: must be 30 to 210 mm"},
        {"a label that has no room for its digits",
         [](SheetPlan& plan) { plan.paper.height = 19.9; },
         "label height 19.9 mm: must be 20 to 297 mm"},
        {"a width that is no number",
         [](SheetPlan& plan) { plan.paper.left = std::numeric_limits<double>::quiet_NaN(); },
         "left edge"},
        {"labels over each other",
         [](SheetPlan& plan) { plan.paper.column_step = 63.9; },
         "column step 63.9 mm: must be 64 to 210 mm"},
        {"labels over the right edge",
         [](SheetPlan& plan) { plan.paper.left = 14.1; },
         "labels lie from 14.1 to 210.1 mm across: the page ends at 210 mm"},
        {"labels over the bottom",
         [](SheetPlan& plan) { plan.paper.top = 26; },
         "labels lie from 26 to 297.2 mm down: the page ends at 297 mm"},
        {"an offset that is another paper",
         [](SheetPlan& plan) { plan.offset_x = 5.5; },
         "offset x 5.5 mm: must be -5 to 5 mm in steps of 0.5 mm"},
        {"an offset between the steps",
         [](SheetPlan& plan) { plan.offset_y = -0.3; },
         "offset y -0.3 mm: must be -5 to 5 mm in steps of 0.5 mm"},
        {"a place before the first",
         [](SheetPlan& plan) { plan.start = 0; },
         "start 0: a page has labels 1 to 24"},
        {"a place after the last",
         [](SheetPlan& plan) { plan.start = 25; },
         "start 25: a page has labels 1 to 24"},
        {"bars on labels for squares",
         [](SheetPlan& plan) {
             plan.paper = slot_labels;
             plan.bars = Bars::always;
         },
         "bars need a label 28 mm high: this is 21.2 mm"},
        {"a sheet for a label printer",
         [](SheetPlan& plan) { plan.format = LabelsFormat::zpl; },
         "ZPL is for rolls: choose a paper whose page is one label"},
        {"a label printer that there is not",
         [](SheetPlan& plan) {
             plan.paper = roll_of(50, 30);
             plan.format = LabelsFormat::zpl;
             plan.dpi = 200;
         },
         "200 dpi: label printers have 203 or 300"},
    }));

    DYNAMIC_SECTION(example.name) {
        SheetPlan plan{wide_labels};
        example.change(plan);

        const auto checked = check_plan(plan);
        const auto drawn = draw_labels(plan, "", {{"9000000010", "", "", "", ""}});
        const auto calibration = draw_calibration(plan);

        REQUIRE_FALSE(checked);
        CHECK(checked.error().code == ErrorCode::bad_input);
        CHECK_THAT(checked.error().text, Catch::StartsWith(example.refusal));
        REQUIRE_FALSE(drawn);
        CHECK(drawn.error() == checked.error());
        CHECK_FALSE(calibration);
    }
}

TEST_CASE("the last of every limit is taken", "[labels]") {
    SheetPlan plan{wide_labels};
    plan.paper.left = 14;
    plan.paper.top = 25.8;
    plan.start = 24;
    plan.offset_x = -5;
    plan.offset_y = 1.5;
    CHECK(check_plan(plan));

    CHECK(check_plan({roll_of(30, 20)}));
    CHECK(has_bars({roll_of(30, 28)}));
    CHECK_FALSE(has_bars({roll_of(30, 27.9)}));
}

TEST_CASE("an offset that cuts off what is printed is refused", "[labels][refusal]") {
    SheetPlan plan{roll_of(50, 30)};
    plan.offset_x = 2;
    CHECK(check_plan(plan));

    plan.offset_x = 2.5;
    const auto checked = check_plan(plan);

    REQUIRE_FALSE(checked);
    CHECK(checked.error().text == "offset x 2.5 mm moves the labels off the page");
}

TEST_CASE("the calibration page has rulers of 100 mm and the outline of every label", "[labels]") {
    const auto sheets = draw_calibration({wide_labels});
    REQUIRE(sheets);
    CHECK(sheets->pages == 1);
    const Printed printed(sheets->bytes);
    const std::string words = printed.words();
    for (const char* word : {"100 mm", "Measure", "用尺量", "24"}) {
        CAPTURE(word, words);
        CHECK(words.find(word) != std::string::npos);
    }

    const Luminance page = printed.page(1);
    const auto dark = [&](double x, double y) {
        for (int near = -1; near <= 1; ++near) {
            if (page.at(dots(x) + near, dots(y)) < 128 || page.at(dots(x), dots(y) + near) < 128) {
                return true;
            }
        }
        return false;
    };
    // The ends of both rulers, 0.5 mm inside and outside.
    CHECK(dark(55.5, 98.5));
    CHECK(dark(154.5, 98.5));
    CHECK_FALSE(dark(156.5, 98.5));
    CHECK(dark(55, 198));
    CHECK_FALSE(dark(55, 199.5));
}

TEST_CASE("a roll's calibration label has rulers as long as fits", "[labels]") {
    const auto sheets = draw_calibration({roll_of(60, 40)});

    REQUIRE(sheets);
    const std::string words = Printed(sheets->bytes).words();
    CHECK(words.find("50 mm across") != std::string::npos);
}

TEST_CASE("a page on the screen is the page on paper, with the labels' edges", "[labels]") {
    SheetPlan plan{wide_labels};
    plan.format = LabelsFormat::svg;
    const std::vector<Label> labels(25, {"9000000010", "急救车", "Cart", "", ""});

    const auto first = draw_labels(plan, "", labels);
    plan.page = 2;
    const auto second = draw_labels(plan, "", labels);
    plan.page = 3;
    const auto third = draw_labels(plan, "", labels);

    REQUIRE(first);
    CHECK_THAT(first->bytes, Catch::StartsWith("<?xml"));
    CHECK(first->pages == 2);
    REQUIRE(second);
    CHECK(second->bytes.size() < first->bytes.size());
    REQUIRE_FALSE(third);
    CHECK(third.error().code == ErrorCode::not_found);
}

} // namespace cartwatch::label_papers_test
