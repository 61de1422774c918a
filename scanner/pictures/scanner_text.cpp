#include "scanner/pictures/scanner_text.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace cartwatch::pictures {

namespace {

// The first two digits of an AI decide whether its field, AI included, has a fixed length: GS1
// General Specifications, section 7.8.5 (element strings with pre-defined length).
struct FixedField {
    std::string_view prefix;
    std::size_t length; // characters of AI and value together
};

constexpr std::array fixed_fields = {
    FixedField{"00", 20}, FixedField{"01", 16}, FixedField{"02", 16}, FixedField{"03", 16},
    FixedField{"04", 18}, FixedField{"11", 8},  FixedField{"12", 8},  FixedField{"13", 8},
    FixedField{"14", 8},  FixedField{"15", 8},  FixedField{"16", 8},  FixedField{"17", 8},
    FixedField{"18", 8},  FixedField{"19", 8},  FixedField{"20", 4},  FixedField{"31", 10},
    FixedField{"32", 10}, FixedField{"33", 10}, FixedField{"34", 10}, FixedField{"35", 10},
    FixedField{"36", 10}, FixedField{"41", 16},
};

std::optional<std::size_t> fixed_length(std::string_view ai) {
    const auto* const found =
        std::find_if(fixed_fields.begin(), fixed_fields.end(), [&](const FixedField& field) {
            return ai.starts_with(field.prefix);
        });
    return found == fixed_fields.end() ? std::nullopt : std::optional(found->length);
}

// The AI in brackets at the front of the text, without them; empty where there is none.
std::string_view bracketed_ai(std::string_view text) {
    const std::size_t end = text.substr(0, 6).find(')');
    if (text.empty() || text[0] != '(' || end == std::string_view::npos || end < 3) {
        return {};
    }
    const std::string_view ai = text.substr(1, end - 1);
    return is_all_digits(ai) ? ai : std::string_view{};
}

std::size_t variable_value_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && bracketed_ai(text.substr(length)).empty()) {
        ++length;
    }
    return length;
}

} // namespace

std::string databar_omni_text(std::string_view text) {
    return text.size() == 14 && is_all_digits(text) ? "01" + std::string(text) : std::string(text);
}

std::string databar_expanded_text(std::string_view text) {
    std::string raw;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string_view ai = bracketed_ai(rest);
        if (ai.empty()) {
            return std::string(text); // not the bracketed form: as it is
        }
        rest.remove_prefix(ai.size() + 2);
        const auto fixed = fixed_length(ai);
        const std::size_t length =
            fixed ? std::min(rest.size(), *fixed - ai.size()) : variable_value_length(rest);
        raw.append(ai).append(rest.substr(0, length));
        rest.remove_prefix(length);
        if (!fixed && !rest.empty()) {
            raw += group_separator;
        }
    }
    return raw;
}

std::string upc_a_text(std::string_view text) {
    return text.size() == 12 && is_all_digits(text) ? "0" + std::string(text) : std::string(text);
}

std::string upc_e_text(std::string_view text) {
    if (text.size() != 8 || !is_all_digits(text)) {
        return std::string(text);
    }
    const std::string system(text.substr(0, 1));
    const std::string six(text.substr(1, 6));
    const std::string check(text.substr(7));
    const char last = six[5];
    std::string body;
    if (last <= '2') {
        body = six.substr(0, 2) + last + "0000" + six.substr(2, 3);
    } else if (last == '3') {
        body = six.substr(0, 3) + "00000" + six.substr(3, 2);
    } else if (last == '4') {
        body = six.substr(0, 4) + "00000" + six.substr(4, 1);
    } else {
        body = six.substr(0, 5) + "0000" + last;
    }
    return "0" + system + body + check;
}

} // namespace cartwatch::pictures
