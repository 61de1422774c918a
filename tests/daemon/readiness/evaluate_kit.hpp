// What the tests of the judgement share: small carts, and findings as texts.
#pragma once

#include "daemon/readiness/evaluate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

inline Day day(const char* text) {
    return *parse_day(text);
}

inline const Day today = *parse_day("2026-11-22");

inline Holding
holding(const char* lot, int quantity, std::optional<Day> last_usable_day = std::nullopt) {
    Holding result;
    result.lot = lot;
    result.quantity = quantity;
    result.last_usable_day = last_usable_day;
    return result;
}

inline Line line(const char* id, int par, bool critical, std::vector<Holding> holdings) {
    Line result;
    result.id = id;
    result.product = std::string("product-of-") + id;
    result.par = par;
    result.critical = critical;
    result.holdings = std::move(holdings);
    return result;
}

inline Device device(const char* id, bool critical) {
    Device result;
    result.id = id;
    result.critical = critical;
    result.last_test = DeviceTest{today, true};
    return result;
}

// Checked today, nothing in it: ready.
inline Cart checked_cart() {
    Cart cart;
    cart.id = "OR-1";
    cart.last_full_check = today;
    return cart;
}

inline Judgement judge(const Cart& cart, const std::vector<Recall>& recalls = {}, Day on = today) {
    return evaluate(cart, Policy{}, recalls, on);
}

} // namespace cartwatch::readiness
