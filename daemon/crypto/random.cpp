#include "daemon/crypto/random.hpp"

#include "daemon/crypto/hexadecimal.hpp"
#include "scanner/values/ensure.hpp"

#include <openssl/rand.h>

#include <array>

namespace cartwatch::crypto {

std::string random_hexadecimal(std::size_t bytes) {
    std::array<unsigned char, 64> buffer{};
    ensure(bytes <= buffer.size(), "few random bytes are asked for at a time");
    const int done = RAND_bytes(buffer.data(), static_cast<int>(bytes));
    ensure(done == 1, "OpenSSL has random bytes");
    return hexadecimal(std::span(buffer).first(bytes));
}

} // namespace cartwatch::crypto
