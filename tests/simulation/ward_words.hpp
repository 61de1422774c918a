// What people do in a hospital of one-cart wards and a pharmacy: few events each, so that a
// simulation spends its time on faults. Each stocktaking bears a mark that nothing else bears.
#pragma once

#include "daemon/readiness/decide.hpp"
#include "scanner/codes/scanned_code.hpp"
#include "tests/support/builders.hpp"

#include <string>

namespace cartwatch::simulation {

inline const std::string cart_id = "C1";
inline constexpr int lines_of_cart = 3;

inline std::string line_id(int number) {
    return "L" + std::to_string(number);
}

inline std::string pharmacist_badge() {
    return codes::own_tag(codes::TagType::staff, 1);
}

// A ward's cart, whose lines hold what they should.
inline readiness::Command furnish_ward() {
    using namespace readiness;
    Define define;
    define.actor = "system";
    support::CartBuilder cart = support::a_cart(cart_id).checked_on("2026-11-20");
    for (int number = 1; number <= lines_of_cart; ++number) {
        const std::string product = "P" + std::to_string(number);
        define.events.push_back(
            ProductDefined{support::a_product(product).gtin(support::gtin_of(number))});
        cart.with(support::a_line(product, line_id(number)));
    }
    define.events.push_back(CartDefined{cart});
    for (int number = 1; number <= lines_of_cart; ++number) {
        define.events.push_back(
            StockRecorded{cart_id, line_id(number), {support::a_lot("A", "2029-12-31", 10)}});
    }
    return define;
}

inline readiness::Command furnish_pharmacy() {
    using namespace readiness;
    return Define{
        {StaffDefined{support::a_person("P1", Role::pharmacist, pharmacist_badge())}}, "system"};
}

// The line holds so many of its ten now; the lot bears the mark.
inline readiness::Command take_stock(int line, int quantity, const std::string& mark) {
    using namespace readiness;
    return Define{
        {StockRecorded{cart_id, line_id(line), {support::a_lot(mark, "2029-12-31", quantity)}}},
        "system"};
}

} // namespace cartwatch::simulation
