#include "scanner/codes/hibc.hpp"

#include "scanner/codes/gs1_dates.hpp"
#include "scanner/codes/hibc_pas.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::codes::hibc {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
constexpr std::size_t field_length_max = 18; // product number, lot, serial

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_alphanumeric(std::string_view text) {
    return std::all_of(
        text.begin(), text.end(), [](char c) { return is_digit(c) || is_capital(c); });
}

// A label on its way: what was understood, or the first rule that it breaks.
struct Label {
    ScannedCode code;
    std::string rule;
    std::string at;
    int current_year = 0;

    void refuse(const char* broken, std::string_view where) {
        if (rule.empty()) {
            rule = broken;
            at = where;
        }
    }

    void add(const char* name, std::string_view value) {
        code.fields.push_back({name, std::string(value)});
    }
};

// Takes a number of characters off the front; refuses the label where there are fewer.
std::string_view take(Label& label, std::string_view& text, std::size_t length) {
    if (text.size() < length) {
        label.refuse("bad_length", text);
        length = text.size();
    }
    const std::string_view front = text.substr(0, length);
    text.remove_prefix(length);
    return front;
}

// Day of the year: "20015" is 15 January 2020.
std::optional<Day> day_of_yyjjj(std::string_view text, int current_year) {
    const auto year = parse_digits(text.substr(0, 2));
    const auto day = parse_digits(text.substr(std::min<std::size_t>(2, text.size())));
    if (text.size() != 5 || !year || !day) {
        return std::nullopt;
    }
    return day_of_year(full_year(static_cast<int>(*year), current_year), static_cast<int>(*day));
}

std::optional<Day> day_of_mmddyy(std::string_view text, int current_year) {
    const std::string turned =
        text.size() == 6 ? std::string(text.substr(4)) + std::string(text.substr(0, 4)) : "";
    return day_of_yymmdd(turned, current_year, DayZero::refused);
}

// A month without a day means its last day.
std::optional<Day> day_of_mmyy(std::string_view text, int current_year) {
    const std::string turned =
        text.size() == 4 ? std::string(text.substr(2)) + std::string(text.substr(0, 2)) + "00" : "";
    return day_of_yymmdd(turned, current_year, DayZero::last_of_month);
}

void set_expiry(Label& label, std::optional<Day> day, std::string_view written) {
    if (!day) {
        label.refuse("bad_date", written);
    } else if (label.code.expiry && *label.code.expiry != *day) {
        label.refuse("repeated_segment_differs", written);
    }
    label.code.expiry = day;
}

void set_hour(Label& label, std::string_view hour) {
    const auto number = parse_digits(hour);
    if (!number || *number > 23) {
        label.refuse("bad_time", hour);
    } else if (label.code.expiry) {
        label.add("expiry_time", cartwatch::to_text(*label.code.expiry) + "T" + std::string(hour));
    }
}

void set_quantity(Label& label, std::string_view digits) {
    const auto number = parse_digits(digits);
    if (!number) {
        label.refuse("bad_charset", digits);
    } else if (label.code.field("quantity").empty()) {
        label.add("quantity", std::to_string(*number));
    } else if (label.code.field("quantity") != std::to_string(*number)) {
        label.refuse("repeated_segment_differs", digits);
    }
}

// The date behind "$$", whose first digit tells its form; the rest is left in the text.
void read_date(Label& label, std::string_view& text) {
    if (text.empty()) {
        return; // a quantity alone
    }
    const char form = text.front();
    if (form >= '2' && form <= '7') {
        text.remove_prefix(1);
    }
    const int year = label.current_year;
    switch (form) {
    case '0':
    case '1': {
        const std::string_view date = take(label, text, 4);
        return set_expiry(label, day_of_mmyy(date, year), date);
    }
    case '2': {
        const std::string_view date = take(label, text, 6);
        return set_expiry(label, day_of_mmddyy(date, year), date);
    }
    case '3':
    case '4': {
        const std::string_view date = take(label, text, 6);
        set_expiry(label, day_of_yymmdd(date, year, DayZero::refused), date);
        return form == '4' ? set_hour(label, take(label, text, 2)) : void();
    }
    case '5':
    case '6': {
        const std::string_view date = take(label, text, 5);
        set_expiry(label, day_of_yyjjj(date, year), date);
        return form == '6' ? set_hour(label, take(label, text, 2)) : void();
    }
    case '7':
        return;
    default:
        return label.refuse("bad_date", text);
    }
}

void set_lot_or_serial(Label& label, std::string_view value, bool is_serial) {
    if (value.size() > field_length_max) {
        label.refuse("bad_length", value);
    }
    std::string& member = is_serial ? label.code.serial : label.code.lot;
    if (!member.empty() && !value.empty() && member != value) {
        label.refuse("repeated_segment_differs", value);
    }
    if (!value.empty()) {
        member = value;
    }
}

