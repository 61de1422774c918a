// Checks that the policy asks for in every shift: due in this one, late when a whole one went by
// without it, missed when two did.
#include "daemon/readiness/due.hpp"
#include "daemon/readiness/evaluate.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::shift_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

// Shifts of eight hours, from midnight of the 22nd on.
const Instant midnight = instant("2026-11-22T00:00:00.000Z");

Shifts shifts_at(Instant at) {
    Instant began = midnight - hours{240};
    while (began + hours{8} <= at) {
        began += hours{8};
    }
    return {at, began - hours{16}, began - hours{8}, began, began + hours{8}, began + hours{16}};
}

AsOf as_of(Instant at) {
    return {std::chrono::floor<std::chrono::days>(at), shifts_at(at)};
}

Policy by_shift() {
    Policy policy;
    policy.shift_hours = {0, 8, 16};
    policy.sealed_each_shift = true;
    policy.handover_each_shift = true;
    return policy;
}

Cart checked_at(Instant full) {
    Cart cart = a_cart("OR-1");
    cart.last_full_check = std::chrono::floor<std::chrono::days>(full);
    cart.last_full_at = full;
    cart.seal = Seal{"S1"};
    return cart;
}

std::string
state_of(const Cart& cart, CheckKind kind, Instant at, const Policy& policy = by_shift()) {
    for (const DueCheck& due : due_checks(cart, policy, as_of(at))) {
        if (due.kind == kind) {
            return std::string(to_text(due.state)) + (due.by_shift ? " by shift" : "");
        }
    }
    return "not asked";
}

bool found(const Cart& cart, FindingKind kind, Instant at, const Policy& policy = by_shift()) {
    const auto findings = evaluate(cart, policy, {}, as_of(at)).findings;
    return std::ranges::any_of(findings, [&](const Finding& one) { return one.kind == kind; });
}

// As the daemon tells it, whenever it is asked.
void live_at(Ward& ward, Instant at) {
    ward.let_pass(at - ward.context.now - std::chrono::seconds(1)); // a command takes one
    ward.context.today = std::chrono::floor<std::chrono::days>(at);
    ward.context.working_day = ward.context.today;
    ward.context.shifts = shifts_at(at);
}

} // namespace

