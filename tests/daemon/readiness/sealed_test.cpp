// The check of the seal alone: when it may be made, what it proves, what becomes of a seal that is
// not the one on record.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::sealed_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Policy monthly() {
    Policy policy;
    policy.check_interval_days = 366;
    return policy;
}

} // namespace

SCENARIO("a sealed cart is checked by three scans") {
    Ward ward = a_sealed_ward();
    pass_days(ward, 2);
    const Instant counted_at = *ward.line("OR-1", "epi").holdings.front().seen_at;

    const std::string order =
        GENERATE("cart, seal, badge", "badge, cart, seal", "cart, badge, seal");
    GIVEN(order) {
        if (order == "cart, seal, badge") {
            CHECK(ward.scan_cart("OR-1").message == "cart_known");
            CHECK(ward.run(a_scan(first_seal)).message == "seal_matches");
            CHECK(ward.last.events.empty());
            CHECK(ward.badge("N2").message == "sealed_closed");
        } else {
            if (order == "badge, cart, seal") {
                ward.badge("N2");
                CHECK(ward.scan_cart("OR-1").message == "check_opened");
            } else {
                ward.scan_cart("OR-1");
                CHECK(ward.badge("N2").message == "check_opened");
            }
            CHECK_FALSE(ward.cart("OR-1").seal->intact);
            CHECK(ward.run(a_scan(first_seal)).message == "sealed_closed");
            CHECK(ward.first<CheckTurned>().kind == CheckKind::sealed);
        }

        const CheckClosed& closed = ward.first<CheckClosed>();
        CHECK(closed.kind == CheckKind::sealed);
        CHECK(closed.by == "N2");
        CHECK(closed.seal == first_seal);
        CHECK(closed.readiness == Readiness::ready);
        const Cart& cart = ward.cart("OR-1");
        CHECK(cart.seal->intact);
        CHECK(cart.seal->number == first_seal);
        CHECK(cart.last_sealed_check == ward.context.working_day);
        CHECK(cart.last_full_check == day("2026-11-22"));
        CHECK(ward.node().open_checks.empty());
        CHECK(ward.node().last_checks.at("OR-1").by == "N1");

        // The lines are proved by the seal, and what the goods said is kept.
        const Holding& holding = ward.line("OR-1", "epi").holdings.front();
        CHECK(holding.evidence == Evidence::scanned);
        CHECK(holding.seen_at == counted_at);
        REQUIRE(holding.sealed_at);
        CHECK(proof_of(holding).evidence == Evidence::sealed);
        CHECK(proof_of(holding).at == holding.sealed_at);
        CHECK(*holding.sealed_at > counted_at);

        // The books never saw it broken.
        const SealRecord& record = ward.node().seals.at(first_seal);
        CHECK(record.state == SealState::on_cart);
        CHECK_FALSE(record.ended_at);
        CHECK(record.put_on_by == "N1");
    }
}

TEST_CASE("a seal alone is enough while the last full check is younger than the policy's days") {
    Ward ward = a_sealed_ward();
    Policy policy = monthly();
    set_policy(ward, policy);
    // The closing bound a week to the seal; a check under the new policy binds more.
    ward.open();
    count_or1(ward);
    ward.run(a_scan(other_seal));
    ward.badge("N1");
    const auto [days, message] = GENERATE(table<int, std::string>({
        {29, "seal_matches"},
        {30, "sealed_full_too_old"},
        {31, "sealed_full_too_old"},
        {300, "sealed_full_too_old"},
    }));
    DYNAMIC_SECTION("after " << days << " days") {
        pass_days(ward, days);
        ward.scan_cart("OR-1");
        const Reply reply = ward.run(a_scan(other_seal));
        CHECK(reply.message == message);
        if (days >= 30) {
            CHECK(reply.kind == ReplyKind::reject);
            CHECK(ward.badge("N1").message == "check_opened");
            CHECK(ward.check().kind == CheckKind::full);
        }
    }
}

