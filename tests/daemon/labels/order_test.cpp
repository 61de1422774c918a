// Goal: an order in words means one plan, the same from the command line and from the page, and
// what cannot be meant is refused by its name.
#include "daemon/labels/labels_json.hpp"
#include "daemon/labels/order.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace cartwatch::labels_order_test {

using namespace cartwatch::labels;
using reports::Bars;
using reports::LabelsFormat;

SCENARIO("a name of before control characters were refused is printed without them") {
    const reports::Label label = printable(
        {"9200100011", "肾上腺素\n1 mg", "Epi\x01nephrine", "\t1 mg", "OR-1 · 第\r\n1层"});
    CHECK(label.code == "9200100011");
    CHECK(label.zh == "肾上腺素 1 mg");
    CHECK(label.en == "Epinephrine");
    CHECK(label.detail == "1 mg");
    CHECK(label.place == "OR-1 · 第 1层");
}

SCENARIO("a code that no symbol can bear leaves out its own label") {
    CHECK(is_printable("9200100011"));
    CHECK_FALSE(is_printable(""));
    CHECK_FALSE(is_printable("47\x1d"
                             "11"));
    CHECK_FALSE(is_printable("护士-07"));
    CHECK_FALSE(is_printable(std::string(65, '1')));
}

namespace {

Order ordered(std::string_view what, const Options& options) {
    auto order = parse_order(what, options);
    INFO((order ? "" : order.error().text));
    REQUIRE(order);
    return *order;
}

std::string refusal(std::string_view what, const Options& options) {
    const auto order = parse_order(what, options);
    REQUIRE_FALSE(order);
    return order.error().text;
}

// Two carts with a line of the same id, as wards number their places.
Content two_carts_of_lines() {
    return {
        "Slots",
        {{"epi", "OR-1", {"9200100011", "肾上腺素", "", "", ""}},
         {"gloves", "OR-1", {"9200100028", "手套", "", "", ""}},
         {"epi", "ICU-1", {"9200100035", "肾上腺素", "", "", ""}}},
        {"抢救室 · tube"}};
}

std::vector<std::string> codes_of(const Result<Content>& content) {
    REQUIRE(content);
    std::vector<std::string> codes;
    for (const Item& item : content->items) {
        codes.push_back(item.label.code);
    }
    return codes;
}

} // namespace

TEST_CASE("each kind has its usual paper", "[labels]") {
    CHECK(ordered("lines", {}).plan.paper.per_page() == 65);
    CHECK(ordered("carts", {}).plan.paper.per_page() == 24);
    CHECK(ordered("calibration", {}).plan.paper.per_page() == 24);
    CHECK(ordered("lines", {{"paper", "a4-24"}}).plan.paper.per_page() == 24);
    CHECK_FALSE(ordered("calibration", {}).kind);
    CHECK(ordered("seals", {}).kind == Kind::seals);
}

TEST_CASE("every paper that has a name can be printed on", "[labels]") {
    for (const NamedPaper& paper : papers()) {
        CAPTURE(paper.name);
        CHECK(reports::check_plan({paper.paper}));
    }
}

TEST_CASE("every option is taken", "[labels]") {
    const Order order = ordered(
        "lines",
        {{"paper", "sheet"},
         {"columns", "3"},
         {"rows", "10"},
         {"width", "63.5"},
         {"height", "25.4"},
         {"left", "7.2"},
         {"top", "21.5"},
         {"step_x", "66"},
         {"offset_x", "-0.5"},
         {"offset_y", "1.5"},
         {"start", "7"},
         {"bars", "never"},
         {"format", "svg"},
         {"page", "2"},
         {"only", "OR-1,,ICU-1/epi"}});

    const reports::LabelPaper& paper = order.plan.paper;
    CHECK(paper.columns == 3);
    CHECK(paper.rows == 10);
    CHECK(paper.width == 63.5);
    CHECK(paper.height == 25.4);
    CHECK(paper.left == 7.2);
    CHECK(paper.top == 21.5);
    CHECK(paper.column_step == 66);
    CHECK(paper.row_step == 25.4);
    CHECK(order.plan.offset_x == -0.5);
    CHECK(order.plan.offset_y == 1.5);
    CHECK(order.plan.start == 7);
    CHECK(order.plan.bars == Bars::never);
    CHECK(order.plan.format == LabelsFormat::svg);
    CHECK(order.plan.page == 2);
    CHECK(order.only == std::vector<std::string>{"OR-1", "ICU-1/epi"});

    const Order roll = ordered(
        "carts",
        {{"paper", "roll"}, {"width", "70"}, {"height", "40"}, {"format", "zpl"}, {"dpi", "300"}});
    CHECK(roll.plan.paper.is_roll());
    CHECK(roll.plan.dpi == 300);
}

