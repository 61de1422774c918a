// Goal: a number that was misread on the way to a check accuses nobody. What was read stands in the
// check that the badge opens; the seal on record, read before anything is counted, takes it back.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::misread_seal_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// Cart, a seal that is not the one on record, badge, and no word said.
Ward a_ward_with_another_seal_read(CheckKind kind = CheckKind::full) {
    Ward ward = a_sealed_ward();
    if (kind == CheckKind::handover) {
        ward.run(TurnCheck{kind});
    }
    ward.scan_cart("OR-1");
    REQUIRE(ward.run(a_scan(other_seal)).message == "seal_mismatch");
    const Reply reply = ward.badge("N1");
    REQUIRE(reply.message == "check_opened_other_seal");
    REQUIRE(reply.kind == ReplyKind::attention);
    REQUIRE(reply.values.at("number") == other_seal);
    REQUIRE(reply.values.at("expected") == first_seal);
    REQUIRE(ward.check().kind == kind);
    return ward;
}

bool says_broken(const Ward& ward) {
    return std::any_of(ward.journal.begin(), ward.journal.end(), [](const Recorded& entry) {
        return std::holds_alternative<SealBroken>(entry.event);
    });
}

bool calls_seal_unexplained(const CheckClosed& closed) {
    return std::any_of(closed.findings.begin(), closed.findings.end(), [](const Finding& finding) {
        return finding.kind == FindingKind::seal_unexplained;
    });
}

} // namespace

SCENARIO("a seal that does not match, and a badge with no word said") {
    Ward ward = a_ward_with_another_seal_read();
    THEN("what was read is a step of the full check, and nothing is called broken yet") {
        CHECK(ward.check().progress.seal_found == other_seal);
        CHECK(ward.check().steps.size() == 1);
        CHECK_FALSE(says_broken(ward));
        CHECK(ward.node().seals.at(first_seal).how != SealBreak::unexplained);
    }
    WHEN("the seal on record is read next") {
        if (GENERATE(false, true)) {
            ward.session = Session{}; // another place, or the same one after a restart
            CHECK(ward.open().message == "check_resumed");
        }
        CHECK(ward.run(a_scan(first_seal)).message == "sealed_closed");
        THEN("it was a check of the seal, and the books know of no break") {
            const CheckClosed& closed = ward.first<CheckClosed>();
            CHECK(closed.kind == CheckKind::sealed);
            CHECK(closed.readiness == Readiness::ready);
            CHECK(closed.seal == first_seal);
            CHECK_FALSE(calls_seal_unexplained(closed));
            CHECK_FALSE(says_broken(ward));
            CHECK(ward.cart("OR-1").seal->intact);
            CHECK(ward.cart("OR-1").unexplained_seal.empty());
            CHECK(ward.node().seals.at(first_seal).state == SealState::on_cart);
            CHECK_FALSE(ward.node().seals.at(first_seal).ended_at);
        }
    }
    WHEN("it is never read") {
        count_or1(ward);
        ward.run(EnterSeal{"NEW-1"});
        REQUIRE(ward.sign().message == "check_closed");
        THEN("the signature records the break as unexplained") {
            CHECK(
                ward.first<SealBroken>()
                == SealBroken{"OR-1", first_seal, other_seal, SealBreak::unexplained, "N1"});
            CHECK(calls_seal_unexplained(ward.first<CheckClosed>()));
            CHECK(ward.cart("OR-1").unexplained_seal == first_seal);
        }
    }
    WHEN("it is read once something was counted") {
        ward.run(a_gs1_scan(blade));
        THEN("nobody can tell any more whether it was on the cart") {
            CHECK(ward.run(a_scan(first_seal)).message == "seal_reused");
        }
    }
    WHEN("the check is given up") {
        ward.run(CancelCheck{});
        THEN("the break is unexplained") {
            CHECK(ward.node().seals.at(first_seal).how == SealBreak::unexplained);
        }
    }
    WHEN("what was read was the new seal") {
        count_or1(ward);
        ward.run(a_scan(other_seal));
        REQUIRE(ward.sign().message == "check_closed");
        THEN("it was read too early, and there was no break") {
            CHECK_FALSE(says_broken(ward));
            CHECK(ward.cart("OR-1").unexplained_seal.empty());
        }
    }
}

