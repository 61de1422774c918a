// The goal: bounds on what is under way, on what waits, and on silence.
#include "daemon/link/session.hpp"
#include "tests/daemon/link/session_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::session_limits_test {

namespace {

using namespace cartwatch::link_kit;
using namespace std::chrono_literals;
using Phase = link::Session::Phase;

} // namespace

TEST_CASE("a peer that floods with pings is answered, but makes nothing grow", "[link][session]") {
    MemoryJournals disk("ward-1");
    Talk ward(disk);
    static_cast<void>(ward.say());
    ward.hear(hello("pharmacy", "ward-1", 0));

    for (int i = 0; i < 1'000; ++i) {
        ward.hear(R"({"type":"ping"})");
    }

    CHECK(types_of(ward.say()) == Texts{"pong"});
}

TEST_CASE("only so much is on its way without an acknowledgement", "[link][session]") {
    link::SessionLimits limits;
    limits.window_entries = 10;
    limits.window_bytes = 20'000;
    MemoryJournals disk("ward-1");

    SECTION("entries") {
        disk.record(25);
        Talk ward(disk, "ward-1", "pharmacy", limits);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        CHECK(ward.say().size() == 10);
        CHECK_FALSE(ward.session.has_output());
        ward.hear(R"({"type":"ack","seq":4})");
        CHECK(ward.say().size() == 4);
        ward.hear(R"({"type":"ack","seq":14})");
        CHECK(ward.say().size() == 10);
        ward.hear(R"({"type":"ack","seq":24})");
        CHECK(ward.say().size() == 1);
    }
    SECTION("bytes") {
        disk.record(5, 9'000);
        Talk ward(disk, "ward-1", "pharmacy", limits);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        Texts said = ward.say();
        for (Texts more = ward.say(); !more.empty(); more = ward.say()) {
            said.insert(said.end(), more.begin(), more.end());
        }
        CHECK(said.size() == 3); // the third begins inside the window
        ward.hear(R"({"type":"ack","seq":3})");
        CHECK(ward.say().size() == 2);
    }
    SECTION("an entry larger than the window still goes, alone") {
        disk.record(2, 500'000);
        Talk ward(disk, "ward-1", "pharmacy", limits);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        CHECK(ward.say().size() == 1);
        CHECK(ward.say().empty());
        ward.hear(R"({"type":"ack","seq":1})");
        CHECK(ward.say().size() == 1);
    }
}

TEST_CASE("reading stops while too much is not on disk", "[link][session]") {
    link::SessionLimits limits;
    limits.unstored_bytes = 2'000;
    MemoryJournals ward("ward-1");
    ward.record(20);
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "", limits);
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    std::size_t heard = 0;
    while (pharmacy.session.wants_input()) {
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[heard++]));
    }
    CHECK(heard > 2);
    CHECK(heard < 10);
    CHECK_THROWS(pharmacy.hear(R"({"type":"ping"})"));
    pharmacy.pass(10min); // its own silence is not the peer's
    CHECK(pharmacy.code().empty());

    static_cast<void>(pharmacy.session.take_entries());
    CHECK_FALSE(pharmacy.session.wants_input());
    pharmacy.session.stored();
    CHECK(pharmacy.session.wants_input());
}

TEST_CASE("who sends much stands in line with each piece of it", "[link][session]") {
    link::SessionLimits limits;
    limits.batch_entries = 8;
    MemoryJournals ward("ward-1");
    ward.record(20);
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "", limits);
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    for (const journal::Entry& entry : ward.entries("ward-1")) {
        pharmacy.hear(journal::to_line(entry));
    }

    std::vector<std::size_t> pieces;
    std::int64_t next = 1;
    while (pharmacy.session.has_entries()) {
        const auto piece = pharmacy.session.take_entries();
        CHECK(piece.front().seq == next);
        CHECK_FALSE(pharmacy.session.has_entries()); // one at a time
        next = piece.back().seq + 1;
        pieces.push_back(piece.size());
        pharmacy.session.stored();
        CHECK(pharmacy.session.on_disk() == piece.back().seq);
    }

    CHECK(pieces == std::vector<std::size_t>{8, 8, 4});
    CHECK_FALSE(pharmacy.session.is_storing());
}

