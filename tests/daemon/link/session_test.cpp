// The goal: what is said and held, from the first hello to the last acknowledgement.
#include "daemon/link/lines.hpp"
#include "daemon/link/session.hpp"
#include "tests/daemon/link/session_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::session_test {

namespace {

using namespace cartwatch::link_kit;
using namespace std::chrono_literals;
using Phase = link::Session::Phase;

} // namespace

SCENARIO(
    "a ward and a pharmacy that meet for the first time exchange their journals",
    "[link][session]") {
    GIVEN("a ward with three entries, a pharmacy with one, and no common past") {
        MemoryJournals ward_disk("ward-1");
        MemoryJournals pharmacy_disk("pharmacy");
        ward_disk.record(3);
        pharmacy_disk.record(1);
        Talk ward(ward_disk, "ward-1", "pharmacy");
        Talk pharmacy(pharmacy_disk, "pharmacy", "");

        THEN("the ward speaks first, and says that it holds nothing") {
            CHECK(
                ward.say()
                == Texts{R"({"type":"hello","protocol":1,"node":"ward-1","have":{"pharmacy":0},)"
                         R"("wrote":3})"});
            CHECK(pharmacy.say().empty());
        }

        WHEN("the pharmacy hears it") {
            pharmacy.hear(ward.say().at(0));

            THEN("it says and hears nothing more until the ward is admitted") {
                CHECK(pharmacy.session.phase() == Phase::introduced);
                CHECK(pharmacy.session.peer() == "ward-1");
                CHECK_FALSE(pharmacy.session.wants_input());
                CHECK_FALSE(pharmacy.session.has_output());
            }

            AND_WHEN("it admits the ward, and each hears all that the other says") {
                pharmacy.session.admit(pharmacy.now);
                Texts to_ward = pharmacy.say();
                CHECK(types_of(to_ward) == Texts{"hello", "entry"});
                for (const std::string& line : to_ward) {
                    ward.hear(line);
                }
                ward.store();
                Texts to_pharmacy = ward.say();
                CHECK(types_of(to_pharmacy) == Texts{"ack", "entry", "entry", "entry"});
                for (const std::string& line : to_pharmacy) {
                    pharmacy.hear(line);
                }
                pharmacy.store();
                for (const std::string& line : pharmacy.say()) {
                    ward.hear(line);
                }

                THEN("both hold both, and both know") {
                    CHECK(pharmacy_disk.entries("ward-1") == ward_disk.entries("ward-1"));
                    CHECK(ward_disk.entries("pharmacy") == pharmacy_disk.entries("pharmacy"));
                    CHECK(ward.session.acknowledged() == 3);
                    CHECK(pharmacy.session.acknowledged() == 1);
                    CHECK(ward.session.on_disk() == 1);
                    CHECK(ward.say().empty());
                    CHECK(pharmacy.say().empty());
                    CHECK(pharmacy_disk.batches == std::vector<std::size_t>{3});
                }
            }
        }
    }
}

TEST_CASE("a journal resumes after the last entry that the peer holds", "[link][session]") {
    const std::int64_t held = GENERATE(range(0, 8));
    MemoryJournals disk("ward-1");
    disk.record(7);
    Talk ward(disk);
    static_cast<void>(ward.say());

    const std::string hash =
        held == 0 ? "" : disk.entries("ward-1")[static_cast<std::size_t>(held - 1)].hash;
    ward.hear(hello("pharmacy", "ward-1", held, hash));
    const Texts said = ward.say();

    REQUIRE(said.size() == static_cast<std::size_t>(7 - held));
    CHECK(ward.session.sent() == 7);
    CHECK(ward.session.acknowledged() == held);
    if (!said.empty()) {
        CHECK(journal::parse_line(said.front())->seq == held + 1);
    }
}

TEST_CASE(
    "what the ward holds of the pharmacy's journal stands in its hello, with the hash",
    "[link][session]") {
    MemoryJournals pharmacy("pharmacy");
    pharmacy.record(5);
    MemoryJournals disk("ward-1");
    disk.hold(pharmacy, 4);

    const Texts said = Talk(disk).say();

    REQUIRE(said.size() == 1);
    CHECK(
        said[0]
        == R"({"type":"hello","protocol":1,"node":"ward-1","have":{"pharmacy":4},)"
           R"("have_hash":{"pharmacy":")"
               + pharmacy.entries("pharmacy")[3].hash + R"("}})");
}

TEST_CASE("an entry is acknowledged only once it is on disk", "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(3);
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    pharmacy.hear(journal::to_line(ward.entries("ward-1")[0]));
    pharmacy.hear(journal::to_line(ward.entries("ward-1")[1]));
    CHECK(pharmacy.session.take_entries().size() == 2);
    pharmacy.hear(journal::to_line(ward.entries("ward-1")[2]));

    CHECK(pharmacy.say().empty());
    CHECK(pharmacy.session.is_storing());
    CHECK_FALSE(pharmacy.session.has_entries()); // one batch is out
    pharmacy.session.stored();
    CHECK(pharmacy.say() == Texts{R"({"type":"ack","seq":2})"});
    CHECK(pharmacy.session.has_entries());
    CHECK(pharmacy.session.take_entries().size() == 1);
    CHECK(pharmacy.say().empty());
    pharmacy.session.stored();
    CHECK(pharmacy.say() == Texts{R"({"type":"ack","seq":3})"});
    CHECK_FALSE(pharmacy.session.is_storing());
}

