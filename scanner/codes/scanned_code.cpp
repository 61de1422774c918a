#include "scanner/codes/scanned_code.hpp"

#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <array>

namespace cartwatch::codes {

std::string_view to_text(Family family) {
    static constexpr std::array<std::string_view, 12> names = {
        "gs1",
        "gs1_digital_link",
        "ean_upc",
        "hibc",
        "ma",
        "ahm",
        "drug_trace",
        "drug_code",
        "ifa",
        "isbt128",
        "own_tag",
        "other"};
    return names.at(static_cast<std::size_t>(family));
}

std::string_view to_text(TagType type) {
    static constexpr std::array<std::string_view, 10> names = {
        "cart",
        "position",
        "line",
        "device",
        "seal",
        "staff",
        "quantity",
        "command",
        "delivery",
        "scanner_test"};
    return names.at(static_cast<std::size_t>(type));
}

std::string_view ScannedCode::field(std::string_view name) const {
    for (const Field& field : fields) {
        if (field.name == name) {
            return field.value;
        }
    }
    return {};
}

std::string own_tag(TagType type, int number) {
    ensure(number >= 0 && number <= 9'999'999, "a tag's number has at most seven digits");
    const std::string digits = std::to_string(number);
    std::string tag =
        "9" + std::to_string(static_cast<int>(type)) + std::string(7 - digits.size(), '0') + digits;
    tag += gs1_check_digit(tag);
    return tag;
}

std::optional<OwnTag> parse_own_tag(std::string_view text) {
    if (text.size() != 10 || !is_all_digits(text) || text[0] != '9'
        || gs1_check_digit(text.substr(0, 9)) != text[9]) {
        return std::nullopt;
    }
    return OwnTag{
        static_cast<TagType>(text[1] - '0'), static_cast<int>(*parse_digits(text.substr(2, 7)))};
}

} // namespace cartwatch::codes