SCENARIO("who says much that brings nothing is heard slowly", "[link][session]") {
    GIVEN("a ward that may say ten such lines a second") {
        link::SessionLimits limits;
        limits.idle_lines_per_second = 10;
        MemoryJournals ward("ward-1");
        ward.record(30);
        MemoryJournals disk("pharmacy");
        Talk pharmacy(disk, "pharmacy", "", limits);
        pharmacy.hear(hello("ward-1", "pharmacy", 0));
        pharmacy.session.admit(pharmacy.now);
        static_cast<void>(pharmacy.say());
        const std::string line =
            GENERATE(as<std::string>(), R"({"type":"ping"})", R"({"type":"later"})");
        const auto said_in_vain = [&] {
            int said = 0;
            for (; pharmacy.session.wants_input() && said < 100; ++said) {
                pharmacy.hear(line);
            }
            return said;
        };

        WHEN("it says them at once") {
            const int first = said_in_vain();

            THEN("ten are heard, and ten more when the second is over") {
                CHECK(first == 10);
                CHECK(pharmacy.session.next_due() == pharmacy.now + 1s);
                pharmacy.pass(999ms);
                CHECK_FALSE(pharmacy.session.wants_input());
                pharmacy.pass(1ms);
                CHECK(said_in_vain() == 10);
                CHECK(pharmacy.code().empty());
            }
        }
        WHEN("it sends entries") {
            THEN("none of them counts") {
                for (const journal::Entry& entry : ward.entries("ward-1")) {
                    REQUIRE(pharmacy.session.wants_input());
                    pharmacy.hear(journal::to_line(entry));
                }
            }
        }
    }
}

SCENARIO("a silent peer is asked, and given up after three intervals", "[link][session]") {
    GIVEN("a conversation with an interval of ten seconds") {
        MemoryJournals disk("ward-1");
        Talk ward(disk);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        CHECK(ward.session.next_due() == ward.now + 10s);

        WHEN("just under one interval passes") {
            ward.pass(9'999ms);
            THEN("nothing is said") {
                CHECK(ward.say().empty());
            }
        }
        WHEN("one interval passes") {
            ward.pass(10s);
            THEN("one ping is sent") {
                CHECK(types_of(ward.say()) == Texts{"ping"});
                ward.pass(1ms);
                CHECK(ward.say().empty());
            }
            AND_WHEN("the peer answers") {
                ward.hear(R"({"type":"pong"})");
                THEN("the count begins anew") {
                    ward.pass(29s);
                    CHECK(ward.code().empty());
                }
            }
            AND_WHEN("bytes of a line come that ends much later") {
                for (int interval = 0; interval < 10; ++interval) {
                    ward.pass(10s);
                    ward.session.bytes_received(ward.now);
                }
                THEN("a thin line is no silence") {
                    CHECK(ward.code().empty());
                    ward.pass(29s);
                    CHECK(ward.code().empty());
                    ward.pass(1s);
                    CHECK(ward.code() == "silent");
                }
            }
            AND_WHEN("it says nothing for two more") {
                ward.pass(10s);
                ward.pass(9'999ms);
                CHECK(ward.code().empty());
                ward.pass(1ms);
                THEN("it is given up, for now") {
                    CHECK(ward.code() == "silent");
                    CHECK_FALSE(link::needs_a_person(*ward.session.closing()));
                    CHECK(ward.session.next_due() == link::Ticks::max());
                }
            }
        }
        WHEN("an absurd time passes at once") {
            ward.pass(24h);
            THEN("it is given up") {
                CHECK(ward.code() == "silent");
            }
        }
    }
}

TEST_CASE("who says no hello in time is given up", "[link][session]") {
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "");
    CHECK(pharmacy.session.next_due() == pharmacy.now + 10s);

    pharmacy.pass(9'999ms);
    pharmacy.session.bytes_received(pharmacy.now); // half a hello is none
    CHECK(pharmacy.code().empty());
    pharmacy.pass(1ms);

    CHECK(pharmacy.code() == "no_hello");
}

} // namespace cartwatch::session_limits_test
