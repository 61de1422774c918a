#include "scanner/pictures/zbar.hpp"

#include "scanner/pictures/scanner_text.hpp"
#include "scanner/pictures/zbar_scan.h"

#include <algorithm>
#include <memory>
#include <new>

namespace cartwatch::pictures {

namespace {

constexpr int agreeing_lines_min = 2;
// A Code 128 of fewer characters is easily seen where there is none.
constexpr std::size_t code_128_chars_min = 4;

struct EndZbar {
    void operator()(cartwatch_zbar* scan) const {
        cartwatch_zbar_end(scan);
    }
};

bool is_ascii(std::string_view text) {
    return std::all_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_trusted(const cartwatch_zbar_find& find, std::string_view text) {
    if (text.empty() || !is_ascii(text) || find.kind == CARTWATCH_ZBAR_OTHER) {
        return false;
    }
    if (find.kind == CARTWATCH_ZBAR_CODE_128 && text.size() < code_128_chars_min) {
        return false;
    }
    return find.kind == CARTWATCH_ZBAR_QR || find.quality >= agreeing_lines_min;
}

// Text and identifier as a hand scanner sends them; no identifier where that cannot be said.
Symbol read_as(const cartwatch_zbar_find& find, std::string_view text) {
    switch (find.kind) {
    case CARTWATCH_ZBAR_EAN_8:
        return {std::string(text), "]E4", {}};
    case CARTWATCH_ZBAR_EAN_13:
        return {std::string(text), "]E0", {}};
    case CARTWATCH_ZBAR_UPC_A:
        return {upc_a_text(text), "]E0", {}};
    case CARTWATCH_ZBAR_UPC_E:
        return {upc_e_text(text), "]E0", {}};
    case CARTWATCH_ZBAR_DATABAR:
        return {databar_omni_text(text), "]e0", {}};
    case CARTWATCH_ZBAR_DATABAR_EXPANDED:
        return {databar_expanded_text(text), "]e0", {}};
    case CARTWATCH_ZBAR_QR:
        return {std::string(text), find.gs1 != 0 ? "]Q3" : "]Q1", {}};
    case CARTWATCH_ZBAR_CODE_128:
        return {std::string(text), find.gs1 != 0 ? "]C1" : "]C0", {}};
    case CARTWATCH_ZBAR_OTHER:
        break;
    }
    return {};
}

} // namespace

std::vector<FoundSymbol> zbar_symbols(const Luminance& picture) {
    const std::unique_ptr<cartwatch_zbar, EndZbar> scan(cartwatch_zbar_scan(
        picture.pixels.data(),
        static_cast<unsigned>(picture.width),
        static_cast<unsigned>(picture.height)));
    if (!scan) {
        throw std::bad_alloc();
    }
    std::vector<FoundSymbol> found;
    cartwatch_zbar_find find{};
    while (cartwatch_zbar_next(scan.get(), &find) != 0) {
        const std::string_view text(find.text, find.length);
        if (is_trusted(find, text)) {
            FoundSymbol symbol;
            symbol.symbol = read_as(find, text);
            symbol.symbol.corners = {
                Point{find.left, find.top},
                {find.right, find.top},
                {find.right, find.bottom},
                {find.left, find.bottom}};
            symbol.matrix = find.kind == CARTWATCH_ZBAR_QR;
            found.push_back(std::move(symbol));
        }
    }
    return found;
}

} // namespace cartwatch::pictures
