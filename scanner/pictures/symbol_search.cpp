#include "scanner/pictures/symbol_search.hpp"

#include "scanner/pictures/dmtx.hpp"
#include "scanner/pictures/search_plan.hpp"
#include "scanner/pictures/straighten.hpp"
#include "scanner/pictures/texture.hpp"
#include "scanner/pictures/zbar.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::pictures {

namespace {

// The shortest linear code has 51 modules (UPC-E), and is read by nothing at less than a pixel
// each; a block of 8 pixels at each end of it may not be busy, and an area is 16 wider than what
// is.
constexpr int linear_side_min_px = 56;

} // namespace

SymbolSearch::SymbolSearch(Luminance picture) : picture_(std::move(picture)) {}

Area SymbolSearch::whole() const {
    return {0, 0, picture_.width, picture_.height};
}

bool SymbolSearch::is_covered(const Area& area) const {
    return std::any_of(found_.begin(), found_.end(), [&](const FoundSymbol& symbol) {
        return covers(symbol, area);
    });
}

bool SymbolSearch::holds_any(const Area& area) const {
    return std::any_of(found_.begin(), found_.end(), [&](const FoundSymbol& one) {
        return contains_middle(area, bounds_of(one.symbol.corners));
    });
}

bool SymbolSearch::add(FoundSymbol symbol) {
    if (symbol.matrix) {
        erase(picture_, symbol.symbol.corners);
    }
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const FoundSymbol& other) {
        return is_same_symbol(other.symbol, symbol.symbol);
    });
    if (known || found_.size() >= symbols_max) {
        return false;
    }
    found_.push_back(std::move(symbol));
    return true;
}

bool SymbolSearch::add_from_part(std::vector<FoundSymbol> symbols, const Area& area, int times) {
    bool any = false;
    for (FoundSymbol& symbol : symbols) {
        for (Point& corner : symbol.symbol.corners) {
            corner = {area.left + corner.x / times, area.top + corner.y / times};
        }
        any = add(std::move(symbol)) || any;
    }
    return any;
}

bool SymbolSearch::add_zxing(const Area& area, Search search) {
    bool any = false;
    for (FoundSymbol& symbol : zxing_symbols(picture_, area, search)) {
        any = add(std::move(symbol)) || any;
    }
    return any;
}

bool SymbolSearch::add_data_matrix(const Area& area) {
    bool any = false;
    while (add_zxing(area, Search::data_matrix)) {
        any = true;
    }
    return any;
}

bool SymbolSearch::says_already(const Symbol& symbol, const Area& area) const {
    return std::any_of(found_.begin(), found_.end(), [&](const FoundSymbol& one) {
        return says_the_same(one.symbol, symbol)
               && contains_middle(area, bounds_of(one.symbol.corners));
    });
}

bool SymbolSearch::add_databar(const Area& area) {
    bool any = false;
    for (FoundSymbol& symbol : zxing_symbols(picture_, area, Search::databar)) {
        any = (!says_already(symbol.symbol, area) && add(std::move(symbol))) || any;
    }
    return any;
}

bool SymbolSearch::add_zbar(const Area& area) {
    return add_from_part(zbar_symbols(enlarged(picture_, area, 1)), area, 1);
}

bool SymbolSearch::add_dmtx(const Area& area, std::chrono::milliseconds time) {
    return add_from_part(dmtx_symbols(enlarged(picture_, area, 1), time), area, 1);
}

bool SymbolSearch::add_enlarged(const Area& area) {
    const Luminance large = enlarged(picture_, area, 2);
    const Area all{0, 0, large.width, large.height};
    const bool room_for_bars = std::max(area.width, area.height) >= linear_side_min_px;
    const Search search = room_for_bars ? Search::all_but_databar : Search::matrices;
    return add_from_part(zxing_symbols(large, all, search), area, 2);
}

bool SymbolSearch::add_straightened(const Area& area) {
    const auto tilt = tilt_of(picture_, area);
    if (!tilt) {
        return false;
    }
    const Upright first = upright(picture_, area, *tilt);
    const Area all_of_first{0, 0, first.picture.width, first.picture.height};
    // Jagged edges lead the first measure astray by some degrees, but not the second.
    const double rest = tilt_of(first.picture, all_of_first).value_or(0);
    const Upright part = upright(picture_, area, *tilt + rest);
    const Area all{0, 0, part.picture.width, part.picture.height};
    bool any = false;
    for (FoundSymbol& symbol : zxing_symbols(part.picture, all, Search::all_but_databar)) {
        for (Point& corner : symbol.symbol.corners) {
            corner = part.in_whole(corner);
        }
        any = (!says_already(symbol.symbol, area) && add(std::move(symbol))) || any;
    }
    return any;
}

std::vector<Symbol> SymbolSearch::take_symbols() {
    std::vector<Symbol> symbols;
    for (FoundSymbol& one : without_doubtful(found_)) {
        symbols.push_back(std::move(one.symbol));
    }
    found_.clear();
    return symbols;
}

} // namespace cartwatch::pictures
