// The goal: a code lets one ward in once, and tells a ward which pharmacy to believe.
#include "tests/daemon/link/tls_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::join_call_test {

namespace {

using namespace std::chrono_literals;
using namespace cartwatch::link_kit;

const link::Names names{"ward-1", "pharmacy"};

Result<crypto::Credentials> join_with(Hospital& hospital, const trust::JoinCode& code) {
    Joiner joiner(hospital, code, names);
    return joiner.outcome();
}

std::string refusal_of(const Result<crypto::Credentials>& outcome) {
    return outcome ? "joined" : outcome.error().text;
}

} // namespace

TEST_CASE("a ward joins with its code, and is heard at once", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy(); // before anybody is enrolled
    const trust::JoinCode code = hospital.code_of(hospital.authority, "ward-1");

    const auto credentials = join_with(hospital, code);

    REQUIRE(refusal_of(credentials) == "joined");
    const auto facts =
        crypto::check_credentials(*credentials, crypto::Holder::ward, hospital.clock.now());
    REQUIRE(facts);
    CHECK(facts->node == "ward-1");
    CHECK(facts->until == hospital.clock.now() + trust::certificate_life);
    REQUIRE(trust::save_identity(hospital.trust_of("ward-1"), *credentials));
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));
    CHECK(hospital.pharmacy->noted("ward-1 has a new certificate"));
    CHECK(hospital.pharmacy->failures.empty());
}

TEST_CASE("a ward that runs goes over to TLS once it has joined", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(hospital.until([&] { return hospital.ward->is_connected(); }));
    const auto credentials = join_with(hospital, hospital.code_of(hospital.authority, "ward-1"));
    REQUIRE(refusal_of(credentials) == "joined");
    REQUIRE(trust::save_identity(hospital.trust_of("ward-1"), *credentials));

    hospital.ward->client.certificate_renewed();
    REQUIRE(hospital.until([&] { return !hospital.ward->is_connected(); }));

    CHECK(hospital.until([&] {
        hospital.clock.advance(1s);
        return hospital.ward->is_connected();
    }));
}

TEST_CASE("a code is good once", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    const trust::JoinCode code = hospital.code_of(hospital.authority, "ward-1");
    REQUIRE(refusal_of(join_with(hospital, code)) == "joined");

    const auto again = join_with(hospital, code);

    CHECK(refusal_of(again).find("was used already") != std::string::npos);
    CHECK(again.error().code == ErrorCode::not_allowed);
    CHECK(hospital.pharmacy->noted("was used already"));
}

TEST_CASE("a ward that lost the answer asks again, with the same key", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    const trust::JoinCode code = hospital.code_of(hospital.authority, "ward-1");
    const auto key = trust::joining_key(hospital.trust_of("ward-1"));
    REQUIRE(key);
    const auto ask = [&] { return Joiner(hospital, code, names, *key).outcome(); };
    REQUIRE(refusal_of(ask()) == "joined"); // and the machine stops before it has written it down

    CHECK(trust::joining_key(hospital.trust_of("ward-1")) == *key);
    const auto again = ask();

    REQUIRE(refusal_of(again) == "joined");
    REQUIRE(trust::save_identity(hospital.trust_of("ward-1"), *again));
    CHECK(trust::joining_key(hospital.trust_of("ward-1")) != *key); // one that has served its turn
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));
}

TEST_CASE("a code is good for a day", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    const trust::JoinCode code = hospital.code_of(hospital.authority, "ward-1");
    hospital.clock.set(hospital.clock.now() + 24h);

    CHECK(refusal_of(join_with(hospital, code)).find("ended at") != std::string::npos);
}

TEST_CASE("only the code that was printed last is good", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    const trust::JoinCode first = hospital.code_of(hospital.authority, "ward-1");
    const trust::JoinCode last = hospital.code_of(hospital.authority, "ward-1");

    CHECK(refusal_of(join_with(hospital, first)).find("printed last") != std::string::npos);
    CHECK(refusal_of(join_with(hospital, last)) == "joined");
}

TEST_CASE("a code is for one node", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    const trust::JoinCode code = hospital.code_of(hospital.authority, "ward-2");
    static_cast<void>(hospital.code_of(hospital.authority, "ward-1"));

    CHECK(refusal_of(join_with(hospital, code)).find("printed last") != std::string::npos);
}

TEST_CASE("wrong codes are counted, and then nobody is answered for a minute", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    const trust::JoinCode code = hospital.code_of(hospital.authority, "ward-1");
    trust::JoinCode wrong = code;
    wrong.secret = "0000000000000000";

    for (int i = 0; i < 10; ++i) {
        CHECK(refusal_of(join_with(hospital, wrong)).find("printed last") != std::string::npos);
    }
    CHECK(refusal_of(join_with(hospital, code)).find("void after 10") != std::string::npos);
    for (int i = 0; i < 20; ++i) {
        static_cast<void>(join_with(hospital, wrong));
    }
    const trust::JoinCode fresh = hospital.code_of(hospital.authority, "ward-1");
    CHECK(refusal_of(join_with(hospital, fresh)).find("too many wrong") != std::string::npos);

    hospital.clock.advance(1min);
    CHECK(refusal_of(join_with(hospital, fresh)) == "joined");
}

TEST_CASE("who is not the pharmacy of the code is told nothing", "[link][join]") {
    Hospital hospital;
    trust::Authority other(hospital.folder / "other", "pharmacy");
    const trust::JoinCode code = hospital.code_of(other, "ward-1");
    static_cast<void>(hospital.code_of(hospital.authority, "ward-1"));
    hospital.open_pharmacy(); // the one in between

    const auto outcome = join_with(hospital, code);

    CHECK(refusal_of(outcome).find("is not the pharmacy that made this code") != std::string::npos);
    CHECK(outcome.error().code == ErrorCode::not_allowed);
    CHECK_FALSE(hospital.pharmacy->noted("printed last")); // no secret was tried there
}

TEST_CASE("a ward joins the pharmacy that its configuration names", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    Joiner joiner(
        hospital, hospital.code_of(hospital.authority, "ward-1"), {"ward-1", "pharmacy-2"});

    CHECK(refusal_of(joiner.outcome()).find("names pharmacy-2") != std::string::npos);
}

TEST_CASE("a pharmacy that is away, or silent, is named", "[link][join]") {
    Hospital hospital;
    hospital.open_pharmacy();
    const trust::JoinCode code = hospital.code_of(hospital.authority, "ward-1");
    SECTION("away") {
        hospital.pharmacy.reset();
        const auto outcome = join_with(hospital, code);
        CHECK(refusal_of(outcome).starts_with("127.0.0.1:"));
        CHECK(outcome.error().code == ErrorCode::unavailable);
    }
    SECTION("silent") {
        asio::io_context context;
        const tcp::acceptor silent(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        hospital.server_options.listen.port = silent.local_endpoint().port();
        Joiner joiner(hospital, code, names);
        REQUIRE(hospital.until([&] { return hospital.clock.waiting() > 0; }));
        for (int i = 0; i < 50; ++i) {
            hospital.go_on();
        }
        hospital.clock.advance(10s);
        CHECK(refusal_of(joiner.outcome()).find("does not answer") != std::string::npos);
    }
}

} // namespace cartwatch::join_call_test
