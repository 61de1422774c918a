#include "scanner/codes/gs1.hpp"

#include "scanner/codes/gs1_fields.hpp"
#include "scanner/codes/gs1_lost_separator.hpp"
#include "scanner/codes/gs1_restored.hpp"
#include "scanner/codes/settle.hpp"
#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace cartwatch::codes::gs1 {

namespace {

// Identifiers that another code on the same item bears: those of its members, and those whose
// fields it has.
std::vector<std::uint16_t> known_identifiers(const ScannedCode* after) {
    std::vector<std::uint16_t> known;
    if (after == nullptr) {
        return known;
    }
    const auto add = [&](bool is_there, std::uint16_t number) {
        if (is_there) {
            known.push_back(number);
        }
    };
    add(!after->gtin.empty(), 1);
    add(!after->lot.empty(), 10);
    add(after->production.has_value(), 11);
    add(after->expiry.has_value(), 17);
    add(!after->serial.empty(), 21);
    if (after->family != Family::gs1 && after->family != Family::gs1_digital_link) {
        return known; // fields of the same name mean something else there
    }
    for (const Identifier& identifier : all_identifiers()) {
        const bool is_one = identifier.first == identifier.last && !identifier.field.empty();
        add(is_one && !after->field(identifier.field).empty(), identifier.first);
    }
    return known;
}

// GS1 General Specifications, section 4.14: what may not stand beside each other may not do so in
// two symbols of one item either.
Fault conflict_with_known(const ElementString& string, std::span<const std::uint16_t> known) {
    const auto forbids = [](const Identifier& identifier, std::uint16_t number) {
        return std::any_of(
            identifier.conflicts.begin(),
            identifier.conflicts.end(),
            [&](const NumberRange& range) { return range.holds(number); });
    };
    for (const Element& element : string.elements()) {
        for (const std::uint16_t number : known) {
            const bool is_same = number == element.number;
            if (!is_same && forbids(*element.identifier, number)) {
                return {Rule::mutually_exclusive_ai, element.digits, element.value};
            }
        }
    }
    return {};
}

// Zeros have a right check digit and name no item.
Fault item_of_zeros(const ElementString& string) {
    constexpr std::array<std::uint16_t, 3> item_numbers = {1, 2, 3};
    for (const std::uint16_t number : item_numbers) {
        const Element* element = string.find(number);
        if (element != nullptr && element->value.find_first_not_of('0') == std::string_view::npos) {
            return {Rule::bad_value, element->digits, element->value};
        }
    }
    return {};
}

Reading refused_string(const Scan& scan, Family family, const Fault& fault) {
    std::string text = "application identifier (" + std::string(fault.at)
                       + "): " + std::string(explanation(fault.rule));
    if (!fault.value.empty()) {
        text += ": \"" + shortened(fault.value) + "\"";
    }
    return refused_scan(scan, family, {to_text(fault.rule), fault.at, text});
}

// Separators in front, at the end or twice in a row: FNC1 of the symbol's first place, or a scanner
// that sends one too many. They say nothing, and are told.
bool has_idle_separators(std::string_view text) {
    constexpr std::string_view two = "\x1d\x1d";
    return text.starts_with(separator) || text.ends_with(separator)
           || text.find(two) != std::string_view::npos;
}

Candidate candidate_of(const std::string& text, const ParseContext& context) {
    ElementString string;
    const Fault fault = parse_element_string(text, context, string);
    ensure(fault.rule == Rule::none, "a string written anew reads as before");
    ScannedCode other;
    other.family = Family::gs1;
    fill(other, string, context.current_year);
    return as_candidate(other);
}

// What the string may have been where a separator was lost. A scanner whose check showed that it
// sends them loses none, nor does one that sent one where this scan needs it: only what proves
// itself is worth asking about then.
void tell_other_readings(
    const Scan& scan, ScannedCode& code, const Parsed& parsed, const ParseContext& context) {
    const OtherStrings others(parsed.string, context);
    if (others.empty() || (!others.proven() && scan.scanner->sends_separators)) {
        return;
    }
    if (!others.proven() && has_needed_separator(parsed.text, parsed.string)) {
        code.warnings.emplace_back("missing_separator_possible");
        return;
    }
    code.warnings.emplace_back("missing_separator_suspected");
    for (const std::string& text : others.strings()) {
        code.candidates.push_back(candidate_of(text, context));
    }
}

// A value longer than it can be has swallowed others: what it may have been is offered. One single
// reading is what it was.
std::optional<ScannedCode>
split_overlong(const Scan& scan, Family family, const Parsed& parsed, const ParseContext& context) {
    const OtherStrings others(parsed.text, parsed.fault, context);
    if (others.empty()) {
        return std::nullopt;
    }
    ScannedCode code = begun(scan, family);
    code.warnings.emplace_back("missing_separator_suspected");
    if (others.strings().size() > 1) {
        code.text = parsed.text;
        for (const std::string& text : others.strings()) {
            code.candidates.push_back(candidate_of(text, context));
        }
        code.warnings.emplace_back("ambiguous");
        return code;
    }
    ElementString string;
    const Fault fault = parse_element_string(others.strings().front(), context, string);
    ensure(fault.rule == Rule::none, "a string written anew reads as before");
    fill(code, string, context.current_year);
    code.text = bracketed(string);
    return code;
}

Reading read_string(const Scan& scan, Family family, std::string_view data) {
    const std::vector<std::uint16_t> known = known_identifiers(scan.after);
    const ParseContext context{year_of(scan.as_of), known};
    Parsed parsed;
    parse_restoring(data, *scan.scanner, context, parsed);
    if (parsed.fault.rule == Rule::none) {
        parsed.fault = conflict_with_known(parsed.string, known);
    }
    if (parsed.fault.rule == Rule::none) {
        parsed.fault = item_of_zeros(parsed.string);
    }
    if (parsed.fault.rule == Rule::bad_length && family == Family::gs1) {
        if (auto split = split_overlong(scan, family, parsed, context)) {
            return *split;
        }
    }
    if (parsed.fault.rule != Rule::none) {
        return refused_string(scan, family, parsed.fault);
    }
    ScannedCode code = begun(scan, family);
    fill(code, parsed.string, context.current_year);
    code.text = bracketed(parsed.string);
    if (!parsed.substitute.empty()) {
        code.fields.push_back({"gs_substitute", parsed.substitute});
        if (!parsed.configured) {
            code.warnings.emplace_back("separator_replaced");
        } else if (data == scan.data) {
            code.cleaned = scan.identifier + parsed.restored;
        }
    }
    if (data == scan.data && has_idle_separators(parsed.text)) {
        code.warnings.emplace_back("separator_idle");
    }
    if (family != Family::gs1_digital_link) {
        tell_other_readings(scan, code, parsed, context);
    }
    return code;
}

// The length of "(01)" at the front, with known digits; 0 where there is none.
std::size_t bracket_length(std::string_view text) {
    if (!text.starts_with('(')) {
        return 0;
    }
    const std::size_t end = text.find(')');
    return end != std::string_view::npos && find_identifier(text.substr(1, end - 1)) != nullptr
               ? end + 1
               : 0;
}

std::string_view without_blanks_around(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

// "(01)…(17)…" as an element string; nullopt where the text does not begin with a known bracket.
// A value that itself holds a bracketed identifier is cut there: printed text cannot tell better.
std::optional<std::string> without_brackets(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t bracket = bracket_length(text);
        if (bracket == 0) {
            return std::nullopt; // only possible at the front
        }
        std::size_t end = bracket;
        while (end < text.size() && bracket_length(text.substr(end)) == 0) {
            ++end;
        }
        result += text.substr(1, bracket - 2);
        result += without_blanks_around(text.substr(bracket, end - bracket));
        result += separator;
        text.remove_prefix(end);
    }
    return result.empty() ? std::nullopt : std::optional(result);
}

bool begins_with_checked(std::string_view text, std::string_view identifier, std::size_t digits) {
    return text.starts_with(identifier) && text.size() >= identifier.size() + digits
           && is_all_digits(text.substr(identifier.size(), digits));
}

// Without a carrier that says so, an element string is known by its first element, which must
// carry a check digit, or by its separators. A wrong check digit still makes it one where another
// identifier follows: it is refused then, rather than taken for some other text.
bool looks_like_element_string(std::string_view data, const ScannerSettings& scanner) {
    const std::string_view text = without_leading_separators(data, scanner);
    for (const auto& [identifier, digits] :
         {std::pair<std::string_view, std::size_t>{"01", 14}, {"02", 14}, {"00", 18}}) {
        if (begins_with_checked(text, identifier, digits)) {
            const std::string_view rest = text.substr(2 + digits);
            return has_check_digit(text.substr(2, digits)) || identifier_at(rest) != nullptr
                   || (rest.empty() && identifier == "00");
        }
    }
    return data.find(separator) != std::string_view::npos && identifier_at(text) != nullptr;
}

// Readers that give DataBar's GTIN without the (01) that it stands for.
bool is_bare_gtin(const Scan& scan) {
    return scan.symbology == "]e0" && scan.data.size() == 14 && has_check_digit(scan.data);
}

Reading read_carrier(const Scan& scan) {
    if (is_bare_gtin(scan)) {
        return read_string(scan, Family::gs1, "01" + scan.data);
    }
    if (const auto content = without_brackets(scan.data)) {
        return read_string(scan, Family::gs1, *content);
    }
    std::string data = scan.data; // a GS1-128 composite: both parts are one string
    const std::size_t composite = data.find("|]e");
    if (composite != std::string::npos && composite + 4 <= data.size()) {
        data.replace(composite, 4, 1, separator);
    }
    return read_string(scan, Family::gs1, data);
}

} // namespace

