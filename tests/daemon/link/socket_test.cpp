// The goal: two real ends over loopback agree after whatever happens to either.
#include "tests/daemon/link/socket_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::socket_test {

namespace {

using namespace std::chrono_literals;
using namespace cartwatch::link_kit;
using State = link::Status::State;

} // namespace

SCENARIO("a ward's journal reaches the pharmacy, and the pharmacy's the ward", "[link][socket]") {
    GIVEN("a ward with 300 entries and a pharmacy with 20") {
        Hospital hospital;
        hospital.ward_disk.record(300, 200);
        hospital.pharmacy_disk.record(20);
        hospital.open_pharmacy();
        REQUIRE(hospital.pharmacy->opened);
        hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

        WHEN("they have met") {
            REQUIRE(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));

            THEN("both hold the same, and both show it") {
                CHECK(
                    hospital.pharmacy_disk.entries("ward-1")
                    == hospital.ward_disk.entries("ward-1"));
                const link::Status& ward = hospital.ward->client.status();
                CHECK(ward.state == State::connected);
                CHECK(ward.received == 20);
                CHECK(ward.last_contact == hospital.clock.now());
                CHECK_FALSE(ward.last_error);
                REQUIRE(hospital.until(
                    [&] { return hospital.pharmacy->status_of("ward-1").acknowledged == 20; }));
                CHECK(hospital.pharmacy->status_of("ward-1").received == 300);
                CHECK(hospital.ward_disk.acknowledged.at("pharmacy") == 300);
                CHECK(hospital.pharmacy_disk.acknowledged.at("ward-1") == 20);
                CHECK(
                    hospital.pharmacy_disk.batches.size() < 100); // read together, stored together
            }
            AND_WHEN("either records more") {
                hospital.ward_disk.record(1);
                hospital.ward->client.on_committed();
                hospital.pharmacy_disk.record(1);
                hospital.pharmacy->server.on_committed();

                THEN("it leaves at once: no time has passed") {
                    CHECK(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));
                }
            }
            AND_WHEN("the pharmacy stops") {
                hospital.pharmacy->server.stop();
                REQUIRE(hospital.until([&] { return hospital.pharmacy->ended; }));

                THEN("the ward shows why, and calls until it is back") {
                    REQUIRE(hospital.until([&] { return !hospital.ward->is_connected(); }));
                    CHECK(hospital.ward->error_code() == "going_away");
                    hospital.ward_disk.record(3);
                    hospital.ward->client.on_committed();
                    hospital.open_pharmacy();
                    REQUIRE(hospital.pharmacy->opened);
                    hospital.clock.advance(500ms);
                    CHECK(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));
                }
            }
            AND_WHEN("the ward stops") {
                hospital.ward->client.stop();
                REQUIRE(hospital.until([&] { return hospital.ward->ended; }));

                THEN("the pharmacy shows why, and neither failed") {
                    REQUIRE(
                        hospital.until([&] { return !hospital.pharmacy->is_connected("ward-1"); }));
                    CHECK(hospital.pharmacy->status_of("ward-1").last_error->code == "going_away");
                    CHECK(hospital.ward->client.status().state == State::off);
                    CHECK(hospital.ward->failures.empty());
                    CHECK(hospital.pharmacy->failures.empty());
                }
            }
        }
    }
}

TEST_CASE("a pharmacy that is killed loses nothing that it acknowledged", "[link][socket]") {
    Hospital hospital;
    hospital.ward_disk.record(40);
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    for (int kill = 0; kill < 25; ++kill) {
        hospital.pharmacy_disk.hold_commits();
        REQUIRE(hospital.until([&] { return hospital.pharmacy_disk.pending() > 0; }));
        if (kill % 2 == 0) {
            hospital.pharmacy_disk.commit();
            for (int steps = 0; steps < kill; ++steps) {
                hospital.go_on();
            }
        }
        const std::int64_t told = hospital.ward->client.status().acknowledged;
        hospital.pharmacy_disk.crash();
        hospital.pharmacy.reset();
        REQUIRE(hospital.pharmacy_disk.head("ward-1").seq >= told);
        hospital.open_pharmacy();
        REQUIRE(hospital.pharmacy->opened);
        hospital.ward_disk.record(2);
        hospital.ward->client.on_committed();
        REQUIRE(hospital.until([&] { return !hospital.ward->is_connected(); }));
        hospital.clock.advance(10s);
    }
    REQUIRE(hospital.until([&] {
        hospital.pharmacy_disk.commit();
        return hospital.pharmacy_disk.head("ward-1") == hospital.ward_disk.head("ward-1");
    }));
    CHECK(hospital.pharmacy_disk.entries("ward-1") == hospital.ward_disk.entries("ward-1"));
    CHECK(hospital.ward->failures.empty());
}

