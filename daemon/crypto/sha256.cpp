#include "daemon/crypto/sha256.hpp"

#include "daemon/crypto/handles.hpp"
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

struct Sha256::Context {
    std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>> handle{EVP_MD_CTX_new()};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    const bool begun = context_->handle != nullptr
                       && EVP_DigestInit_ex(context_->handle.get(), algorithm(), nullptr) == 1;
    ensure(begun, "OpenSSL begins SHA-256");
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::take(std::string_view part) {
    const int done = EVP_DigestUpdate(context_->handle.get(), part.data(), part.size());
    ensure(done == 1, "OpenSSL goes on with SHA-256");
}

std::string Sha256::digest() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    const int done = EVP_DigestFinal_ex(context_->handle.get(), bytes.data(), &size);
    ensure(done == 1 && size == 32, "OpenSSL computes SHA-256");
    return hexadecimal(std::span(bytes).first(size));
}

} // namespace cartwatch::crypto
