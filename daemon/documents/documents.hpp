// Labels and workbooks: what is made with Pango, Cairo, libzint, libxlsxwriter, libzip and pugixml.
// A module of its own that the program loads when it first makes or reads such a thing: these
// libraries and what they need in turn take 5 MB of a daemon that watches carts, from its first
// moment.
#pragma once

#include "daemon/imports/table.hpp"
#include "daemon/reports/labels.hpp"
#include "daemon/reports/report.hpp"
#include "daemon/reports/symbol.hpp"
#include "daemon/reports/table_writer.hpp"
#include "scanner/values/result.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::documents {

// Each as the function of this name in reports.
[[nodiscard]] Result<reports::LabelSheets> draw_labels(
    const reports::SheetPlan& plan,
    const std::string& heading,
    const std::vector<reports::Label>& labels);
[[nodiscard]] Result<reports::LabelSheets> draw_calibration(const reports::SheetPlan& plan);
[[nodiscard]] Result<reports::SymbolDrawing>
draw_symbol(reports::SymbolKind kind, std::string_view text);
[[nodiscard]] Result<std::string> draw_report(const reports::Report& report);
void write_archive(
    const std::filesystem::path& folder,
    std::string_view inside,
    const std::filesystem::path& file);
[[nodiscard]] Result<void>
read_archive(const std::filesystem::path& file, const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<reports::TableWriter> xlsx_writer(
    const std::vector<reports::Column>& columns,
    std::string_view title,
    const std::filesystem::path& file);
[[nodiscard]] Result<imports::Table> read_xlsx(std::string_view bytes);

} // namespace cartwatch::documents
