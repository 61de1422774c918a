#include "scanner/pictures/zxing.hpp"

#include "scanner/pictures/scanner_text.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

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

const ZXing::BarcodeFormats first_formats =
    matrix_formats | BarcodeFormat::Codabar | BarcodeFormat::Code39 | BarcodeFormat::Code93
    | BarcodeFormat::Code128 | BarcodeFormat::EAN8 | BarcodeFormat::EAN13 | BarcodeFormat::ITF
    | BarcodeFormat::UPCA | BarcodeFormat::UPCE;

auto options_for(Search search) {
    auto options = zxing_options();
    // Downscaled layers find linear codes twice, and 1.4.0 asserts while it merges them.
    options.setTryDownscale(false);
    options.setTryHarder(true);
    options.setTryRotate(true);
    if (search == Search::all_but_databar) {
        options.setFormats(first_formats);
    } else {
        options.setFormats(
            search == Search::databar ? databar_formats
                                      : ZXing::BarcodeFormats(BarcodeFormat::DataMatrix));
        options.setMaxNumberOfSymbols(1);
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

} // namespace

std::vector<FoundSymbol> zxing_symbols(const Luminance& picture, const Area& area, Search search) {
    const ZXing::ImageView whole(
        picture.pixels.data(), picture.width, picture.height, ZXing::ImageFormat::Lum);
    const auto results = ZXing::ReadBarcodes(
        whole.cropped(area.left, area.top, area.width, area.height), options_for(search));
    std::vector<FoundSymbol> found;
    for (const auto& result : results) {
        if (!result.isValid()) {
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