TEST_CASE("each reason against a seal alone has its own words") {
    Ward ward = a_sealed_ward();
    std::string expected;
    std::string cart = "OR-1";
    SECTION("a recall since") {
        ward.receive("pharmacy", RecallIssued{{"epi", "A1"}, "defect"});
        expected = "sealed_findings_open";
    }
    SECTION("a recall since, of a line that is not critical") {
        ward.receive("pharmacy", RecallIssued{{"atropine", "T"}, "defect"});
        expected = "sealed_findings_open";
    }
    SECTION("no seal on record") {
        cart = "OR-2";
        expected = "sealed_no_seal";
    }
    SECTION("opened and given up") {
        ward.open();
        ward.run(CancelCheck{});
        expected = "sealed_seal_broken";
    }
    SECTION("the day of the full check never was") {
        ward.record(DayCorrected{day("2026-11-20"), "H1"});
        expected = "sealed_never_checked";
    }
    SECTION("it was not ready when it was sealed") {
        ward.open();
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
        ward.run(a_scan(other_seal));
        ward.sign();
        ward.scan_cart("OR-1");
        CHECK(ward.run(a_scan(other_seal)).message == "sealed_not_ready");
        return;
    }
    ward.scan_cart(cart);
    const Reply reply = ward.run(a_scan(first_seal));
    CHECK(reply.message == expected);
    CHECK(reply.kind == ReplyKind::reject);
    CHECK(ward.last.events.empty());
}

TEST_CASE("a full check that was opened by mistake goes on where the seal alone is not enough") {
    Ward ward = a_sealed_ward();
    ward.receive("pharmacy", RecallIssued{{"epi", "A1"}, "defect"});
    ward.open();
    CHECK(ward.run(a_scan(first_seal)).message == "sealed_findings_open");
    CHECK(ward.last.events.empty());
    CHECK(ward.check().kind == CheckKind::full);
    CHECK_FALSE(ward.cart("OR-1").seal->intact);
}

TEST_CASE("once something was counted, the old seal opens no short way") {
    Ward ward = a_sealed_ward();
    ward.open();
    ward.run(a_gs1_scan(blade));
    CHECK(ward.run(a_scan(first_seal)).message == "seal_reused");
    CHECK(ward.check().progress.seal.empty());
}

SCENARIO("another seal than the one on record") {
    Ward ward = a_sealed_ward();
    ward.scan_cart("OR-1");
    const Reply mismatch = ward.run(a_scan(other_seal));
    CHECK(mismatch.message == "seal_mismatch");
    CHECK(mismatch.kind == ReplyKind::reject);
    CHECK(mismatch.values.at("number") == other_seal);
    CHECK(mismatch.values.at("expected") == first_seal);
    CHECK(ward.last.events.empty());

    WHEN("it was broken by mistake") {
        CHECK(ward.run(a_control(ControlCode::seal_mistake)).message == "seal_said_broken");
        CHECK(ward.badge("N1").message == "check_opened_again");
        THEN("a full check is forced, and the break stands in the books") {
            CHECK(
                ward.first<SealBroken>()
                == SealBroken{"OR-1", first_seal, other_seal, SealBreak::mistake, "N1"});
            CHECK(ward.check().kind == CheckKind::full);
            CHECK(ward.node().seals.at(first_seal).how == SealBreak::mistake);
            CHECK_FALSE(ward.cart("OR-1").seal->intact);
        }
        THEN("the old number turns it back into no check of the seal") {
            CHECK(ward.run(a_scan(first_seal)).message != "sealed_closed");
            CHECK(ward.run(a_control(ControlCode::handover)).message == "handover_turned");
            CHECK_FALSE(ward.cart("OR-1").seal->intact);
        }
        THEN("a break without a use is a finding of the check") {
            count_or1(ward);
            ward.sign();
            const auto& findings = ward.first<CheckClosed>().findings;
            CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& f) {
                return f.kind == FindingKind::seal_unexplained && f.severity == Severity::notice;
            }));
        }
    }
    WHEN("nobody says why") {
        ward.badge("N1");
        THEN("a full check begins with what was read, and the break waits for its word") {
            CHECK(ward.brought<SealBroken>() == 0);
            CHECK(ward.check().progress.seal_found == other_seal);
            CHECK(ward.check().kind == CheckKind::full);
        }
    }
    WHEN("the record is wrong") {
        CHECK(ward.run(a_control(ControlCode::seal_record_wrong)).message == "seal_said_wrong");
        THEN("a nurse alone does not change it") {
            CHECK(ward.badge("N1").message == "seal_correction_refused");
            CHECK(ward.last.events.empty());
            CHECK(ward.cart("OR-1").seal->number == first_seal);
        }
        THEN("the head nurse does, and the seal is checked") {
            CHECK(ward.badge("H1").message == "seal_corrected");
            CHECK(ward.cart("OR-1").seal->number == other_seal);
            CHECK(ward.cart("OR-1").seal->intact);
            CHECK_FALSE(ward.node().seals.contains(first_seal));
            CHECK(ward.badge("N1").message == "sealed_closed");
        }
    }
}

