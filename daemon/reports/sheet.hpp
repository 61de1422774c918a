// A sheet that somebody hands in, whatever program wrote it: CSV or XLSX, told apart by its first
// bytes.
#pragma once

#include "daemon/imports/table.hpp"
#include "daemon/reports/csv.hpp"
#include "scanner/values/result.hpp"

#include <string_view>

namespace cartwatch::reports {

// Refused with what is wrong and where; limits as in csv.hpp.
[[nodiscard]] Result<imports::Table> read_sheet(std::string_view bytes);

} // namespace cartwatch::reports
