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

// Which means are used beside ZXing on the picture as it is; all, but for measurements.
struct SearchMeans {
    bool zbar = true;
    bool dmtx = true;
    bool enlarging = true;     // small codes
    bool straightening = true; // linear codes askew
    bool databar = true;       // ZXing's reader of DataBar
};

// In reading order (top to bottom, then left to right); empty where there is none. ZXing looks
// first, at the whole picture and for Data Matrix in its busy areas one by one. Where it finds
// nothing, every other means is tried on what is like a code (evidence.hpp); where it finds some,
// zbar and libdmtx are asked for a short while about the busy areas that are left. DataBar is
// zbar's, and ZXing's where bars are left. What two finds read differently in one place is in
// doubt, and neither is given. Not read: DotCode, negated symbols, composite parts.
[[nodiscard]] std::vector<Symbol>
find_symbols(const Luminance& picture, const SearchMeans& means = {});

// load_picture, then find_symbols.
[[nodiscard]] Result<std::vector<Symbol>> decode_picture(std::span<const std::uint8_t> bytes);

} // namespace cartwatch::pictures
