#include "daemon/commands/input_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace cartwatch::commands {

Result<std::string> read_input_file(const std::string& name, std::size_t bytes_max) {
    std::error_code unknown; // opening says what is wrong
    if (std::filesystem::is_directory(name, unknown)) {
        return refused(ErrorCode::bad_input, name + ": is a folder; name a file in it");
    }
    std::ifstream stream(name, std::ios::binary);
    if (!stream) {
        return refused(
            ErrorCode::not_found,
            name + ": cannot be opened (" + std::strerror(errno) + "); name a readable file");
    }
    std::string bytes(bytes_max + 1, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (stream.bad()) {
        return refused(ErrorCode::unavailable, name + ": cannot be read; check the disk");
    }
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

} // namespace cartwatch::commands
