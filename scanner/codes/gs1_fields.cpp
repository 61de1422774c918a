#include "scanner/codes/gs1_fields.hpp"

#include "scanner/codes/gs1_dates.hpp"
#include "scanner/codes/gtin.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes::gs1 {

namespace {

// Identifiers whose values have a member of their own in ScannedCode.
constexpr std::uint16_t gtin_number = 1;
constexpr std::uint16_t lot_number = 10;
constexpr std::uint16_t production_number = 11;
constexpr std::uint16_t expiry_number = 17;
constexpr std::uint16_t serial_number = 21;
constexpr std::uint16_t expiry_time_number = 7003;

bool is_date(std::uint16_t number) {
    constexpr std::array<std::uint16_t, 6> dates = {12, 13, 15, 16, 4326, 7006};
    return std::find(dates.begin(), dates.end(), number) != dates.end();
}

// Measures and amounts: the identifier's last digit counts the decimals of the value.
bool has_decimals(std::uint16_t number) {
    return (number >= 3100 && number <= 3699) || (number >= 3900 && number <= 3909)
           || (number >= 3920 && number <= 3929) || (number >= 3940 && number <= 3959);
}

std::string with_decimals(std::string_view digits, std::size_t decimals) {
    std::string text(digits);
    if (text.size() <= decimals) {
        text.insert(0, decimals + 1 - text.size(), '0');
    }
    if (decimals > 0) {
        text.insert(text.size() - decimals, ".");
    }
    const std::size_t first = text.find_first_not_of('0');
    const bool is_fraction = first == std::string::npos || text[first] == '.';
    text.erase(0, is_fraction ? std::min(first, text.size()) - 1 : first);
    return text;
}

std::string field_value(const Element& element, int current_year) {
    if (is_date(element.number)) {
        if (const auto day = day_of_yymmdd(element.value, current_year, DayZero::last_of_month)) {
            return cartwatch::to_text(*day);
        }
    }
    if (has_decimals(element.number)) {
        return with_decimals(element.value, element.number % 10);
    }
    return std::string(element.value);
}

std::string field_name(const Element& element) {
    const std::string_view name = element.identifier->field;
    return std::string(name) + (name.ends_with('_') ? std::string(element.digits) : "");
}

// (7003): the day counts as the last usable one, the time is told beside it; where (17) names
// another day, the earlier of both counts.
void fill_expiry_time(ScannedCode& code, const Element& element, int current_year) {
    const auto day = day_of_yymmdd(element.value.substr(0, 6), current_year, DayZero::refused);
    if (!day) {
        return;
    }
    if (code.expiry && *code.expiry != *day) {
        code.warnings.emplace_back("expiry_differs");
    }
    if (!code.expiry || *day < *code.expiry) {
        code.expiry = day;
    }
    code.fields.push_back(
        {"expiry_time",
         cartwatch::to_text(*day) + "T" + std::string(element.value.substr(6, 2)) + ":"
             + std::string(element.value.substr(8, 2))});
}

void fill_element(ScannedCode& code, const Element& element, int current_year) {
    switch (element.number) {
    case gtin_number:
        code.gtin = element.value;
        break;
    case lot_number:
        code.lot = element.value;
        break;
    case serial_number:
        code.serial = element.value;
        break;
    case production_number:
        code.production = day_of_yymmdd(element.value, current_year, DayZero::last_of_month);
        break;
    case expiry_number:
        code.expiry = day_of_yymmdd(element.value, current_year, DayZero::last_of_month);
        break;
    case expiry_time_number:
        break; // after all others, since it may correct the expiry
    default:
        code.fields.push_back({field_name(element), field_value(element, current_year)});
        break;
    }
}

} // namespace

void fill(ScannedCode& code, const ElementString& string, int current_year) {
    for (const Element& element : string.elements()) {
        fill_element(code, element, current_year);
    }
    if (const Element* element = string.find(expiry_time_number)) {
        fill_expiry_time(code, *element, current_year);
    }
    if (!code.gtin.empty()) {
        const std::vector<Field> derived = fields_of_gtin(code.gtin);
        code.fields.insert(code.fields.end(), derived.begin(), derived.end());
    }
}

std::string bracketed(const ElementString& string) {
    std::string text;
    for (const Element& element : string.elements()) {
        text += "(" + std::string(element.digits) + ")" + std::string(element.value);
    }
    return text;
}

} // namespace cartwatch::codes::gs1
