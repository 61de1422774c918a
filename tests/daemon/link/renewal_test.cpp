// The goal: a ward's certificate is replaced by itself long before it ends, and never in vain.
#include "daemon/link/renewal.hpp"
#include "tests/daemon/link/tls_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::renewal_test {

namespace {

using namespace std::chrono_literals;
using namespace cartwatch::link_kit;

struct Renewing : Process {
    explicit Renewing(Hospital& of)
        : Process(of.clock),
          hospital(of),
          renewal(
              context().get_executor(),
              of.clock,
              {{"ward-1", "pharmacy"}, {of.server_options.listen}, of.trust_of("ward-1")},
              [this](std::string_view text) { notes.emplace_back(text); },
              [this] { ++renewed; }) {
        hospital.others.push_back(this);
        loop::start_task(context().get_executor(), "renewal", renewal.run(), on_failure(), [this] {
            ended = true;
        });
    }

    Renewing(const Renewing&) = delete;
    Renewing& operator=(const Renewing&) = delete;
    Renewing(Renewing&&) = delete;
    Renewing& operator=(Renewing&&) = delete;

    ~Renewing() {
        std::erase(hospital.others, this);
    }

    Hospital& hospital;
    link::Renewal renewal;
    int renewed = 0;
};

crypto::Credentials on_disk(Hospital& hospital) {
    const auto found = trust::load_identity(hospital.trust_of("ward-1"));
    return found && *found ? **found : crypto::Credentials{};
}

// Lets whatever can happen now happen.
void rest(Hospital& hospital) {
    for (int i = 0; i < 200; ++i) {
        hospital.go_on();
    }
}

} // namespace

TEST_CASE("a certificate with half of its life left is renewed", "[link][renewal]") {
    Hospital hospital;
    const crypto::Credentials before = hospital.join(hospital.authority, "ward-1");
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(hospital.until([&] { return hospital.ward->is_connected(); }));
    Renewing renewing(hospital);
    rest(hospital);
    CHECK(on_disk(hospital) == before);

    hospital.clock.set(hospital.clock.now() + std::chrono::hours{24 * 401});
    hospital.clock.advance(1h);
    REQUIRE(hospital.until([&] { return renewing.renewed == 1; }));

    const crypto::Credentials after = on_disk(hospital);
    CHECK(after.key != before.key);
    CHECK(after.authority == before.authority);
    const auto facts = crypto::read_certificate(after.certificate);
    REQUIRE(facts);
    CHECK(facts->until == hospital.clock.now() + trust::certificate_life);

    // Until the new one was used the old one is good: the answer could have been lost.
    const auto old_facts = crypto::read_certificate(before.certificate);
    CHECK(hospital.authority.admit(*old_facts, hospital.clock.now()));
    hospital.ward->client.certificate_renewed();
    REQUIRE(hospital.until([&] {
        hospital.clock.advance(1s);
        return hospital.ward->is_connected()
               && !hospital.authority.admit(*old_facts, hospital.clock.now());
    }));
    CHECK(hospital.authority.admit(*facts, hospital.clock.now()));
    CHECK(hospital.pharmacy->failures.empty());
    CHECK(renewing.failures.empty());
}

TEST_CASE("a renewal that fails is tried again every hour", "[link][renewal]") {
    Hospital hospital;
    const crypto::Credentials before = hospital.join(hospital.authority, "ward-1");
    hospital.open_pharmacy();
    const std::uint16_t port = hospital.pharmacy->server.port();
    hospital.pharmacy.reset();
    hospital.clock.set(hospital.clock.now() + std::chrono::hours{24 * 401});
    Renewing renewing(hospital);
    REQUIRE(hospital.until([&] { return renewing.noted("127.0.0.1"); }));
    CHECK(on_disk(hospital) == before);

    hospital.server_options.listen.port = port;
    hospital.open_pharmacy();
    REQUIRE(hospital.pharmacy->opened);
    hospital.clock.advance(1h);

    CHECK(hospital.until([&] { return renewing.renewed == 1; }));
}

TEST_CASE("a revoked ward is not renewed", "[link][renewal]") {
    Hospital hospital;
    const crypto::Credentials before = hospital.join(hospital.authority, "ward-1");
    hospital.open_pharmacy();
    REQUIRE(hospital.authority.revoke("ward-1"));
    hospital.clock.set(hospital.clock.now() + std::chrono::hours{24 * 401});
    Renewing renewing(hospital);

    REQUIRE(hospital.until([&] { return renewing.noted("revoked"); }));
    CHECK(on_disk(hospital) == before);
    CHECK(renewing.renewed == 0);
}

TEST_CASE("a ward that never joined has nothing to renew, and stops at once", "[link][renewal]") {
    Hospital hospital;
    hospital.open_pharmacy();
    Renewing renewing(hospital);
    rest(hospital);
    CHECK(renewing.notes.empty());

    renewing.renewal.stop();

    CHECK(hospital.until([&] { return renewing.ended; }));
    CHECK(renewing.failures.empty());
}

} // namespace cartwatch::renewal_test
