#include "scanner/pictures/formats.hpp"
#include "scanner/pictures/picture.hpp"
#include "tests/scanner/pictures/drawing.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::picture_test {

using namespace cartwatch::pictures;
using drawing::Bytes;

namespace {

Luminance stripes(int width, int height) {
    Luminance picture = drawing::paper(width, height);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        picture.pixels[i] = static_cast<std::uint8_t>(i % 7 * 36);
    }
    return picture;
}

Bytes first_part(Bytes bytes, std::size_t size) {
    bytes.resize(size);
    return bytes;
}

// A PNG of one chunk that claims a size and has nothing of it.
Bytes png_that_claims(std::uint32_t width, std::uint32_t height) {
    Bytes bytes = drawing::to_png(stripes(8, 8));
    for (int i = 0; i < 4; ++i) {
        bytes[static_cast<std::size_t>(16 + i)] = static_cast<std::uint8_t>(width >> (24 - 8 * i));
        bytes[static_cast<std::size_t>(20 + i)] = static_cast<std::uint8_t>(height >> (24 - 8 * i));
    }
    return bytes;
}

} // namespace

TEST_CASE("a PNG is read to the pixel") {
    const Luminance drawn = stripes(61, 33);
    const auto read = load_picture(drawing::to_png(drawn));
    REQUIRE(read.has_value());
    CHECK(read->width == 61);
    CHECK(read->height == 33);
    CHECK(read->pixels == drawn.pixels);
}

TEST_CASE("a JPEG is read with its shades") {
    Luminance drawn = drawing::paper(64, 48);
    drawn.pixels.assign(drawn.pixels.size(), 90);
    const auto read = load_picture(drawing::to_jpeg(drawn));
    REQUIRE(read.has_value());
    CHECK(read->width == 64);
    CHECK(read->height == 48);
    CHECK(std::abs(read->at(30, 20) - 90) <= 2);
}

TEST_CASE("what is not a whole picture is refused with the reason") {
    struct Example {
        const char* name;
        Bytes bytes;
        ErrorCode code;
        const char* reason;
    };

    const Bytes png = drawing::to_png(stripes(200, 200));
    const Bytes jpeg = drawing::to_jpeg(stripes(200, 200));
    const std::string page = "<html><body>not found</body></html>";
    const auto example = GENERATE_COPY(values<Example>({
        {"nothing", {}, ErrorCode::bad_input, "empty"},
        {"a web page", {page.begin(), page.end()}, ErrorCode::bad_input, "neither"},
        {"half a PNG", first_part(png, png.size() / 2), ErrorCode::bad_input, "cut off"},
        {"a PNG without its end",
         first_part(png, png.size() - 20),
         ErrorCode::bad_input,
         "cut off"},
        {"a PNG's first bytes", first_part(png, 8), ErrorCode::bad_input, "cut off"},
        {"half a JPEG", first_part(jpeg, jpeg.size() / 2), ErrorCode::bad_input, "cut off"},
        {"a JPEG without its end", first_part(jpeg, jpeg.size() - 2), ErrorCode::bad_input, "cut"},
        {"a JPEG's first bytes", first_part(jpeg, 4), ErrorCode::bad_input, "cut off"},
        {"a CMYK JPEG", drawing::to_cmyk_jpeg(stripes(20, 20)), ErrorCode::bad_input, "CMYK"},
    }));

    DYNAMIC_SECTION(example.name) {
        const auto read = load_picture(example.bytes);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == example.code);
        CHECK_THAT(read.error().text, Catch::Contains(example.reason));
    }
}

TEST_CASE("a picture may have 40 megapixels and no more") {
    CHECK(check_size(8000, 4999).has_value());
    CHECK(check_size(8000, 5000).has_value());
    CHECK_FALSE(check_size(8000, 5001).has_value());
    CHECK_FALSE(check_size(2'000'000'000, 2'000'000'000).has_value());
    CHECK_FALSE(check_size(0, 10).has_value());
}

TEST_CASE("a small file that claims a vast picture is refused before memory is taken") {
    const auto read = load_picture(png_that_claims(60000, 60000));
    REQUIRE_FALSE(read.has_value());
}

TEST_CASE("a file over 32 MiB is refused by its size") {
    const auto read = load_picture(Bytes(picture_bytes_max + 1, 0xFF));
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::too_large);
    const auto at_limit = load_picture(Bytes(picture_bytes_max, 0x00));
    REQUIRE_FALSE(at_limit.has_value());
    CHECK(at_limit.error().code == ErrorCode::bad_input);
}

} // namespace cartwatch::picture_test
