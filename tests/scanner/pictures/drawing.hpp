// The test kit's drawing desk: symbols drawn by zint (a program that shares nothing with ours),
// placed and turned on white paper, saved as PNG or JPEG. No part of the product uses it.
#pragma once

#include "scanner/pictures/picture.hpp"

#include <string>
#include <string_view>

namespace cartwatch::drawing {

using pictures::Luminance;
using Bytes = std::vector<std::uint8_t>;

enum class Kind {
    gs1_data_matrix,
    data_matrix,
    gs1_128,
    ean_13,
    qr,
    gs1_qr,
    code_128,
    upc_a,
    upc_e,
    databar_omni,
    databar_stacked, // omnidirectional, in two rows
    databar_expanded,
    itf_14,
    code_39,
    codabar,
    pzn,              // seven digits; drawn as Code 39 with their check digit
    hibc_data_matrix, // without the leading plus and the check character, which zint adds
    hibc_128,
    hibc_39
};

// Throws std::runtime_error with zint's words where it will not draw the data. GS1 data is given
// in square brackets: "[01]09521234543213[17]261231".
[[nodiscard]] Luminance symbol(Kind kind, std::string_view data, float scale = 2);

[[nodiscard]] Luminance paper(int width, int height);
void paste(Luminance& on, const Luminance& what, int left, int top);
// Lines of what looks like letters: strokes that stand every way, with more paper than ink; the
// same for the same seed.
[[nodiscard]] Luminance print(int width, int height, unsigned seed);
[[nodiscard]] Luminance turned(const Luminance& picture, double degrees);

[[nodiscard]] Bytes to_png(const Luminance& picture);
[[nodiscard]] Bytes to_jpeg(const Luminance& picture, int quality = 85);
[[nodiscard]] Bytes to_cmyk_jpeg(const Luminance& picture);

void write_file(const std::string& path, const Bytes& bytes);

} // namespace cartwatch::drawing
