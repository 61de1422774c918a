#include "daemon/reports/made_documents.hpp"

#include "daemon/reports/archive.hpp"
#include "daemon/reports/xlsx_reader.hpp"

#include <fstream>
#include <mutex>
#include <stdexcept>
#include <system_error>

#include <dlfcn.h>

namespace cartwatch::reports {

namespace {

namespace fs = std::filesystem;

// The module of /usr/bin/cartwatch is in /usr/lib/cartwatch; in a build tree it is as far above a
// program as the tree's root, at most so many folders.
constexpr int folders_above = 5;

Result<fs::path> module_path() {
    std::error_code ignored; // without /proc it is not found
    fs::path above = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    for (int i = 0; i < folders_above && above.has_relative_path(); ++i) {
        above = above.parent_path();
        fs::path module = above / "lib" / "cartwatch" / documents_module;
        if (fs::exists(module, ignored)) {
            return module;
        }
    }
    return refused(
        ErrorCode::unavailable,
        "labels and workbooks are made by " + std::string(documents_module)
            + ", which is not in lib/cartwatch beside the folder of this program: install it "
              "again");
}

Result<const DocumentFunctions*> loaded() {
    const auto path = module_path();
    if (!path) {
        return tl::make_unexpected(path.error());
    }
    void* const module = ::dlopen(path->c_str(), RTLD_NOW | RTLD_LOCAL);
    void* const entry = module == nullptr ? nullptr : ::dlsym(module, documents_entry);
    if (entry == nullptr) {
        const char* why = ::dlerror();
        return refused(
            ErrorCode::unavailable,
            std::string("labels and workbooks cannot be made: ") + (why ? why : "no entry")
                + ": install the program again");
    }
    return reinterpret_cast<DocumentsEntry>(entry)();
}

} // namespace

Result<const DocumentFunctions*> made_documents() {
    static std::mutex one_at_a_time; // the event loop and the thread for long reads
    const std::lock_guard<std::mutex> held(one_at_a_time);
    static Result<const DocumentFunctions*> known = loaded();
    if (!known) {
        known = loaded();
    }
    return known;
}

Result<LabelSheets>
draw_labels(const SheetPlan& plan, const std::string& heading, const std::vector<Label>& labels) {
    const auto made = made_documents();
    return made ? (*made)->draw_labels(plan, heading, labels) : tl::make_unexpected(made.error());
}

Result<LabelSheets> draw_calibration(const SheetPlan& plan) {
    const auto made = made_documents();
    return made ? (*made)->draw_calibration(plan) : tl::make_unexpected(made.error());
}

Result<SymbolDrawing> draw_symbol(SymbolKind kind, std::string_view text) {
    const auto made = made_documents();
    return made ? (*made)->draw_symbol(kind, text) : tl::make_unexpected(made.error());
}

Result<std::string> draw_report(const Report& report) {
    const auto made = made_documents();
    return made ? (*made)->draw_report(report) : tl::make_unexpected(made.error());
}

bool looks_like_archive(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string begin(2, '\0');
    return stream.read(begin.data(), 2) && begin == "PK";
}

Result<void> write_archive(const fs::path& folder, std::string_view inside, const fs::path& file) {
    const auto made = made_documents();
    if (!made) {
        return tl::make_unexpected(made.error());
    }
    (*made)->write_archive(folder, inside, file);
    return {};
}

Result<void> read_archive(const fs::path& file, const fs::path& folder) {
    const auto made = made_documents();
    return made ? (*made)->read_archive(file, folder) : tl::make_unexpected(made.error());
}

std::unique_ptr<TableWriter> xlsx_writer(
    const std::vector<Column>& columns, std::string_view title, const std::filesystem::path& file) {
    const auto made = made_documents();
    if (!made) {
        throw std::runtime_error(made.error().text);
    }
    return (*made)->xlsx_writer(columns, title, file);
}

Result<imports::Table> read_xlsx(std::string_view bytes) {
    const auto made = made_documents();
    return made ? (*made)->read_xlsx(bytes) : tl::make_unexpected(made.error());
}

} // namespace cartwatch::reports
