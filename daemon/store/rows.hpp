// Puts values into their tables and takes them out, for every type that columns.hpp describes.
#pragma once

#include "daemon/store/columns.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace cartwatch::store {

// "node, id" and "kind" → "node, id, kind"
[[nodiscard]] inline std::string joined(std::string_view keys, std::string_view values) {
    return std::string(keys) + (keys.empty() || values.empty() ? "" : ", ") + std::string(values);
}

// "a, b" → "t.a, t.b"
[[nodiscard]] inline std::string of_table(std::string_view alias, std::string_view columns) {
    std::string text = std::string(alias) + ".";
    for (const char c : columns) {
        text += c;
        if (c == ' ') {
            text += std::string(alias) + ".";
        }
    }
    return text;
}

[[nodiscard]] inline std::string insert_text(const Table& table) {
    const std::string names = joined(table.keys, table.values);
    std::string marks = "?";
    for (auto commas = std::count(names.begin(), names.end(), ','); commas > 0; --commas) {
        marks += ", ?";
    }
    return "INSERT OR REPLACE INTO " + std::string(table.name) + " (" + names + ") VALUES (" + marks
           + ")";
}

// Inserts the row, or replaces the one with its key.
template <typename T, typename... Key>
void put(Connection& connection, const T& value, const Key&... keys) {
    static const std::string sql = insert_text(table_of<T>);
    connection.run_bound(sql, [&](Binder& binder) {
        binder(keys...);
        columns(binder, value);
    });
}

template <typename T>
[[nodiscard]] std::string select_text(std::string_view where) {
    const Table& table = table_of<T>;
    return "SELECT " + joined(table.keys, table.values) + " FROM " + std::string(table.name)
           + (where.empty() ? "" : " WHERE ") + std::string(where) + " ORDER BY "
           + std::string(table.order);
}

// Calls on_row(keys…, value) for each row of T's table that fits `where` ("node = ? AND cart = ?");
// Key… are the types of the table's keys.
template <typename T, typename... Key>
struct Rows {
    template <typename F, typename... V>
    static void each(Connection& connection, std::string_view where, F&& on_row, const V&... v) {
        connection.each(
            select_text<T>(where),
            [&](Row& row) {
                std::tuple<Key...> keys;
                std::apply([&row](auto&... one) { row(one...); }, keys);
                T value{};
                columns(row, value);
                std::apply([&](auto&... one) { on_row(one..., std::move(value)); }, keys);
            },
            v...);
    }
};

} // namespace cartwatch::store
