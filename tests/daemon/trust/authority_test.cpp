#include "daemon/trust/authority.hpp"
#include "daemon/trust/join_code.hpp"
#include "daemon/trust/whole_file.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <future>
#include <iterator>

namespace cartwatch::authority_test {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr Instant now{std::chrono::sys_days{std::chrono::days{20'779}}};
constexpr auto day = 24h;

struct Office {
    std::string secret_for(const std::string& node, Instant at = now) {
        const auto code = authority.enroll(node, at);
        REQUIRE(code);
        const auto parsed = trust::parse_join_code(*code);
        REQUIRE(parsed);
        return parsed->secret;
    }

    // The certificate that this node gets now.
    crypto::Certificate join(const std::string& node, Instant at = now) {
        const auto issued = authority.join(node, secret_for(node, at), request(node), at);
        REQUIRE(issued);
        return *crypto::read_certificate(issued->certificate);
    }

    static std::string request(const std::string& node) {
        return crypto::make_request(crypto::make_key(), node);
    }

    support::TemporaryFolder folder{support::Place::memory};
    trust::Authority authority{folder / "state/trust", "pharmacy"};
};

std::string everything_in(const fs::path& folder) {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            std::ifstream file(entry.path());
            all.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
    }
    return all;
}

} // namespace

TEST_CASE("the authority is made at the first need, and then stays", "[trust][authority]") {
    Office office;
    const auto none = office.authority.credentials(now);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::not_found);
    CHECK_FALSE(fs::exists(office.folder / "state"));

    REQUIRE(office.authority.make(now));
    const auto first = office.authority.credentials(now);
    REQUIRE(first);
    REQUIRE(office.authority.make(now + 10 * day));
    CHECK(office.authority.credentials(now + 10 * day) == first);

