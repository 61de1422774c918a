#include "tests/support/hospital_carts.hpp"

#include "tests/support/builders.hpp"

namespace cartwatch::support {

using namespace readiness;

namespace {

constexpr int changes_of_first_cart = 5;

Product with_prefix(ProductBuilder builder, const std::string& prefix) {
    builder.product.identifiers.push_back({IdentifierKind::drug_trace_prefix, prefix});
    return builder;
}

// A reading of every check, and a question of every month; with another unit it is another test.
std::vector<FunctionTest> suction_tests(bool other_unit) {
    FunctionTest vacuum;
    vacuum.id = "vacuum";
    vacuum.name = {"负压", "Vacuum"};
    vacuum.unit = other_unit ? TestUnit::percent : TestUnit::kilopascal;
    vacuum.least = Amount{40'000};
    FunctionTest hose;
    hose.id = "hose";
    hose.name = {"管路", "Hose"};
    hose.critical = false;
    hose.interval_days = 30;
    return {vacuum, hose};
}

Cart second_cart() {
    return a_cart("OR-2")
        .with(a_line("dopamine").par(2))
        .with(a_line("epi", "epi-2").par(1).critical())
        .with(a_device("pump"));
}

} // namespace

std::string badge_of(const std::string& staff) {
    return "badge-" + staff;
}

const std::vector<std::string>& gtins() {
    static const std::vector<std::string> all = {
        gtin_of(1), gtin_of(2), gtin_of(3), gtin_of(4), gtin_of(5), gtin_of(6), gtin_of(900)};
    return all;
}

const std::vector<std::string>& trace_prefixes() {
    static const std::vector<std::string> all = {"8385793", "8111111", "8999999"};
    return all;
}

std::vector<Event> pharmacy_definitions() {
    return {
        StaffDefined{a_person("P1", Role::pharmacist, badge_of("P1"))},
        StaffDefined{a_person("M1", Role::manager, badge_of("M1"))},
        ProductDefined{a_product("dopamine").gtin(gtin_of(6))},
        ProductDefined{a_product("epi").gtin(gtin_of(1))},
        ProductDefined{a_product("norepi").gtin(gtin_of(2))},
    };
}

std::vector<Event> ward_definitions() {
    return {
        ProductDefined{with_prefix(
            a_product("epi").named("肾上腺素", "Epinephrine").gtin(gtin_of(1)).lasa("epi"),
            trace_prefixes()[1])},
        ProductDefined{a_product("norepi")
                           .named("去甲肾上腺素", "Norepinephrine")
                           .gtin(gtin_of(2))
                           .lasa("epi")},
        ProductDefined{a_product("atropine").gtin(gtin_of(3))},
        ProductDefined{with_prefix(a_product("ketamine").gtin(gtin_of(4)), trace_prefixes()[0])},
        ProductDefined{a_product("blade").gtin(gtin_of(5)).not_expiring()},
        StaffDefined{a_person("N1", Role::nurse, badge_of("N1"))},
        StaffDefined{a_person("N2", Role::nurse, badge_of("N2"))},
        StaffDefined{a_person("H1", Role::head_nurse, badge_of("H1"))},
        StaffDefined{a_person("R1", Role::nurse, badge_of("R1"), true)},
        CartDefined{first_cart()},
        CartDefined{second_cart()},
        StockRecorded{"OR-1", "epi", {a_lot("A1", "2027-12-31", 6), a_lot("B2", "2026-12-02", 4)}},
        StockRecorded{"OR-2", "dopamine", {a_lot("D1", "2027-01-31", 2)}},
    };
}

Cart first_cart(int change) {
    const int which = change % changes_of_first_cart;
    CartBuilder cart = a_cart("OR-1");
    cart.with(a_line("epi").par(which == 1 ? 4 : 10).critical());
    if (which != 2) {
        cart.with(a_line(which == 3 ? "norepi" : "atropine", "atropine").par(5));
    }
    cart.with(a_line("ketamine").par(3).by_unit());
    cart.with(a_line("blade").par(4));
    cart.cart.lines.front().function = "drugs";
    cart.cart.lines.back().function = "airway";
    cart.with(a_device("defib").critical().with_accessory("pads", "2027-11-30"));
    if (which != 4) {
        cart.with(a_device("suction"));
        cart.cart.devices.back().tests = suction_tests(which == 1);
    }
    cart.cart.devices.front().service_due = day("2027-01-01");
    return cart;
}

} // namespace cartwatch::support
