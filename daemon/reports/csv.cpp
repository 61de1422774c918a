#include "daemon/reports/csv.hpp"

#include "daemon/reports/charset.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::reports {

namespace {

// Splits text into records one at a time.
class CsvSplitter {
public:
    CsvSplitter(std::string_view text, char separator) : text_(text), separator_(separator) {}

    [[nodiscard]] bool at_end() const {
        return at_ >= text_.size();
    }

    // The next record; refused with a text that begins with what is wrong.
    Result<std::vector<std::string>> next() {
        std::vector<std::string> cells;
        for (;;) {
            auto cell = at_ < text_.size() && text_[at_] == '"' ? quoted() : plain();
            if (!cell) {
                return tl::make_unexpected(cell.error());
            }
            if (cell->size() > cell_bytes_max || cells.size() >= sheet_columns_max) {
                return refused(
                    ErrorCode::too_large, "a cell over 32767 bytes, or more than 200 columns");
            }
            cells.push_back(std::move(*cell));
            if (at_ < text_.size() && text_[at_] == separator_) {
                ++at_;
                continue;
            }
            end_record();
            return cells;
        }
    }

private:
    Result<std::string> plain() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n'
               && text_[at_] != '\r') {
            ++at_;
        }
        return std::string(text_.substr(begin, at_ - begin));
    }

    Result<std::string> quoted() {
        std::string cell;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] != '"') {
                cell += text_[at_];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += text_[++at_];
            } else {
                ++at_;
                const bool ended = at_ == text_.size() || text_[at_] == separator_
                                   || text_[at_] == '\n' || text_[at_] == '\r';
                if (!ended) {
                    return refused(ErrorCode::bad_input, "text after a closing quote");
                }
                return cell;
            }
        }
        return refused(ErrorCode::bad_input, "a quote that is never closed");
    }

    void end_record() {
        if (at_ < text_.size() && text_[at_] == '\r') {
            ++at_;
        }
        if (at_ < text_.size() && text_[at_] == '\n') {
            ++at_;
        }
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
};

// Chinese and European spreadsheets write semicolons or tabs where the comma is taken.
char separator_of(std::string_view text) {
    const std::string_view header = text.substr(0, text.find_first_of("\r\n"));
    for (const char candidate : {',', '\t', ';'}) {
        if (header.find(candidate) != std::string_view::npos) {
            return candidate;
        }
    }
    return ',';
}

bool is_blank(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
        return cell.find_first_not_of(" \t\r\n") == std::string::npos;
    });
}

} // namespace

Result<imports::Table> read_csv(std::string_view bytes) {
    if (bytes.size() > sheet_bytes_max) {
        return refused(ErrorCode::too_large, "more than 32 MiB: split the sheet");
    }
    const auto text = to_utf8(bytes);
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    imports::Table table;
    CsvSplitter splitter(*text, separator_of(*text));
    for (int number = 1; !splitter.at_end(); ++number) {
        auto cells = splitter.next();
        if (!cells) {
            return refused(
                cells.error().code, "row " + std::to_string(number) + ": " + cells.error().text);
        }
        if (number == 1) {
            table.header = std::move(*cells);
        } else if (!is_blank(*cells)) {
            table.rows.push_back({number, std::move(*cells)});
        }
        if (table.rows.size() > sheet_rows_max) {
            return refused(ErrorCode::too_large, "more than 200000 rows: split the sheet");
        }
    }
    if (is_blank(table.header)) {
        return refused(ErrorCode::bad_input, "row 1: is empty; it must name the columns");
    }
    return table;
}

std::string guarded_cell(std::string_view text) {
    static constexpr std::string_view starts = "=+-@\t\r";
    const bool risky = !text.empty() && starts.find(text.front()) != std::string_view::npos;
    return (risky ? "'" : "") + std::string(text);
}

std::string csv_record(const std::vector<std::string>& cells) {
    std::string record;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        record += i == 0 ? "" : ",";
        if (cells[i].find_first_of(",\"\r\n") == std::string::npos) {
            record += cells[i];
            continue;
        }
        record += '"';
        for (const char c : cells[i]) {
            record += c == '"' ? std::string("\"\"") : std::string(1, c);
        }
        record += '"';
    }
    return record + "\r\n";
}

} // namespace cartwatch::reports
