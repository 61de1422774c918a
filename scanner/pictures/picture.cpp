#include "scanner/pictures/picture.hpp"

#include "scanner/pictures/formats.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::pictures {

namespace {

constexpr std::array<std::uint8_t, 8> png_signature = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
constexpr std::array<std::uint8_t, 3> jpeg_signature = {0xFF, 0xD8, 0xFF};

bool begins_with(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> signature) {
    return bytes.size() >= signature.size()
           && std::equal(signature.begin(), signature.end(), bytes.begin());
}

} // namespace

Result<void> check_size(std::int64_t width, std::int64_t height) {
    if (width < 1 || height < 1) {
        return refused(ErrorCode::bad_input, "the picture has no pixels");
    }
    if (width > pixels_max / height) {
        return refused(
            ErrorCode::too_large,
            "the picture has " + std::to_string(width) + " x " + std::to_string(height)
                + " pixels, at most 40 megapixels are read; make it smaller");
    }
    return {};
}

Result<Luminance> load_picture(std::span<const std::uint8_t> bytes) {
    if (bytes.empty()) {
        return refused(ErrorCode::bad_input, "the picture is empty");
    }
    if (bytes.size() > picture_bytes_max) {
        return refused(
            ErrorCode::too_large,
            "the picture has " + std::to_string(bytes.size())
                + " bytes, at most 32 MiB are read; make it smaller");
    }
    if (begins_with(bytes, png_signature)) {
        return load_png(bytes);
    }
    if (begins_with(bytes, jpeg_signature)) {
        return load_jpeg(bytes);
    }
    return refused(ErrorCode::bad_input, "neither a PNG nor a JPEG picture");
}

} // namespace cartwatch::pictures