SCENARIO("another seal than the one on record, after an emergency") {
    Ward ward = a_sealed_ward();
    ward.scan_cart("OR-1");
    REQUIRE(ward.run(a_scan(other_seal)).message == "seal_mismatch");

    const auto code = GENERATE(ControlCode::seal_emergency, ControlCode::used);
    CHECK(ward.run(a_control(code)).message == "seal_said_used");
    CHECK(ward.badge("N1").message == "use_opened");
    THEN("what was used is scanned out first, and the break stands in the books") {
        CHECK(
            ward.first<SealBroken>()
            == SealBroken{"OR-1", first_seal, other_seal, SealBreak::emergency, "N1"});
        CHECK(ward.check().kind == CheckKind::after_use);
        CHECK(ward.node().seals.at(first_seal).how == SealBreak::emergency);
        CHECK_FALSE(ward.cart("OR-1").seal->intact);
        REQUIRE(ward.cart("OR-1").use);
        CHECK(ward.cart("OR-1").use->by == "N1");
    }
    THEN("it is not ready before a full check, whatever becomes of the record") {
        ward.run(CancelCheck{});
        CHECK(
            evaluate(ward.cart("OR-1"), Policy{}, {}, ward.context.today).readiness
            == Readiness::overdue);
    }
    THEN("the break is no finding of the full check after it") {
        ward.run(a_gs1_scan(blade));
        CHECK(ward.badge("N1").message == "use_closed");
        ward.open();
        count_or1(ward);
        ward.sign();
        CHECK(ward.first<CheckClosed>().kind == CheckKind::full);
        for (const Finding& finding : ward.first<CheckClosed>().findings) {
            CHECK(finding.kind != FindingKind::seal_unexplained);
        }
    }
}

TEST_CASE("another seal in a check that was just opened is no new seal yet") {
    Ward ward = a_sealed_ward();
    ward.open("OR-1", "H1");
    CHECK(ward.run(a_scan(other_seal)).message == "seal_mismatch");
    CHECK(ward.check().progress.seal.empty());
    SECTION("broken by mistake") {
        CHECK(ward.run(a_control(ControlCode::seal_mistake)).message == "seal_break_noted");
        CHECK(ward.node().seals.at(first_seal).how == SealBreak::mistake);
        CHECK_FALSE(ward.check().broke_seal);
    }
    SECTION("broken in an emergency") {
        CHECK(ward.run(a_control(ControlCode::seal_emergency)).message == "use_opened");
        CHECK(ward.check().kind == CheckKind::after_use);
        CHECK(ward.node().seals.at(first_seal).how == SealBreak::emergency);
        CHECK(ward.cart("OR-1").use);
        CHECK(ward.run(a_scan(other_seal)).message == "use_seal_later");
    }
    SECTION("broken in an emergency, said after counting has begun") {
        ward.run(a_gs1_scan(blade));
        CHECK(ward.run(a_control(ControlCode::seal_emergency)).message == "use_too_late");
        CHECK(ward.last.events.empty());
    }
    SECTION("the record is wrong, says who answers for the place") {
        CHECK(ward.run(a_control(ControlCode::seal_record_wrong)).message == "seal_corrected");
        CHECK(ward.run(a_scan(other_seal)).message == "sealed_closed");
    }
    SECTION("it was the new one after all") {
        ward.run(a_gs1_scan(blade));
        CHECK(ward.run(a_scan(other_seal)).message == "seal_read");
        CHECK(ward.run(a_control(ControlCode::seal_mistake)).kind == ReplyKind::reject);
    }
}

TEST_CASE("a check of the seal counts as the weekly one where the policy says so") {
    Ward ward = a_sealed_ward();
    Policy policy = monthly();
    policy.check_interval_days = 7;
    Cart cart = ward.cart("OR-1");
    cart.devices.clear();
    cart.last_sealed_check = day("2026-11-27");
    CHECK(next_due(cart, policy) == day("2026-11-29"));
    policy.sealed_counts_as_weekly = true;
    const auto [sealed, due] = GENERATE(table<std::string, std::string>({
        {"2026-11-21", "2026-11-29"},
        {"2026-11-22", "2026-11-29"},
        {"2026-11-27", "2026-12-04"},
        {"2026-12-14", "2026-12-21"},
        {"2026-12-15", "2026-12-22"},
        {"2026-12-16", "2026-12-22"},
        {"2030-01-01", "2026-12-22"},
    }));
    DYNAMIC_SECTION("checked on " << sealed) {
        cart.last_sealed_check = day(sealed);
        CHECK(next_due(cart, policy) == day(due));
    }
}

