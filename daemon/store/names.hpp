// What things are called that rows speak of: by the node's own journal, or else the pharmacy's.
// Each is looked up once for as long as the connection sees the same data; a sheet of a million
// rows names a few thousand things.
#pragma once

#include "daemon/readiness/cart.hpp"
#include "daemon/store/connection.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cartwatch::store {

// Empty where nobody defines it.
struct ProductWords {
    readiness::Name name;
    std::string strength;
    std::string unit;
    bool controlled = false;
};

struct CartWords {
    readiness::Name name;
    std::string station; // station.id, by the cart's own node
};

class Names {
public:
    explicit Names(Connection& connection) : connection_(connection) {}

    [[nodiscard]] const CartWords& cart(const std::string& node, const std::string& id);
    [[nodiscard]] const readiness::Name& station(const std::string& node, const std::string& id);
    [[nodiscard]] const ProductWords& product(const std::string& node, const std::string& id);
    [[nodiscard]] const std::string& person(const std::string& node, const std::string& id);
    [[nodiscard]] const readiness::Name&
    device(const std::string& node, const std::string& cart, const std::string& id);

private:
    template <typename T>
    using Known = std::unordered_map<std::string, T>;

    template <typename T, typename Read>
    const T& looked_up(
        Known<T>& known,
        std::initializer_list<std::string_view> name,
        std::string_view sql,
        const Read& read);

    Connection& connection_;
    Known<CartWords> carts_;
    Known<readiness::Name> stations_;
    Known<ProductWords> products_;
    Known<std::string> people_;
    Known<readiness::Name> devices_;
};

} // namespace cartwatch::store
