#include "daemon/store/names.hpp"

namespace cartwatch::store {

using readiness::Name;

namespace {

// The columns of a thing as the node's own journal has it, or else the pharmacy's.
constexpr std::string_view whose_first =
    " WHERE node IN (?1, (SELECT pharmacy FROM identity)) AND id = ?2 "
    "ORDER BY node <> ?1 LIMIT 1";

std::string from(std::string_view table, std::string_view columns) {
    return "SELECT " + std::string(columns) + " FROM " + std::string(table)
           + std::string(whose_first);
}

} // namespace

template <typename T, typename Read>
const T& Names::looked_up(
    Known<T>& known,
    std::initializer_list<std::string_view> name,
    std::string_view sql,
    const Read& read) {
    std::string key;
    for (const std::string_view part : name) {
        key.append(part);
        key.push_back('\0');
    }
    const auto [place, is_new] = known.try_emplace(std::move(key));
    T& value = place->second;
    if (is_new) {
        connection_.each_bound(
            sql,
            [&](Binder& binder) {
                for (const std::string_view part : name) {
                    binder(part);
                }
            },
            [&](Row& row) { read(row, value); });
    }
    return value;
}

const CartWords& Names::cart(const std::string& node, const std::string& id) {
    static const std::string sql =
        from("cart", "name_zh, name_en, CASE WHEN node = ?1 THEN station ELSE '' END");
    return looked_up(carts_, {node, id}, sql, [](Row& row, CartWords& cart) {
        row(cart.name.zh, cart.name.en, cart.station);
    });
}

const Name& Names::station(const std::string& node, const std::string& id) {
    static const std::string sql = from("station", "name_zh, name_en");
    return looked_up(
        stations_, {node, id}, sql, [](Row& row, Name& name) { row(name.zh, name.en); });
}

const ProductWords& Names::product(const std::string& node, const std::string& id) {
    static const std::string sql = from("product", "name_zh, name_en, strength, unit, controlled");
    return looked_up(products_, {node, id}, sql, [](Row& row, ProductWords& product) {
        row(product.name.zh, product.name.en, product.strength, product.unit, product.controlled);
    });
}

const std::string& Names::person(const std::string& node, const std::string& id) {
    static const std::string sql = from("staff", "name");
    return looked_up(people_, {node, id}, sql, [](Row& row, std::string& name) { row(name); });
}

const Name& Names::device(const std::string& node, const std::string& cart, const std::string& id) {
    static const std::string sql =
        "SELECT name_zh, name_en FROM device WHERE node = ? AND cart = ? AND id = ?";
    return looked_up(
        devices_, {node, cart, id}, sql, [](Row& row, Name& name) { row(name.zh, name.en); });
}

} // namespace cartwatch::store