TEST_CASE(
    "checks of the seal and handovers that are asked for are due and late like the full one") {
    const Cart base = a_sealed_ward().cart("OR-1");
    Policy policy;
    const auto kinds_on = [&](const Cart& cart, std::string_view today) {
        std::set<std::string> kinds;
        const Judgement judgement = evaluate(cart, policy, {}, day(today));
        for (const Finding& finding : judgement.findings) {
            kinds.emplace(to_text(finding.kind));
        }
        if (judgement.readiness == Readiness::overdue) {
            kinds.insert("overdue");
        }
        return kinds;
    };
    using Kinds = std::set<std::string>;
    CHECK(kinds_on(base, "2026-11-25").empty());
    policy.sealed_interval_days = 1;
    CHECK(kinds_on(base, "2026-11-23").empty());
    CHECK(kinds_on(base, "2026-11-24") == Kinds{"overdue", "sealed_overdue"});
    CHECK(evaluate(base, policy, {}, day("2026-11-22")).ready_until == day("2026-11-23"));
    Cart sealed = base;
    sealed.last_sealed_check = day("2026-11-24");
    CHECK(kinds_on(sealed, "2026-11-25").empty());
    sealed.seal.reset();
    CHECK(kinds_on(sealed, "2026-11-28").empty());

    policy.sealed_interval_days = 0;
    policy.handover_interval_days = 2;
    CHECK(kinds_on(base, "2026-11-24").empty());
    CHECK(kinds_on(base, "2026-11-25") == Kinds{"handover_overdue", "overdue"});
    Cart never = base;
    never.last_full_check.reset();
    CHECK(kinds_on(never, "2026-11-25") == Kinds{"check_overdue", "overdue"});
}

SCENARIO("a shift handover: seal and devices") {
    Ward ward = a_sealed_ward();
    pass_days(ward, 1);

    WHEN("it is chosen before the cart") {
        CHECK(ward.run(a_control(ControlCode::handover)).message == "handover_chosen");
        ward.badge("N2");
        CHECK(ward.scan_cart("OR-1").message == "handover_opened");
        CHECK(ward.cart("OR-1").seal->intact);
        CHECK(ward.session.kind == CheckKind::full);
    }
    WHEN("it is chosen in a check that was just opened") {
        ward.open("OR-1", "N2");
        CHECK_FALSE(ward.cart("OR-1").seal->intact);
        CHECK(ward.run(a_control(ControlCode::handover)).message == "handover_turned");
        CHECK(ward.cart("OR-1").seal->intact);
    }
    WHEN("the seal is read before the badge") {
        ward.run(a_control(ControlCode::handover));
        ward.scan_cart("OR-1");
        CHECK(ward.run(a_scan(first_seal)).message == "seal_matches");
        CHECK(ward.badge("N2").message == "handover_opened");
        CHECK(ward.check().progress.seal == first_seal);
    }

    CHECK(ward.run(a_gs1_scan(epi)).message == "lines_not_asked");
    CHECK(ward.run(EnterQuantity{3, "epi"}).message == "lines_not_asked");
    CHECK(ward.run(a_scan(first_seal)).message == "seal_confirmed");
    ward.run(ReportTest{true, "defib"});
    ward.run(ReportTest{true, "suction"});
    CHECK(ward.badge("N2").message == "handover_closed");

    const Cart& cart = ward.cart("OR-1");
    CHECK(ward.first<CheckClosed>().kind == CheckKind::handover);
    CHECK(ward.first<CheckClosed>().readiness == Readiness::ready);
    CHECK(cart.last_handover == day("2026-11-23"));
    CHECK(cart.last_full_check == day("2026-11-22"));
    CHECK(cart.devices.front().last_test == DeviceTest{day("2026-11-23"), true});
    CHECK(cart.seal->intact);
    CHECK(proof_of(ward.line("OR-1", "epi").holdings.front()).evidence == Evidence::sealed);
}