    const auto own = crypto::check_credentials(*first, crypto::Holder::pharmacy, now);
    REQUIRE(own);
    CHECK(own->node == "pharmacy");
    const auto authority = crypto::read_certificate(first->authority);
    CHECK(authority->until == now + trust::authority_life);
    for (const auto& entry : fs::recursive_directory_iterator(office.folder / "state/trust")) {
        const auto others = fs::perms::group_all | fs::perms::others_all;
        CHECK((entry.status().permissions() & others) == fs::perms::none);
    }
}

TEST_CASE("the pharmacy's own certificate is renewed in time", "[trust][authority]") {
    Office office;
    REQUIRE(office.authority.make(now));
    const auto first = office.authority.credentials(now);
    CHECK(office.authority.credentials(now + 399 * day) == first);

    const auto later = office.authority.credentials(now + 401 * day);

    REQUIRE(later);
    CHECK(later->authority == first->authority);
    CHECK(later->key != first->key);
    CHECK(crypto::check_credentials(*later, crypto::Holder::pharmacy, now + 1'200 * day));
}

TEST_CASE("the secret of a code is nowhere on the disk", "[trust][authority]") {
    Office office;
    const std::string secret = office.secret_for("ward-1");
    CHECK(everything_in(office.folder.folder()).find(secret) == std::string::npos);
}

TEST_CASE("a certificate is good for who joined, until it is revoked", "[trust][authority]") {
    Office office;
    const crypto::Certificate certificate = office.join("ward-1");
    CHECK(certificate.node == "ward-1");
    CHECK(certificate.from < now);
    CHECK(certificate.until == now + trust::certificate_life);
    CHECK(office.authority.admit(certificate, now));
    CHECK(office.authority.has_joined("ward-1"));
    CHECK_FALSE(office.authority.has_joined("ward-2"));

    const auto expired = office.authority.admit(certificate, certificate.until);
    REQUIRE_FALSE(expired);
    CHECK(expired.error().code == ErrorCode::conflict);

    REQUIRE(office.authority.revoke("ward-1"));
    const auto revoked = office.authority.admit(certificate, now);
    REQUIRE_FALSE(revoked);
    CHECK(revoked.error().code == ErrorCode::not_allowed);
    CHECK(office.authority.has_joined("ward-1")); // and may not fall back to plain TCP

    const crypto::Certificate again = office.join("ward-1");
    CHECK(office.authority.admit(again, now));
    CHECK_FALSE(office.authority.admit(certificate, now));
}

TEST_CASE("revoking takes a code back, and needs a node that was enrolled", "[trust][authority]") {
    Office office;
    const auto unknown = office.authority.revoke("ward-1");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == ErrorCode::not_found);

    const std::string secret = office.secret_for("ward-1");
    REQUIRE(office.authority.revoke("ward-1"));
    CHECK_FALSE(office.authority.join("ward-1", secret, Office::request("ward-1"), now));
}

TEST_CASE("what a node holds stays good until it has joined again", "[trust][authority]") {
    Office office;
    const crypto::Certificate first = office.join("ward-1");
    const std::string secret = office.secret_for("ward-1");
    CHECK(office.authority.admit(first, now));

    REQUIRE(office.authority.join("ward-1", secret, Office::request("ward-1"), now));

    CHECK_FALSE(office.authority.admit(first, now));
}

TEST_CASE(
    "who used a code may ask again for the lost answer, and nobody else", "[trust][authority]") {
    Office office;
    const std::string secret = office.secret_for("ward-1");
    const std::string key = crypto::make_key();
    const auto join = [&](const std::string& with, Instant at) {
        return office.authority.join("ward-1", secret, crypto::make_request(with, "ward-1"), at);
    };
    const auto lost = join(key, now);
    REQUIRE(lost);

    const auto again = join(key, now + trust::code_life - 1ms);

    REQUIRE(again);
    const auto certificate = crypto::read_certificate(again->certificate);
    REQUIRE(certificate);
    CHECK(office.authority.admit(*certificate, now));
    CHECK_FALSE(office.authority.admit(*crypto::read_certificate(lost->certificate), now));
    const auto stranger = join(crypto::make_key(), now);
    REQUIRE_FALSE(stranger);
    CHECK(stranger.error().text.find("was used already") != std::string::npos);
    CHECK_FALSE(join(key, now + trust::code_life));
    REQUIRE(office.authority.revoke("ward-1"));
    CHECK_FALSE(join(key, now));
}

TEST_CASE("the record of a code from before its key was noted is read", "[trust][authority]") {
    Office office;
    const std::string secret = office.secret_for("ward-1");
    const fs::path file = office.folder / "state/trust/wards/ward-1.json";
    std::string text = everything_in(file.parent_path());
    const auto key = text.find(",\n    \"key\": \"\"");
    REQUIRE(key != std::string::npos);
    text.erase(key, std::string_view(",\n    \"key\": \"\"").size());
    office.folder.put("state/trust/wards/ward-1.json", text);
    CHECK(office.authority.join("ward-1", secret, Office::request("ward-1"), now));
}

TEST_CASE("a request must be in the node's own name, and sound", "[trust][authority]") {
    Office office;
    const std::string secret = office.secret_for("ward-1");
    for (const std::string& request :
         {Office::request("ward-2"), std::string("no request"), std::string()}) {
        const auto issued = office.authority.join("ward-1", secret, request, now);
        REQUIRE_FALSE(issued);
        CHECK(issued.error().code == ErrorCode::bad_input);
    }
    // Such a request does not use up the code.
    CHECK(office.authority.join("ward-1", secret, Office::request("ward-1"), now));
}

TEST_CASE("at most two certificates of a node are good", "[trust][authority]") {
    Office office;
    const crypto::Certificate first = office.join("ward-1");
    std::vector<crypto::Certificate> renewed;
    for (int i = 0; i < 3; ++i) {
        const auto issued = office.authority.renew(first, Office::request("ward-1"), now);
        REQUIRE(issued);
        renewed.push_back(*crypto::read_certificate(issued->certificate));
    }
    CHECK(office.authority.admit(first, now));
    CHECK_FALSE(office.authority.admit(renewed[0], now));
    CHECK_FALSE(office.authority.admit(renewed[1], now));

    CHECK(office.authority.admit(renewed[2], now));
    CHECK_FALSE(office.authority.admit(first, now));
    CHECK_FALSE(office.authority.renew(first, Office::request("ward-1"), now));
}

TEST_CASE("a folder that another program holds is not written over", "[trust][authority]") {
    Office office;
    const std::string secret = office.secret_for("ward-1");
    {
        const auto held = trust::FolderLock::take(office.folder / "state/trust");
        REQUIRE(held);
        const auto joined = office.authority.join("ward-1", secret, Office::request("ward-1"), now);
        REQUIRE_FALSE(joined);
        CHECK(joined.error().code == ErrorCode::unavailable);
        const auto present = crypto::Certificate{};
        CHECK_FALSE(office.authority.renew(present, Office::request("ward-1"), now));
    }
    CHECK(office.authority.join("ward-1", secret, Office::request("ward-1"), now));
}

SCENARIO("a command waits for a daemon that is writing", "[trust][authority]") {
    GIVEN("a folder that a daemon holds, and a node that joined") {
        Office office;
        const crypto::Certificate certificate = office.join("ward-1");
        auto held = trust::FolderLock::take(office.folder / "state/trust");
        REQUIRE(held);
        WHEN("somebody revokes and enrolls meanwhile") {
            auto revoked = std::async(
                std::launch::async, [&] { return office.authority.revoke("ward-1").has_value(); });
            auto enrolled = std::async(std::launch::async, [&] {
                return office.authority.enroll("ward-2", now).has_value();
            });
            THEN("both are done once it has written") {
                { const auto let_go = std::move(*held); }
                CHECK(revoked.get());
                CHECK(enrolled.get());
                CHECK_FALSE(office.authority.admit(certificate, now));
                CHECK_FALSE(office.authority.renew(certificate, Office::request("ward-1"), now));
            }
        }
    }
}

TEST_CASE("files that hold something else are named, never replaced", "[trust][authority]") {
    Office office;
    const crypto::Certificate certificate = office.join("ward-1");
    SECTION("the authority's") {
        office.folder.put("state/trust/authority.pem", "garbage");
        const auto enrolled = office.authority.enroll("ward-2", now);
        REQUIRE_FALSE(enrolled);
        CHECK(enrolled.error().text.find("authority.pem") != std::string::npos);
    }
    SECTION("a node's") {
        office.folder.put("state/trust/wards/ward-1.json", "{}");
        const auto admitted = office.authority.admit(certificate, now);
        REQUIRE_FALSE(admitted);
        CHECK(admitted.error().text.find("ward-1.json") != std::string::npos);
        CHECK(office.authority.has_joined("ward-1"));
        CHECK_FALSE(office.authority.enroll("ward-1", now));
    }
}

} // namespace cartwatch::authority_test
