#include "scanner/codes/repairs.hpp"

#include "scanner/codes/carrier.hpp"
#include "scanner/codes/host_layout.hpp"
#include "scanner/codes/merged_scan.hpp"
#include "scanner/codes/settle.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes {

namespace {

// Beyond what a pack bears twice; keeps the search for a second scan small.
constexpr std::size_t glued_length_max = 400; // bytes

bool is_understood(const Reading& reading) {
    return reading && reading->family != Family::other;
}

bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

bool has_letters(std::string_view text) {
    return std::any_of(
        text.begin(), text.end(), [](char c) { return is_small(c) || (c >= 'A' && c <= 'Z'); });
}

// --- other layouts, Caps Lock -------------------------------------------------------------------

bool says_same(const ScannedCode& one, const ScannedCode& other) {
    return one.family == other.family && one.gtin == other.gtin && one.lot == other.lot
           && one.serial == other.serial && one.expiry == other.expiry
           && one.production == other.production && one.text == other.text;
}

class Retyped {
public:
    Retyped(const Scan& scan, PlainReader read) : scan_(scan), read_(read) {}

    void consider(std::string_view text, std::optional<HostLayout> layout, bool is_inverted) {
        Reading reading = read_(scan_, text);
        if (!is_understood(reading)) {
            return;
        }
        if (layout) {
            reading->warnings.emplace_back("layout_repaired");
            reading->fields.push_back({"host_layout", std::string(to_text(*layout))});
        }
        if (is_inverted) {
            reading->warnings.emplace_back("caps_lock_inverted");
        }
        if (!found_) {
            found_ = std::move(reading);
        } else if (!says_same(**found_, *reading)) {
            is_ambiguous_ = true;
        }
    }

    [[nodiscard]] std::optional<Reading> only() const {
        return is_ambiguous_ ? std::nullopt : found_;
    }

private:
    const Scan& scan_;
    PlainReader read_;
    std::optional<Reading> found_;
    bool is_ambiguous_ = false;
};

bool begins_with_common_identifier(std::string_view text) {
    return text.size() >= 3 && text[0] == ']' && is_common_identifier(text[1]) && text[2] >= '0'
           && text[2] <= '7';
}

// --- two scans in one ---------------------------------------------------------------------------

// How surely a text is the beginning of a code: by its digits alone, which the end of a lot or
// serial may have as well; by how it begins; by what no other family's data look like.
enum class Beginning { none, digits, mark, code };

// Digits that are a code by themselves. Of eight those that no pack bears are left out: a first 0
// or 2 is for use inside a company (GS1 General Specifications, 1.4.3), and dates begin with 20.
bool is_whole_number(std::string_view text) {
    switch (text.size()) {
    case 8:
        return text.front() != '0' && text.front() != '2' && has_check_digit(text);
    case 10:
        return parse_own_tag(text).has_value();
    case 12:
    case 13:
    case 14:
        return has_check_digit(text);
    case 20:
        return text.front() == '8' && is_all_digits(text);
    default:
        return false;
    }
}

Beginning beginning_of(std::string_view text) {
    constexpr std::array<std::string_view, 7> marks = {"+", "=", "&", "http", "HTTP", "MA.", "MF"};
    const bool is_key =
        text.starts_with("01") && text.size() >= 16 && has_check_digit(text.substr(2, 14));
    const bool is_pzn = text.size() == 9 && text.front() == '-';
    if (is_key || text.starts_with("[)>")) {
        return Beginning::code;
    }
    if (is_pzn || is_whole_number(text)) {
        return Beginning::digits;
    }
    const bool has_mark = std::any_of(
        marks.begin(), marks.end(), [&](std::string_view mark) { return text.starts_with(mark); });
    return has_mark ? Beginning::mark : Beginning::none;
}

bool sends_letters(const Scan& scan) {
    return scan.scanner->code_id == ScannerSettings::CodeId::symbol;
}

struct Glued {
    ScannedCode first;
    std::size_t at = 0;
    Beginning second = Beginning::none;
};

// The first place where the text falls apart into two codes that both stand on their own. The
// digits of an element string fall apart into two numbers by chance: there, both must be readable
// and the first one an element string as well. ISBT 128 joins codes by intent. A scanner that sends
// a letter in front of each code sends one in front of the second, too.
std::optional<Glued>
glued_at(const Scan& on, std::string_view text, const Reading& whole, PlainReader read) {
    Scan scan = on;
    scan.after = nullptr; // each is to stand on its own
    constexpr std::size_t shortest = 8;
    constexpr std::size_t gtin_element = 16;
    const bool is_element_string = whole && whole->family == Family::gs1;
    const bool is_joined = whole && whole->family == Family::isbt128;
    const bool is_identified = begins_with_common_identifier(text);
    const bool is_lettered = sends_letters(scan);
    for (std::size_t at = shortest; at + shortest <= text.size(); ++at) {
        const std::string_view second = text.substr(at);
        const std::size_t letter = is_lettered ? letter_length(second) : 0;
        if (is_lettered && letter == 0) {
            continue;
        }
        const Beginning beginning = beginning_of(second.substr(letter));
        // A scanner that sends identifiers sends no second code without one: what is left is the
        // key of another item behind a value.
        const bool is_own_key = whole && second.substr(0, gtin_element).ends_with(whole->gtin);
        if (is_identified && (beginning != Beginning::code || is_own_key)) {
            continue;
        }
        const bool is_sure = beginning == Beginning::code && !is_element_string;
        if (beginning == Beginning::none || (is_joined && beginning == Beginning::mark)
            || (!is_sure && !is_understood(read(scan, second)))) {
            continue;
        }
        const std::size_t end = text.substr(0, at).find_last_not_of('\x1d') + 1;
        Reading first = read(scan, text.substr(0, end));
        if (is_understood(first) && (!is_element_string || first->family == Family::gs1)) {
            return Glued{std::move(*first), at, beginning};
        }
    }
    return std::nullopt;
}

bool is_doubled(const Scan& scan, std::string_view text, PlainReader read) {
    const std::string_view half = text.substr(0, text.size() / 2);
    return text.size() % 2 == 0 && text.substr(half.size()) == half
           && is_understood(read(scan, half));
}

// Lots and serial numbers without a check, at the text's end and of any length.
bool has_free_text(const Reading& reading) {
    return reading
           && (reading->family == Family::gs1 || reading->family == Family::gs1_digital_link
               || reading->family == Family::ma);
}

} // namespace

