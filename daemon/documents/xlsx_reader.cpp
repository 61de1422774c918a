#include "daemon/documents/documents.hpp"
#include "daemon/documents/workbook.hpp"
#include "daemon/reports/csv.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/text.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cstring>

namespace cartwatch::documents {

using namespace reports;

namespace {

// "BC12" → 54 (the column, from 0); nullopt for what is no cell's name or lies too far right.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    std::size_t letters = 0;
    for (; letters < reference.size() && letters < 4; ++letters) {
        const char c = reference[letters];
        if (c < 'A' || c > 'Z') {
            break;
        }
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    if (letters == 0 || letters > 3) {
        return std::nullopt;
    }
    return column - 1;
}

// A spreadsheet's day number: 1 is 1900-01-01, and 60 the 29 February 1900 that never was.
std::string day_of_serial(const std::string& number) {
    const auto days = parse_digits(std::string_view(number).substr(0, number.find('.')));
    if (!days || *days < 61 || *days > 2'958'465) {
        return number;
    }
    const Day epoch = *make_day(1899, 12, 30);
    return to_text(epoch + std::chrono::days{*days});
}

class SheetReader {
public:
    SheetReader(std::vector<std::string> strings, std::set<int> date_styles)
        : strings_(std::move(strings)), date_styles_(std::move(date_styles)) {}

    Result<imports::Table> read(const pugi::xml_node& data) {
        imports::Table table;
        int number = 0;
        for (const pugi::xml_node& row : data.children()) {
            number = row.attribute("r") ? row.attribute("r").as_int() : number + 1;
            auto cells = cells_of(row, number);
            if (!cells) {
                return tl::make_unexpected(cells.error());
            }
            const bool blank = std::all_of(
                cells->begin(), cells->end(), [](const std::string& cell) { return cell.empty(); });
            if (number == 1) {
                table.header = std::move(*cells);
            } else if (!blank) {
                table.rows.push_back({number, std::move(*cells)});
            }
            if (table.rows.size() > sheet_rows_max) {
                return refused(ErrorCode::too_large, "more than 200000 rows: split the sheet");
            }
        }
        if (table.header.empty()) {
            return refused(ErrorCode::bad_input, "row 1: is empty; it must name the columns");
        }
        return table;
    }

private:
    Result<std::vector<std::string>> cells_of(const pugi::xml_node& row, int number) {
        std::vector<std::string> cells;
        for (const pugi::xml_node& cell : row.children()) {
            const auto column = cell.attribute("r") ? column_of(cell.attribute("r").value())
                                                    : std::optional(cells.size());
            if (!column || *column >= sheet_columns_max) {
                return refused(
                    ErrorCode::too_large,
                    "row " + std::to_string(number) + ": more than 200 columns");
            }
            if (cells.size() <= *column) {
                held_ += (*column + 1 - cells.size()) * sizeof(std::string);
                cells.resize(*column + 1);
            }
            cells[*column] = text_of(cell);
            held_ += cells[*column].size();
            if (held_ > cells_bytes_max) {
                return refused(
                    ErrorCode::too_large,
                    "row " + std::to_string(number) + ": the sheet is too large: split it");
            }
            if (cells[*column].size() > cell_bytes_max) {
                return refused(
                    ErrorCode::too_large,
                    "row " + std::to_string(number) + ": a cell over 32767 bytes");
            }
        }
        return cells;
    }

    [[nodiscard]] std::string text_of(const pugi::xml_node& cell) const {
        const std::string type = cell.attribute("t").value();
        if (type == "inlineStr") {
            std::string text;
            for (const pugi::xpath_node& part : cell.select_nodes(".//*[local-name()='t']")) {
                text += part.node().text().get();
            }
            return text;
        }
        std::string value;
        for (const pugi::xml_node& part : cell.children()) {
            const char* colon = std::strchr(part.name(), ':');
            if (std::string_view(colon ? colon + 1 : part.name()) == "v") {
                value = part.text().get();
            }
        }
        if (type == "s") {
            const auto index = parse_digits(value);
            return index && *index < static_cast<std::int64_t>(strings_.size())
                       ? strings_[static_cast<std::size_t>(*index)]
                       : std::string();
        }
        return date_styles_.contains(cell.attribute("s").as_int(-1)) && type.empty()
                   ? day_of_serial(value)
                   : value;
    }

    std::vector<std::string> strings_;
    std::set<int> date_styles_;
    std::size_t held_ = 0; // bytes of the cells so far
};

pugi::xml_node sheet_data(const pugi::xml_document& document) {
    return document.select_node("/*[local-name()='worksheet']/*[local-name()='sheetData']").node();
}

} // namespace

Result<imports::Table> read_xlsx(std::string_view bytes) {
    if (bytes.size() > sheet_bytes_max) {
        return refused(ErrorCode::too_large, "more than 32 MiB: split the sheet");
    }
    const auto workbook = Workbook::open(bytes);
    if (!workbook) {
        return tl::make_unexpected(workbook.error());
    }
    const auto sheet = workbook->first_sheet();
    auto strings = workbook->shared_strings();
    auto styles = workbook->date_styles();
    if (!sheet || !strings || !styles) {
        return tl::make_unexpected(
            !sheet     ? sheet.error()
            : !strings ? strings.error()
                       : styles.error());
    }
    pugi::xml_document document;
    if (const auto parsed = parse_part(document, *sheet, "the first sheet"); !parsed) {
        return tl::make_unexpected(parsed.error());
    }
    return SheetReader(std::move(*strings), std::move(*styles)).read(sheet_data(document));
}

} // namespace cartwatch::documents
