#include "scanner/codes/carrier.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes {

namespace {

constexpr char group_separator = '\x1d';

// Texts seen in place of GS, longest first where one begins another. None can be data: each holds
// a character outside of CSET 82, which is what data consist of.
constexpr std::array substitutes = std::to_array<std::string_view>({
    "\\u001d",
    "\\u001D",
    "\\x1d",
    "\\x1D",
    "{GS}",
    "[GS]",
    "^]",
    "\xE2\x90\x9D", // U+241D, the picture of GS
    "\xE2\x86\x94", // U+2194, what Alt+29 gives in an OEM code page
    "\xEF\x9C\x8B", // U+F70B, the key F8
    "|",
    "#",
    "@",
    "~",
    "$",
    "]",
    "^",
    "[",
    "{",
    "}",
    "\\",
    "`",
    " ",
});

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
// Data Matrix (]d) is on every pack. E and e are both in use, so that pair settles nothing.
bool has_inverted_case(char letter) {
    constexpr std::string_view inverted = "acfgijlqD";
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

// The ASCII form of the UTF-8 sequence at the front and that sequence's length; length 0: none.
struct AsciiForm {
    char c = 0;
    std::size_t length = 0;
};

AsciiForm ascii_form(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.size() < 3) {
        return {};
    }
    const unsigned code = (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    if ((byte(0) & 0xF0U) != 0xE0U || (byte(1) & 0xC0U) != 0x80U || (byte(2) & 0xC0U) != 0x80U) {
        return {};
    }
    if (code >= 0xFF01 && code <= 0xFF5E) {
        return {static_cast<char>(code - 0xFF01 + 0x21), 3};
    }
    switch (code) {
    case 0x3000:
        return {' ', 3};
    case 0x3010:
        return {'[', 3};
    case 0x3011:
        return {']', 3};
    default:
        return {};
    }
}

// The replaced text, or nullopt where the substitute does not occur.
std::optional<std::string> replaced(std::string_view text, std::string_view substitute) {
    std::string result;
    bool any = false;
    while (!text.empty()) {
        const bool here = text.starts_with(substitute);
        any = any || here;
        result += here ? group_separator : text.front();
        text.remove_prefix(here ? substitute.size() : 1);
    }
    return any ? std::optional(result) : std::nullopt;
}

} // namespace

std::string_view without_frame(std::string_view text) {
    constexpr std::string_view leading = "\x02\r\n";
    constexpr std::string_view trailing = "\r\n\t\x03\x04";
    text.remove_prefix(std::min(text.find_first_not_of(leading), text.size()));
    return text.substr(0, text.find_last_not_of(trailing) + 1);
}

std::string with_ascii_forms(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const AsciiForm form = ascii_form(text);
        result += form.length != 0 ? form.c : text.front();
        text.remove_prefix(form.length != 0 ? form.length : 1);
    }
    return result;
}

Identified identified(std::string_view text) {
    Identified result;
    if (!begins_with_identifier(text)) {
        result.data = text;
        return result;
    }
    result.caps_lock_inverted = has_inverted_case(text[1]);
    result.symbology = text.substr(0, 3);
    result.data = text.substr(3);
    if (result.caps_lock_inverted) {
        const auto turn = [](std::string& part) {
            std::transform(part.begin(), part.end(), part.begin(), with_other_case);
        };
        turn(result.symbology);
        turn(result.data);
    }
    result.carrier = carrier_of(result.symbology);
    return result;
}

std::optional<Identified> identified_by_letter(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPRSTUVWXYZ";
    if (text.empty() || letters.find(text.front()) == std::string_view::npos) {
        return std::nullopt;
    }
    Identified result;
    switch (text.front()) {
    case 'A':
        result.carrier = Carrier::ean_upc;
        break;
    case 'F':
        result.carrier = Carrier::itf;
        break;
    case 'K':
    case 'R': // DataBar
        result.carrier = Carrier::gs1;
        break;
    default:
        break;
    }
    result.data = text.substr(1);
    return result;
}

std::size_t second_identifier_at(std::string_view text) {
    constexpr std::string_view common = "ACEFGILQXdez";
    for (std::size_t at = text.find(']', 1); at != std::string_view::npos;
         at = text.find(']', at + 1)) {
        const std::string_view rest = text.substr(at);
        const bool is_composite = text[at - 1] == '|' && rest.starts_with("]e");
        if (begins_with_identifier(rest) && common.find(rest[1]) != std::string_view::npos
            && is_digit(rest[2]) && !is_composite) {
            return at;
        }
    }
    return std::string_view::npos;
}

std::optional<Restored> with_separators(std::string_view text, const ScannerSettings& settings) {
    for (const std::string& substitute : settings.gs_substitutes) {
        if (!substitute.empty()) {
            if (auto restored = replaced(text, substitute)) {
                return Restored{*restored, substitute};
            }
        }
    }
    if (!settings.automatic_separators) {
        return std::nullopt;
    }
    for (const std::string_view substitute : substitutes) {
        if (auto restored = replaced(text, substitute)) {
            // A second kind of stray character is left in place, so that parsing refuses it: one
            // scanner does not use two.
            return Restored{*restored, std::string(substitute)};
        }
    }
    return std::nullopt;
}

std::string_view
without_leading_separators(std::string_view text, const ScannerSettings& settings) {
    while (!text.empty()) {
        std::size_t length = text.front() == group_separator ? 1 : 0;
        if (settings.automatic_separators) {
            for (const std::string_view substitute : substitutes) {
                length = length == 0 && text.starts_with(substitute) ? substitute.size() : length;
            }
        }
        if (length == 0) {
            break;
        }
        text.remove_prefix(length);
    }
    return text;
}

} // namespace cartwatch::codes
