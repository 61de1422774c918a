#include "scanner/pictures/symbols.hpp"

#include "scanner/pictures/search_plan.hpp"

#include <algorithm>

namespace cartwatch::pictures {

namespace {

// A symbol drawn to the picture's very edge lacks its quiet zone; one module of white suffices.
constexpr int margin_px = 16;

Luminance with_margin(const Luminance& picture) {
    Luminance framed;
    framed.width = picture.width + 2 * margin_px;
    framed.height = picture.height + 2 * margin_px;
    framed.pixels.assign(
        static_cast<std::size_t>(framed.width) * static_cast<std::size_t>(framed.height), 255);
    for (int y = 0; y < picture.height; ++y) {
        const auto row = picture.pixels.begin() + std::ptrdiff_t{y} * picture.width;
        std::copy(
            row,
            row + picture.width,
            framed.pixels.begin() + std::ptrdiff_t{y + margin_px} * framed.width + margin_px);
    }
    return framed;
}

// The picture under search and what was found so far.
struct SymbolSearch {
    Luminance picture;
    std::vector<Symbol> found;

    [[nodiscard]] Area whole() const {
        return {0, 0, picture.width, picture.height};
    }

    void add(const FoundSymbol& symbol) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const Symbol& other) {
            return is_same_symbol(other, symbol.symbol);
        });
        if (!known && found.size() < symbols_max) {
            found.push_back(symbol.symbol);
        }
        if (symbol.matrix) {
            erase(picture, symbol.symbol.corners);
        }
    }

    void add_all(Search search) {
        for (const FoundSymbol& symbol : zxing_symbols(picture, whole(), search)) {
            add(symbol);
        }
    }

    // Data Matrix comes one at a time: each find is erased, and the area searched again.
    void add_data_matrix(const Area& area) {
        while (found.size() < symbols_max) {
            const std::size_t before = found.size();
            for (const FoundSymbol& symbol : zxing_symbols(picture, area, Search::data_matrix)) {
                add(symbol);
            }
            if (found.size() == before) {
                return;
            }
        }
    }
};

// The picture turned a quarter clockwise.
Luminance turned(const Luminance& picture) {
    Luminance result;
    result.width = picture.height;
    result.height = picture.width;
    result.pixels.resize(picture.pixels.size());
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            result.pixels
                [static_cast<std::size_t>(x) * static_cast<std::size_t>(result.width)
                 + static_cast<std::size_t>(result.width - 1 - y)] =
                picture.pixels
                    [static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width)
                     + static_cast<std::size_t>(x)];
        }
    }
    return result;
}

// Where a point of the turned picture lies in the upright one of that height.
Point turned_back(const Point& point, int height) {
    return {point.y, height - 1 - point.x};
}

// 1.4.0 finds a Data Matrix off the middle only where it stands upright or on its head: those that
// lie on a side are found in the picture turned a quarter.
void add_lying_data_matrix(SymbolSearch& search) {
    SymbolSearch lying;
    lying.picture = turned(search.picture);
    for (const Area& band : bands_of(lying.picture.width, lying.picture.height)) {
        lying.add_data_matrix(band);
    }
    for (Symbol& symbol : lying.found) {
        for (Point& corner : symbol.corners) {
            corner = turned_back(corner, search.picture.height);
        }
        search.add({symbol, true});
    }
}

void put_in_reading_order(std::vector<Symbol>& symbols) {
    for (Symbol& symbol : symbols) {
        for (Point& corner : symbol.corners) {
            corner.x -= margin_px;
            corner.y -= margin_px;
        }
    }
    std::sort(symbols.begin(), symbols.end(), [](const Symbol& a, const Symbol& b) {
        const Area first = bounds_of(a.corners);
        const Area second = bounds_of(b.corners);
        return std::tie(first.top, first.left, a.text) < std::tie(second.top, second.left, b.text);
    });
}

} // namespace

std::vector<Symbol> find_symbols(const Luminance& picture) {
    SymbolSearch search;
    search.picture = with_margin(picture);
    search.add_all(Search::all_but_databar);
    search.add_all(Search::databar);
    search.add_data_matrix(search.whole());
    for (const Area& band : bands_of(search.picture.width, search.picture.height)) {
        search.add_data_matrix(band);
    }
    add_lying_data_matrix(search);
    put_in_reading_order(search.found);
    return std::move(search.found);
}

Result<std::vector<Symbol>> decode_picture(std::span<const std::uint8_t> bytes) {
    return load_picture(bytes).map(find_symbols);
}

} // namespace cartwatch::pictures
