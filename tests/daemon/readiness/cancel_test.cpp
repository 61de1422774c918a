// Goal: a label that is read by mistake does not throw away what a nurse has counted.
#include "daemon/readiness/limits.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::cancel_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

TEST_CASE("the code that abandons a check is scanned twice where something was counted") {
    Ward ward = a_ward();
    ward.open();
    SECTION("nothing was: once") {
        CHECK(ward.run(a_control(ControlCode::cancel)).message == "check_cancelled");
    }
    SECTION("something was") {
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
        CHECK(ward.run(a_control(ControlCode::cancel)).message == "cancel_again");
        CHECK(ward.last.events.empty());
        SECTION("twice, a second apart") {
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "check_cancelled");
        }
        SECTION("twice, with as long between as it takes") {
            ward.let_pass(std::chrono::minutes(5));
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "check_cancelled");
        }
        SECTION("any other scan goes on") {
            ward.run(a_gs1_scan(atropine).lot("A1").expiry("2026-11-30"));
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "cancel_again");
        }
    }
}

TEST_CASE("a label that stays before the scanner is one scan, however often it is read") {
    struct Example {
        const char* name;
        std::chrono::milliseconds apart;
        bool is_one;
    };

    const auto example = GENERATE(values<Example>({
        {"at once", std::chrono::milliseconds(0), true},
        {"as scanners are set", std::chrono::milliseconds(750), true},
        {"at the limit", held_label_repeat, true},
        {"over it", held_label_repeat + std::chrono::milliseconds(1), false},
    }));

    DYNAMIC_SECTION(example.name) {
        Ward ward = a_ward();
        ward.open();
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
        const auto cancel_after = [&](std::chrono::milliseconds time) {
            ward.let_pass(time - std::chrono::seconds(1)); // each command takes a second
            return ward.run(a_control(ControlCode::cancel)).message;
        };
        REQUIRE(cancel_after(std::chrono::seconds(1)) == "cancel_again");

        CHECK(cancel_after(example.apart) == (example.is_one ? "cancel_again" : "check_cancelled"));

        if (example.is_one) { // held for longer still
            CHECK(cancel_after(example.apart) == "cancel_again");
            CHECK(cancel_after(example.apart) == "cancel_again");
            CHECK(cancel_after(std::chrono::seconds(1)) == "check_cancelled");
        }
    }
}

} // namespace cartwatch::cancel_test
