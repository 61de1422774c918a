#include "daemon/crypto/sha256.hpp"

#include "scanner/values/ensure.hpp"

#include <openssl/evp.h>

#include <array>

namespace cartwatch::crypto {

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    ensure(done == 1 && size == 32, "OpenSSL computes SHA-256");

    static constexpr std::string_view hexadecimal = "0123456789abcdef";
    std::string text;
    text.reserve(64);
    for (unsigned int i = 0; i < size; ++i) {
        text += hexadecimal[digest[i] >> 4];
        text += hexadecimal[digest[i] & 0x0F];
    }
    return text;
}

} // namespace cartwatch::crypto
