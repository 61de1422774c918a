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
        SECTION("twice") {
            ward.let_pass(trigger_repeat);
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "check_cancelled");
        }
        SECTION("one label that was read twice or three times in a moment is one scan") {
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "cancel_again");
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "cancel_again");
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "check_cancelled");
        }
        SECTION("any other scan goes on") {
            ward.run(a_gs1_scan(atropine).lot("A1").expiry("2026-11-30"));
            ward.let_pass(trigger_repeat);
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "cancel_again");
        }
    }
}

} // namespace cartwatch::cancel_test
