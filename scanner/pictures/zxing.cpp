#include "scanner/pictures/zxing.hpp"

#include "scanner/pictures/scanner_text.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace cartwatch::pictures {

namespace {

using ZXing::BarcodeFormat;

#if __has_include(<ZXing/ReaderOptions.h>)
// ZXing-cpp 2.2 and later: same switches under a new name, and the text mode must be asked for.
ZXing::ReaderOptions zxing_options() {
    ZXing::ReaderOptions options;
    options.setTextMode(ZXing::TextMode::Plain);
    return options;
}
#else
ZXing::DecodeHints zxing_options() {
    return {};
}
#endif

const ZXing::BarcodeFormats databar_formats =
    BarcodeFormat::DataBar | BarcodeFormat::DataBarExpanded;

const ZXing::BarcodeFormats matrix_formats = BarcodeFormat::Aztec | BarcodeFormat::DataMatrix
                                             | BarcodeFormat::MaxiCode | BarcodeFormat::PDF417
                                             | BarcodeFormat::QRCode | BarcodeFormat::MicroQRCode;

const ZXing::BarcodeFormats linear_formats =
    BarcodeFormat::Codabar | BarcodeFormat::Code39 | BarcodeFormat::Code93 | BarcodeFormat::Code128
    | BarcodeFormat::EAN8 | BarcodeFormat::EAN13 | BarcodeFormat::ITF | BarcodeFormat::UPCA
    | BarcodeFormat::UPCE;

ZXing::BarcodeFormats formats_of(Search search) {
    switch (search) {
    case Search::all_but_databar:
        return matrix_formats | linear_formats;
    case Search::matrices:
        return matrix_formats;
    case Search::databar:
        return databar_formats;
    case Search::data_matrix:
        break;
    }
    return BarcodeFormat::DataMatrix;
}

auto options_for(Search search) {
    auto options = zxing_options();
    // Downscaled layers find linear codes twice, and 1.4.0 asserts while it merges them.
    options.setTryDownscale(false);
    options.setTryHarder(true);
    options.setTryRotate(true);
    options.setFormats(formats_of(search));
    if (search == Search::databar || search == Search::data_matrix) {
        options.setMaxNumberOfSymbols(1);
    }
    if (search == Search::databar) {
        // With more, 1.4.0 compares what two rows say, and asserts that they were one.
        options.setMinLineCount(1);
    }
    return options;
}

std::string text_of(BarcodeFormat format, const std::string& text) {
    if (format == BarcodeFormat::DataBar) {
        return databar_omni_text(text);
    }
    if (format == BarcodeFormat::DataBarExpanded) {
        return databar_expanded_text(text);
    }
    if (format == BarcodeFormat::UPCA) {
        return upc_a_text(text);
    }
    if (format == BarcodeFormat::UPCE) {
        return upc_e_text(text);
    }
    return text;
}

// Of DataBar Expanded this library tells "(21)" within a lot in no way from the identifier 21
// behind one. zbar gives the separators themselves.
bool is_ambiguous(BarcodeFormat format, const std::string& text) {
    return format == BarcodeFormat::DataBarExpanded && text.find(group_separator) != text.npos;
}

ZXing::ImageView view_of(const Luminance& picture, const Area& area) {
    const ZXing::ImageView whole(
        picture.pixels.data(), picture.width, picture.height, ZXing::ImageFormat::Lum);
    return whole.cropped(area.left, area.top, area.width, area.height);
}

Luminance part_of(const Luminance& picture, const Area& area) {
    Luminance part{area.width, area.height, {}};
    for (int y = area.top; y < area.top + area.height; ++y) {
        const auto row = picture.pixels.begin() + std::ptrdiff_t{y} * picture.width + area.left;
        part.pixels.insert(part.pixels.end(), row, row + area.width);
    }
    return part;
}

// Paints the rows (or columns, of a code on its side) over in which a symbol was read, and those
// beside them.
void paint_over(Luminance& picture, const ZXing::Position& place) {
    const auto [top_left, top_right] = std::pair{place.topLeft(), place.topRight()};
    const auto bottom_right = place.bottomRight();
    const bool lies = std::abs(top_right.x - top_left.x) >= std::abs(top_right.y - top_left.y);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const int at = lies ? y : x;
            const int first = lies ? top_left.y : top_left.x;
            const int last = lies ? bottom_right.y : bottom_right.x;
            if (std::abs(at - first) <= 1 || std::abs(at - last) <= 1) {
                picture.pixels
                    [static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width)
                     + static_cast<std::size_t>(x)] = 255;
            }
        }
    }
}

// What was read in a single row is believed if another row says the same.
bool is_confirmed(const ZXing::Result& result, const Luminance& picture, const Area& area) {
    if (result.lineCount() > 1) {
        return true;
    }
    Luminance part = part_of(picture, area);
    paint_over(part, result.position());
    const auto again = ZXing::ReadBarcodes(
        view_of(part, {0, 0, part.width, part.height}), options_for(Search::databar));
    return std::any_of(again.begin(), again.end(), [&](const ZXing::Result& other) {
        return other.isValid() && other.format() == result.format()
               && other.text() == result.text();
    });
}

} // namespace

std::vector<FoundSymbol> zxing_symbols(const Luminance& picture, const Area& area, Search search) {
    const auto results = ZXing::ReadBarcodes(view_of(picture, area), options_for(search));
    std::vector<FoundSymbol> found;
    for (const auto& result : results) {
        if (!result.isValid()
            || (search == Search::databar && !is_confirmed(result, picture, area))) {
            continue;
        }
        FoundSymbol symbol;
        symbol.symbol.text = text_of(result.format(), result.text());
        if (is_ambiguous(result.format(), symbol.symbol.text)) {
            continue;
        }
        symbol.symbol.symbology = result.symbologyIdentifier();
        symbol.matrix = matrix_formats.testFlag(result.format());
        for (std::size_t i = 0; i < symbol.symbol.corners.size(); ++i) {
            const auto corner = result.position()[i];
            symbol.symbol.corners[i] = {corner.x + area.left, corner.y + area.top};
        }
        found.push_back(std::move(symbol));
    }
    return found;
}

} // namespace cartwatch::pictures
