#include "daemon/crypto/sha256.hpp"

#include "daemon/crypto/hexadecimal.hpp"
#include "scanner/values/ensure.hpp"

#include <openssl/evp.h>

#include <array>
#include <span>

namespace cartwatch::crypto {

namespace {

// Looked up once: OpenSSL's own look-up takes as long as the digest of an entry.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    ensure(fetched != nullptr, "OpenSSL has SHA-256");
    return fetched;
}

} // namespace

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm(), nullptr);
    ensure(done == 1 && size == 32, "OpenSSL computes SHA-256");
    return hexadecimal(std::span(digest).first(size));
}

} // namespace cartwatch::crypto
