// What a code means here: the scanner wing says what was read, this says whose it is. Decides
// nothing and changes nothing.
#pragma once

#include "daemon/readiness/decide.hpp"
#include "daemon/readiness/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cartwatch::readiness {

struct MeansCart {
    const Cart* cart = nullptr;
};

struct MeansStaff { // retired people too: the reply says so
    const Staff* person = nullptr;
};

struct MeansLine {
    const Cart* cart = nullptr;
    const Line* line = nullptr;
};

struct MeansDevice {
    const Cart* cart = nullptr;
    const Device* device = nullptr;
};

// More than one where a code has several readings that are products here.
struct MeansProducts {
    std::vector<const Product*> products;
};

struct MeansSeal {
    std::string number;
};

struct MeansQuantity {
    int quantity = 0;
};

struct MeansControl {
    ControlCode code = ControlCode::undo;
};

// A tag of ours that nothing here bears.
struct MeansUnknownTag {
    codes::TagType type = codes::TagType::cart;
};

struct MeansNothing {};

using Meaning = std::variant<
    MeansNothing,
    MeansCart,
    MeansStaff,
    MeansLine,
    MeansDevice,
    MeansProducts,
    MeansSeal,
    MeansQuantity,
    MeansControl,
    MeansUnknownTag>;

// Whose code this is on this node. A text that the hospital gave to something of its own is known
// byte for byte even where it breaks the rules of the family that it looks like (a badge of eight
// digits is no EAN-8). Of several readings only those that `on` has count, if it has any. The
// pointers live as long as the state is not changed.
[[nodiscard]] Meaning
meaning_of(const State& state, const codes::Reading& reading, const Cart* on = nullptr);

// The other products of this node that bear an identifier of this one, by definition or by link:
// packs of one GTIN are the same packs, whatever a ward and the pharmacy call them. By id.
[[nodiscard]] std::vector<std::string>
same_packs(const State& state, std::string_view node, std::string_view product);

// The product that bears the identifier for this node, with links; nullptr: none.
[[nodiscard]] const Product*
product_with(const State& state, std::string_view node, const Identifier& identifier);

// How a code that nothing has is known once somebody links it to a product: by the part of it that
// names the product, else as a code of the hospital's, by its text.
[[nodiscard]] Identifier identifier_to_link(const codes::Reading& reading);

// What tells one pack from another, empty where the code bears none. Of a drug traceability code
// all 20 digits: the serial alone is unique only beside its prefix.
[[nodiscard]] std::string serial_of(const codes::ScannedCode& code);

// The holding of the line that has this pack of the product, or nullptr.
[[nodiscard]] const Holding* holding_with(
    const Line& line,
    const std::vector<Holding>& holdings,
    std::string_view product,
    std::string_view serial);

// The holding that an open check of the cart counted this pack of the product into, or nullptr.
[[nodiscard]] const Holding* counted_with(
    const Cart& cart,
    const CheckProgress& progress,
    std::string_view product,
    std::string_view serial);

// Another cart that has this pack of the product, on file or counted in an open check, or nullptr.
[[nodiscard]] const Cart* other_cart_with(
    const NodeState& node, const Cart& cart, std::string_view product, std::string_view serial);

[[nodiscard]] const Line* find_line(const Cart& cart, std::string_view id);
[[nodiscard]] const Device* find_device(const Cart& cart, std::string_view id);
[[nodiscard]] const Holding*
find_holding(const std::vector<Holding>& holdings, std::string_view lot);

} // namespace cartwatch::readiness
