// Goal: the calendar believes no clock blindly. Set back, it brings nothing that expired back to
// life; set forward by mistake, there is a way back, said by somebody who answers for the place.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::calendar_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const Day today = day("2026-11-22");
const Day wrong = day("2036-11-22");

void set_clock(Ward& ward, Day on) {
    ward.context.today = on;
    ward.context.working_day = on;
}

// The whole of OR-1, so that nothing is missing.
void check_everything(Ward& ward) {
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    ward.run(a_gs1_scan(atropine).lot("T").expiry("2027-12-31"));
    ward.run(EnterQuantity{5, "atropine"});
    ward.run(a_gs1_scan(ketamine).lot("K").expiry("2027-12-31"));
    ward.run(EnterQuantity{3, "ketamine"});
    ward.run(a_gs1_scan(blade).lot("B"));
    ward.run(EnterQuantity{4, "blade"});
    ward.run(ReportTest{true, "defib"});
    ward.run(ReportTest{true, "suction"});
    REQUIRE(ward.sign().message == "check_closed");
}

Judgement judged(const Ward& ward, const std::string& cart) {
    return evaluate(ward.cart(cart), Policy{}, {}, latest_day(ward.node(), ward.context.today));
}

// OR-1 was in full order when the clock ran ten years ahead overnight; it is right again.
Ward with_wrong_day() {
    Ward ward = a_ward();
    check_everything(ward);
    ward.run(JudgeDay{});
    REQUIRE(judged(ward, "OR-1").readiness == Readiness::ready);
    set_clock(ward, wrong);
    ward.run(JudgeDay{});
    REQUIRE(ward.node().alerts.at({"OR-1", "epi"}).open());
    set_clock(ward, today);
    REQUIRE(ward.run(JudgeDay{}).message == "clock_went_back");
    REQUIRE(judged(ward, "OR-1").readiness == Readiness::not_ready);
    return ward;
}

// Says that it is this day, and scans a badge.
Reply confirm(Ward& ward, Day on, const std::string& staff) {
    REQUIRE(ward.run(ConfirmDay{on}).message == "scan_badge_for_day");
    REQUIRE(ward.last.events.empty());
    return ward.badge(staff);
}

} // namespace

SCENARIO("with the clock set back what expired stays expired", "[calendar]") {
    Ward ward = a_ward();
    ward.stock("OR-1", "epi", a_lot("A1", "2026-11-22", 10));
    set_clock(ward, day("2026-11-23"));
    ward.run(JudgeDay{});
    set_clock(ward, day("2025-01-01"));
    ward.open();
    const Reply reply = ward.run(a_gs1_scan(epi).lot("A1").expiry("2026-11-22"));
    CHECK(reply.verdict == Verdict::expired);
}

SCENARIO("a day far ahead that was judged by mistake is taken back", "[calendar]") {
    GIVEN("a cart in full order, and a clock that ran ten years ahead overnight") {
        Ward ward = with_wrong_day();

        WHEN("the head nurse confirms today's date") {
            const Reply reply = confirm(ward, today, "H1");
            REQUIRE(reply.message == "day_corrected");
            CHECK(ward.last.actor == "H1");
            ward.run(JudgeDay{});

            THEN("the cart is judged on it, and the false alerts are withdrawn") {
                CHECK(ward.node().last_judged == today);
                CHECK(judged(ward, "OR-1").readiness == Readiness::ready);
                CHECK(ward.node().alerts.at({"OR-1", "epi"}).state == AlertState::withdrawn);
            }
        }
        WHEN("a check was closed on the wrong day") {
            set_clock(ward, wrong);
            check_everything(ward);
            REQUIRE(ward.cart("OR-1").last_full_check == wrong);
            set_clock(ward, today);
            REQUIRE(confirm(ward, today, "H1").message == "day_corrected");

            THEN("nobody knows when the cart was checked, or its devices: it is not ready") {
                CHECK_FALSE(ward.cart("OR-1").last_full_check);
                CHECK_FALSE(ward.cart("OR-1").devices.front().last_test);
                CHECK(judged(ward, "OR-1").readiness == Readiness::overdue);
            }
        }
    }
    GIVEN("a clock that is right") {
        Ward ward = a_ward();
        ward.run(JudgeDay{});
        THEN("there is nothing to confirm") {
            CHECK(ward.run(ConfirmDay{today}).message == "clock_is_right");
            CHECK(ward.last.events.empty());
        }
    }
}

