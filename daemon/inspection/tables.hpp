// The tables of an inspection pack: their columns, and their rows one at a time.
#pragma once

#include "daemon/inspection/gathered.hpp"
#include "daemon/reports/table_writer.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace cartwatch::inspection {

using Row = std::vector<reports::Value>;
using RowSink = std::function<void(const Row&)>;
using RowsOf =
    std::function<void(store::Reader& reader, const Gathered& gathered, const RowSink& sink)>;

struct Table {
    std::string_view name;  // of its files, without ".csv" or ".xlsx"
    std::string_view title; // of its sheet, zh
    std::vector<reports::Column> columns;
    RowsOf each_row; // throws StoreFailure
};

// In the order in which they are read.
[[nodiscard]] const std::vector<Table>& tables();

[[nodiscard]] const Table& table(std::string_view name); // precondition: there is one

// Where the column of that id stands.
[[nodiscard]] std::size_t place_of(const Table& table, std::string_view column);

// The parts of the list above.
[[nodiscard]] std::vector<Table> figure_tables();
[[nodiscard]] std::vector<Table> event_tables();

} // namespace cartwatch::inspection
