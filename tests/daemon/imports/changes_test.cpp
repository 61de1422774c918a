// Goal: before anything is imported or changed, each member that would be another is shown, from
// what to what; and what a check found is not a sheet's to change.
#include "daemon/imports/import.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::changes_test {

using namespace cartwatch::imports;
using namespace cartwatch::readiness;

namespace {

Line a_line(const std::string& id, int par) {
    Line line;
    line.id = id;
    line.product = id + "-product";
    line.par = par;
    return line;
}

Cart a_cart(std::vector<Line> lines) {
    Cart cart;
    cart.id = "C-1";
    cart.name = {"车", "Cart"};
    cart.lines = std::move(lines);
    return cart;
}

NodeState knowing(Cart cart) {
    cart.tag = "9000000010";
    for (Line& line : cart.lines) {
        line.tag = "tag of " + line.id;
        line.holdings.push_back({});
    }
    NodeState node;
    node.carts["C-1"] = std::move(cart);
    return node;
}

Change change_to(const NodeState& node, const Event& event) {
    const auto changes = changes_in({event}, node);
    REQUIRE(changes.size() == 1);
    return changes.front();
}

} // namespace

SCENARIO("who and what is retired stays so unless the sheet says otherwise") {
    NodeState node;
    node.staff["N1"] = {"N1", "name", Role::nurse, "71", true};
    node.products["epi"].id = "epi";
    node.products["epi"].retired = true;
    node.carts["C-1"] = a_cart({});
    node.carts["C-1"].retired = true;
    Product product = node.products["epi"];
    product.retired = false;
    Definitions events{
        StaffDefined{{"N1", "name", Role::nurse, "", false}},
        ProductDefined{product},
        CartDefined{a_cart({})},
        StaffDefined{{"N2", "name", Role::nurse, "", false}}};
    GIVEN("a sheet that says nothing of it") {
        const auto kept = keep_retired(events, node);
        THEN("they stay so, and it is told of which") {
            CHECK(kept == std::vector<std::string>{"N1", "epi", "C-1"});
            CHECK(std::get<StaffDefined>(events[0]).staff.retired);
            CHECK(std::get<ProductDefined>(events[1]).product.retired);
            CHECK(std::get<CartDefined>(events[2]).cart.retired);
            CHECK_FALSE(std::get<StaffDefined>(events[3]).staff.retired);
            CHECK(changes_in(events, node)[0].fate == Fate::same);
        }
    }
    GIVEN("a sheet that says that they are in use") {
        events.in_use = {"N1", "epi", "C-1"};
        CHECK(keep_retired(events, node).empty());
        const auto changes = changes_in(events, node);
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(changes[i].fields == std::vector<FieldChange>{{"", "retired", "yes", "no"}});
        }
    }
    GIVEN("a sheet that retires somebody") {
        std::get<StaffDefined>(events[3]).staff.retired = true;
        node.staff["N2"] = {"N2", "name", Role::nurse, "72", false};
        static_cast<void>(keep_retired(events, node));
        CHECK(std::get<StaffDefined>(events[3]).staff.retired);
    }
}

SCENARIO("a product tells which of its members would be another") {
    Product product;
    product.id = "epi";
    product.name = {"肾上腺素", "Epinephrine"};
    NodeState node;
    node.products["epi"] = product;
    product.strength = "1 mg/1 mL";
    product.high_alert = true;
    product.identifiers.push_back({IdentifierKind::gtin, "06901234567892"});

    const Change change = change_to(node, ProductDefined{product});
    CHECK(change.kind == "product");
    CHECK(change.name.zh == "肾上腺素");
    CHECK(change.fate == Fate::changed);
    CHECK(
        change.fields
        == std::vector<FieldChange>{
            {"", "strength", "", "1 mg/1 mL"},
            {"", "high_alert", "no", "yes"},
            {"", "gtins", "", "06901234567892"}});
}

SCENARIO("a cart's list tells of each line what would be another") {
    const NodeState node = knowing(a_cart({a_line("a", 1), a_line("b", 2)}));
    GIVEN("another par") {
        const Change change =
            change_to(node, CartDefined{a_cart({a_line("a", 1), a_line("b", 5)})});
        CHECK(change.fields == std::vector<FieldChange>{{"line:b", "par", "2", "5"}});
    }
    GIVEN("a line that comes and one that goes") {
        const Change change =
            change_to(node, CartDefined{a_cart({a_line("a", 1), a_line("c", 3)})});
        CHECK(
            change.fields
            == std::vector<FieldChange>{
                {"line:c", "added", "", "c-product"}, {"line:b", "removed", "b-product", ""}});
    }
    GIVEN("the same lines in another order") {
        const Change change =
            change_to(node, CartDefined{a_cart({a_line("b", 2), a_line("a", 1)})});
        CHECK(change.fields == std::vector<FieldChange>{{"", "line_order", "a; b", "b; a"}});
    }
    GIVEN("a device with a test that asks for more") {
        Cart before = a_cart({});
        Device device;
        device.id = "d";
        device.tests.push_back({});
        device.tests.front().id = "charge";
        before.devices.push_back(device);
        Cart after = before;
        after.devices.front().tests.front().interval_days = 1;
        const Change change = change_to(knowing(before), CartDefined{after});
        REQUIRE(change.fields.size() == 1);
        CHECK(change.fields.front().part == "device:d");
        CHECK(change.fields.front().field == "tests");
    }
    GIVEN("nothing new") {
        const Change change =
            change_to(node, CartDefined{a_cart({a_line("a", 1), a_line("b", 2)})});
        CHECK(change.fate == Fate::same);
        CHECK(change.fields.empty());
    }
}

SCENARIO("a badge that a sheet leaves out is the one that is known") {
    NodeState node;
    node.staff["N1"] = {"N1", "张敏", Role::nurse, "77", false};
    CHECK(change_to(node, StaffDefined{{"N1", "张敏", Role::nurse, "", false}}).fate == Fate::same);
    CHECK(
        change_to(node, StaffDefined{{"N1", "张敏", Role::head_nurse, "", false}}).fields
        == std::vector<FieldChange>{{"", "role", "nurse", "head_nurse"}});
}

SCENARIO("what a check found counts more than a sheet") {
    NodeState node = knowing(a_cart({a_line("a", 1)}));
    const std::vector<Event> sheet = {
        CartDefined{a_cart({a_line("a", 4)})}, StockRecorded{"C-1", "a", {Holding{}}}};
    GIVEN("a cart that nobody looked into") {
        auto events = sheet;
        CHECK(keep_checked_stock(events, node).empty());
        CHECK(events == sheet);
    }
    GIVEN("one that was checked") {
        node.carts["C-1"].last_full_check = *parse_day("2026-11-22");
        auto events = sheet;
        CHECK(keep_checked_stock(events, node) == std::vector<std::string>{"C-1"});
        CHECK(events == std::vector<Event>{sheet.front()});
    }
}

} // namespace cartwatch::changes_test
