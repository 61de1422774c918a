// The checks on the content of one component of an element string: check digits, dates, code lists
// and the like. Each is a pure question about a text; characters and lengths are judged before.
#pragma once

#include "scanner/codes/gs1_identifiers.hpp"

#include <cstdint>
#include <string_view>

namespace cartwatch::codes::gs1 {

// Why an element string is refused; to_text gives the stable name that `cartwatch read` prints.
enum class Rule : std::uint8_t {
    none, // not refused
    unknown_ai,
    bad_length,
    empty_ai,
    bad_charset,
    bad_check_digit,
    bad_check_characters,
    bad_date,
    bad_time,
    bad_company_prefix,
    bad_country,
    bad_currency,
    bad_percent_encoding,
    bad_iban,
    bad_coupon,
    bad_value,
    mutually_exclusive_ai,
    required_ai_missing,
    repeated_ai_differs,
    too_many_elements,
};

[[nodiscard]] std::string_view to_text(Rule rule);

// What broken rules say to a person, without the identifier: "the check digit is wrong".
[[nodiscard]] std::string_view explanation(Rule rule);

// True where every character belongs to the set.
[[nodiscard]] bool belongs_to(CharacterSet set, std::string_view text);

// Rule::none where the value passes the check, else the rule that it breaks. Precondition: the
// value's characters belong to its component's set.
[[nodiscard]] Rule broken_rule(Check check, std::string_view value, int current_year);

} // namespace cartwatch::codes::gs1