SCENARIO("what failed on a day that never was has failed all the same", "[calendar]") {
    GIVEN("a handover two days ahead in which the suction failed") {
        Ward ward = a_ward();
        check_everything(ward);
        ward.run(JudgeDay{});
        set_clock(ward, day("2026-11-24"));
        ward.run(JudgeDay{});
        ward.open();
        ward.run(TurnCheck{CheckKind::handover});
        ward.run(ReportTest{true, "defib"});
        ward.run(ReportTest{false, "suction"});

        WHEN("it was signed, and the day is taken back") {
            REQUIRE(ward.sign().message == "handover_closed");
            REQUIRE(ward.node().alerts.at({"OR-1", "suction"}).open());
            set_clock(ward, today);
            REQUIRE(confirm(ward, today, "H1").message == "day_corrected");
            ward.run(JudgeDay{});
            THEN("the failure stands, and so does its alert") {
                const Device& suction = ward.cart("OR-1").devices.back();
                REQUIRE(suction.id == "suction");
                REQUIRE(suction.last_test);
                CHECK_FALSE(suction.last_test->passed);
                CHECK(suction.last_test->on == today);
                CHECK(judged(ward, "OR-1").readiness == Readiness::degraded);
                CHECK(ward.node().alerts.at({"OR-1", "suction"}).open());
            }
            THEN("what passed on that day has to be seen again") {
                CHECK_FALSE(ward.cart("OR-1").devices.front().last_test);
            }
        }
        WHEN("it is still open when the day is taken back") {
            set_clock(ward, today);
            REQUIRE(confirm(ward, today, "H1").message == "day_corrected");
            THEN("the failure stands in it, of this day") {
                const CheckProgress& progress = ward.node().open_checks.begin()->second.progress;
                REQUIRE(progress.tests.contains("suction"));
                CHECK_FALSE(progress.tests.at("suction").at("").passed);
                CHECK(progress.tests.at("suction").at("").on == today);
                CHECK_FALSE(progress.tests.contains("defib"));
            }
        }
    }
}

TEST_CASE(
    "a failure that a handover found on a cart not yet checked keeps its alert", "[calendar]") {
    Ward ward = a_ward();
    ward.open();
    ward.run(TurnCheck{CheckKind::handover});
    ward.run(ReportTest{true, "defib"});
    ward.run(ReportTest{false, "suction"});
    REQUIRE(ward.sign().message == "handover_closed");
    REQUIRE(ward.node().alerts.at({"OR-1", "suction"}).open());
    ward.run(JudgeDay{});
    CHECK(ward.node().alerts.at({"OR-1", "suction"}).open());
    CHECK(judged(ward, "OR-1").readiness == Readiness::overdue);
}

SCENARIO("a check that was signed by a clock that was ahead is no check of a later day") {
    GIVEN("a clock ten days ahead, and a check before the calendar looked") {
        Ward ward = a_ward();
        ward.run(JudgeDay{});
        set_clock(ward, day("2026-12-02"));
        check_everything(ward);
        REQUIRE(ward.node().last_judged == today);
        WHEN("the clock is right again") {
            set_clock(ward, today);
            const Reply reply = ward.run(JudgeDay{});
            THEN("it is said, and the day can be taken back with the check") {
                CHECK(reply.message == "clock_went_back");
                CHECK(confirm(ward, today, "H1").message == "day_corrected");
                CHECK_FALSE(ward.cart("OR-1").last_full_check);
                CHECK(judged(ward, "OR-1").readiness == Readiness::overdue);
            }
        }
    }
}

SCENARIO("a ward whose clock is behind the pharmacy's calls no check ready") {
    GIVEN("a ward that was off for a month and came back with the clock of then") {
        Ward ward = a_ward();
        ward.run(JudgeDay{});
        const auto [behind, readiness] =
            GENERATE(table<int, std::string>({{0, "ready"}, {1, "ready"}, {2, "overdue"}}));
        ward.receive("pharmacy", DayJudged{today + std::chrono::days(behind)});
        THEN("its check says so") {
            CAPTURE(behind);
            ward.open();
            count_or1(ward);
            ward.run(a_scan(first_seal));
            CHECK(ward.sign().values.at("readiness") == readiness);
        }
    }
}

