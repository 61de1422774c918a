#include "scanner/codes/carrier.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes {

namespace {

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

char with_other_case(char c) {
    return is_letter(c) ? static_cast<char>(c ^ 0x20) : c;
}

bool begins_with_identifier(std::string_view text) {
    return text.size() >= 3 && text[0] == ']' && is_letter(text[1])
           && (is_digit(text[2]) || is_letter(text[2]));
}

// The letters that ISO/IEC 15424 gives out and whose other case it does not: with Caps Lock on,
// they arrive as that other case. D and d are both given out, but Code One (]D) is extinct and
// Data Matrix (]d) is on every pack; Z is for data that come from no symbol, Aztec (]z) is one. E
// and e are both in use, so that pair settles nothing.
bool has_inverted_case(char letter) {
    constexpr std::string_view inverted = "acfgijlqxDZ";
    return inverted.find(letter) != std::string_view::npos;
}

Carrier carrier_of(std::string_view symbology) {
    constexpr std::array gs1 =
        std::to_array<std::string_view>({"]C1", "]d2", "]Q3", "]J1", "]e0", "]e1", "]e2", "]z1"});
    if (std::find(gs1.begin(), gs1.end(), symbology) != gs1.end()) {
        return Carrier::gs1;
    }
    if (symbology.starts_with("]E")) {
        return Carrier::ean_upc;
    }
    return symbology.starts_with("]I") ? Carrier::itf : Carrier::unknown;
}

// With Caps Lock on, DataBar's ]e0 arrives as ]E0, which is an EAN's: those are digits only, an
// element string of DataBar begins with (01) and goes on behind it.
bool is_inverted_data_bar(std::string_view text) {
    constexpr std::size_t gtin_element = 16;
    const std::string_view data = text.substr(3);
    return text.starts_with("]E0") && data.size() > gtin_element && data.starts_with("01")
           && is_all_digits(data.substr(0, gtin_element))
           && gs1_check_digit(data.substr(2, 13)) == data[15];
}

struct LetterRow {
    std::string_view letters;
    Carrier carrier;
    std::string_view equivalent;
};

// Zebra's letters, the longer ones first, and what ISO/IEC 15424 calls the same. A has none: it
// stands for four symbols that the digits tell apart.
constexpr std::array letter_rows = std::to_array<LetterRow>({
    {"P0G", Carrier::gs1, "]d2"},
    {"P0Q", Carrier::gs1, "]Q3"},
    {"P00", Carrier::unknown, "]d1"},
    {"P01", Carrier::unknown, "]Q1"},
    {"A", Carrier::ean_upc, ""},
    {"B", Carrier::unknown, "]A0"},
    {"C", Carrier::unknown, "]F0"},
    {"D", Carrier::unknown, "]C0"},
    {"E", Carrier::unknown, "]G0"},
    {"F", Carrier::itf, "]I0"},
    {"K", Carrier::gs1, "]C1"},
    {"R", Carrier::gs1, "]e0"}, // DataBar
    {"z", Carrier::unknown, "]z0"},
});

} // namespace

std::string_view without_frame(std::string_view text) {
    constexpr std::string_view leading = "\x02\r\n";
    constexpr std::string_view trailing = "\r\n\t\x03\x04";
    text.remove_prefix(std::min(text.find_first_not_of(leading), text.size()));
    return text.substr(0, text.find_last_not_of(trailing) + 1);
}

std::string with_inverted_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), with_other_case);
    return result;
}

Identified identified(std::string_view text) {
    Identified result;
    if (!begins_with_identifier(text)) {
        result.data = text;
        return result;
    }
    result.caps_lock_inverted = has_inverted_case(text[1]) || is_inverted_data_bar(text);
    result.symbology = text.substr(0, 3);
    result.data = text.substr(3);
    if (result.caps_lock_inverted) {
        result.symbology = with_inverted_case(result.symbology);
        result.data = with_inverted_case(result.data);
    }
    result.carrier = carrier_of(result.symbology);
    return result;
}

bool is_common_identifier(char letter) {
    constexpr std::string_view common = "ACEFGIJLQXdez";
    return common.find(letter) != std::string_view::npos;
}

std::size_t letter_length(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHJKLMNRSTUVXz";
    constexpr std::string_view inverted = "abcdefghjklmnrstuvxZ";
    constexpr std::size_t long_form = 3; // "P00", "P0G"
    if (text.empty()) {
        return 0;
    }
    if (text.starts_with("P0") || text.starts_with("p0")) {
        return text.size() >= long_form ? long_form : 0;
    }
    const char letter = text.front();
    return letters.find(letter) != std::string_view::npos
                   || inverted.find(letter) != std::string_view::npos
               ? 1
               : 0;
}

std::optional<Identified> identified_by_letter(std::string_view text) {
    constexpr std::string_view inverted = "abcdefghjklmnprstuvxZ";
    if (!text.empty() && inverted.find(text.front()) != std::string_view::npos) {
        auto turned = identified_by_letter(with_inverted_case(text));
        if (turned) {
            turned->caps_lock_inverted = true;
        }
        return turned;
    }
    const std::size_t length = letter_length(text);
    if (length == 0) {
        return std::nullopt;
    }
    Identified result;
    result.data = text.substr(length);
    const auto* row =
        std::find_if(letter_rows.begin(), letter_rows.end(), [&](const LetterRow& one) {
            return text.starts_with(one.letters);
        });
    const bool is_listed = row != letter_rows.end();
    result.carrier = is_listed ? row->carrier : Carrier::unknown;
    result.equivalent = is_listed ? row->equivalent : "]X0"; // some other symbol
    return result;
}

std::size_t second_identifier_at(std::string_view text) {
    for (std::size_t at = text.find(']', 1); at != std::string_view::npos;
         at = text.find(']', at + 1)) {
        const std::string_view rest = text.substr(at);
        const bool is_composite = text[at - 1] == '|' && rest.starts_with("]e");
        if (begins_with_identifier(rest) && is_common_identifier(rest[1]) && is_digit(rest[2])
            && !is_composite) {
            return at;
        }
    }
    return std::string_view::npos;
}

} // namespace cartwatch::codes
