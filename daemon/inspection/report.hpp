// The report of an inspection pack, for people: the same rows as its tables, in one language.
#pragma once

#include "daemon/inspection/gathered.hpp"
#include "daemon/reports/report.hpp"
#include "daemon/texts/catalogue.hpp"

#include <functional>
#include <string>

namespace cartwatch::inspection {

// Rows of a section that are printed; the rest is in its table, and the report says so.
inline constexpr std::size_t section_rows_max = 400;
// Carts with a sheet of their own.
inline constexpr std::size_t sheets_max = 60;
// Lines, and steps of its trail, that the sheet of one cart tells.
inline constexpr std::size_t sheet_rows_max = 150;

// How the report speaks.
struct Voice {
    texts::Catalogue texts;
    std::string language;                           // of the catalogue: zh-CN or en
    std::function<std::string(Instant)> wall_clock; // in the hospital's zone
    std::string hospital;                           // at the top of every page
};

// Throws StoreFailure where the store cannot be read.
[[nodiscard]] reports::Report
report_of(store::Reader& reader, const Gathered& gathered, const Voice& voice);

} // namespace cartwatch::inspection
