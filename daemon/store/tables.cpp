#include "daemon/store/tables.hpp"

#include "daemon/store/connection.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace cartwatch::store {

namespace {

// A cell as it can be compared and shown: kind of value first, so that 1 and '1' differ.
struct Cell {
    int type = SQLite::Null;
    std::int64_t number = 0;
    std::string text;

    friend auto operator<=>(const Cell&, const Cell&) = default;
};

Cell cell_of(const SQLite::Column& column) {
    if (column.isInteger()) {
        return {SQLite::INTEGER, column.getInt64(), ""};
    }
    return {column.getType(), 0, column.getString()};
}

std::string shown(const Cell& cell) {
    if (cell.type == SQLite::Null) {
        return "null";
    }
    return cell.type == SQLite::INTEGER ? std::to_string(cell.number)
                                        : "\"" + shortened(cell.text) + "\"";
}

struct Layout {
    std::vector<std::string> columns;
    std::vector<std::size_t> key; // places in columns, in the key's order
};

Layout layout_of(Connection& connection, const std::string& table) {
    Layout layout;
    std::map<int, std::size_t> key;
    connection.each(
        "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid",
        [&](Row& row) {
            layout.columns.push_back(row.take<std::string>());
            if (const int place = row.take<int>(); place > 0) {
                key.emplace(place, layout.columns.size() - 1);
            }
        },
        table);
    for (const auto& [place, column] : key) {
        layout.key.push_back(column);
    }
    return layout;
}

// Reads a table row by row in the order of its key.
class Cursor {
public:
    Cursor(Connection& connection, const std::string& table, const Layout& layout)
        : statement_(connection.database(), text_of(table, layout)) {
        next();
    }

    void next() {
        row_.clear();
        if (statement_.executeStep()) {
            for (int i = 0; i < statement_.getColumnCount(); ++i) {
                row_.push_back(cell_of(statement_.getColumn(i)));
            }
        }
    }

    // Empty at the end.
    [[nodiscard]] const std::vector<Cell>& row() const {
        return row_;
    }

private:
    static std::string text_of(const std::string& table, const Layout& layout) {
        std::string columns;
        for (const std::string& column : layout.columns) {
            columns += (columns.empty() ? "" : ", ") + column;
        }
        std::string order;
        for (const std::size_t place : layout.key) {
            order += (order.empty() ? "" : ", ") + layout.columns[place];
        }
        return "SELECT " + columns + " FROM " + table + " ORDER BY " + order;
    }

    SQLite::Statement statement_;
    std::vector<Cell> row_;
};

std::vector<Cell> key_of(const Layout& layout, const std::vector<Cell>& row) {
    std::vector<Cell> key;
    for (const std::size_t place : layout.key) {
        key.push_back(row[place]);
    }
    return key;
}

std::string key_text(const Layout& layout, const std::vector<Cell>& row) {
    std::string text;
    for (const std::size_t place : layout.key) {
        text += (text.empty() ? "" : ", ") + layout.columns[place] + "="
                + (row[place].type == SQLite::INTEGER ? std::to_string(row[place].number)
                                                      : shortened(row[place].text));
    }
    return text;
}

RowDifference difference_between(
    const std::string& table,
    const Layout& layout,
    const std::vector<Cell>& held,
    const std::vector<Cell>& expected) {
    const bool missing =
        held.empty() || (!expected.empty() && key_of(layout, expected) < key_of(layout, held));
    if (missing) {
        return {table, key_text(layout, expected), "is not there, but follows from the journal"};
    }
    if (expected.empty() || key_of(layout, held) < key_of(layout, expected)) {
        return {table, key_text(layout, held), "is there, but does not follow from the journal"};
    }
    const auto [here, there] = std::ranges::mismatch(held, expected);
    const auto column = static_cast<std::size_t>(here - held.begin());
    return {
        table,
        key_text(layout, held),
        layout.columns[column] + " is " + shown(*here) + " where " + shown(*there)
            + " follows from the journal"};
}

} // namespace

std::vector<std::string> derived_tables(Connection& connection) {
    const std::set<std::string> own{
        "entry", "head", "peer", "identity", "answered_request", "awaited_past"};
    std::vector<std::string> children;
    std::vector<std::string> parents;
    connection.each(
        "SELECT t.name, EXISTS (SELECT 1 FROM sqlite_schema AS s "
        "JOIN pragma_foreign_key_list(s.name) AS f WHERE s.type = 'table' AND f.\"table\" = "
        "t.name) "
        "FROM sqlite_schema AS t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' "
        "ORDER BY t.rowid DESC",
        [&](Row& row) {
            auto name = row.take<std::string>();
            const auto referred = row.take<bool>();
            if (!own.contains(name)) {
                (referred ? parents : children).push_back(std::move(name));
            }
        });
    children.insert(children.end(), parents.begin(), parents.end());
    return children;
}

std::optional<RowDifference>
first_difference(Connection& held, Connection& expected, const std::string& table) {
    const Layout layout = layout_of(held, table);
    Cursor here(held, table, layout);
    Cursor there(expected, table, layout);
    while (!here.row().empty() || !there.row().empty()) {
        if (here.row() != there.row()) {
            return difference_between(table, layout, here.row(), there.row());
        }
        here.next();
        there.next();
    }
    return std::nullopt;
}

} // namespace cartwatch::store
