#include "daemon/commands/decode.hpp"

#include "daemon/commands/reading_json.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>

namespace cartwatch::commands {

namespace {

// At most one byte more than a picture may have, so that the decoder says it is too large.
Result<std::vector<std::uint8_t>> picture_bytes(const std::string& name) {
    std::error_code error;
    if (std::filesystem::is_directory(name, error)) {
        return refused(ErrorCode::bad_input, "is a folder; name the pictures in it");
    }
    std::ifstream file(name, std::ios::binary);
    if (!file) {
        return refused(
            ErrorCode::not_found,
            std::string("cannot be opened (") + std::strerror(errno) + "); check the name");
    }
    std::vector<std::uint8_t> bytes;
    std::vector<char> chunk(65536);
    while (bytes.size() <= scanners::picture_bytes_max && file) {
        file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + file.gcount());
    }
    if (file.bad()) {
        return refused(ErrorCode::unavailable, "cannot be read; check the disk");
    }
    return bytes;
}

void print_symbol(
    const DecodeArguments& arguments,
    const std::string& image,
    const Symbol& symbol,
    std::ostream& out) {
    codes::ReadOptions options;
    options.as_of = arguments.as_of;
    options.scanner.sends_separators = true; // a decoder loses none
    auto line = to_json(codes::read(symbol.symbology + symbol.text, options));
    line["image"] = image;
    line["corners"] = nlohmann::ordered_json::array();
    for (const Point& corner : symbol.corners) {
        line["corners"].push_back({corner.x, corner.y});
    }
    out << json_line(line) << '\n';
}

} // namespace

int run_decode(const DecodeArguments& arguments, std::ostream& out, std::ostream& err) {
    scanners::PictureDecoder decoder(arguments.decoder);
    int status = 0;
    for (const std::string& image : arguments.images) {
        const auto bytes = picture_bytes(image);
        const auto symbols = bytes ? decoder.decode(*bytes) : tl::unexpected(bytes.error());
        if (bytes && !symbols && symbols.error().code == ErrorCode::not_found) {
            err << "cartwatch decode: " << symbols.error().text << "; mend the installation\n";
            return 3;
        }
        if (!symbols) {
            err << "cartwatch decode: " << image << ": " << symbols.error().text << '\n';
            status = 2;
            continue;
        }
        if (symbols->empty()) {
            err << "cartwatch decode: " << image
                << ": no symbol found; take it closer, sharp and without glare\n";
        }
        for (const Symbol& symbol : *symbols) {
            print_symbol(arguments, image, symbol, out);
        }
        out.flush();
        if (!out) {
            err << "cartwatch decode: writing the answer failed\n";
            return 3;
        }
    }
    return status;
}

} // namespace cartwatch::commands
