// Any pixels before the second engines: what they find is text that a scanner could have sent, with
// an identifier. First two bytes: width and height less one.
#include "scanner/pictures/dmtx.hpp"
#include "scanner/pictures/zbar.hpp"

#include <algorithm>
#include <cstdlib>

using namespace cartwatch::pictures;

namespace {

void check(const std::vector<FoundSymbol>& found) {
    for (const FoundSymbol& one : found) {
        const std::string& text = one.symbol.text;
        const bool ascii = std::all_of(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (one.symbol.symbology.size() != 3 || !ascii) {
            std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    Luminance picture{data[0] + 1, data[1] + 1, {data + 2, data + size}};
    picture.pixels.resize(
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height), 255);
    check(zbar_symbols(picture));
    check(dmtx_symbols(std::move(picture), std::chrono::milliseconds(20)));
    return 0;
}
