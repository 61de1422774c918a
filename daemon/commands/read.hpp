// `cartwatch read [--as-of DATE] [TEXT…]`: what scan texts say, one JSON object a line. Parses
// nothing itself (scanner/codes does) and knows no cart.
#pragma once

#include "scanner/codes/reader.hpp"
#include "scanner/values/day.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace cartwatch::commands {

// One line of standard input is one scan; a longer line is refused, the next is read again. A scan
// has at most codes::scan_length_max bytes; the rest is room to say so with the text in view.
inline constexpr std::size_t read_line_bytes_max = 65'536;

struct ReadArguments {
    Day as_of{}; // for two-digit years; the caller passes today unless told otherwise
    std::vector<std::string> texts; // none: one scan a line of standard input
    codes::ScannerSettings scanner{};
};

// 0 also where scans are refused (the refusal is the answer); 3 where input or output fails.
[[nodiscard]] int
run_read(const ReadArguments& arguments, std::istream& in, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
