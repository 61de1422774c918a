// Goal: a cart that is not ready names the nearest one that is, also for one clinical function, and
// the same one whatever the order of the carts.
#include "daemon/readiness/nearest.hpp"
#include "daemon/readiness/turn.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

#include <algorithm>

namespace cartwatch::nearest_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

struct Spot {
    const char* id;
    const char* building;
    std::optional<int> floor;
    std::optional<int> order;
    Readiness readiness = Readiness::ready;
    const char* node = "ward-3f";
};

// The nearest to the first of the spots, as its id; "-" for none.
std::string nearest_to_first(std::vector<Spot> spots, std::vector<std::string> neighbours = {}) {
    std::vector<Cart> carts(spots.size());
    std::vector<JudgedCart> judged;
    for (std::size_t i = 0; i < spots.size(); ++i) {
        carts[i].id = spots[i].id;
        carts[i].place = {spots[i].building, spots[i].floor, spots[i].order, {}};
        judged.push_back({spots[i].node, &carts[i], spots[i].readiness, {}});
    }
    carts[0].place.neighbours = std::move(neighbours);
    const JudgedCart from = judged.front();
    const JudgedCart* found = nearest_ready(from, judged);
    const std::string id = found == nullptr ? "-" : found->cart->id;
    std::reverse(judged.begin(), judged.end());
    const JudgedCart* again = nearest_ready(from, judged);
    CHECK((again == nullptr ? "-" : again->cart->id) == id);
    return id;
}

const Spot here{"here", "A", 3, 5, Readiness::not_ready};

} // namespace

TEST_CASE("the nearest ready cart, by what is known of its place", "[nearest]") {
    struct Row {
        const char* name;
        std::vector<Spot> others;
        std::vector<std::string> neighbours;
        std::string expected;
    };

    const auto row = GENERATE(values<Row>({
        {"none at all", {}, {}, "-"},
        {"none ready",
         {{"a", "A", 3, 5, Readiness::degraded}, {"b", "A", 3, 5, Readiness::overdue}},
         {},
         "-"},
        {"fewer floors", {{"a", "A", 5, 5}, {"b", "A", 4, 99}}, {}, "b"},
        {"below and above alike: the id decides", {{"b", "A", 2, 5}, {"a", "A", 4, 5}}, {}, "a"},
        {"along the floor", {{"a", "A", 3, 9}, {"b", "A", 3, 2}}, {}, "b"},
        {"along another floor says nothing", {{"a", "A", 4, 99}, {"b", "A", 4, 5}}, {}, "a"},
        {"the same building before another", {{"a", "B", 3, 5}, {"b", "A", 9, 0}}, {}, "b"},
        {"a place that is not known is far", {{"a", "", {}, {}}, {"b", "A", 9, 0}}, {}, "b"},
        {"a floor that is not known is far", {{"a", "A", {}, {}}, {"b", "A", -3, 0}}, {}, "b"},
        {"better far than none", {{"a", "", {}, {}}}, {}, "a"},
        {"named neighbours first", {{"a", "A", 3, 5}, {"b", "B", 9, 0}}, {"b"}, "b"},
        {"in their order", {{"a", "A", 3, 5}, {"b", "B", 9, 0}}, {"b", "a"}, "b"},
        {"a neighbour that is not ready is passed",
         {{"a", "A", 3, 5}, {"b", "A", 3, 5, Readiness::not_ready}},
         {"b"},
         "a"},
        {"a neighbour that is gone is passed", {{"a", "A", 3, 5}}, {"x"}, "a"},
        {"another ward's cart of a neighbour's name is no neighbour",
         {{"a", "A", 3, 6}, {"b", "B", 3, 5, Readiness::ready, "ward-4"}},
         {"b"},
         "a"},
        {"the own ward before another at the same place",
         {{"a", "A", 4, 5, Readiness::ready, "ward-2"}, {"b", "A", 4, 5}},
         {},
         "b"},
    }));
    DYNAMIC_SECTION(row.name) {
        std::vector<Spot> spots{here};
        spots.insert(spots.end(), row.others.begin(), row.others.end());
        CHECK(nearest_to_first(spots, row.neighbours) == row.expected);
    }
}

TEST_CASE(
    "of a function the nearest whose function is ready, though the cart is not", "[nearest]") {
    Cart cart_a = a_cart("a");
    Cart cart_b = a_cart("b");
    Cart cart_c = a_cart("c");
    Cart cart_d = a_cart("d");
    const JudgedCart from{"w", &cart_a, Readiness::not_ready, {{"airway", Readiness::not_ready}}};
    const JudgedCart degraded{"w", &cart_b, Readiness::degraded, {{"airway", Readiness::degraded}}};
    const JudgedCart overdue{"w", &cart_c, Readiness::overdue, {{"airway", Readiness::ready}}};
    const JudgedCart fit{"w", &cart_d, Readiness::not_ready, {{"airway", Readiness::ready}}};
    CHECK(nearest_ready_for(from, "airway", {from, degraded, overdue}) == nullptr);
    const std::vector<JudgedCart> all{from, degraded, overdue, fit};
    CHECK(nearest_ready_for(from, "airway", all) == &all[3]);
    CHECK(nearest_ready_for(from, "breathing", all) == nullptr);
    CHECK(nearest_ready(from, all) == nullptr);
}

TEST_CASE("a ward knows its own carts, the pharmacy every ward's; retired ones count nowhere") {
    Ward ward = a_ward();
    ward.receive("ward-9", CartDefined{a_cart("Z-1")});
    ward.receive("ward-3f", CartDefined{a_cart("OLD").retired()});
    CHECK(judged_carts(ward.state, ward.context.today).size() == 2);
    ward.state.self = "pharmacy";
    const auto all = judged_carts(ward.state, ward.context.today);
    CHECK(all.size() == 3);
    CHECK(all.back().node == "ward-9");
}

SCENARIO("nobody is sent for a clinical function to a cart that was not looked into") {
    GIVEN("a cart in full order") {
        Ward ward = a_sealed_ward();
        Line& epi_line = ward.state.nodes.at("ward-3f").carts.at("OR-1").lines.front();
        epi_line.function = "circulation";
        epi_line.critical = true;
        const auto or1 = [&] { return judged_carts(ward.state, ward.context.today).front(); };
        REQUIRE(or1().cart->id == "OR-1");
        REQUIRE(or1().functions.at("circulation") == Readiness::ready);
        WHEN("an emergency used all of a critical line, and nobody went through it since") {
            ward.run(a_control(ControlCode::used));
            ward.badge("N1");
            REQUIRE(ward.scan_cart("OR-1").message == "use_opened");
            ward.run(SelectLine{epi_line.id, ""});
            ward.run(EnterQuantity{units_of(epi_line.holdings), ""});
            THEN("it is not ready, and for no function either") {
                CHECK(or1().readiness == Readiness::not_ready);
                CHECK(or1().functions.empty());
            }
        }
    }
}

} // namespace cartwatch::nearest_test
