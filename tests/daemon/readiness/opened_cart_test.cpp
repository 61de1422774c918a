// Goal: what a check did not see stays as it was known: a seal that somebody was behind proves
// nothing, a break that nobody explains is one, and a device that failed works again when it is
// seen to.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::opened_cart_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

TEST_CASE("the old seal proves no cart that somebody was inside in this check") {
    Ward ward = a_sealed_ward();
    ward.open();
    SECTION("counted and taken back") {
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
        ward.run(Undo{});
    }
    SECTION("scanned, and its date asked for") {
        ward.run(a_gs1_scan(epi).lot("N9"));
    }
    CHECK(ward.run(a_scan(first_seal)).message == "seal_reused");
    CHECK(ward.run(TurnCheck{CheckKind::handover}).message == "handover_too_late");
    CHECK_FALSE(ward.cart("OR-1").seal->intact);
}

TEST_CASE("another seal on the cart that nobody explains is an unexplained break") {
    Ward ward = a_sealed_ward();
    ward.open();
    REQUIRE(ward.run(a_scan(other_seal)).message == "seal_mismatch");
    count_or1(ward);
    SECTION("closed with a new one") {
        ward.run(EnterSeal{"NEW-1"});
    }
    SECTION("closed without one") {}
    REQUIRE(ward.sign().message == "check_closed");
    CHECK(ward.cart("OR-1").unexplained_seal == first_seal);
    CHECK(ward.node().seals.at(first_seal).how == SealBreak::unexplained);
}

TEST_CASE(
    "another seal on the cart is still known after a rest, at another station, after a restart") {
    Ward ward = a_sealed_ward();
    ward.open();
    REQUIRE(ward.run(a_scan(other_seal)).message == "seal_mismatch");
    SECTION("nobody says why") {
        ward.session = Session{};
        ward.open();
        count_or1(ward);
        REQUIRE(ward.sign().message == "check_closed");
        CHECK(ward.cart("OR-1").unexplained_seal == first_seal);
    }
    SECTION("it is said there") {
        ward.session = Session{};
        ward.open();
        CHECK(ward.run(a_control(ControlCode::seal_mistake)).message == "seal_break_noted");
        CHECK(
            ward.first<SealBroken>()
            == SealBroken{"OR-1", first_seal, other_seal, SealBreak::mistake, "N1"});
        CHECK(ward.run(a_control(ControlCode::seal_mistake)).message == "command_not_now");
    }
    SECTION("the check is given up") {
        ward.session = Session{};
        ward.open();
        ward.run(CancelCheck{});
        CHECK(ward.node().seals.at(first_seal).how == SealBreak::unexplained);
    }
    SECTION("it is undone") {
        CHECK(ward.run(Undo{}).values.at("what") == "seal_found");
        CHECK(ward.run(SaySeal{SealSaid::mistake}).message == "no_seal_to_explain");
        CHECK(ward.run(a_scan(first_seal)).message == "sealed_closed");
        CHECK(ward.cart("OR-1").seal->intact);
    }
    SECTION("it was misread") {
        CHECK(ward.run(a_scan(first_seal)).message == "sealed_closed");
        CHECK(ward.cart("OR-1").seal->intact);
    }
    SECTION("used in an emergency, by the code for what was used") {
        CHECK(ward.run(a_control(ControlCode::used)).message == "use_opened");
        CHECK(ward.first<SealBroken>().how == SealBreak::emergency);
    }
}