TEST_CASE("what cannot be meant is refused by its name", "[labels][refusal]") {
    struct Example {
        const char* what;
        Options options;
        const char* refusal;
    };

    const auto example = GENERATE(values<Example>({
        {"wards",
         {},
         "\"wards\" has no labels; name carts, lines, devices, staff, commands, seals or "
         "calibration"},
        {"carts", {{"colour", "red"}}, "there is no option \"colour\""},
        {"carts",
         {{"paper", "a5"}},
         "paper \"a5\" is none of a4-24, a4-65, roll-50x30, roll-60x40, card, sheet, roll"},
        {"carts",
         {{"width", "50"}},
         "width is for a paper of your own: choose the paper \"sheet\" or \"roll\""},
        {"carts", {{"paper", "roll"}, {"width", "50"}}, "height is missing: how large is a label?"},
        {"carts",
         {{"paper", "roll"}, {"width", "50"}, {"height", "30"}, {"left", "1"}},
         "left is for a sheet: a roll's page is one label"},
        {"carts",
         {{"paper", "sheet"}, {"width", "50"}, {"height", "30"}, {"columns", "2"}},
         "rows is missing: where do the labels lie on the sheet?"},
        {"carts", {{"start", "1.5"}}, "start \"1.5\" is no whole number"},
        {"carts", {{"start", "-1"}}, "start \"-1\" is no whole number"},
        {"carts", {{"start", "1000001"}}, "start \"1000001\" is no whole number"},
        {"carts", {{"start", "25"}}, "start 25: a page has labels 1 to 24"},
        {"carts", {{"offset_x", "1mm"}}, "offset_x \"1mm\" is no number"},
        {"carts", {{"offset_x", ""}}, "offset_x \"\" is no number"},
        {"carts",
         {{"offset_y", "inf"}},
         "offset y of no length mm: must be -5 to 5 mm in steps of 0.5 mm"},
        {"carts", {{"bars", "yes"}}, "bars \"yes\" is none of auto, always, never"},
        {"carts", {{"format", "png"}}, "format \"png\" is none of pdf, svg, zpl"},
        {"carts", {{"format", "zpl"}}, "ZPL is for rolls: choose a paper whose page is one label"},
    }));

    DYNAMIC_SECTION(example.refusal) {
        CHECK(refusal(example.what, example.options) == example.refusal);
    }
}

TEST_CASE("so many are named at once, and no more", "[labels][refusal]") {
    std::string names = "a";
    for (std::size_t i = 1; i < only_max; ++i) {
        names += ",a";
    }
    CHECK(ordered("lines", {{"only", names}}).only.size() == only_max);
    CHECK(
        refusal("lines", {{"only", names + ",a"}})
        == "only has 121 names: at most 120; name carts");
}

TEST_CASE("labels are chosen by tag, id, cart, or cart and line", "[labels]") {
    const Content all = two_carts_of_lines();
    using Codes = std::vector<std::string>;

    CHECK(codes_of(chosen(all, {})).size() == 3);
    CHECK(chosen(all, {})->left_out.size() == 1);
    CHECK(codes_of(chosen(all, {"9200100028"})) == Codes{"9200100028"});
    CHECK(codes_of(chosen(all, {"epi"})) == Codes{"9200100011", "9200100035"});
    CHECK(codes_of(chosen(all, {"OR-1"})) == Codes{"9200100011", "9200100028"});
    CHECK(codes_of(chosen(all, {"ICU-1/epi", "gloves"})) == Codes{"9200100028", "9200100035"});
    CHECK(chosen(all, {"OR-1"})->left_out.empty());

    const auto none = chosen(all, {"OR-1", "OR-2"});
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::not_found);
    CHECK(none.error().text == "nothing to label is called \"OR-2\"");
}

TEST_CASE("what there is to print is told with every paper and limit", "[labels]") {
    const std::vector<Kind> kinds = {Kind::commands};

    const auto offer = nlohmann::json::parse(offer_json("/nowhere", kinds));

    REQUIRE(offer["kinds"].size() == 1);
    CHECK(offer["kinds"][0]["what"] == "commands");
    CHECK(offer["kinds"][0]["count"] == 44);
    CHECK(offer["kinds"][0]["paper"] == "a4-24");
    CHECK(offer["papers"].size() == papers().size());
    CHECK(offer["papers"][0]["step_x"] == 66.0);
    CHECK(offer["papers"][2]["roll"] == true);
    CHECK(offer["limits"]["offset_step"] == 0.5);
    CHECK(offer["limits"]["only_max"] == only_max);

    const auto things = nlohmann::json::parse(things_json(two_carts_of_lines(), "ICU-1"));
    REQUIRE(things["labels"].size() == 1);
    CHECK(things["labels"][0]["code"] == "9200100035");
    CHECK(things["labels"][0]["cart"] == "ICU-1");
    CHECK(things["left_out"][0] == "抢救室 · tube");
}

} // namespace cartwatch::labels_order_test
