#include "tests/scanner/pictures/drawing.hpp"

#include <zint.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <stdexcept>

#include <jpeglib.h>
#include <png.h>

namespace cartwatch::drawing {

namespace {

struct ZintKind {
    int symbology;
    int input_mode;
};

// In the order of Kind.
constexpr std::array zint_kinds{
    ZintKind{BARCODE_DATAMATRIX, GS1_MODE},      ZintKind{BARCODE_DATAMATRIX, UNICODE_MODE},
    ZintKind{BARCODE_GS1_128, GS1_MODE},         ZintKind{BARCODE_EANX, UNICODE_MODE},
    ZintKind{BARCODE_QRCODE, UNICODE_MODE},      ZintKind{BARCODE_QRCODE, GS1_MODE},
    ZintKind{BARCODE_CODE128, UNICODE_MODE},     ZintKind{BARCODE_UPCA, UNICODE_MODE},
    ZintKind{BARCODE_UPCE, UNICODE_MODE},        ZintKind{BARCODE_DBAR_OMN, UNICODE_MODE},
    ZintKind{BARCODE_DBAR_OMNSTK, UNICODE_MODE}, ZintKind{BARCODE_DBAR_EXP, GS1_MODE},
    ZintKind{BARCODE_ITF14, UNICODE_MODE},       ZintKind{BARCODE_CODE39, UNICODE_MODE},
    ZintKind{BARCODE_CODABAR, UNICODE_MODE},     ZintKind{BARCODE_PZN, UNICODE_MODE},
    ZintKind{BARCODE_HIBC_DM, UNICODE_MODE},     ZintKind{BARCODE_HIBC_128, UNICODE_MODE},
    ZintKind{BARCODE_HIBC_39, UNICODE_MODE},
};
static_assert(zint_kinds.size() == static_cast<std::size_t>(Kind::hibc_39) + 1);

ZintKind zint_kind(Kind kind) {
    return zint_kinds.at(static_cast<std::size_t>(kind));
}

std::size_t index_of(const Luminance& picture, int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width)
           + static_cast<std::size_t>(x);
}

// A line two pixels wide.
void draw_stroke(Luminance& page, double x, double y, double to_x, double to_y) {
    constexpr int points = 20;
    for (int i = 0; i < points; ++i) {
        const int px = static_cast<int>(x + (to_x - x) * i / points);
        const int py = static_cast<int>(y + (to_y - y) * i / points);
        page.pixels[index_of(page, px, py)] = 30;
        page.pixels[index_of(page, px + 1, py)] = 30;
    }
}

// Compresses rows of one (grey) or four (CMYK) components a pixel.
Bytes compressed(const Luminance& picture, int components, int quality) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &buffer, &size);
    info.image_width = static_cast<JDIMENSION>(picture.width);
    info.image_height = static_cast<JDIMENSION>(picture.height);
    info.input_components = components;
    info.in_color_space = components == 1 ? JCS_GRAYSCALE : JCS_CMYK;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    for (int y = 0; y < picture.height; ++y) {
        Bytes row;
        for (int x = 0; x < picture.width; ++x) {
            row.insert(row.end(), static_cast<std::size_t>(components), picture.at(x, y));
        }
        JSAMPROW data = row.data();
        jpeg_write_scanlines(&info, &data, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    const std::unique_ptr<unsigned char, decltype(&std::free)> owned(buffer, &std::free);
    return {buffer, buffer + size};
}

} // namespace

Luminance symbol(Kind kind, std::string_view data, float scale) {
    const std::unique_ptr<zint_symbol, decltype(&ZBarcode_Delete)> zint(
        ZBarcode_Create(), &ZBarcode_Delete);
    zint->symbology = zint_kind(kind).symbology;
    zint->input_mode = zint_kind(kind).input_mode;
    zint->scale = scale;
    zint->show_hrt = 0;
    const std::string copy(data);
    const int outcome = ZBarcode_Encode_and_Buffer(
        zint.get(),
        reinterpret_cast<const unsigned char*>(copy.data()),
        static_cast<int>(copy.size()),
        0);
    if (outcome >= ZINT_ERROR || zint->bitmap == nullptr) {
        throw std::runtime_error("zint: " + std::string(zint->errtxt));
    }
    Luminance picture = paper(zint->bitmap_width, zint->bitmap_height);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        picture.pixels[i] = zint->bitmap[3 * i];
    }
    return picture;
}

Luminance paper(int width, int height) {
    const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    return {width, height, Bytes(size, 255)};
}

void paste(Luminance& on, const Luminance& what, int left, int top) {
    for (int y = 0; y < what.height; ++y) {
        for (int x = 0; x < what.width; ++x) {
            if (left + x < on.width && top + y < on.height) {
                on.pixels[index_of(on, left + x, top + y)] = what.at(x, y);
            }
        }
    }
}

Luminance print(int width, int height, unsigned seed) {
    Luminance page = paper(width, height);
    std::mt19937 random(seed);
    const auto within = [&](unsigned size) { return static_cast<double>(random() % size); };
    for (int top = 8; top + 24 < height; top += 22) {
        for (int left = 8; left + 20 < width; left += 13) {
            const bool is_gap = random() % 12 == 0;
            for (int i = 0; !is_gap && i < 3; ++i) {
                const double x = left + within(4);
                const double y = top + within(8);
                draw_stroke(page, x, y, left + within(12), top + within(20));
            }
        }
    }
    return page;
}

Luminance turned(const Luminance& picture, double degrees) {
    const double angle = degrees * 3.14159265358979 / 180;
    const int side = static_cast<int>(std::hypot(picture.width, picture.height)) + 40;
    Luminance paper_sheet = paper(side, side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const double dx = x - side / 2.0;
            const double dy = y - side / 2.0;
            const auto from_x =
                static_cast<int>(std::cos(angle) * dx + std::sin(angle) * dy + picture.width / 2.0);
            const auto from_y = static_cast<int>(
                std::cos(angle) * dy - std::sin(angle) * dx + picture.height / 2.0);
            if (from_x >= 0 && from_y >= 0 && from_x < picture.width && from_y < picture.height) {
                paper_sheet.pixels[index_of(paper_sheet, x, y)] = picture.at(from_x, from_y);
            }
        }
    }
    return paper_sheet;
}

Bytes to_png(const Luminance& picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    Bytes bytes(size);
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr)
        == 0) {
        throw std::runtime_error("libpng: " + std::string(image.message));
    }
    bytes.resize(size);
    return bytes;
}

Bytes to_jpeg(const Luminance& picture, int quality) {
    return compressed(picture, 1, quality);
}

Bytes to_cmyk_jpeg(const Luminance& picture) {
    return compressed(picture, 4, 85);
}

void write_file(const std::string& path, const Bytes& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(
        reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + path);
    }
}

} // namespace cartwatch::drawing