TEST_CASE("a word about the seal is taken after the badge as before it") {
    Ward ward = a_ward_with_another_seal_read();
    const auto [code, message, how] = GENERATE(table<ControlCode, std::string, SealBreak>({
        {ControlCode::seal_mistake, "seal_break_noted", SealBreak::mistake},
        {ControlCode::seal_emergency, "use_opened", SealBreak::emergency},
        {ControlCode::used, "use_opened", SealBreak::emergency},
    }));
    CHECK(ward.run(a_control(code)).message == message);
    CHECK(ward.first<SealBroken>() == SealBroken{"OR-1", first_seal, other_seal, how, "N1"});
}

SCENARIO("what was misread is undone like any other step") {
    Ward ward = a_ward_with_another_seal_read();
    CHECK(ward.run(Undo{}).values.at("what") == "seal_found");
    CHECK(ward.run(Undo{}).message == "nothing_to_undo");
    WHEN("the seal on record is read") {
        THEN("it was a check of the seal") {
            CHECK(ward.run(a_scan(first_seal)).message == "sealed_closed");
        }
    }
    WHEN("the cart is counted instead") {
        count_or1(ward);
        ward.run(EnterSeal{"NEW-1"});
        REQUIRE(ward.sign().message == "check_closed");
        THEN("there was no break") {
            CHECK_FALSE(says_broken(ward));
            CHECK(ward.cart("OR-1").unexplained_seal.empty());
        }
    }
}

SCENARIO("the seal on record takes a misreading back where it is not enough for a check, too") {
    Ward ward = a_sealed_ward();
    pass_days(ward, 8);
    if (GENERATE(true, false)) {
        ward.scan_cart("OR-1");
        ward.run(a_scan(other_seal));
        REQUIRE(ward.badge("N1").message == "check_opened_other_seal");
    } else {
        ward.open();
        REQUIRE(ward.run(a_scan(other_seal)).message == "seal_mismatch");
    }
    REQUIRE(ward.run(a_scan(other_seal)).message == "seal_mismatch");

    CHECK(ward.run(a_scan(first_seal)).message == "sealed_past_ready");

    CHECK(ward.brought<StepUndone>() == 2);
    CHECK(ward.check().kind == CheckKind::full);
    CHECK(ward.run(SaySeal{SealSaid::mistake}).message == "no_seal_to_explain");
    count_or1(ward);
    ward.run(EnterSeal{"NEW-1"});
    REQUIRE(ward.sign().message == "check_closed");
    CHECK_FALSE(says_broken(ward));
    CHECK(ward.cart("OR-1").unexplained_seal.empty());
}

SCENARIO("a misread seal on the way to a handover") {
    Ward ward = a_ward_with_another_seal_read(CheckKind::handover);
    CHECK(ward.cart("OR-1").seal->intact);
    ward.run(ReportTest{true, "defib"});
    ward.run(ReportTest{true, "suction"});
    WHEN("the seal on record is read in it") {
        CHECK(ward.run(a_scan(first_seal)).message == "seal_confirmed");
        REQUIRE(ward.badge("N1").message == "handover_closed");
        THEN("the cart is as it was, and its seal with it") {
            CHECK(ward.first<CheckClosed>().readiness == Readiness::ready);
            CHECK_FALSE(says_broken(ward));
            CHECK(ward.cart("OR-1").seal->intact);
        }
    }
    WHEN("it is not") {
        CHECK(ward.badge("N1").message == "review_missing");
        REQUIRE(ward.badge("N1").message == "handover_closed");
        THEN("the signature records the break as unexplained") {
            CHECK(ward.first<SealBroken>().how == SealBreak::unexplained);
            CHECK_FALSE(ward.cart("OR-1").seal->intact);
        }
    }
    WHEN("it was broken by mistake") {
        CHECK(ward.run(a_control(ControlCode::seal_mistake)).message == "seal_break_noted");
        THEN("the cart has to be gone through") {
            CHECK(ward.check().kind == CheckKind::full);
        }
    }
}

} // namespace cartwatch::misread_seal_test
