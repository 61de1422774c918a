// Code lists of other standards that element strings refer to. Each list tells its source and day.
#pragma once

#include <string_view>

namespace cartwatch::codes::gs1 {

// ISO 3166-1, three digits, e.g. "156".
[[nodiscard]] bool is_country_number(std::string_view text);

// ISO 3166-1, two capital letters, e.g. "CN".
[[nodiscard]] bool is_country_letters(std::string_view text);

// ISO 4217, three digits, e.g. "156".
[[nodiscard]] bool is_currency_number(std::string_view text);

// GS1 code list PackageTypeCode: UN/ECE Recommendation 21 with additions, e.g. "PX".
[[nodiscard]] bool is_package_type(std::string_view text);

// GS1 General Specifications, AIDC media types: two digits.
[[nodiscard]] bool is_media_type(std::string_view text);

} // namespace cartwatch::codes::gs1