TEST_CASE("a handover that found another seal leaves the cart as one with a broken seal") {
    Ward ward = a_sealed_ward();
    ward.run(a_control(ControlCode::handover));
    ward.open();
    REQUIRE(ward.run(a_scan(other_seal)).message == "seal_mismatch");
    SECTION("given up") {
        ward.run(CancelCheck{});
        CHECK_FALSE(ward.cart("OR-1").seal->intact);
        CHECK(ward.cart("OR-1").seal->how == SealBreak::unexplained);
    }
    SECTION("given up after the right one was read") {
        CHECK(ward.run(a_scan(first_seal)).message == "seal_confirmed");
        ward.run(CancelCheck{});
        CHECK(ward.cart("OR-1").seal->intact);
    }
    SECTION("turned into a full check") {
        ward.run(TurnCheck{CheckKind::full});
        count_or1(ward);
        REQUIRE(ward.sign().message == "check_closed");
        CHECK(ward.cart("OR-1").unexplained_seal == first_seal);
    }
}

TEST_CASE("the new seal, read too early, is no break") {
    Ward ward = a_sealed_ward();
    ward.open();
    REQUIRE(ward.run(a_scan(other_seal)).message == "seal_mismatch");
    count_or1(ward);
    ward.run(a_scan(other_seal));
    REQUIRE(ward.sign().message == "check_closed");
    CHECK(ward.cart("OR-1").unexplained_seal.empty());
    CHECK(ward.cart("OR-1").seal->number == other_seal);
}

TEST_CASE("a device that failed stays failed where the next check or handover did not test it") {
    Ward ward = a_ward();
    ward.open();
    count_or1(ward);
    ward.run(ReportTest{false, "defib"});
    ward.run(a_scan(first_seal));
    ward.sign();
    const AlertKey key{"OR-1", "defib"};
    REQUIRE(ward.node().alerts.at(key).open());
    SECTION("handover") {
        ward.run(TurnCheck{CheckKind::handover});
        ward.open();
        ward.run(a_scan(first_seal));
    }
    SECTION("full check") {
        ward.open();
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    }
    ward.sign();
    CHECK(ward.node().alerts.at(key).open());
    REQUIRE(ward.cart("OR-1").devices.front().last_test);
    CHECK_FALSE(ward.cart("OR-1").devices.front().last_test->passed);
}

TEST_CASE("a device that is not there stays so when the cart's list is published again") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    FunctionTest& shock = cart.devices.front().tests.emplace_back();
    shock.id = "shock";
    shock.name = {"放电", "Shock"};
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    ward.open();
    ward.run(SelectDevice{"defib", ""});
    REQUIRE(ward.run(MarkMissing{}).message == "device_failed");

    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");

    REQUIRE(ward.check().progress.devices.contains("defib"));
    CHECK_FALSE(ward.check().progress.devices.at("defib"));
}

TEST_CASE("what was tested on a day that never was has to be tested again") {
    Ward ward = a_ward();
    ward.context.working_day = day("2027-11-22"); // the clock is a year ahead
    ward.context.today = ward.context.working_day;
    ward.open();
    ward.run(ReportTest{true, "defib"});
    REQUIRE(ward.check().progress.devices.contains("defib"));

    ward.record(DayCorrected{day("2026-11-22"), "H1"});

    CHECK_FALSE(ward.check().progress.devices.contains("defib"));
}

TEST_CASE("one label that is read twice is not a pack on each of two lines") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    cart.lines.push_back(a_line("epi", "epi-spare").par(2));
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    ward.open();
    const auto scan = [&] { return ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31")); };
    REQUIRE(scan().line == "epi");

    SECTION("at once") {
        CHECK(scan().verdict == Verdict::duplicate);
        CHECK(scan().verdict == Verdict::duplicate); // the label is still before the scanner
        CHECK(ward.counted("epi-spare").empty());
    }
    SECTION("with the clock set back nothing is called a repeat") {
        ward.let_pass(-std::chrono::hours(1));
        CHECK(scan().line == "epi-spare");
    }
    SECTION("the next pack at the next place") {
        ward.let_pass(std::chrono::seconds(3));
        CHECK(scan().line == "epi-spare");
    }
    SECTION("its place was pointed at") {
        ward.run(a_scan(ward.line("OR-1", "epi-spare").tag));
        CHECK(scan().line == "epi-spare");
    }
}

} // namespace cartwatch::opened_cart_test
