// Reading the first sheet of an XLSX workbook (ECMA-376): the only place with libzip and pugixml.
// Sizes are capped before anything is unpacked, so that a small file cannot fill the memory.
#pragma once

#include "daemon/imports/table.hpp"
#include "scanner/values/result.hpp"

#include <string_view>

namespace cartwatch::reports {

// What a part of the workbook may have unpacked: five times the largest catalogue seen.
inline constexpr std::size_t workbook_part_bytes_max = 64U * 1024 * 1024;

// Elements and attributes of a part, counted by their marks before a tree of them takes 64 bytes
// each: a thousand carts of sixty lines have 5 million. A few kilobytes of archive can hold many
// more.
inline constexpr std::size_t workbook_marks_max = 6'000'000;

// What the cells of a sheet may take in memory, bytes.
inline constexpr std::size_t cells_bytes_max = 128U * 1024 * 1024;

// True where the bytes begin as a zip archive does.
[[nodiscard]] bool looks_like_workbook(std::string_view bytes);

// Cells as text: shared and inline strings as they are; numbers as they were written; cells in a
// date format as 2026-11-22; booleans as 1 and 0. Blank rows are left out, but counted.
[[nodiscard]] Result<imports::Table> read_xlsx(std::string_view bytes);

} // namespace cartwatch::reports
