// A report to print on A4: headings, facts and tables that go over as many pages as they need. This
// decides nothing about what is said.
#pragma once

#include "scanner/values/result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace cartwatch::reports {

struct ReportColumn {
    std::string title;
    double share = 1;   // of the width, beside the other columns' shares
    bool right = false; // numbers stand at the right
};

using ReportRow = std::vector<std::string>; // as many as columns

struct ReportTable {
    std::vector<ReportColumn> columns;
    std::vector<ReportRow> rows;
};

struct ReportSection {
    std::string heading;
    std::string note; // under the heading, or under what is there; may be empty
    std::vector<std::pair<std::string, std::string>> facts; // name and value, a line each
    std::vector<ReportTable> tables;
    bool new_page = false;
};

struct Report {
    std::string title;   // on the first page, and the document's own
    std::string heading; // at the top of every page
    std::string footing; // at the bottom of every page
    std::string numbers; // beside it: "{page}" and "{pages}" are filled in
    std::vector<ReportSection> sections;
};

// Rows of one report; 600 pages.
inline constexpr std::size_t report_rows_max = 30'000;

// As PDF, with the letters in it that it needs. Refused: more than report_rows_max (too_large), a
// row of another length than its columns (bad_input), letters that no font of this machine has, or
// no module for documents (unavailable). Throws where drawing failed.
[[nodiscard]] Result<std::string> draw_report(const Report& report);

} // namespace cartwatch::reports
