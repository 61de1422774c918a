#include "scanner/pictures/formats.hpp"

#include <png.h>

namespace cartwatch::pictures {

namespace {

// Owns what libpng keeps for one picture, whatever way the function is left.
struct PngImage {
    png_image image{};

    PngImage() {
        image.version = PNG_IMAGE_VERSION;
    }

    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;

    ~PngImage() {
        png_image_free(&image);
    }
};

Unexpected damaged_png(const png_image& image) {
    return refused(
        ErrorCode::bad_input,
        "the PNG picture is cut off or damaged (" + std::string(image.message) + ")");
}

} // namespace

Result<Luminance> load_png(std::span<const std::uint8_t> bytes) {
    PngImage png;
    if (png_image_begin_read_from_memory(&png.image, bytes.data(), bytes.size()) == 0) {
        return damaged_png(png.image);
    }
    const auto size = check_size(png.image.width, png.image.height);
    if (!size) {
        return tl::unexpected(size.error());
    }
    png.image.format = PNG_FORMAT_GRAY;
    Luminance picture;
    picture.width = static_cast<int>(png.image.width);
    picture.height = static_cast<int>(png.image.height);
    picture.pixels.resize(PNG_IMAGE_SIZE(png.image));
    const png_color white = {255, 255, 255};
    if (png_image_finish_read(&png.image, &white, picture.pixels.data(), 0, nullptr) == 0) {
        return damaged_png(png.image);
    }
    return picture;
}

} // namespace cartwatch::pictures
