#include "scanner/codes/scan.hpp"

#include "scanner/values/text.hpp"

namespace cartwatch::codes {

ScannedCode begun(const Scan& scan, Family family) {
    ScannedCode code;
    code.raw = scan.raw;
    code.symbology = scan.symbology;
    code.family = family;
    code.warnings = scan.warnings;
    code.cleaned = scan.cleaned;
    code.sends_separators = scan.scanner->sends_separators;
    return code;
}

Reading refused_scan(const Scan& scan, std::optional<Family> family, const Refusal& refusal) {
    ScanRefusal result;
    result.raw = scan.raw;
    result.family = family;
    result.rule = refusal.rule;
    result.at = refusal.at;
    result.text = refusal.text;
    result.cleaned = scan.cleaned;
    result.sends_separators = scan.scanner->sends_separators;
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

} // namespace cartwatch::codes
