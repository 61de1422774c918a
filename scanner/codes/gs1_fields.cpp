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

// What a lost separator is believed to have hidden: what packs bear beside a GTIN. The rarer
// identifiers of two digits (20, 22, 37) are left out: nearly every numeric lot holds one of them.
bool may_follow_lost_separator(const Element& element) {
    constexpr std::array<std::uint16_t, 20> numbers = {
        1, 10, 11, 13, 15, 16, 17, 21, 30, 240, 241, 250, 710, 711, 712, 713, 714, 715, 716, 717};
    return std::find(numbers.begin(), numbers.end(), element.number) != numbers.end();
}

// The string with `tail` split off `whole`'s value; false where that is no valid string.
bool split_string(
    const ElementString& string,
    const Element& whole,
    const ElementString& tail,
    ElementString& out) {
    out.clear();
    for (const Element& element : string.elements()) {
        Element copy = element;
        if (element.number == whole.number) {
            copy.value = whole.value;
        }
        if (!out.add(copy)) {
            return false;
        }
    }
    for (const Element& element : tail.elements()) {
        const Element* earlier = out.find(element.number);
        if (earlier != nullptr && earlier->value != element.value) {
            return false;
        }
        if (earlier == nullptr && !out.add(element)) {
            return false;
        }
    }
    return true;
}

// How much a tail proves: dates and GTINs are hard to hit by chance, lots and serials are not.
std::size_t proof_of(const ElementString& tail) {
    std::size_t proof = 1;
    for (const Element& element : tail.elements()) {
        proof += element.identifier->predefined_length ? 10 : 0;
    }
    return proof;
}

struct Split {
    ElementString string;
    std::size_t proof = 0;
};

void consider_split(
    const ElementString& string,
    const Element& element,
    std::size_t at,
    const ParseContext& context,
    Split& best) {
    ElementString tail;
    const std::string_view text = element.value.substr(at);
    if (identifier_at(text) == nullptr || parse_elements(text, context, tail).rule != Rule::none
        || !std::all_of(
            tail.elements().begin(), tail.elements().end(), may_follow_lost_separator)) {
        return;
    }
    Element head = element;
    head.value = element.value.substr(0, at);
    ElementString whole;
    const bool is_valid =
        broken_rule(*head.identifier, head.value, context.current_year) == Rule::none
        && split_string(string, head, tail, whole);
    if (is_valid && proof_of(tail) > best.proof) {
        best = {whole, proof_of(tail)};
    }
}

Candidate candidate_of(const ElementString& string, int current_year) {
    ScannedCode code;
    fill(code, string, current_year);
    Candidate candidate;
    candidate.family = Family::gs1;
    candidate.gtin = code.gtin;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) {
            candidate.fields.push_back({name, value});
        }
    };
    add("lot", code.lot);
    add("expiry", code.expiry ? cartwatch::to_text(*code.expiry) : "");
    add("serial", code.serial);
    add("production", code.production ? cartwatch::to_text(*code.production) : "");
    candidate.fields.insert(candidate.fields.end(), code.fields.begin(), code.fields.end());
    return candidate;
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

std::optional<Candidate>
reading_with_lost_separator(const ElementString& string, const ParseContext& context) {
    Split best;
    for (const Element& element : string.elements()) {
        if (element.identifier->predefined_length) {
            continue;
        }
        // Behind at least one character of its own, a value may hide two digits and one more.
        for (std::size_t at = 1; at + 3 <= element.value.size(); ++at) {
            consider_split(string, element, at, context, best);
        }
    }
    if (best.proof == 0) {
        return std::nullopt;
    }
    return candidate_of(best.string, context.current_year);
}

} // namespace cartwatch::codes::gs1
