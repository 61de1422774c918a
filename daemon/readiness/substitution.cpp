#include "daemon/readiness/substitution.hpp"

#include <algorithm>
#include <iterator>

namespace cartwatch::readiness {

bool is_same_place(const Substitution& one, const Substitution& other) {
    return one.product == other.product && one.substitute == other.substitute
           && one.cart == other.cart && one.line == other.line;
}

bool applies_to(const Substitution& substitution, std::string_view cart, const Line& line) {
    return substitution.product == line.product
           && (substitution.cart.empty() || substitution.cart == cart)
           && (substitution.line.empty() || substitution.line == line.id);
}

bool may_stand_in(
    std::span<const Substitution> all,
    std::string_view cart,
    const Line& line,
    std::string_view product,
    Day today) {
    return std::any_of(all.begin(), all.end(), [&](const Substitution& one) {
        return one.substitute == product && applies_to(one, cart, line) && today <= one.until;
    });
}

std::vector<Substitution>
substitutions_on(std::span<const Substitution> all, std::string_view cart) {
    std::vector<Substitution> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&](const Substitution& one) {
        return one.cart.empty() || one.cart == cart;
    });
    return found;
}

bool is_allowed(
    const Line& line, const Holding& holding, std::span<const Substitution> of_cart, Day today) {
    if (holding.product.empty() || holding.product == line.product) {
        return true;
    }
    const std::optional<Day> until = allowed_until(line, holding.product, of_cart);
    return until && today <= *until;
}

const std::string& product_in(const Line& line, const Holding& holding) {
    return holding.product.empty() ? line.product : holding.product;
}

bool holds_product(const Line& line, std::string_view product) {
    return std::any_of(line.holdings.begin(), line.holdings.end(), [&](const Holding& holding) {
        return holding.quantity > 0 && product_in(line, holding) == product;
    });
}

std::optional<Day> allowed_until(
    const Line& line, std::string_view substitute, std::span<const Substitution> of_cart) {
    std::optional<Day> until;
    for (const Substitution& one : of_cart) {
        const bool here = one.product == line.product && one.substitute == substitute
                          && (one.line.empty() || one.line == line.id);
        if (here && (!until || *until < one.until)) {
            until = one.until;
        }
    }
    return until;
}

} // namespace cartwatch::readiness
