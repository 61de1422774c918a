#include "daemon/crypto/certificates.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::certificates_test {

namespace {

using namespace std::chrono_literals;
using crypto::Holder;

constexpr Instant now{std::chrono::sys_days{std::chrono::days{20'779}}};
constexpr crypto::Validity a_day{now, now + 24h};

struct Office {
    std::string key = crypto::make_key();
    std::string certificate =
        crypto::make_authority(key, "authority", {now - 1h, now + std::chrono::hours{24 * 7'305}});

    crypto::Credentials issue_to(const std::string& node, Holder holder) const {
        crypto::Credentials made;
        made.key = crypto::make_key();
        made.authority = certificate;
        const auto issued = crypto::issue(
            {key, certificate}, crypto::make_request(made.key, node), node, {holder, a_day});
        REQUIRE(issued);
        made.certificate = *issued;
        return made;
    }
};

} // namespace

TEST_CASE("a certificate says whose it is and how long", "[crypto][certificates]") {
    const Office office;
    const auto made = office.issue_to("ward-3f", Holder::ward);

    const auto facts = crypto::check_credentials(made, Holder::ward, now);

    REQUIRE(facts);
    CHECK(facts->node == "ward-3f");
    CHECK(facts->from == a_day.from);
    CHECK(facts->until == a_day.until);
    CHECK(facts->fingerprint.size() == 64);
    CHECK(crypto::read_certificate(made.certificate) == *facts);
    const auto other = office.issue_to("ward-3f", Holder::ward);
    CHECK(crypto::read_certificate(other.certificate)->fingerprint != facts->fingerprint);
}

TEST_CASE("credentials hold for their holder, their time and their key", "[crypto][certificates]") {
    const Office office;
    const Office other;
    const auto ward = office.issue_to("ward-3f", Holder::ward);
    const auto pharmacy = office.issue_to("pharmacy", Holder::pharmacy);
    CHECK(crypto::check_credentials(pharmacy, Holder::pharmacy, now));

    CHECK_FALSE(crypto::check_credentials(ward, Holder::pharmacy, now));
    CHECK_FALSE(crypto::check_credentials(pharmacy, Holder::ward, now));
    CHECK_FALSE(crypto::check_credentials(ward, Holder::ward, now + 24h + 1s));
    crypto::Credentials wrong = ward;
    wrong.key = crypto::make_key();
    CHECK_FALSE(crypto::check_credentials(wrong, Holder::ward, now));
    wrong = ward;
    wrong.authority = other.certificate;
    CHECK_FALSE(crypto::check_credentials(wrong, Holder::ward, now));
    wrong.authority = ward.certificate;
    CHECK_FALSE(crypto::check_credentials(wrong, Holder::ward, now));
    CHECK_FALSE(crypto::check_credentials({"", "", ""}, Holder::ward, now));
}

TEST_CASE("a clock that is behind makes no certificate bad", "[crypto][certificates]") {
    const Office office;
    const auto ward = office.issue_to("ward-3f", Holder::ward);

    CHECK(crypto::check_credentials(ward, Holder::ward, now - 1s));
    CHECK(crypto::check_credentials(ward, Holder::ward, now - 365 * 24h));
    crypto::Credentials of_another = ward;
    of_another.authority = Office().certificate;
    CHECK_FALSE(crypto::check_credentials(of_another, Holder::ward, now - 1s));
    CHECK_FALSE(crypto::check_credentials(ward, Holder::pharmacy, now - 1s));
}

TEST_CASE("a ward's certificate issues nothing", "[crypto][certificates]") {
    const Office office;
    const auto ward = office.issue_to("ward-3f", Holder::ward);
    crypto::Credentials forged;
    forged.key = crypto::make_key();
    forged.authority = ward.certificate;
    const auto issued = crypto::issue(
        {ward.key, ward.certificate},
        crypto::make_request(forged.key, "pharmacy"),
        "pharmacy",
        {Holder::pharmacy, a_day});
    REQUIRE(issued); // OpenSSL signs what it is told to
    forged.certificate = *issued;

    CHECK_FALSE(crypto::check_credentials(forged, Holder::pharmacy, now));
}

TEST_CASE("a key is told from anything else", "[crypto][certificates]") {
    CHECK(crypto::is_key(crypto::make_key()));
    CHECK_FALSE(crypto::is_key(""));
    CHECK_FALSE(crypto::is_key("garbage"));
    CHECK_FALSE(crypto::is_key(crypto::make_request(crypto::make_key(), "ward-3f")));
}

TEST_CASE("a request is for the key that signed it", "[crypto][certificates]") {
    const std::string key = crypto::make_key();
    const std::string request = crypto::make_request(key, "ward-3f");
    const auto read = crypto::read_request(request);
    REQUIRE(read);
    CHECK(read->node == "ward-3f");
    CHECK(read == crypto::read_request(crypto::make_request(key, "ward-3f")));
    CHECK(read != crypto::read_request(crypto::make_request(crypto::make_key(), "ward-3f")));

    const auto broken = GENERATE_COPY(
        std::string(),
        std::string("no request"),
        request.substr(0, request.size() / 2),
        crypto::make_key());
    CHECK_FALSE(crypto::read_request(broken));

    // Any change of what is signed, or of the signature.
    std::string changed = request;
    const std::size_t middle = changed.find('\n') + 100;
    changed[middle] = changed[middle] == 'A' ? 'B' : 'A';
    CHECK_FALSE(crypto::read_request(changed));
}

TEST_CASE("a request for a key of another kind is refused", "[crypto][certificates]") {
    // openssl req -new -newkey ed25519 -nodes -subj /CN=ward-3f
    static const std::string ed25519 = R"(-----BEGIN CERTIFICATE REQUEST-----
MIGRMEUCAQAwEjEQMA4GA1UEAwwHd2FyZC0zZjAqMAUGAytlcAMhAIp8MlWmqRAi
bGFsD8L+5+BiM8ILaNWw39cBtBSztdafoAAwBQYDK2VwA0EAzJe1pBt0S7ORTTn7
yGbLsuS1kylmrzYOQkF7Vpq0VFFlfBhIWeqv20o9/d1tgAjtjYWH1LfPuIIJyz12
4yLoCQ==
-----END CERTIFICATE REQUEST-----
)";
    const auto refused = crypto::read_request(ed25519);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().text.find("P-256") != std::string::npos);
}

TEST_CASE("names of 64 bytes fit", "[crypto][certificates]") {
    const std::string name(64, 'w');
    const Office office;
    const auto made = office.issue_to(name, Holder::ward);
    CHECK(crypto::check_credentials(made, Holder::ward, now)->node == name);
}

} // namespace cartwatch::certificates_test
