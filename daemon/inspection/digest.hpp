// The digest of a file, read in parts. Private to this room.
#pragma once

#include "daemon/crypto/sha256.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace cartwatch::inspection {

struct FileDigest {
    std::int64_t bytes = 0;
    std::string sha256;
};

// Throws std::runtime_error where it cannot be read.
[[nodiscard]] inline FileDigest digest_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    crypto::Sha256 digest;
    FileDigest told;
    std::string part(256 * 1024, '\0');
    while (stream) {
        stream.read(part.data(), static_cast<std::streamsize>(part.size()));
        const std::string_view taken(part.data(), static_cast<std::size_t>(stream.gcount()));
        digest.take(taken);
        told.bytes += static_cast<std::int64_t>(taken.size());
    }
    if (stream.bad() || !stream.eof()) {
        throw std::runtime_error(file.string() + ": cannot be read");
    }
    told.sha256 = digest.digest();
    return told;
}

} // namespace cartwatch::inspection