TEST_CASE("what a handover does not see is not carried over") {
    Ward ward = a_sealed_ward();
    ward.run(a_control(ControlCode::handover));
    ward.open("OR-1", "N2");
    ward.run(ReportTest{true, "defib"});
    const Reply review = ward.badge("N2");
    CHECK(review.message == "review_missing");
    CHECK(review.values.at("count") == "2");
    CHECK(review.values.at("names_en") == "suction");
    CHECK(review.values.at("number") == first_seal);
    CHECK(ward.badge("N2").message == "handover_closed");
    CHECK_FALSE(ward.cart("OR-1").seal->intact);
    CHECK_FALSE(ward.cart("OR-1").devices.back().last_test);
    CHECK(ward.first<CheckClosed>().readiness == Readiness::overdue);
    CHECK(ward.first<CheckClosed>().seal.empty());
    CHECK(ward.node().seals.at(first_seal).how == SealBreak::unexplained);
}

TEST_CASE("another seal in a handover asks for a full check") {
    Ward ward = a_sealed_ward();
    ward.run(a_control(ControlCode::handover));
    ward.open("OR-1", "N2");
    ward.run(ReportTest{true, "defib"});
    CHECK(ward.run(a_scan(other_seal)).message == "seal_mismatch");
    CHECK(ward.run(a_control(ControlCode::seal_mistake)).message == "seal_break_noted");
    CHECK(ward.check().kind == CheckKind::full);
    CHECK(ward.check().progress.devices.at("defib"));
    CHECK(ward.run(a_gs1_scan(blade)).kind != ReplyKind::reject);
}

TEST_CASE("another seal after an emergency turns a handover into the record of it") {
    Ward ward = a_sealed_ward();
    ward.run(a_control(ControlCode::handover));
    SECTION("read before the badge") {
        ward.scan_cart("OR-1");
        CHECK(ward.run(a_scan(other_seal)).message == "seal_mismatch");
        CHECK(ward.run(a_control(ControlCode::seal_emergency)).message == "seal_said_used");
        CHECK(ward.badge("N2").message == "use_opened");
    }
    SECTION("read in it") {
        ward.open("OR-1", "N2");
        CHECK(ward.run(a_scan(other_seal)).message == "seal_mismatch");
        CHECK(ward.run(a_control(ControlCode::seal_emergency)).message == "use_opened");
    }
    CHECK(ward.check().kind == CheckKind::after_use);
    CHECK(ward.node().seals.at(first_seal).how == SealBreak::emergency);
    CHECK(ward.cart("OR-1").use);
}

TEST_CASE("who wants to record an emergency is not given a check of the seal") {
    Ward ward = a_sealed_ward();
    SECTION("the seal on record is read first") {
        ward.scan_cart("OR-1");
        CHECK(ward.run(a_scan(first_seal)).message == "seal_matches");
        CHECK(ward.run(a_control(ControlCode::used)).message == "use_chosen");
    }
    SECTION("the seal is read after the word") {
        const std::string seal = GENERATE(as<std::string>{}, first_seal, other_seal);
        ward.run(a_control(ControlCode::used));
        ward.scan_cart("OR-1");
        CHECK(ward.run(a_scan(seal)).message == "use_seal_later");
    }
    CHECK(ward.badge("N1").message == "use_opened");
    CHECK(ward.check().kind == CheckKind::after_use);
    CHECK_FALSE(ward.cart("OR-1").seal->intact);
    CHECK(ward.node().seals.at(first_seal).how == SealBreak::emergency);
}

TEST_CASE("after something was counted a check stays a full one") {
    Ward ward = a_sealed_ward();
    ward.open();
    ward.run(a_gs1_scan(blade));
    CHECK(ward.run(a_control(ControlCode::handover)).message == "handover_too_late");
    CHECK(ward.run(a_control(ControlCode::full_check)).message == "full_goes_on");
    ward.record(CheckTurned{ward.session.check, CheckKind::handover, "N1"});
    CHECK(ward.check().kind == CheckKind::full);
}

TEST_CASE("a check in which nothing was scanned yet turns to a handover and back") {
    Ward ward = a_sealed_ward();
    ward.open();
    CHECK(ward.run(a_control(ControlCode::handover)).message == "handover_turned");
    CHECK(ward.run(a_control(ControlCode::handover)).message == "handover_goes_on");
    CHECK(ward.run(a_control(ControlCode::full_check)).message == "full_turned");
    CHECK_FALSE(ward.cart("OR-1").seal->intact);
}

} // namespace cartwatch::sealed_test
