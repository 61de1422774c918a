// A picture as a label of ZPL II: what Zebra's label printers and most others take. The picture is
// sent as dots (^GF), so that Chinese needs no font in the printer.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace cartwatch::documents {

// One bit a dot, rows from the top, each in whole bytes, the leftmost dot highest; set is black.
struct Bitmap {
    int width = 0; // dots
    int height = 0;
    std::vector<unsigned char> bytes;

    [[nodiscard]] std::size_t row_bytes() const {
        return static_cast<std::size_t>(width + 7) / 8;
    }
};

// From ^XA to ^XZ: size, origin, the dots in compressed hexadecimal (Zebra's Programming Guide,
// "^GF" and "Alternative Data Compression Scheme"), and nothing that changes the printer's setup.
[[nodiscard]] std::string zpl_label(const Bitmap& bitmap);

} // namespace cartwatch::documents