FamilyReading read(const Scan& scan) {
    if (scan.carrier == Carrier::gs1) {
        return read_carrier(scan);
    }
    if (scan.carrier != Carrier::unknown) {
        return std::nullopt;
    }
    if (const auto content = without_brackets(scan.data)) {
        return read_string(scan, Family::gs1, *content);
    }
    if (!looks_like_element_string(scan.data, *scan.scanner)) {
        return std::nullopt;
    }
    return read_string(scan, Family::gs1, scan.data);
}

Reading
read_composite(const Scan& scan, Family family, std::string_view gtin, std::string_view data) {
    return read_string(scan, family, "01" + std::string(gtin) + std::string(data));
}

Reading read_content(const Scan& scan, std::string_view data) {
    return read_string(scan, Family::gs1, data);
}

Part read_part(const Scan& scan) {
    if (scan.after == nullptr || scan.after->gtin.empty() || scan.carrier != Carrier::unknown
        || !scan.symbology.empty()) {
        return {};
    }
    const std::vector<std::uint16_t> known = known_identifiers(scan.after);
    ElementString string;
    if (parse_element_string(scan.data, {year_of(scan.as_of), known}, string).rule != Rule::none) {
        return {};
    }
    PartShape shape = PartShape::none;
    for (const Element& element : string.elements()) {
        constexpr std::array<std::uint16_t, 7> parts = {10, 11, 15, 16, 17, 21, 30};
        if (std::find(parts.begin(), parts.end(), element.number) == parts.end()) {
            return {};
        }
        const bool is_date = element.identifier->predefined_length;
        shape = is_date || shape == PartShape::strong ? PartShape::strong : PartShape::weak;
    }
    const Reading reading = read_content(scan, scan.data);
    return reading ? Part{shape, *reading} : Part{};
}

Reading read_elements(const Scan& scan, Family family, std::string_view data) {
    ScannerSettings strict;
    strict.automatic_separators = false;
    Scan copy = scan;
    copy.scanner = &strict;
    return read_string(copy, family, data);
}

} // namespace cartwatch::codes::gs1