// "$", "$$" or five digits of an older form in front of lot or serial.
void read_secondary(Label& label, std::string_view text) {
    const bool is_dated = text.starts_with("$$");
    if (!text.starts_with('$')) {
        const std::string_view date = take(label, text, 5);
        set_expiry(label, day_of_yyjjj(date, label.current_year), date);
        return set_lot_or_serial(label, text, false);
    }
    text.remove_prefix(is_dated ? 2 : 1);
    const bool is_serial = text.starts_with('+');
    text.remove_prefix(is_serial ? 1 : 0);
    if (is_dated && !text.empty() && (text.front() == '8' || text.front() == '9')) {
        const std::size_t length = text.front() == '8' ? 2 : 5;
        text.remove_prefix(1);
        set_quantity(label, take(label, text, length));
    }
    if (is_dated) {
        read_date(label, text);
    }
    set_lot_or_serial(label, text, is_serial);
}

void read_segment(Label& label, std::string_view segment) {
    if (segment.starts_with("14D")) {
        set_expiry(label, day_of_label(segment.substr(3)), segment);
    } else if (segment.starts_with("16D")) {
        const auto day = day_of_label(segment.substr(3));
        if (!day) {
            label.refuse("bad_date", segment);
        } else if (label.code.production && *label.code.production != *day) {
            label.refuse("repeated_segment_differs", segment);
        }
        label.code.production = day;
    } else if (segment.starts_with('S')) {
        set_lot_or_serial(label, segment.substr(1), true);
    } else if (segment.starts_with('Q')) {
        set_quantity(label, segment.substr(1));
    } else if (segment.starts_with('$') || (!segment.empty() && is_digit(segment.front()))) {
        read_secondary(label, segment);
    } else {
        label.refuse("unknown_segment", segment);
    }
}

// Labeler (four characters), product number, unit of measure.
void read_primary(Label& label, std::string_view text) {
    constexpr std::size_t labeler_length = 4;
    if (text.size() < labeler_length + 2 || text.size() > labeler_length + field_length_max + 1) {
        return label.refuse("bad_length", text);
    }
    if (!is_alphanumeric(text) || !is_digit(text.back())) {
        return label.refuse("bad_charset", text);
    }
    label.add("di", text);
    label.add("lic", text.substr(0, labeler_length));
    label.add("pcn", text.substr(labeler_length, text.size() - labeler_length - 1));
    label.add("uom", text.substr(text.size() - 1));
}

// The text behind "+" and without the check character.
void read_body(Label& label, std::string_view body, char check, const ScannedCode* after) {
    if (body.starts_with('/')) { // a provider's label
        if (const auto broken = put_provider_fields(label.code, body, check, after)) {
            label.refuse(broken->rule.c_str(), broken->at);
        }
        return;
    }
    if (!is_capital(body.front())) { // a secondary of its own: the last character is the link
        const std::string_view link = body.substr(body.size() - 1);
        const bool is_of_another = after != nullptr && after->family == Family::hibc
                                   && !after->field("lic").empty() && after->field("link") != link;
        if (is_of_another) {
            return label.refuse("bad_link_character", link);
        }
        label.add("link", link);
        return read_secondary(label, body.substr(0, body.size() - 1));
    }
    const std::size_t slash = std::min(body.find('/'), body.size());
    read_primary(label, body.substr(0, slash));
    if (slash == body.size()) {
        label.add("link", std::string_view(&check, 1));
    }
    body.remove_prefix(slash);
    while (!body.empty()) {
        body.remove_prefix(1);
        const std::size_t end = std::min(body.find('/'), body.size());
        read_segment(label, body.substr(0, end));
        body.remove_prefix(end);
    }
}

} // namespace

char check_character(std::string_view text) {
    std::size_t sum = 0;
    for (const char c : text) {
        sum += alphabet.find(c);
    }
    return alphabet[sum % alphabet.size()];
}

FamilyReading read(const Scan& scan) {
    constexpr std::size_t shortest = 4; // "+", one character of data, link, check
    std::string text = scan.data;
    if (text.size() > 2 && text.starts_with("*+") && text.ends_with('*')) {
        text = text.substr(1, text.size() - 2); // Code 39 shown with its start and stop
    }
    if (scan.carrier != Carrier::unknown || !text.starts_with('+') || text.size() < shortest) {
        return std::nullopt;
    }
    std::string upper = text;
    std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    const bool has_set = upper.find_first_not_of(alphabet) == std::string::npos;
    const std::string_view checked = std::string_view(upper).substr(0, upper.size() - 1);
    const bool has_check = has_set && check_character(checked) == upper.back();
    const bool is_label = is_capital(upper[1]) || upper[1] == '$' || upper[1] == '/';
    if (!is_label && !(has_check && is_digit(upper[1]))) {
        return std::nullopt; // a telephone number, a sum
    }
    if (!has_check) {
        return refused_scan(
            scan,
            Family::hibc,
            {has_set ? "bad_check_character" : "bad_charset",
             "",
             (has_set ? "the check character is wrong: \"" : "a character is not allowed: \"")
                 + shortened(text) + "\""});
    }
    Label label;
    label.code = begun(scan, Family::hibc);
    label.code.text = upper;
    label.current_year = year_of(scan.as_of);
    if (upper != text) {
        label.code.warnings.emplace_back("case_folded");
    }
    read_body(label, checked.substr(1), upper.back(), scan.after);
    if (!label.rule.empty()) {
        return refused_scan(
            scan,
            Family::hibc,
            {label.rule, label.at, "a field is wrong: \"" + shortened(label.at) + "\""});
    }
    return label.code;
}

} // namespace cartwatch::codes::hibc
