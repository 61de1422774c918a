#include "daemon/imports/import.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::places_test {

using namespace cartwatch::imports;
using namespace cartwatch::readiness;

namespace {

Table one_row(std::vector<std::string> header, std::vector<std::string> cells) {
    Table result;
    result.header = std::move(header);
    result.rows.push_back({2, std::move(cells)});
    return result;
}

} // namespace

TEST_CASE("where carts stand", "[imports]") {
    const std::vector<std::string> header = {
        "cart",
        "cart_name_zh",
        "station",
        "station_name_zh",
        "building",
        "floor",
        "order",
        "neighbours",
        "row",
        "id",
        "product",
        "par",
        "critical"};
    const auto read = [&](const std::string& floor, const std::string& order) {
        return read_carts(one_row(
            header,
            {"C-1",
             "车",
             "OR",
             "站",
             "外科楼",
             floor,
             order,
             "C-2；C-3",
             "line",
             "a",
             "p",
             "1",
             "no"}));
    };
    const auto events = read("-1", "7");
    REQUIRE(events);
    const Cart* cart = nullptr;
    for (const Event& event : *events) {
        if (const auto* defined = std::get_if<CartDefined>(&event)) {
            cart = &defined->cart;
        }
    }
    REQUIRE(cart != nullptr);
    CHECK(cart->place.building == "外科楼");
    CHECK(cart->place.floor == -1);
    CHECK(cart->place.order == 7);
    CHECK(cart->place.neighbours == std::vector<std::string>{"C-2", "C-3"});

    const auto [floor, order, good] = GENERATE(table<const char*, const char*, bool>({
        {"", "", true},
        {"200", "0", true},
        {"201", "0", false},
        {"-200", "9999", true},
        {"-201", "9999", false},
        {"3", "10000", false},
        {"3", "-1", false},
        {"1.5", "1", false},
        {"ground", "1", false},
        {"99999999999999999999", "1", false},
    }));
    CAPTURE(floor, order);
    CHECK(read(floor, order).has_value() == good);
}

} // namespace cartwatch::places_test
