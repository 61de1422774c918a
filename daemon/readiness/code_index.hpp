// Which carts, people and products of a node bear a text that a scanner may read, found without
// looking at each of them. It follows from them and is no part of what a state is worth: states are
// equal whatever their indexes know. `apply` and the store keep it; a state that was put together
// in another way has none, and is looked through instead (see is_complete in lookup.cpp).
#pragma once

#include "daemon/readiness/event.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cartwatch::readiness {

// Things by the texts that they bear.
class Bearers {
public:
    // The thing bears these and nothing else from now on.
    void put(const std::string& id, std::vector<std::string> texts);

    // The ids of those that bear the text, in alphabetical order.
    [[nodiscard]] const std::vector<std::string>& with(const std::string& text) const;

    // How many things it knows.
    [[nodiscard]] std::size_t size() const {
        return texts_.size();
    }

private:
    std::size_t longest_ = 0; // no text of more bytes was ever put in: such a one is not looked for
    std::unordered_map<std::string, std::vector<std::string>> ids_;   // by text
    std::unordered_map<std::string, std::vector<std::string>> texts_; // by id
};

class CodeIndex {
public:
    void put(const Cart& cart);
    void put(const Staff& person);
    void put(const Product& product);
    void put(const CodeLinked& link);

    Bearers carts;    // tags and codes of a cart, its lines and its devices
    Bearers packs;    // carts by the serials of what they hold
    Bearers staff;    // by badge
    Bearers products; // by key_of
    Bearers kin;      // products by their names and their look-alike/sound-alike group (kin_of)
    std::unordered_map<std::string, std::string> links; // product that a code was linked to first

    friend bool operator==(const CodeIndex&, const CodeIndex&) {
        return true;
    }
};

// Equal for identifiers that mean the same: GTINs of any length are the 14 digits.
[[nodiscard]] std::string key_of(const Identifier& identifier);

// The texts that a product shares with those that it may be mixed up with.
[[nodiscard]] std::vector<std::string> kin_of(const Product& product);

// Digits of a GTIN padded to 14; anything else as it is.
[[nodiscard]] std::string as_gtin14(std::string_view digits);

} // namespace cartwatch::readiness