TEST_CASE("what came before the peer went is still stored", "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(2);
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    pharmacy.hear(journal::to_line(ward.entries("ward-1")[0]));
    pharmacy.hear(journal::to_line(ward.entries("ward-1")[1]));

    pharmacy.session.lost("the cable was pulled");
    pharmacy.store();

    CHECK(disk.entries("ward-1") == ward.entries("ward-1"));
    CHECK(pharmacy.code() == "closed");
    CHECK_FALSE(pharmacy.session.wants_input());
}

TEST_CASE("what has been sent twice is held once and acknowledged again", "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(4);
    MemoryJournals disk("pharmacy");
    disk.hold(ward, 2);
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    SECTION("on disk already") {
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[0]));
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[1]));
        CHECK_FALSE(pharmacy.session.has_entries());
        CHECK(pharmacy.say() == Texts{R"({"type":"ack","seq":2})"});
    }
    SECTION("not on disk yet") {
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[2]));
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[3]));
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[2]));
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[3]));
        CHECK(pharmacy.say().empty());
        CHECK(pharmacy.session.take_entries().size() == 2);
    }
    CHECK(pharmacy.code().empty());
}

TEST_CASE("an entry leaves as soon as it is committed", "[link][session]") {
    MemoryJournals disk("ward-1");
    Talk ward(disk);
    static_cast<void>(ward.say());
    ward.hear(hello("pharmacy", "ward-1", 0));
    CHECK_FALSE(ward.session.has_output());

    disk.record();
    ward.session.own_journal_grew();

    CHECK(types_of(ward.say()) == Texts{"entry"});
}

TEST_CASE("a journal that grows before the hello is heard waits for it", "[link][session]") {
    MemoryJournals disk("ward-1");
    Talk ward(disk);
    CHECK(ward.say().size() == 1);

    disk.record();
    ward.session.own_journal_grew();

    CHECK_FALSE(ward.session.has_output());
    ward.hear(hello("pharmacy", "ward-1", 0));
    CHECK(types_of(ward.say()) == Texts{"entry"});
}

TEST_CASE("two sessions talk through lines that come a byte at a time", "[link][session]") {
    MemoryJournals ward_disk("ward-1");
    MemoryJournals pharmacy_disk("pharmacy");
    ward_disk.record(20, 50);
    pharmacy_disk.record(20, 50);
    Talk ward(ward_disk);
    Talk pharmacy(pharmacy_disk, "pharmacy", "");
    const auto carry = [](Talk& from, Talk& to) {
        std::string bytes;
        while (from.session.has_output()) {
            bytes += from.session.take_output(100);
        }
        link::Lines lines(link::line_bytes_max);
        for (const char byte : bytes) {
            lines.feed(std::string_view(&byte, 1));
            if (const auto line = lines.next()) {
                to.hear(std::string(*line));
            }
            if (to.session.phase() == Phase::introduced) {
                to.session.admit(to.now);
            }
        }
        to.store();
        return !bytes.empty();
    };

    int rounds = 0;
    while (carry(ward, pharmacy) || carry(pharmacy, ward)) {
        REQUIRE(++rounds < 100);
    }

    CHECK(pharmacy_disk.entries("ward-1") == ward_disk.entries("ward-1"));
    CHECK(ward_disk.entries("pharmacy") == pharmacy_disk.entries("pharmacy"));
    CHECK(ward.session.acknowledged() == 20);
    CHECK(pharmacy.session.acknowledged() == 20);
}

SCENARIO("a hello says what is on the disk, whatever came before it was said", "[link][session]") {
    GIVEN("a pharmacy and a ward that does not wait for its hello") {
        MemoryJournals ward_disk("ward-1");
        MemoryJournals pharmacy_disk("pharmacy");
        ward_disk.record(2);
        Talk pharmacy(pharmacy_disk, "pharmacy", "");

        WHEN("the ward's hello and its first entry come together") {
            pharmacy.hear(hello("ward-1", "pharmacy", 0));
            pharmacy.session.admit(pharmacy.now);
            pharmacy.hear(journal::to_line(ward_disk.entries("ward-1").at(0)));

            THEN("the pharmacy holds nothing yet, and the acknowledgement comes when it does") {
                CHECK(
                    pharmacy.say()
                    == Texts{
                        R"({"type":"hello","protocol":1,"node":"pharmacy","have":{"ward-1":0}})"});
                pharmacy.store();
                CHECK(pharmacy.say() == Texts{R"({"type":"ack","seq":1})"});
            }
        }
    }
}

} // namespace cartwatch::session_test
