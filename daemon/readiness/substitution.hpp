// Substitutions as the pharmacy published them, and what they allow on a day.
#pragma once

#include "daemon/readiness/recall.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

// As it stands in the pharmacy's journal; published again it is another one in its place.
struct PublishedSubstitution {
    Substitution substitution;
    Instant at;
    std::string by; // staff id
    std::optional<Withdrawal> withdrawn;

    friend bool operator==(const PublishedSubstitution&, const PublishedSubstitution&) = default;
};

// Whether both speak of the same products at the same place.
[[nodiscard]] bool is_same_place(const Substitution& one, const Substitution& other);

[[nodiscard]] bool
applies_to(const Substitution& substitution, std::string_view cart, const Line& line);

// Whether one of them lets the product lie on this line of the cart on that day.
[[nodiscard]] bool may_stand_in(
    std::span<const Substitution> all,
    std::string_view cart,
    const Line& line,
    std::string_view product,
    Day today);

// Those that speak of this cart, in force or ended.
[[nodiscard]] std::vector<Substitution>
substitutions_on(std::span<const Substitution> all, std::string_view cart);

// Whether this holding may lie on the line on that day: its own product, or a substitute that one
// of the substitutions (of this cart) still allows.
[[nodiscard]] bool is_allowed(
    const Line& line, const Holding& holding, std::span<const Substitution> of_cart, Day today);

// What the holding is: the line's own product or its substitute.
[[nodiscard]] const std::string& product_in(const Line& line, const Holding& holding);

// Whether units of it lie on the line.
[[nodiscard]] bool holds_product(const Line& line, std::string_view product);

// The last day on which the substitute may lie there; nullopt: never.
[[nodiscard]] std::optional<Day>
allowed_until(const Line& line, std::string_view substitute, std::span<const Substitution> of_cart);

} // namespace cartwatch::readiness
