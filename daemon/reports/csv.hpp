// Comma separated values, RFC 4180: reading what spreadsheets write, and writing what they read.
#pragma once

#include "daemon/imports/table.hpp"
#include "scanner/values/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::reports {

// Bounds of a sheet that is read: a catalogue of a large hospital has 3,000 rows of 20 columns.
inline constexpr std::size_t sheet_bytes_max = 32U * 1024 * 1024;
inline constexpr std::size_t sheet_rows_max = 200'000;
inline constexpr std::size_t sheet_columns_max = 200;
inline constexpr std::size_t cell_bytes_max = 32'767; // what a spreadsheet's cell can hold

// The first row is the header; rows whose cells are all blank are left out, but counted. The
// separator is a comma, or, where the header has none, a semicolon or a tab.
[[nodiscard]] Result<imports::Table> read_csv(std::string_view bytes);

// A spreadsheet would run a cell that begins so as a formula (CWE-1236): it gets an apostrophe.
[[nodiscard]] std::string guarded_cell(std::string_view text);

// One record with its CRLF; cells are quoted where RFC 4180 asks for it.
[[nodiscard]] std::string csv_record(const std::vector<std::string>& cells);

} // namespace cartwatch::reports
