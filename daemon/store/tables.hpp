// The database's own list of its tables, and how two databases differ in them.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::store {

class Connection;

// Every table that follows from the journal: all but entry, head, peer and identity. A table of a
// later migration is one of them without being named here. Those that others refer to come last.
[[nodiscard]] std::vector<std::string> derived_tables(Connection& connection);

// A row that two databases do not have alike.
struct RowDifference {
    std::string table;
    std::string row;  // its key, "node=ward-3f, cart=OR-1, line=epi, place=0"
    std::string text; // a sentence: what is there and what follows from the journal
};

// The first row, in the order of the table's key, in which they differ.
[[nodiscard]] std::optional<RowDifference>
first_difference(Connection& held, Connection& expected, const std::string& table);

} // namespace cartwatch::store