SCENARIO("a day is taken back by whoever answers for the place, and no other", "[calendar]") {
    GIVEN("a clock that ran ten years ahead overnight") {
        Ward ward = with_wrong_day();

        WHEN("somebody confirms who may not") {
            const auto [staff, message] = GENERATE(table<std::string, std::string>({
                {"N1", "not_allowed"},
                {"R1", "badge_retired"},
            }));
            CHECK(confirm(ward, today, staff).message == message);

            THEN("nothing changes, and the next badge is an ordinary one") {
                CHECK(ward.last.events.empty());
                CHECK(ward.badge("H1").message != "day_corrected");
                CHECK(ward.node().last_judged == wrong);
            }
        }
        WHEN("another day than today is confirmed") {
            const Day other = GENERATE(as<Day>(), wrong, today - std::chrono::days(1));
            THEN("it is refused at once") {
                CHECK(ward.run(ConfirmDay{other}).message == "day_is_another");
                CHECK(ward.badge("H1").message != "day_corrected");
            }
        }
        WHEN("something else than a badge is scanned, or midnight passes, before the badge") {
            ward.run(ConfirmDay{today});
            if (GENERATE(false, true)) {
                ward.run(a_gs1_scan(epi));
                CHECK(ward.badge("H1").message != "day_corrected");
            } else {
                set_clock(ward, today + std::chrono::days(1));
                CHECK(ward.badge("H1").message == "day_is_another");
            }
            THEN("the day stands as it was") {
                CHECK(ward.node().last_judged == wrong);
            }
        }
    }
}

TEST_CASE("no day is confirmed that somebody confirmed a later one than", "[calendar]") {
    using std::chrono::days;

    struct Row {
        const char* name;
        int back; // days before the one that a badge confirmed
        const char* message;
    };

    const auto row = GENERATE(values<Row>({
        {"a day later", -1, "scan_badge_for_day"},
        {"the same day", 0, "scan_badge_for_day"},
        {"a day before", 1, "day_before_confirmed"},
        {"ten years before", 3650, "day_before_confirmed"},
    }));
    DYNAMIC_SECTION(row.name) {
        Ward ward = with_wrong_day();
        REQUIRE(confirm(ward, today, "H1").message == "day_corrected");
        REQUIRE(ward.node().confirmed_day == today);
        set_clock(ward, wrong);
        ward.run(JudgeDay{});
        set_clock(ward, today - days{row.back});
        const Reply reply = ward.run(ConfirmDay{ward.context.today});
        CHECK(reply.message == row.message);
        if (row.back > 0) {
            CHECK(ward.badge("H1").message != "day_corrected");
            CHECK(ward.node().last_judged == wrong);
        }
    }
}

TEST_CASE("no day is confirmed that the pharmacy's machine left behind", "[calendar]") {
    using std::chrono::days;

    struct Row {
        const char* name;
        int ahead; // days that the pharmacy's machine is ahead of this one's
        const char* message;
    };

    const auto row = GENERATE(values<Row>({
        {"behind", -1, "scan_badge_for_day"},
        {"on the same day", 0, "scan_badge_for_day"},
        {"past a midnight that this machine has not reached", 1, "scan_badge_for_day"},
        {"two days ahead", 2, "day_before_pharmacy"},
        {"a year ahead", 365, "day_before_pharmacy"},
    }));
    DYNAMIC_SECTION(row.name) {
        Ward ward = with_wrong_day();
        ward.receive("pharmacy", DayJudged{today + days{row.ahead}});
        CHECK(ward.run(ConfirmDay{today}).message == row.message);
    }
}

TEST_CASE("a clock that was set back makes no full check younger") {
    Ward ward = a_sealed_ward();
    Policy policy;
    policy.sealed_within_days = GENERATE(0, 1);
    set_policy(ward, policy);
    if (policy.sealed_within_days > 0) {
        pass_days(ward, 2);
        ward.run(JudgeDay{});
        pass_days(ward, -2);
    } else {
        pass_days(ward, -1);
    }
    ward.scan_cart("OR-1");
    CHECK(ward.run(a_scan(first_seal)).message == "sealed_full_too_old");
}

TEST_CASE("with the clock set back a check ends no alert", "[calendar]") {
    Ward ward = with_wrong_day();
    const AlertKey key{"OR-1", "epi"};
    REQUIRE(ward.node().alerts.at(key).open());

    ward.open();
    ward.run(a_gs1_scan(epi).lot("N1").expiry("2099-12-31")); // usable on whichever day it is
    ward.sign();

    CHECK(ward.node().alerts.at(key).open());
}

} // namespace cartwatch::calendar_test
