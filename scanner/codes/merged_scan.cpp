#include "scanner/codes/merged_scan.hpp"

#include "scanner/codes/carrier.hpp"
#include "scanner/codes/scan.hpp"
#include "scanner/codes/scanned_code.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes {

namespace {

// The lengths of codes that consist of digits only.
constexpr std::array<std::size_t, 6> code_lengths = {8, 10, 12, 13, 14, 20};

// More than this many codes in a row are no accident of two scans, and the search stays small.
constexpr std::size_t merged_length_max = 60;

bool is_complete_code(std::string_view digits) {
    switch (digits.size()) {
    case 8:
    case 12:
    case 13:
    case 14:
        return has_check_digit(digits);
    case 10:
        return parse_own_tag(digits).has_value();
    case 20:
        return digits.front() == '8';
    default:
        return false;
    }
}

bool falls_apart(std::string_view digits) {
    return std::any_of(code_lengths.begin(), code_lengths.end(), [&](std::size_t length) {
        return digits.size() > length && is_complete_code(digits.substr(0, length))
               && (is_complete_code(digits.substr(length)) || falls_apart(digits.substr(length)));
    });
}

} // namespace

bool is_merged_digits(std::string_view digits) {
    const bool has_length_of_one =
        std::find(code_lengths.begin(), code_lengths.end(), digits.size()) != code_lengths.end();
    const bool is_one = has_length_of_one && (digits.size() != 20 || digits.front() == '8');
    return !is_one && digits.size() <= merged_length_max && is_all_digits(digits)
           && falls_apart(digits);
}

std::size_t second_scan_at(std::string_view text) {
    const auto ends_scan = [](char c) {
        return c == '\r' || c == '\n' || c == '\t' || c == '\x02' || c == '\x03';
    };
    const auto* const end = std::find_if(text.begin(), text.end(), ends_scan);
    const std::size_t at =
        end == text.end() ? std::string_view::npos : static_cast<std::size_t>(end - text.begin());
    return std::min(at, second_identifier_at(text));
}

} // namespace cartwatch::codes
