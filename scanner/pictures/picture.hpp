// A picture as 8-bit luminance, read from PNG or JPEG bytes. Reads no file and finds no symbols.
#pragma once

#include "scanner/values/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cartwatch::pictures {

// 40 megapixels: four times a telephone's ordinary photograph, 40 MB as luminance.
inline constexpr std::int64_t pixels_max = 40'000'000;

// 32 MiB of file: a 40-megapixel JPEG of the best quality is about 25 MB.
inline constexpr std::size_t picture_bytes_max = std::size_t{32} << 20;

// Rows from the top, one byte a pixel: 0 black, 255 white.
struct Luminance {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;

    [[nodiscard]] std::uint8_t at(int x, int y) const {
        return pixels
            [static_cast<std::size_t>(y) * static_cast<std::size_t>(width)
             + static_cast<std::size_t>(x)];
    }
};

// The picture in PNG or JPEG bytes (told apart by their first bytes, never by a name). Transparent
// pixels lie on white. Refused: empty, neither format, CMYK, cut off or damaged (bad_input); over
// picture_bytes_max or pixels_max (too_large).
[[nodiscard]] Result<Luminance> load_picture(std::span<const std::uint8_t> bytes);

} // namespace cartwatch::pictures
