// Rows to a file that a person opens or a program reads, one row at a time: memory does not grow
// with the rows. The only place with libxlsxwriter.
#pragma once

#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cartwatch::reports {

// Empty, text (also codes and lots, whatever their digits), a number, a date, or an instant in UTC.
using Value = std::variant<std::monostate, std::string, std::int64_t, Day, Instant>;

struct Column {
    std::string_view id;      // stable, English; the header of JSON and of the data dictionary
    std::string_view zh;      // the header that people see
    std::string_view meaning; // one line of the data dictionary
};

enum class Format { csv, xlsx, json };

class TableWriter {
public:
    TableWriter() = default;
    TableWriter(const TableWriter&) = delete;
    TableWriter& operator=(const TableWriter&) = delete;
    TableWriter(TableWriter&&) = delete;
    TableWriter& operator=(TableWriter&&) = delete;
    virtual ~TableWriter() = default;

    // As many values as columns. Throws where writing fails.
    virtual void row(const std::vector<Value>& values) = 0;

    // After the last row; the file is whole only then.
    virtual void finish() = 0;
};

// By which Excel and WPS know that a CSV file is UTF-8; other programs may stumble over it.
enum class ByteOrderMark { yes, no };

// CSV (UTF-8, CRLF, formulas guarded) or JSON lines, onto a stream.
[[nodiscard]] std::unique_ptr<TableWriter> text_writer(
    Format format,
    const std::vector<Column>& columns,
    std::ostream& out,
    ByteOrderMark mark = ByteOrderMark::yes);

// XLSX into a file that does not exist yet. `title` names the sheet, at most 31 characters without
// any of []:*?/\.
[[nodiscard]] std::unique_ptr<TableWriter> xlsx_writer(
    const std::vector<Column>& columns, std::string_view title, const std::filesystem::path& file);

} // namespace cartwatch::reports
