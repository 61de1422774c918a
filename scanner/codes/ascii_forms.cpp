#include "scanner/codes/ascii_forms.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes {

namespace {

struct AsciiForm {
    std::string_view typed;
    std::string_view meant;
};

// What a Chinese input method writes for a key, by the key's place on the American layout. Doubled
// ones first: one key gives two characters.
constexpr std::array chinese_forms = std::to_array<AsciiForm>({
    {"——", "_"}, {"……", "^"}, {"—", "_"},  {"…", "^"},  {"　", " "}, {"【", "["}, {"】", "]"},
    {"「", "{"}, {"」", "}"}, {"《", "<"}, {"》", ">"}, {"“", "\""}, {"”", "\""}, {"‘", "'"},
    {"’", "'"},  {"、", "/"}, {"。", "."}, {"·", "`"},  {"￥", "$"},
});

// U+FF01 to U+FF5E: the ASCII characters from ! to ~ in a wider form. 0 where there is none.
char full_width_form(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.size() < 3 || byte(0) != 0xEF || (byte(1) & 0xC0U) != 0x80U
        || (byte(2) & 0xC0U) != 0x80U) {
        return 0;
    }
    const unsigned code = 0xF000U | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    const bool is_form = code >= 0xFF01U && code <= 0xFF5EU;
    return is_form ? static_cast<char>(code - 0xFF01U + 0x21U) : '\0';
}

} // namespace

std::string with_ascii_forms(std::string_view text) {
    constexpr std::size_t form_length = 3; // bytes of one full-width character in UTF-8
    std::string result;
    while (!text.empty()) {
        if (const char c = full_width_form(text)) {
            result += c;
            text.remove_prefix(form_length);
            continue;
        }
        const auto* form =
            std::find_if(chinese_forms.begin(), chinese_forms.end(), [&](const AsciiForm& one) {
                return text.starts_with(one.typed);
            });
        if (form != chinese_forms.end()) {
            result += form->meant;
            text.remove_prefix(form->typed.size());
        } else {
            result += text.front();
            text.remove_prefix(1);
        }
    }
    return result;
}

} // namespace cartwatch::codes
