// Reads one row by column name and collects what is wrong with it.
#pragma once

#include "daemon/imports/import.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/text.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cartwatch::imports {

using Values = std::map<std::string, std::string>;

// The columns of one kind of sheet. Headers are compared without case and blanks at the ends; `zh`
// is the header as a Chinese template writes it.
struct Column {
    std::string_view name;
    std::string_view zh;
    bool required = false;
    std::string_view former_zh = {}; // heading of sheets made before it was renamed
};

// Where each column stands in the table; faults for required ones that are missing, for ones that
// nobody knows and for ones that stand there twice.
class Layout {
public:
    Layout(const Table& table, const std::vector<Column>& columns, Faults& faults);

    // The index of a column, or nullopt where the sheet has none.
    [[nodiscard]] std::optional<std::size_t> index_of(std::string_view column) const;

    [[nodiscard]] const std::map<std::string, std::size_t, std::less<>>& columns() const {
        return index_;
    }

private:
    std::map<std::string, std::size_t, std::less<>> index_;
};

class RowReader {
public:
    // A cell with a control character is a fault of the row, but for lists: their parts stand on
    // lines of their own where a person likes it so.
    RowReader(const Row& row, const Layout& layout, Faults& faults);

    // The cell without blanks at its ends; empty where the sheet has no such column.
    [[nodiscard]] std::string text(std::string_view column) const;

    // 1 to 64 of A-Z a-z 0-9 . _ -
    [[nodiscard]] std::string id(std::string_view column);
    [[nodiscard]] std::string required(std::string_view column);
    [[nodiscard]] int integer(std::string_view column, int low, int high);
    // yes/no, y/n, 1/0, true/false, 是/否, 有/无; empty: `otherwise`.
    [[nodiscard]] bool boolean(std::string_view column, bool otherwise);
    // The same; nullopt where the cell is empty or there is no such column.
    [[nodiscard]] std::optional<bool> said(std::string_view column);
    // 2026-11-22, 2026/11/22, 20261122, or a month 2026-11 or 2026/11: its last day. Empty:
    // nullopt.
    [[nodiscard]] std::optional<Day> day(std::string_view column);
    // A clinical function: airway, breathing, circulation, drugs, other, or its Chinese word.
    // Empty: none.
    [[nodiscard]] std::string function(std::string_view column);
    // Parts between semicolons, blanks or Chinese semicolons.
    [[nodiscard]] std::vector<std::string> parts(std::string_view column) const;

    // One of the words (as in the sheet, first of each pair) as its value.
    template <typename Value>
    Value word(
        std::string_view column,
        const std::vector<std::pair<std::string_view, Value>>& words,
        Value otherwise) {
        const std::string given = text(column);
        std::string known;
        for (const auto& [name, value] : words) {
            if (given == name) {
                return value;
            }
            known += (known.empty() ? "" : ", ") + std::string(name);
        }
        if (!given.empty()) {
            fault(column, "none_of", {{"value", quotable(given)}, {"words", known}});
        }
        return otherwise;
    }

    // `what` as in RowFault.
    void fault(std::string_view column, std::string_view what, Values values = {});
    // The same of one value, shown shortened.
    void fault_of(std::string_view column, std::string_view what, std::string_view value);

private:
    const Row& row_;
    const Layout& layout_;
    Faults& faults_;
};

} // namespace cartwatch::imports
