// Any bytes as a picture: refused, or as many pixels as it says, within the limit.
#include "scanner/pictures/picture.hpp"

#include <cstdlib>

using namespace cartwatch::pictures;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto picture = load_picture({data, size});
    if (picture) {
        const auto pixels = std::int64_t{picture->width} * picture->height;
        if (pixels < 1 || pixels > pixels_max
            || picture->pixels.size() != static_cast<std::size_t>(pixels)) {
            std::abort();
        }
    }
    return 0;
}