TEST_CASE("a check of each shift is due in the next one, late after it, missed after another") {
    struct Example {
        const char* what;
        Instant at;
        const char* state;
        bool late;
    };

    // Handed over at nine in the morning, in the shift from eight to sixteen.
    const Instant made = midnight + hours{9};
    const milliseconds moment{1};
    const std::vector<Example> examples = {
        {"at once", made, "later by shift", false},
        {"at the end of its shift", midnight + hours{16} - moment, "later by shift", false},
        {"as the next begins", midnight + hours{16}, "today by shift", false},
        {"at the end of the next", midnight + hours{24} - moment, "today by shift", false},
        {"as that is over", midnight + hours{24}, "late by shift", true},
        {"a moment before another is over", midnight + hours{32} - moment, "late by shift", true},
        {"as another is over", midnight + hours{32}, "missed by shift", true},
        {"on the day after tomorrow", midnight + hours{49}, "late", true},
        {"years later", midnight + hours{24} * 4'000, "missed", true},
    };
    for (const Example& example : examples) {
        DYNAMIC_SECTION(example.what) {
            Cart cart = checked_at(midnight - hours{30});
            cart.last_handover = day("2026-11-22");
            cart.last_handover_at = made;
            CHECK(state_of(cart, CheckKind::handover, example.at) == example.state);
            CHECK(found(cart, FindingKind::handover_overdue, example.at) == example.late);

            cart.last_sealed_check = cart.last_handover;
            cart.last_sealed_at = made;
            CHECK(state_of(cart, CheckKind::sealed, example.at) == example.state);
            CHECK(found(cart, FindingKind::sealed_overdue, example.at) == example.late);
        }
    }
}

TEST_CASE("the first moment of a shift belongs to it") {
    Cart cart = checked_at(midnight - hours{30});
    cart.last_handover = day("2026-11-22");
    const auto [made, late_at] = GENERATE(table<Instant, Instant>({
        {midnight + hours{8} - milliseconds{1}, midnight + hours{16}},
        {midnight + hours{8}, midnight + hours{24}},
    }));
    cart.last_handover_at = made;
    CHECK(state_of(cart, CheckKind::handover, made) == "later by shift");
    CHECK_FALSE(found(cart, FindingKind::handover_overdue, late_at - milliseconds{1}));
    CHECK(found(cart, FindingKind::handover_overdue, late_at));
}

TEST_CASE("what is dated after now was not made in this shift") {
    struct Example {
        const char* what;
        Instant at; // of a clock that was set back after it had said nine o'clock
        const char* state;
        bool late;
    };

    const Instant made = midnight + hours{9};
    const minutes differ{5}; // the clocks of two machines
    const milliseconds moment{1};
    const std::vector<Example> examples = {
        {"by as much as two clocks differ", made - differ, "later by shift", false},
        {"by more than that", made - differ - moment, "late by shift", true},
        {"in the same shift", midnight + hours{8}, "late by shift", true},
        {"into the shift before", midnight + hours{7}, "late by shift", true},
        {"by most of a day", midnight, "late by shift", true},
    };
    for (const Example& example : examples) {
        DYNAMIC_SECTION("clock set back " << example.what) {
            Cart cart = checked_at(midnight - hours{40});
            cart.last_handover = day("2026-11-22");
            cart.last_handover_at = made;
            cart.last_sealed_check = cart.last_handover;
            cart.last_sealed_at = made;
            for (const auto& [kind, finding] :
                 {std::pair(CheckKind::handover, FindingKind::handover_overdue),
                  std::pair(CheckKind::sealed, FindingKind::sealed_overdue)}) {
                CHECK(state_of(cart, kind, example.at) == example.state);
                CHECK(found(cart, finding, example.at) == example.late);
            }
        }
    }
}

TEST_CASE("a full check dated after now does not hide the handover before it, nor replace it") {
    Cart cart = checked_at(midnight + hours{20});
    cart.last_handover = day("2026-11-22");
    cart.last_handover_at = midnight + hours{9};
    CHECK(state_of(cart, CheckKind::handover, midnight + hours{10}) == "later by shift");
    CHECK(state_of(cart, CheckKind::handover, midnight + hours{17}) == "today by shift");
    CHECK(state_of(cart, CheckKind::sealed, midnight + hours{17}) == "late by shift");
    CHECK(state_of(cart, CheckKind::sealed, midnight + hours{20}) == "later by shift");
}

TEST_CASE("a full check begins every shift's duties anew") {
    Cart cart = checked_at(midnight + hours{17});
    cart.last_handover = day("2026-11-20");
    cart.last_handover_at = midnight - hours{40};
    CHECK(state_of(cart, CheckKind::handover, midnight + hours{18}) == "later by shift");
    CHECK(state_of(cart, CheckKind::handover, midnight + hours{25}) == "today by shift");
}

TEST_CASE("nothing is asked for by shift") {
    Cart cart = checked_at(midnight + hours{1});
    Policy policy = by_shift();
    const Instant later = midnight + hours{23};
    SECTION("of a seal that is broken or not there") {
        cart.seal = GENERATE(std::optional<Seal>(Seal{"S1", false}), std::optional<Seal>());
        CHECK(state_of(cart, CheckKind::sealed, later) == "not asked");
        CHECK_FALSE(found(cart, FindingKind::sealed_overdue, later));
    }
    SECTION("of a cart that was never checked in full") {
        cart.last_full_check.reset();
        cart.last_full_at.reset();
        CHECK(state_of(cart, CheckKind::handover, later) == "not asked");
        CHECK_FALSE(found(cart, FindingKind::handover_overdue, later));
    }
    SECTION("where the policy does not") {
        policy = Policy{};
        CHECK(state_of(cart, CheckKind::handover, later, policy) == "not asked");
        policy.shift_hours = {0, 8, 16};
        CHECK(state_of(cart, CheckKind::handover, later, policy) == "not asked");
    }
    SECTION("where it names no hours: then its days count, as they stand") {
        policy.shift_hours.clear();
        policy.sealed_interval_days = 7;
        CHECK(interval_of(policy, CheckKind::sealed) == 7);
        CHECK(interval_of(policy, CheckKind::handover) == 0);
        CHECK(state_of(cart, CheckKind::handover, later, policy) == "not asked");
    }
    SECTION("of the full check") {
        CHECK(state_of(cart, CheckKind::full, later) == "later");
    }
}

TEST_CASE("where no shift is known, what each shift owes is owed each day") {
    const Cart cart = checked_at(midnight + hours{1});
    for (int after = 0; after <= 3; ++after) {
        const Day today = day("2026-11-22") + std::chrono::days{after};
        const auto findings = evaluate(cart, by_shift(), {}, today).findings;
        const bool late = std::ranges::any_of(
            findings, [](const Finding& one) { return one.kind == FindingKind::handover_overdue; });
        CHECK(late == (after > 1));
    }
}

SCENARIO("a ward that hands over in every shift") {
    Ward ward = a_sealed_ward(); // at two in the morning
    set_policy(ward, by_shift());
    const auto readiness = [&] {
        return evaluate(
                   ward.cart("OR-1"), by_shift(), {}, AsOf(ward.context.today, ward.context.shifts))
            .readiness;
    };
    live_at(ward, midnight + hours{15});
    REQUIRE(readiness() == Readiness::ready);

    GIVEN("a shift in which nobody looked at the seal or handed over") {
        live_at(ward, midnight + hours{25});
        CHECK(readiness() == Readiness::overdue);
        WHEN("the seal is looked at first, by three scans") {
            ward.scan_cart("OR-1");
            CHECK(ward.run(a_scan(first_seal)).message == "seal_matches");
            CHECK(ward.badge("N2").message == "sealed_closed");
            THEN("only the handover is owed, and what was bound to the seal still is") {
                CHECK(readiness() == Readiness::overdue);
                CHECK_FALSE(
                    found(ward.cart("OR-1"), FindingKind::sealed_overdue, ward.context.now));
                CHECK(ward.cart("OR-1").seal->ready_until == day("2026-11-29"));
            }
        }
        WHEN("the handover is made up for") {
            ward.run(a_control(ControlCode::handover));
            ward.badge("N2");
            ward.scan_cart("OR-1");
            ward.run(a_scan(first_seal));
            ward.run(ReportTest{true, "defib"});
            ward.run(ReportTest{true, "suction"});
            REQUIRE(ward.badge("N2").message == "handover_closed");
            THEN("the seal is still to be looked at, by three scans") {
                CHECK(readiness() == Readiness::overdue);
                ward.scan_cart("OR-1");
                CHECK(ward.run(a_scan(first_seal)).message == "seal_matches");
                CHECK(ward.badge("N2").message == "sealed_closed");
                CHECK(ward.first<CheckClosed>().readiness == Readiness::ready);
                CHECK(readiness() == Readiness::ready);
                CHECK(ward.cart("OR-1").last_sealed_at == ward.context.now);
            }
        }
    }
    GIVEN("a clock that was set back") {
        ward.run(JudgeDay{});
        live_at(ward, midnight + hours{49});
        ward.run(JudgeDay{});
        ward.context.today = day("2026-11-22");
        ward.context.shifts = shifts_at(midnight + hours{15});
        THEN("the shift that it tells proves nothing") {
            const AsOf known =
                latest_day(ward.node(), AsOf(ward.context.today, ward.context.shifts));
            CHECK(known.day == day("2026-11-24"));
            CHECK_FALSE(known.shifts);
            CHECK(
                evaluate(ward.cart("OR-1"), by_shift(), {}, known).readiness == Readiness::overdue);
        }
    }
}

TEST_CASE("what was dated on a day that never was is forgotten with its hour") {
    Ward ward = a_sealed_ward();
    set_policy(ward, by_shift());
    live_at(ward, instant("2027-11-22T09:00:00.000Z")); // a year too far
    ward.run(a_control(ControlCode::handover));
    ward.badge("H1");
    ward.scan_cart("OR-1");
    ward.run(a_scan(first_seal));
    ward.run(ReportTest{true, "defib"});
    ward.run(ReportTest{true, "suction"});
    REQUIRE(ward.badge("H1").message == "handover_closed");
    REQUIRE(ward.cart("OR-1").last_handover_at);

    ward.record(DayCorrected{day("2026-11-22"), "H1"});

    CHECK_FALSE(ward.cart("OR-1").last_handover);
    CHECK_FALSE(ward.cart("OR-1").last_handover_at);
    CHECK(ward.cart("OR-1").last_full_at);
}

TEST_CASE("what the list says of a cart changes nothing of when it was checked") {
    Ward ward = a_sealed_ward();
    const Cart before = ward.cart("OR-1");
    REQUIRE(before.last_full_at);
    Cart redefined = before;
    redefined.last_full_at = midnight; // nobody's to say
    redefined.name.zh += "2";
    REQUIRE(ward.define({CartDefined{redefined}}).message == "defined");
    CHECK(ward.cart("OR-1").last_full_at == before.last_full_at);
    CHECK(ward.cart("OR-1").last_sealed_at == before.last_sealed_at);
    CHECK(ward.cart("OR-1").last_handover_at == before.last_handover_at);
}

} // namespace cartwatch::shift_test
