// A picture under search: what was found in it so far, and the means to look again at a part of it.
// Keeps places straight between parts and sizes; decides nothing about where to look.
#pragma once

#include "scanner/pictures/symbols.hpp"
#include "scanner/pictures/zxing.hpp"

#include <chrono>

namespace cartwatch::pictures {

class SymbolSearch {
public:
    explicit SymbolSearch(Luminance picture);

    [[nodiscard]] const Luminance& picture() const {
        return picture_;
    }

    [[nodiscard]] const std::vector<FoundSymbol>& found() const {
        return found_;
    }

    [[nodiscard]] Area whole() const;
    // Whether one find takes up most of the area; whether the middle of any lies in it.
    [[nodiscard]] bool is_covered(const Area& area) const;
    [[nodiscard]] bool holds_any(const Area& area) const;

    // Each adds what is new in an area of the picture and says whether anything was.
    bool add_zxing(const Area& area, Search search);
    // Data Matrix comes one at a time: each find is erased, and the area searched again.
    bool add_data_matrix(const Area& area);
    // ZXing's reader of DataBar. Of what is known in the area it adds nothing: it tells another
    // place of a symbol than zbar.
    bool add_databar(const Area& area);
    bool add_zbar(const Area& area);
    bool add_dmtx(const Area& area, std::chrono::milliseconds time);
    // The area at twice its size, by ZXing.
    bool add_enlarged(const Area& area);

    // The area turned upright, if all its bars stand one way, by ZXing; of what is known in it,
    // nothing.
    bool add_straightened(const Area& area);

    // What was found and is not contradicted by another find; nothing is left.
    [[nodiscard]] std::vector<Symbol> take_symbols();

private:
    // Whether a find whose middle lies in the area is the same but for its place.
    [[nodiscard]] bool says_already(const Symbol& symbol, const Area& area) const;
    bool add(FoundSymbol symbol);
    bool add_from_part(std::vector<FoundSymbol> symbols, const Area& area, int times);

    Luminance picture_;
    std::vector<FoundSymbol> found_;
};

} // namespace cartwatch::pictures
