// The fence around libdmtx, the second opinion on Data Matrix where ZXing finds none. It may be
// slow and may end the process (its decoder calls exit), so it runs in the decoding child only and
// in a box of time.
#pragma once

#include "scanner/pictures/zxing.hpp"

#include <chrono>

namespace cartwatch::pictures {

// The Data Matrix symbols in a picture, as zxing_symbols gives them, as many as were found when
// this much processor time is over (one more region than that may be finished). Left out, because a
// second opinion may not guess: texts that are not ASCII, symbols with a character set or a series
// of their own.
[[nodiscard]] std::vector<FoundSymbol>
dmtx_symbols(Luminance picture, std::chrono::milliseconds time);

} // namespace cartwatch::pictures
