#include "daemon/documents/documents.hpp"
#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <zint.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace cartwatch::documents {

using namespace reports;

namespace {

struct DeleteSymbol {
    void operator()(zint_symbol* symbol) const {
        ZBarcode_Delete(symbol);
    }
};

using ZintSymbol = std::unique_ptr<zint_symbol, DeleteSymbol>;

// Light modules that the two standards ask for; twice the Data Matrix minimum of one, for printers
// whose dots spread.
constexpr int quiet_code_128 = 10;
constexpr int quiet_data_matrix = 2;

bool is_printable_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

ZintSymbol new_symbol(SymbolKind kind) {
    ZintSymbol symbol(ZBarcode_Create());
    ensure(symbol != nullptr, "no memory for a barcode symbol");
    symbol->input_mode = kind == SymbolKind::gs1_data_matrix ? GS1_MODE : DATA_MODE;
    symbol->show_hrt = 0;
    symbol->output_options |= BARCODE_NO_QUIET_ZONES;
    if (kind == SymbolKind::code_128) {
        symbol->symbology = BARCODE_CODE128;
    } else {
        symbol->symbology = BARCODE_DATAMATRIX;
        symbol->option_3 = DM_SQUARE;
    }
    return symbol;
}

// Vectors come in a scale of the library's own: divided by it, they are whole modules.
SymbolDrawing drawing_of(const zint_symbol& symbol, SymbolKind kind) {
    ensure(symbol.vector != nullptr && symbol.width > 0, "libzint drew nothing");
    const bool matrix = kind != SymbolKind::code_128;
    const float module = symbol.vector->width / static_cast<float>(symbol.width);
    const auto modules = [module](float length) {
        const float whole = std::round(length / module);
        ensure(std::abs(whole - length / module) < 0.01F, "libzint drew part of a module");
        return static_cast<int>(whole);
    };
    SymbolDrawing drawing;
    drawing.width = symbol.width;
    drawing.height = matrix ? symbol.rows : 1;
    drawing.quiet = matrix ? quiet_data_matrix : quiet_code_128;
    for (const auto* rect = symbol.vector->rectangles; rect != nullptr; rect = rect->next) {
        drawing.dark.push_back(
            {modules(rect->x),
             matrix ? modules(rect->y) : 0,
             modules(rect->width),
             matrix ? modules(rect->height) : 1});
    }
    return drawing;
}

} // namespace

Result<SymbolDrawing> draw_symbol(SymbolKind kind, std::string_view text) {
    if (text.empty() || text.size() > symbol_text_max || !is_printable_ascii(text)) {
        return refused(
            ErrorCode::bad_input,
            "\"" + shortened(text) + "\" cannot be printed as a code: it must have 1 to "
                + std::to_string(symbol_text_max) + " printable ASCII characters");
    }
    const ZintSymbol symbol = new_symbol(kind);
    const std::string source(text);
    // Results 1 to 4 are the library's warnings: it drew a symbol, but another one than was asked
    // for. A label that scans as something else is worse than none.
    const int outcome = ZBarcode_Encode_and_Buffer_Vector(
        symbol.get(),
        reinterpret_cast<const unsigned char*>(source.data()),
        static_cast<int>(source.size()),
        0);
    ensure(outcome != ZINT_ERROR_MEMORY, "no memory for a barcode symbol");
    if (outcome != 0) {
        return refused(
            ErrorCode::bad_input,
            "\"" + shortened(text) + "\" cannot be printed as a code: " + symbol->errtxt);
    }
    return drawing_of(*symbol, kind);
}

} // namespace cartwatch::documents
