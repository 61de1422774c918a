// A text as the dark rectangles of a barcode symbol, in whole modules. The only place with libzint.
// It knows no millimetres and no paper; who prints keeps the quiet zone free.
#pragma once

#include "scanner/values/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::reports {

enum class SymbolKind {
    data_matrix,     // ISO/IEC 16022, ECC 200, square
    gs1_data_matrix, // the same with FNC1 in front and GS between its parts: "[01]…[10]…[21]…"
    code_128,        // ISO/IEC 15417; one module high, to be stretched
};

// Modules from the symbol's top left corner.
struct ModuleRect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    friend bool operator==(const ModuleRect&, const ModuleRect&) = default;
};

struct SymbolDrawing {
    int width = 0; // without quiet zones
    int height = 0;
    int quiet = 0; // modules that must stay light at each side (Code 128: left and right)
    std::vector<ModuleRect> dark;

    friend bool operator==(const SymbolDrawing&, const SymbolDrawing&) = default;
};

// What a scanner sends on one read: a badge of 64 bytes is the longest code that is printed. A
// Code 128 of libzint holds 60 letters.
inline constexpr std::size_t symbol_text_max = 64;

// Refused: an empty text or one beyond symbol_text_max; what is not printable ASCII, because
// scanners send it differently by their settings; and everything that libzint merely warns of.
[[nodiscard]] Result<SymbolDrawing> draw_symbol(SymbolKind kind, std::string_view text);

} // namespace cartwatch::reports