std::optional<Reading>
read_betrayed_layout(const Scan& scan, std::string_view text, PlainReader read) {
    constexpr std::size_t identifier_bytes = 4; // "$dé"
    const bool is_german = text.starts_with('+');
    if (!is_german && !text.starts_with('$')) {
        return std::nullopt;
    }
    const HostLayout layout = is_german ? HostLayout::de : HostLayout::fr;
    const auto front = typed_as_american(text.substr(0, identifier_bytes), layout);
    if (!front || !begins_with_common_identifier(*front)) {
        return std::nullopt;
    }
    const auto typed = typed_as_american(text, layout);
    if (!typed) {
        return std::nullopt;
    }
    Retyped retyped(scan, read);
    retyped.consider(*typed, layout, false);
    return retyped.only();
}

std::optional<Reading>
read_without_idle_separators(const Scan& scan, std::string_view text, PlainReader read) {
    constexpr std::size_t identifier_length = 3;
    constexpr char separator = '\x1d';
    const std::size_t front = begins_with_common_identifier(text) ? identifier_length : 0;
    std::string bare(text.substr(0, front));
    text.remove_prefix(front);
    const std::size_t begin = std::min(text.find_first_not_of(separator), text.size());
    const std::size_t end = text.find_last_not_of(separator) + 1;
    if (begin == 0 && end == text.size()) {
        return std::nullopt;
    }
    bare += text.substr(begin, end - std::min(begin, end));
    Reading reading = read(scan, bare);
    if (!is_understood(reading)) {
        return std::nullopt;
    }
    reading->warnings.emplace_back("separator_idle");
    return reading;
}

std::optional<Reading> read_retyped(const Scan& scan, std::string_view text, PlainReader read) {
    Retyped retyped(scan, read);
    // With an identifier in front the brackets' key is where it should be, and so is the case.
    const bool is_identified = begins_with_common_identifier(text);
    if (!is_identified && has_letters(text)) {
        retyped.consider(with_inverted_case(text), std::nullopt, true);
    }
    for (const HostLayout layout : host_layouts) {
        const auto typed = typed_as_american(text, layout);
        if (!typed || (is_identified && layout != HostLayout::uk)) {
            continue;
        }
        retyped.consider(*typed, layout, false);
        if (!is_identified && !begins_with_common_identifier(*typed) && has_letters(*typed)) {
            retyped.consider(with_inverted_case(*typed), layout, true);
        }
    }
    return retyped.only();
}

Reading
with_merged_scans_told(Reading whole, const Scan& scan, std::string_view text, PlainReader read) {
    const bool is_one_number = whole && is_all_digits(text) && whole->family != Family::gs1;
    if (text.size() > glued_length_max || is_one_number) {
        return whole;
    }
    // Two EAN-13 whose first begins with 01 read as an element string with a lot of two digits.
    constexpr std::size_t two_ean_13 = 26;
    if (whole && whole->family == Family::gs1 && text.size() == two_ean_13
        && is_merged_digits(text)) {
        whole->warnings.emplace_back("merged_scan_suspected");
        if (const Reading first = read(scan, text.substr(0, two_ean_13 / 2))) {
            whole->candidates.push_back(as_candidate(*first));
        }
        return whole;
    }
    const auto glued = glued_at(scan, text, whole, read);
    if (!glued && !is_doubled(scan, text, read)) {
        return whole;
    }
    if (glued && has_free_text(whole) && glued->second == Beginning::digits) {
        if (scan.scanner->ends_scans) {
            return whole; // two scans would have a line end between them
        }
        whole->warnings.emplace_back("merged_scan_suspected");
        whole->candidates.push_back(as_candidate(glued->first));
        return whole;
    }
    return refused_scan(
        scan,
        std::nullopt,
        {"merged_scan",
         std::to_string(glued ? glued->at : text.size() / 2),
         "two scans arrived as one: \"" + shortened(text) + "\""});
}

void tell_suspected_case(ScannedCode& code) {
    const auto has_small = [](std::string_view value) {
        return std::any_of(value.begin(), value.end(), is_small);
    };
    if (!has_small(code.lot) && !has_small(code.serial)) {
        return;
    }
    ScannedCode turned = code;
    turned.lot = with_inverted_case(code.lot);
    turned.serial = with_inverted_case(code.serial);
    code.warnings.emplace_back("case_suspected");
    code.candidates.push_back(as_candidate(turned));
}

} // namespace cartwatch::codes
