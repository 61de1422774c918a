// The words between the decoding child (`cartwatch-scanner --decode`) and whoever started it:
// schema/scanner.md, section 1. Moves no bytes itself.
#pragma once

#include "scanner/values/result.hpp"
#include "scanner/wire/symbol.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::wire {

// A picture goes out as its length (four bytes, most significant first) and its bytes.
using PictureLength = std::array<std::uint8_t, 4>;

[[nodiscard]] PictureLength to_picture_length(std::uint32_t bytes);
[[nodiscard]] std::uint32_t from_picture_length(const PictureLength& length);

// 4 MiB: 255 symbols of 2 kB of text, escaped as unfavourably as JSON can.
inline constexpr std::size_t picture_answer_max = std::size_t{4} << 20;

// One line without its line end: {"symbols":[…]} or {"error":{"code":…,"text":…}}.
[[nodiscard]] std::string to_picture_answer(const Result<std::vector<Symbol>>& answer);

// What to_picture_answer wrote; a line of any other form is refused as unavailable.
[[nodiscard]] Result<std::vector<Symbol>> parse_picture_answer(std::string_view line);

} // namespace cartwatch::wire
