// The goal: over real sockets, a pharmacy that lost its disk is given its journal back by one ward
// at a time, a restored ward by its pharmacy; and two machines of one name are told apart from a
// cable.
#include "tests/daemon/link/socket_kit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cartwatch::return_test {

namespace {

using namespace cartwatch::link_kit;
using namespace std::chrono_literals;

// Lets all go on, the pharmacy's conversations told of what was committed, as its program does.
template <typename Condition>
bool until(Hospital& hospital, Condition condition) {
    return hospital.until([&] {
        hospital.pharmacy->server.on_committed();
        return condition();
    });
}

std::ptrdiff_t times_noted(const Process& process, const std::string& part) {
    return std::count_if(process.notes.begin(), process.notes.end(), [&](const std::string& note) {
        return note.find(part) != std::string::npos;
    });
}

} // namespace

SCENARIO("a pharmacy that lost its disk has it back from its wards", "[link][socket]") {
    GIVEN("two wards, one of which holds more of the pharmacy's journal than the other") {
        Hospital hospital;
        MemoryJournals before("pharmacy");
        before.record(700, 300);
        hospital.ward_disk.record(3);
        hospital.ward_disk.hold(before, 500);
        hospital.ward_2_disk.record(2);
        hospital.ward_2_disk.hold(before, 700);

        WHEN("they call") {
            hospital.open_pharmacy();
            hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
            hospital.ward_2 = hospital.open_ward(hospital.ward_2_disk, "ward-2");
            REQUIRE(until(hospital, [&] {
                const auto owed = [&](const std::string& node) {
                    const link::Status status = hospital.pharmacy->status_of(node);
                    return status.state != link::Status::State::connected || status.owed > 0
                           || status.received < status.wrote;
                };
                return !owed("ward-1") && !owed("ward-2");
            }));

            THEN("its journal is what it was, and theirs are there") {
                CHECK(hospital.pharmacy_disk.entries("pharmacy") == before.entries("pharmacy"));
                CHECK(hospital.pharmacy_disk.head("ward-1").seq == 3);
                CHECK(hospital.pharmacy_disk.head("ward-2").seq == 2);
                CHECK(hospital.pharmacy->failures.empty());
            }
            THEN("each was asked once at most") {
                CHECK(times_noted(*hospital.pharmacy, "asked back from ward-1") <= 1);
                CHECK(times_noted(*hospital.pharmacy, "asked back from ward-2") == 1);
            }
            AND_WHEN("it records more") {
                hospital.pharmacy_disk.record(1);
                THEN("both wards have it, the one that was behind as well") {
                    REQUIRE(until(hospital, [&] {
                        return hospital.ward_disk.head("pharmacy").seq == 701
                               && hospital.ward_2_disk.head("pharmacy").seq == 701;
                    }));
                }
            }
        }
    }
}

TEST_CASE("a restored ward has its journal back, and delivers on", "[link][socket]") {
    Hospital hospital;
    MemoryJournals before("ward-1");
    before.record(40, 500);
    hospital.pharmacy_disk.hold(before, 40);
    hospital.ward_disk.record(40, 500);
    hospital.ward_disk.restore_backup_of(12);
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] { return hospital.ward_disk.head("ward-1").seq == 40; }));
    CHECK(hospital.ward_disk.entries("ward-1") == before.entries("ward-1"));
    hospital.ward_disk.record(2);
    hospital.ward->client.on_committed();

    CHECK(hospital.until([&] { return hospital.pharmacy_disk.head("ward-1").seq == 42; }));
    CHECK(hospital.ward->failures.empty());
}

TEST_CASE("two machines that call by one name in turns are told", "[link][socket]") {
    Hospital hospital;
    hospital.open_pharmacy();
    std::vector<std::unique_ptr<Stranger>> machines;
    const auto call = [&] {
        machines.push_back(std::make_unique<Stranger>(hospital, hospital.pharmacy->server.port()));
        REQUIRE(machines.back()->say(hello("ward-1", "pharmacy", 0)));
        if (machines.size() > 1) { // the other one is told, and hangs up
            Stranger& other = *machines[machines.size() - 2];
            REQUIRE(other.sees_end());
            other.socket().close();
        }
        REQUIRE(machines.back()->next_line().find("\"hello\"") != std::string::npos);
    };
    call();

    for (int i = 0; i < 4; ++i) { // a cable that is pulled and plugged
        hospital.clock.advance(10s);
        call();
        CHECK_FALSE(hospital.pharmacy->status_of("ward-1").two_callers);
    }
    hospital.clock.advance(10s);
    call();
    CHECK(hospital.pharmacy->status_of("ward-1").two_callers);
    CHECK(hospital.pharmacy->shown.back().two_callers);
    CHECK(hospital.pharmacy->noted("was its disk copied?"));

    hospital.clock.advance(20s); // and then nobody
    CHECK(hospital.pharmacy->status_of("ward-1").two_callers);
    hospital.clock.advance(1s);
    CHECK_FALSE(hospital.pharmacy->status_of("ward-1").two_callers);
}

} // namespace cartwatch::return_test
