// What is wrong with one definition, seen alone: ids, lengths, ranges, check digits. Whether it
// fits what is there already is the defining function's question.
#pragma once

#include "daemon/readiness/event.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/state.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::readiness {

// Of which definition, what (a stable word, see definition_faults), and the offending value.
struct Fault {
    std::string id;
    std::string what;
    std::string value;

    friend bool operator==(const Fault&, const Fault&) = default;
};

// 1 to 64 of A-Z a-z 0-9 . _ -
[[nodiscard]] bool is_id(std::string_view id);

// Well-formed UTF-8 of at most so many bytes.
[[nodiscard]] bool is_text(std::string_view text, std::size_t bytes_max);

// nullopt: nothing is wrong with it. GTINs of 8, 12, 13 or 14 digits with their check digit, drug
// traceability prefixes of 7, 药品本位码 of 14 digits with check digit; anything else 1 to 64
// bytes.
[[nodiscard]] std::optional<Fault> fault_of(const std::string& id, const Identifier& identifier);

[[nodiscard]] std::optional<Fault> fault_of(const Station& station);
[[nodiscard]] std::optional<Fault> fault_of(const Product& product);
[[nodiscard]] std::optional<Fault> fault_of(const Staff& staff);
[[nodiscard]] std::optional<Fault> fault_of(const Cart& cart);
[[nodiscard]] std::optional<Fault> fault_of(const StockRecorded& stock);

// Whether the event defines a cart more than a node has at most.
[[nodiscard]] bool
is_cart_too_many(const NodeState& node, const Event& event, std::size_t most = carts_max);
[[nodiscard]] std::optional<Fault> fault_of(const Policy& policy);

} // namespace cartwatch::readiness
