// Goal: a sheet retires, and takes back into use, only whom and what it says so of; and a sheet of
// more rows than one change may have is refused before anything else.
#include "daemon/imports/import.hpp"
#include "daemon/readiness/limits.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::retired_test {

using namespace cartwatch::imports;
using namespace cartwatch::readiness;

namespace {

Table table(std::vector<std::string> header, const std::vector<std::vector<std::string>>& rows) {
    Table result{std::move(header), {}};
    for (const auto& cells : rows) {
        result.rows.push_back({static_cast<int>(result.rows.size()) + 2, cells});
    }
    return result;
}

Events staff(const std::string& said) {
    return read_staff(table({"id", "name", "role", "retired"}, {{"N1", "name", "nurse", said}}));
}

Events cart(const std::string& first, const std::string& second) {
    const auto row = [](const std::string& line, const std::string& said) {
        return std::vector<std::string>{"c", "车", "s", "站", "line", line, "p", "1", said};
    };
    return read_carts(table(
        {"cart",
         "cart_name_zh",
         "station",
         "station_name_zh",
         "row",
         "id",
         "product",
         "par",
         "retired"},
        {row("l1", first), row("l2", second)}));
}

} // namespace

SCENARIO("a sheet says of a person whether he is retired, or nothing") {
    struct Example {
        std::string said;
        bool retired;
        bool in_use;
    };

    const auto example = GENERATE(values<Example>(
        {{"", false, false}, {"是", true, false}, {"yes", true, false}, {"否", false, true}}));
    INFO(example.said);
    const Events events = staff(example.said);
    REQUIRE(events);
    CHECK(std::get<StaffDefined>(events->front()).staff.retired == example.retired);
    CHECK(events->in_use.contains("N1") == example.in_use);
    CHECK_FALSE(staff("perhaps"));
}

SCENARIO("a cart is retired by any of its rows, and by two that disagree not at all") {
    const Events retired = cart("", "yes");
    REQUIRE(retired);
    CHECK(std::get<CartDefined>((*retired)[1]).cart.retired);
    const Events in_use = cart("no", "");
    REQUIRE(in_use);
    CHECK(in_use->in_use == std::set<std::string>{"c"});
    CHECK(cart("", "")->in_use.empty());
    const Events both = cart("no", "yes");
    REQUIRE_FALSE(both);
    CHECK(both.error().front().row == 3);
    CHECK(both.error().front().column == "retired");
}

SCENARIO("a cell with a control character is refused with its row and column") {
    const Events events = read_staff(
        table({"id", "name", "role"}, {{"N1", "name", "nurse"}, {"N2", "na\nme", "nurse"}}));
    REQUIRE_FALSE(events);
    CHECK(events.error() == Faults{{3, "name", "control_character", {{"value", "na\\x0Ame"}}}});
}

SCENARIO("the parts of a list may stand on lines of their own") {
    const Events events = read_products(table(
        {"id", "kind", "name_zh", "unit", "hospital_codes"},
        {{"p", "drug", "药", "支", "YP0001\nYP0002"}}));
    REQUIRE(events);
    CHECK(std::get<ProductDefined>(events->front()).product.identifiers.size() == 2);
}

SCENARIO("a sheet of too many rows is refused at the first that is too many") {
    Table sheet;
    sheet.rows.resize(definitions_max + 1);
    sheet.rows.back().number = 60'002;
    const Events events = read_definitions(SheetKind::products, sheet);
    REQUIRE_FALSE(events);
    CHECK(events.error() == Faults{{60'002, "", "too_many_rows", {{"limit", "60000"}}}});
}

} // namespace cartwatch::retired_test
