// The fence around zbar, the second opinion on linear codes and QR where ZXing finds nothing. Runs
// in the decoding child only.
#pragma once

#include "scanner/pictures/zxing.hpp"

namespace cartwatch::pictures {

// The symbols in a picture, as zxing_symbols gives them. Left out, because a second opinion may not
// guess: linear codes that fewer than two scan lines agree on, and texts that are not ASCII (zbar
// guesses at their character set). Throws std::bad_alloc.
[[nodiscard]] std::vector<FoundSymbol> zbar_symbols(const Luminance& picture);

} // namespace cartwatch::pictures