TEST_CASE("a ward that is killed goes on where the pharmacy's disk is", "[link][socket]") {
    Hospital hospital;
    hospital.ward_disk.record(20, 2'000);
    hospital.pharmacy_disk.record(20, 2'000);
    hospital.open_pharmacy();

    for (int kill = 0; kill < 25; ++kill) {
        hospital.ward_disk.record(1);
        hospital.ward_disk.hold_commits();
        hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
        for (int steps = 0; steps < kill; ++steps) {
            hospital.go_on();
        }
        hospital.ward_disk.crash();
        hospital.ward.reset();
        hospital.go_on();
    }
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(hospital.until([&] {
        hospital.ward_disk.commit();
        return hospital.pharmacy_disk.head("ward-1") == hospital.ward_disk.head("ward-1")
               && hospital.ward_disk.head("pharmacy").seq == 20;
    }));
    CHECK(hospital.pharmacy_disk.entries("ward-1") == hospital.ward_disk.entries("ward-1"));
    CHECK(hospital.pharmacy->failures.empty());
}

TEST_CASE("a ward calls the pharmacy that it expects, and no other", "[link][socket]") {
    Hospital hospital;
    hospital.server_options.node = "pharmacy-2";
    MemoryJournals other_disk("pharmacy-2");
    hospital.pharmacy =
        std::make_unique<Pharmacy>(hospital.clock, other_disk, hospital.server_options);
    hospital.server_options.listen.port = hospital.pharmacy->server.port();
    hospital.ward_disk.record(3);
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] { return hospital.ward->error_code() == "wrong_node"; }));

    CHECK(other_disk.entries("ward-1").empty());
    hospital.pharmacy.reset();
}

TEST_CASE("the addresses of the pharmacy are tried in order", "[link][socket]") {
    Hospital hospital;
    hospital.open_pharmacy();
    std::uint16_t dead = 0;
    {
        asio::io_context context;
        tcp::acceptor closed(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        dead = closed.local_endpoint().port();
    }
    link::ClientOptions options;
    options.node = "ward-1";
    options.addresses = {
        {"127.0.0.1", dead},
        {"10.255.255.1", 7411},
        {"localhost", hospital.server_options.listen.port}};
    hospital.ward = std::make_unique<Ward>(hospital.clock, hospital.ward_disk, options);

    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));

    CHECK(hospital.ward->noted("127.0.0.1:" + std::to_string(dead)));
    CHECK(hospital.ward->noted("needs TLS"));
}

TEST_CASE("a pharmacy that is not there is called less and less often", "[link][socket]") {
    Hospital hospital;
    hospital.open_pharmacy();
    hospital.pharmacy.reset();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    const auto calls = [&] { return hospital.ward->notes.size(); };
    REQUIRE(hospital.until([&] { return calls() == 1; }));
    CHECK(hospital.ward->client.status().state == State::connecting);
    CHECK(hospital.ward->client.status().last_error->text.find("refused") != std::string::npos);

    std::size_t expected = 1;
    for (const auto wait : {500ms, 1'000ms, 2'000ms, 4'000ms, 8'000ms, 10'000ms, 10'000ms}) {
        REQUIRE(hospital.until([&] { return hospital.clock.waiting() == 1; }));
        hospital.clock.advance(wait - 1ms);
        hospital.go_on();
        CHECK(calls() == expected);
        hospital.clock.advance(1ms);
        ++expected;
        CHECK(hospital.until([&] { return calls() == expected; }));
    }
    hospital.open_pharmacy();
    hospital.ward->client.call_now();
    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));
}

