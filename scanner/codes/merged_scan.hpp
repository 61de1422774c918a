// Two scans glued together: the terminator between them was lost, or two scanners typed at once.
#pragma once

#include <cstddef>
#include <string_view>

namespace cartwatch::codes {

// True where digits are no code of their own but fall apart into two or more complete ones.
[[nodiscard]] bool is_merged_digits(std::string_view digits);

// Where a second scan begins inside the text (behind a line end, a tab, or at an AIM identifier);
// npos where there is no such place.
[[nodiscard]] std::size_t second_scan_at(std::string_view text);

} // namespace cartwatch::codes
