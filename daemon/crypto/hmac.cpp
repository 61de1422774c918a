#include "daemon/crypto/hmac.hpp"

#include "daemon/crypto/handles.hpp"
#include "daemon/crypto/hexadecimal.hpp"
#include "scanner/values/ensure.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <array>
#include <cstddef>
#include <span>

namespace cartwatch::crypto {

namespace {

using MacHandle = std::unique_ptr<EVP_MAC, FreedBy<EVP_MAC_free>>;
using MacContextHandle = std::unique_ptr<EVP_MAC_CTX, FreedBy<EVP_MAC_CTX_free>>;

constexpr std::size_t digest_bytes = 32;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data()); // NOLINT: OpenSSL's word for bytes
}

} // namespace

// Looked up and keyed once: that costs three times what a mark does.
struct Hmac::State {
    MacContextHandle context;
};

Hmac::Hmac(std::string_view key) : state_(std::make_unique<State>()) {
    const MacHandle mac(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr));
    ensure(mac != nullptr, "OpenSSL knows HMAC");
    state_->context.reset(EVP_MAC_CTX_new(mac.get()));
    std::string name = OSSL_DIGEST_NAME_SHA2_256;
    const std::array parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
        OSSL_PARAM_construct_end()};
    ensure(
        state_->context != nullptr
            && EVP_MAC_init(state_->context.get(), bytes_of(key), key.size(), parameters.data())
                   == 1,
        "OpenSSL takes the key of an HMAC");
}

Hmac::Hmac(Hmac&& other) noexcept = default;
Hmac& Hmac::operator=(Hmac&& other) noexcept = default;
Hmac::~Hmac() = default;

std::string Hmac::of(std::string_view bytes) const {
    EVP_MAC_CTX* context = state_->context.get();
    std::array<unsigned char, digest_bytes> digest{};
    std::size_t size = 0;
    const bool done = EVP_MAC_init(context, nullptr, 0, nullptr) == 1 // again, with the same key
                      && EVP_MAC_update(context, bytes_of(bytes), bytes.size()) == 1
                      && EVP_MAC_final(context, digest.data(), &size, digest.size()) == 1;
    ensure(done && size == digest_bytes, "OpenSSL computes HMAC-SHA256");
    return hexadecimal(std::span(digest).first(size));
}

} // namespace cartwatch::crypto