TEST_CASE("a ward that waits, or calls, stops at once", "[link][socket]") {
    Hospital hospital;
    hospital.open_pharmacy();
    hospital.pharmacy.reset();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    if (GENERATE(false, true)) {
        REQUIRE(hospital.until([&] { return !hospital.ward->notes.empty(); }));
    }

    hospital.ward->client.stop();

    CHECK(hospital.until([&] { return hospital.ward->ended; }));
    CHECK(hospital.ward->failures.empty());
}

TEST_CASE("a pharmacy that cannot store says so, and is called again", "[link][socket]") {
    Hospital hospital;
    hospital.ward_disk.record(3);
    hospital.pharmacy_disk.refuse_commits("the disk is full");
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] { return hospital.ward->error_code() == "not_stored"; }));
    CHECK(hospital.ward->client.status().acknowledged == 0);
    CHECK(
        hospital.ward->client.status().last_error->text.find("disk is full") != std::string::npos);
    hospital.pharmacy_disk.refuse_commits("");
    hospital.clock.advance(10s);

    CHECK(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));
}

TEST_CASE("an entry that a pharmacy cannot read is told at both ends", "[link][socket]") {
    Hospital hospital;
    hospital.ward_disk.record(3);
    hospital.pharmacy_disk.cannot_read(2);
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] {
        const auto error = hospital.pharmacy->status_of("ward-1").last_error;
        return hospital.ward->error_code() == "bad_message" && error
               && error->code == "bad_message";
    }));

    CHECK(hospital.pharmacy->noted("entry 2 is unread"));
    CHECK(hospital.ward->noted("entry 2 is unread"));
    CHECK(hospital.pharmacy->status_of("ward-1").received == 1);
    CHECK(hospital.ward_disk.acknowledged.at("pharmacy") == 1);

    hospital.pharmacy_disk.cannot_read(0); // it is of the later version now
    hospital.clock.advance(10s);
    CHECK(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));
    CHECK_FALSE(hospital.pharmacy->status_of("ward-1").last_error);
}

TEST_CASE("a store that never answers is a failure of the machine", "[link][socket]") {
    Hospital hospital;
    hospital.ward_disk.record(3);
    hospital.pharmacy_disk.hold_commits();
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(hospital.until([&] { return hospital.pharmacy_disk.pending() > 0; }));

    for (int i = 0; i < 59; ++i) {
        hospital.clock.advance(1s);
        hospital.go_on();
    }
    CHECK(hospital.pharmacy->failures.empty());
    hospital.clock.advance(2s);

    CHECK(hospital.until([&] { return !hospital.pharmacy->failures.empty(); }));
    CHECK(hospital.pharmacy->failures.at(0) == "link: the store does not answer the link");
    hospital.pharmacy_disk.commit(); // too late: nobody listens, nothing breaks
}

TEST_CASE("a store that goes on, however slowly, is waited for", "[link][socket]") {
    Hospital hospital;
    hospital.ward_disk.record(3);
    hospital.pharmacy_disk.hold_commits();
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(hospital.until([&] { return hospital.pharmacy_disk.pending() > 0; }));

    for (int i = 0; i < 10; ++i) {
        hospital.clock.advance(30s);
        hospital.pharmacy_disk.record(1); // others' entries are
        hospital.go_on();
    }

    CHECK(hospital.pharmacy->failures.empty());
}

TEST_CASE("a restored ward that wrote on is shown as such at both ends", "[link][socket]") {
    Hospital hospital;
    hospital.ward_disk.record(9);
    hospital.pharmacy_disk.hold(hospital.ward_disk, 9);
    hospital.ward_disk.restore_backup_of(6);
    hospital.ward_disk.record(1, 3);
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] {
        const auto status = hospital.pharmacy->status_of("ward-1");
        return hospital.ward->error_code() == "fork" && status.last_error
               && status.last_error->code == "fork";
    }));

    CHECK(hospital.pharmacy->status_of("ward-1").last_error->by_peer);
    CHECK_FALSE(hospital.ward->client.status().last_error->by_peer);
    CHECK(hospital.pharmacy_disk.head("ward-1").seq == 9);
}

} // namespace cartwatch::socket_test
