// Every symbol in a picture. It knows nothing of what a text means, and it must only be called
// where the process may die: Debian's ZXing 1.4.0 aborts on some pictures.
#pragma once

#include "scanner/pictures/picture.hpp"
#include "scanner/values/result.hpp"
#include "scanner/wire/symbol.hpp"

#include <vector>

namespace cartwatch::pictures {

// More symbols than any sheet of labels holds (65 on A4); further ones are not looked for.
inline constexpr std::size_t symbols_max = 255;

// In reading order (top to bottom, then left to right); empty where there is none. Several passes:
// the whole picture, DataBar apart, then overlapping bands for Data Matrix, which 1.4.0 finds only
// on the middle row of what it is given. Not read: DotCode, negated symbols, composite parts.
[[nodiscard]] std::vector<Symbol> find_symbols(const Luminance& picture);

// load_picture, then find_symbols.
[[nodiscard]] Result<std::vector<Symbol>> decode_picture(std::span<const std::uint8_t> bytes);

} // namespace cartwatch::pictures
