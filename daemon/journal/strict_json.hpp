// Reads JSON that came from outside: bounded in size and depth, no member twice, no number that is
// not a whole one within ±2^53 (what every language reads alike). Does not know what is in it.
#pragma once

#include "scanner/values/result.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cartwatch::journal {

// Levels of objects and arrays in one another; the deepest body has 6.
inline constexpr int json_depth_max = 32;

// 2^53: beyond it a program that reads numbers as doubles loses the last digit.
inline constexpr std::int64_t json_integer_max = 9'007'199'254'740'992;

// The door to every parser of JSON here. Refused (bad_input): a NUL anywhere, which a parser takes
// for the end, and a byte order mark, which it leaves out (RFC 8259, section 8.1, forbids to send
// one): two texts would be one.
[[nodiscard]] Result<void> check_json_bytes(std::string_view text);

// Refused (bad_input) with what is wrong and where, also by that door; too_large over `bytes_max`.
[[nodiscard]] Result<nlohmann::json>
parse_strict_json(std::string_view text, std::size_t bytes_max);

// Sorted keys, no blanks, UTF-8 as it is: the only form in which a body is hashed. Throws
// BrokenInvariant where a string is not UTF-8.
[[nodiscard]] std::string canonical_json(const nlohmann::json& value);

// A string in that form; throws likewise.
[[nodiscard]] std::string quoted_json(std::string_view text);

} // namespace cartwatch::journal
