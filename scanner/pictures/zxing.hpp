// The fence around ZXing-cpp: the only unit that includes it is zxing.cpp. It may abort the process
// (assertions of Debian's 1.4.0), so it runs in the decoding child only.
#pragma once

#include "scanner/pictures/picture.hpp"
#include "scanner/wire/symbol.hpp"

#include <vector>

namespace cartwatch::pictures {

// A rectangle of a picture, in its pixels.
struct Area {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    friend bool operator==(const Area&, const Area&) = default;
};

enum class Search {
    all_but_databar, // what 1.4.0 reads without aborting on clean pictures
    matrices,        // of these, those that are no bars
    databar,         // at most one symbol, and two rows that agree: with more, 1.4.0 aborts
    data_matrix,     // at most one symbol: 1.4.0 finds one an area
};

struct FoundSymbol {
    Symbol symbol;
    bool matrix =
        false; // its corners enclose the symbol; else they may be a single line through it
};

// The symbols in an area, corners in pixels of the whole picture, texts as a scanner sends them.
[[nodiscard]] std::vector<FoundSymbol>
zxing_symbols(const Luminance& picture, const Area& area, Search search);

} // namespace cartwatch::pictures
