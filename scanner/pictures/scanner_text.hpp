// What a hand scanner would send for a symbol that a decoder library reports in a form of its own.
// Pure; leaves text alone that has the scanner's form already, so newer libraries pass through.
#pragma once

#include <string>
#include <string_view>

namespace cartwatch::pictures {

// Group separator: parts a field of variable length from the next application identifier.
inline constexpr char group_separator = '\x1D';

// DataBar Omnidirectional: 14 digits become an element string ("01" in front).
[[nodiscard]] std::string databar_omni_text(std::string_view text);

// DataBar Expanded: "(01)…(10)…" becomes the element string "01…10…", with a group separator after
// each value whose length the AI does not fix, save the last. A bracketed number of two to four
// digits inside a value of variable length cannot be told from an AI and is taken for one.
[[nodiscard]] std::string databar_expanded_text(std::string_view text);

// UPC-A: 12 digits become the 13 that an EAN-13 reader transfers.
[[nodiscard]] std::string upc_a_text(std::string_view text);

// UPC-E: 8 digits (number system 0 or 1, six digits, check digit) become the 13 of the UPC-A that
// they stand for.
[[nodiscard]] std::string upc_e_text(std::string_view text);

} // namespace cartwatch::pictures
