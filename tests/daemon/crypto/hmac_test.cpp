#include "daemon/crypto/hmac.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

namespace cartwatch::hmac_test {

using cartwatch::crypto::Hmac;

TEST_CASE("HMAC-SHA256 of the examples of RFC 4231", "[crypto]") {
    CHECK(
        Hmac(std::string(20, '\x0b')).of("Hi There")
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(
        Hmac("Jefe").of("what do ya want for nothing?")
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(
        Hmac(std::string(131, '\xaa')).of("Test Using Larger Than Block-Size Key - Hash Key First")
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("one key serves for any number of texts, also after it was moved", "[crypto]") {
    Hmac first("Jefe");
    const std::string once = first.of("what do ya want for nothing?");
    CHECK(first.of("another") != once);
    const Hmac moved = std::move(first);
    CHECK(moved.of("what do ya want for nothing?") == once);
    CHECK(Hmac("jefe").of("what do ya want for nothing?") != once);
}

} // namespace cartwatch::hmac_test
