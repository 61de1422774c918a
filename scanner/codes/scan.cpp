#include "scanner/codes/scan.hpp"

#include "scanner/values/text.hpp"

namespace cartwatch::codes {

namespace {

std::string with_replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

} // namespace

ScannedCode begun(const Scan& scan, Family family) {
    ScannedCode code;
    code.raw = scan.raw;
    code.symbology = scan.symbology;
    code.family = family;
    code.warnings = scan.warnings;
    return code;
}

Reading refused_scan(const Scan& scan, std::optional<Family> family, const Refusal& refusal) {
    ScanRefusal result;
    result.raw = scan.raw;
    result.family = family;
    result.rule = refusal.rule;
    result.at = refusal.at;
    result.text = refusal.text;
    return tl::make_unexpected(result);
}

bool has_check_digit(std::string_view digits) {
    return is_all_digits(digits) && digits.size() >= 2
           && gs1_check_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

std::string gtin_of(std::string_view digits) {
    constexpr std::size_t gtin_length = 14;
    return std::string(gtin_length - digits.size(), '0') + std::string(digits);
}

std::optional<std::string> envelope_content(std::string_view data, std::string_view format) {
    if (!data.starts_with("[)>")) {
        return std::nullopt;
    }
    std::string text = with_replaced(std::string(data), "^^", "\x1e");
    text = with_replaced(text, "^]", "\x1d");
    const std::string begin = "[)>\x1e" + std::string(format) + "\x1d";
    if (!text.starts_with(begin)) {
        return std::nullopt;
    }
    text.erase(0, begin.size());
    return text.substr(0, text.find('\x1e'));
}

} // namespace cartwatch::codes
