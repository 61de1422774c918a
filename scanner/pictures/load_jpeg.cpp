#include "scanner/pictures/formats.hpp"

#include <csetjmp>
#include <cstdio>

#include <jerror.h>
#include <jpeglib.h>

namespace cartwatch::pictures {

namespace {

// libjpeg reports a fatal error by a function that must not return; it is left by longjmp to the
// one function below that holds no object with a destructor between the jump and its target.
struct JpegErrors {
    jpeg_error_mgr base{};
    std::jmp_buf jump{};
    std::array<char, JMSG_LENGTH_MAX> text{};
};

void on_jpeg_error(j_common_ptr info) {
    auto* errors = reinterpret_cast<JpegErrors*>(info->err);
    info->err->format_message(info, errors->text.data());
    std::longjmp(errors->jump, 1);
}

// Warnings (a cut file is only a warning to libjpeg) are counted by num_warnings; the first is kept
// for the message. Trace messages are dropped.
void on_jpeg_message(j_common_ptr info, int level) {
    if (level >= 0) {
        return;
    }
    auto* errors = reinterpret_cast<JpegErrors*>(info->err);
    if (info->err->num_warnings == 0) {
        info->err->format_message(info, errors->text.data());
    }
    ++info->err->num_warnings;
}

void ignore_jpeg_output(j_common_ptr) {}

struct JpegReader {
    jpeg_decompress_struct info{};
    JpegErrors errors;

    JpegReader() {
        info.err = jpeg_std_error(&errors.base);
        errors.base.error_exit = on_jpeg_error;
        errors.base.emit_message = on_jpeg_message;
        errors.base.output_message = ignore_jpeg_output;
    }

    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;

    ~JpegReader() {
        jpeg_destroy_decompress(&info);
    }
};

// False where libjpeg gave up; the reason is in errors.text.
bool read_jpeg_header(JpegReader& reader, std::span<const std::uint8_t> bytes) {
    if (setjmp(reader.errors.jump) != 0) { // NOLINT(cert-err52-cpp): the way libjpeg offers
        return false;
    }
    jpeg_create_decompress(&reader.info);
    jpeg_mem_src(&reader.info, bytes.data(), bytes.size());
    jpeg_read_header(&reader.info, TRUE);
    return true;
}

bool read_jpeg_rows(JpegReader& reader, std::uint8_t* pixels) {
    if (setjmp(reader.errors.jump) != 0) { // NOLINT(cert-err52-cpp): the way libjpeg offers
        return false;
    }
    reader.info.out_color_space = JCS_GRAYSCALE;
    jpeg_start_decompress(&reader.info);
    while (reader.info.output_scanline < reader.info.output_height) {
        JSAMPROW row = pixels + std::size_t{reader.info.output_scanline} * reader.info.output_width;
        jpeg_read_scanlines(&reader.info, &row, 1);
    }
    jpeg_finish_decompress(&reader.info);
    return true;
}

Unexpected damaged_jpeg(const JpegReader& reader) {
    return refused(
        ErrorCode::bad_input,
        "the JPEG picture is cut off or damaged (" + std::string(reader.errors.text.data()) + ")");
}

} // namespace

Result<Luminance> load_jpeg(std::span<const std::uint8_t> bytes) {
    JpegReader reader;
    if (!read_jpeg_header(reader, bytes)) {
        return damaged_jpeg(reader);
    }
    const auto size = check_size(reader.info.image_width, reader.info.image_height);
    if (!size) {
        return tl::unexpected(size.error());
    }
    if (reader.info.jpeg_color_space == JCS_CMYK || reader.info.jpeg_color_space == JCS_YCCK) {
        return refused(
            ErrorCode::bad_input, "a CMYK JPEG is made for printing; save the picture as RGB");
    }
    Luminance picture;
    picture.width = static_cast<int>(reader.info.image_width);
    picture.height = static_cast<int>(reader.info.image_height);
    picture.pixels.resize(
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
    if (!read_jpeg_rows(reader, picture.pixels.data()) || reader.errors.base.num_warnings > 0) {
        return damaged_jpeg(reader);
    }
    return picture;
}

} // namespace cartwatch::pictures
