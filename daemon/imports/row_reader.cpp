#include "daemon/imports/row_reader.hpp"

#include "daemon/readiness/one_line.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::imports {

namespace {

// 66 Chinese characters.
constexpr std::size_t required_bytes_max = 200;

std::string_view trimmed(std::string_view text) {
    static constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return result;
}

bool is_id_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_'
           || c == '-';
}

void note(Faults& faults, RowFault fault) {
    if (faults.size() < faults_max) {
        faults.push_back(std::move(fault));
    }
}

// "2026-11-22", "2026/11/22", "2026-11", "2026/11": at most three numbers; "20261122" too.
std::optional<Day> day_of(std::string text) {
    if (text.size() == 8 && is_all_digits(text)) {
        text = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
    }
    std::replace(text.begin(), text.end(), '/', '-');
    std::array<std::optional<std::int64_t>, 3> numbers;
    std::size_t count = 0;
    std::size_t begin = 0;
    while (begin <= text.size() && count < numbers.size()) {
        const std::size_t end = std::min(text.find('-', begin), text.size());
        numbers[count++] = parse_digits(std::string_view(text).substr(begin, end - begin));
        begin = end + 1;
    }
    if (begin <= text.size() || count < 2 || !numbers[0] || !numbers[1] || *numbers[0] < 1900
        || *numbers[0] > 2200 || *numbers[1] < 1 || *numbers[1] > 12) {
        return std::nullopt;
    }
    const int year = static_cast<int>(*numbers[0]);
    const auto month = static_cast<unsigned>(*numbers[1]);
    if (count == 2) {
        return last_day_of_month(year, month);
    }
    if (!numbers[2] || *numbers[2] > 31) {
        return std::nullopt;
    }
    return make_day(year, month, static_cast<unsigned>(*numbers[2]));
}

} // namespace

Layout::Layout(const Table& table, const std::vector<Column>& columns, Faults& faults) {
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        const std::string given = lower(trimmed(table.header[i]));
        if (given.empty()) {
            continue;
        }
        const auto column =
            std::find_if(columns.begin(), columns.end(), [&](const Column& candidate) {
                return given == candidate.name || given == candidate.zh
                       || given == candidate.former_zh;
            });
        if (column == columns.end()) {
            note(faults, {1, quotable(given), "column_unknown"});
        } else if (!index_.emplace(column->name, i).second) {
            note(faults, {1, std::string(column->name), "column_twice"});
        }
    }
    for (const Column& column : columns) {
        if (column.required && !index_.contains(column.name)) {
            note(faults, {1, std::string(column.name), "column_missing"});
        }
    }
}

std::optional<std::size_t> Layout::index_of(std::string_view column) const {
    const auto found = index_.find(column);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
}

RowReader::RowReader(const Row& row, const Layout& layout, Faults& faults)
    : row_(row), layout_(layout), faults_(faults) {
    constexpr std::array<std::string_view, 7> lists{
        "gtins",
        "trace_prefixes",
        "drug_codes",
        "udi",
        "hospital_codes",
        "neighbours",
        "accessories"};
    for (const auto& [column, index] : layout.columns()) {
        const bool list = std::find(lists.begin(), lists.end(), column) != lists.end();
        const std::string cell = list ? std::string() : text(column);
        if (!readiness::is_one_line(cell)) {
            fault_of(column, "control_character", cell);
        }
    }
}

void RowReader::fault(std::string_view column, std::string_view what, Values values) {
    note(faults_, {row_.number, std::string(column), std::string(what), std::move(values)});
}

void RowReader::fault_of(std::string_view column, std::string_view what, std::string_view value) {
    fault(column, what, {{"value", quotable(value)}});
}

std::string RowReader::text(std::string_view column) const {
    const auto index = layout_.index_of(column);
    return !index || *index >= row_.cells.size() ? std::string()
                                                 : std::string(trimmed(row_.cells[*index]));
}

std::string RowReader::required(std::string_view column) {
    std::string value = text(column);
    if (value.empty()) {
        fault(column, "empty");
    } else if (value.size() > required_bytes_max) {
        fault(column, "too_long", {{"limit", std::to_string(required_bytes_max)}});
    }
    return value;
}

std::string RowReader::id(std::string_view column) {
    std::string value = required(column);
    if (!value.empty()
        && (value.size() > 64 || !std::all_of(value.begin(), value.end(), is_id_character))) {
        fault_of(column, "id_malformed", value);
    }
    return value;
}

int RowReader::integer(std::string_view column, int low, int high) {
    const std::string value = text(column);
    const auto number = parse_digits(value);
    if (!number || *number < low || *number > high) {
        fault(
            column,
            value.empty() ? "number_missing" : "number_malformed",
            {{"value", quotable(value)},
             {"low", std::to_string(low)},
             {"high", std::to_string(high)}});
        return low;
    }
    return static_cast<int>(*number);
}

bool RowReader::boolean(std::string_view column, bool otherwise) {
    const std::string value = lower(text(column));
    static constexpr std::array<std::string_view, 6> truths = {"yes", "y", "1", "true", "是", "有"};
    static constexpr std::array<std::string_view, 6> falsehoods = {
        "no", "n", "0", "false", "否", "无"};
    if (std::find(truths.begin(), truths.end(), value) != truths.end()) {
        return true;
    }
    if (std::find(falsehoods.begin(), falsehoods.end(), value) != falsehoods.end()) {
        return false;
    }
    if (!value.empty()) {
        fault(column, "none_of", {{"value", quotable(value)}, {"words", "yes, no, 是, 否"}});
    }
    return otherwise;
}

std::optional<bool> RowReader::said(std::string_view column) {
    return text(column).empty() ? std::nullopt : std::optional(boolean(column, false));
}

std::optional<Day> RowReader::day(std::string_view column) {
    const std::string value = text(column);
    if (value.empty()) {
        return std::nullopt;
    }
    const auto day = day_of(value);
    if (!day) {
        fault_of(column, "date_malformed", value);
    }
    return day;
}

std::string RowReader::function(std::string_view column) {
    return word<std::string>(
        column,
        {{"airway", "airway"},
         {"breathing", "breathing"},
         {"circulation", "circulation"},
         {"drugs", "drugs"},
         {"other", "other"},
         {"气道", "airway"},
         {"呼吸", "breathing"},
         {"循环", "circulation"},
         {"药品", "drugs"},
         {"其他", "other"}},
        "");
}

std::vector<std::string> RowReader::parts(std::string_view column) const {
    std::string value = text(column);
    for (std::size_t at; (at = value.find("；")) != std::string::npos;) {
        value.replace(at, std::string_view("；").size(), ";");
    }
    std::vector<std::string> found;
    std::string part;
    for (const char c : value + ";") {
        if (c != ';' && c != ' ' && c != '\n') {
            part += c;
        } else if (!part.empty()) {
            found.push_back(std::exchange(part, {}));
        }
    }
    return found;
}

} // namespace cartwatch::imports
