// Small questions about text that several rooms ask. ASCII only: locale-free by intent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch {

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// True for one or more ASCII digits.
[[nodiscard]] bool is_all_digits(std::string_view text);

// One to eighteen ASCII digits as a number; nullopt for anything else (sign, blank, empty).
[[nodiscard]] std::optional<std::int64_t> parse_digits(std::string_view text);

// True where the bytes are well-formed UTF-8 (RFC 3629: no overlong form, no surrogate).
[[nodiscard]] bool is_utf8(std::string_view text);

// The text cut to at most `limit` bytes on a UTF-8 boundary, with "…" where it was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit = 60);

// A value as a message quotes it: shortened, control characters as \x0A, so that a message stays
// one line and no terminal obeys it.
[[nodiscard]] std::string quotable(std::string_view text, std::size_t limit = 60);

// The GS1 modulo-10 check digit over `digits` (weights 3, 1, 3, … from the right): '0' to '9'.
// GS1 General Specifications, section 7.9. Precondition: digits only.
[[nodiscard]] char gs1_check_digit(std::string_view digits);

} // namespace cartwatch
