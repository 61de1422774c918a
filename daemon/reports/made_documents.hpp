// The module that makes documents (daemon/documents), loaded when it is first needed. Private to
// this room.
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

namespace cartwatch::reports {

struct DocumentFunctions {
    Result<LabelSheets> (*draw_labels)(
        const SheetPlan& plan, const std::string& heading, const std::vector<Label>& labels);
    Result<LabelSheets> (*draw_calibration)(const SheetPlan& plan);
    Result<SymbolDrawing> (*draw_symbol)(SymbolKind kind, std::string_view text);
    Result<std::string> (*draw_report)(const Report& report);
    void (*write_archive)(
        const std::filesystem::path& folder,
        std::string_view inside,
        const std::filesystem::path& file);
    Result<void> (*read_archive)(
        const std::filesystem::path& file, const std::filesystem::path& folder);
    std::unique_ptr<TableWriter> (*xlsx_writer)(
        const std::vector<Column>& columns,
        std::string_view title,
        const std::filesystem::path& file);
    Result<imports::Table> (*read_xlsx)(std::string_view bytes);
};

// What the module exports under documents_entry; of the same build as the program.
using DocumentsEntry = const DocumentFunctions* (*)();
inline constexpr const char* documents_entry = "cartwatch_documents";
inline constexpr std::string_view documents_module = "cartwatch-documents.so";

// Stays loaded. Refused (unavailable) where the module is not in the nearest lib/cartwatch above
// the program, or is not ours; it is looked for again at the next call.
[[nodiscard]] Result<const DocumentFunctions*> made_documents();

} // namespace cartwatch::reports
