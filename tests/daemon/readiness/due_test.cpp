#include "daemon/readiness/due.hpp"
#include "daemon/readiness/evaluate.hpp"
#include "tests/support/builders.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::due_test {

using namespace readiness;
using namespace support;

namespace {

Cart checked_on(std::string_view full) {
    Cart cart = a_cart("OR-1");
    cart.last_full_check = day(full);
    cart.seal = Seal{"S1"};
    return cart;
}

} // namespace

TEST_CASE("a check is announced a day before, due, late when its day is over, then missed") {
    struct Example {
        const char* today;
        DueState state;
    };

    // Due on the 22nd, asked for each seven days.
    const auto example = GENERATE(values<Example>({
        {"1990-01-01", DueState::later},
        {"2026-11-20", DueState::later},
        {"2026-11-21", DueState::tomorrow},
        {"2026-11-22", DueState::today},
        {"2026-11-23", DueState::late},
        {"2026-11-29", DueState::late},
        {"2026-11-30", DueState::missed},
        {"9999-12-31", DueState::missed},
    }));
    DYNAMIC_SECTION(example.today) {
        CHECK(due_state(day("2026-11-22"), 7, day(example.today)) == example.state);
        const auto due = due_checks(checked_on("2026-11-15"), Policy{}, day(example.today));
        CHECK(due == std::vector{DueCheck{CheckKind::full, day("2026-11-22"), example.state}});
    }
}

TEST_CASE("each shortest interval and leap day has its own day before") {
    CHECK(due_state(day("2028-03-01"), 1, day("2028-02-29")) == DueState::tomorrow);
    CHECK(due_state(day("2028-03-01"), 1, day("2028-02-28")) == DueState::later);
    CHECK(due_state(day("2028-02-29"), 1, day("2028-03-01")) == DueState::late);
    CHECK(due_state(day("2028-02-29"), 1, day("2028-03-02")) == DueState::missed);
}

SCENARIO("checks of the seal and handovers are asked for where the policy says so") {
    Cart cart = checked_on("2026-11-15");
    Policy policy;
    policy.sealed_interval_days = 1;
    policy.handover_interval_days = 2;
    const Day today = day("2026-11-16");
    const auto kinds = [&] {
        std::string text;
        for (const DueCheck& due : due_checks(cart, policy, today)) {
            text += std::string(to_text(due.kind)) + " " + cartwatch::to_text(due.on) + " "
                    + std::string(to_text(due.state)) + "; ";
        }
        return text;
    };

    THEN("the first due stands first") {
        CHECK(
            kinds()
            == "sealed 2026-11-16 today; handover 2026-11-17 tomorrow; full 2026-11-22 later; ");
    }
    WHEN("they were made") {
        cart.last_sealed_check = today;
        cart.last_handover = day("2026-11-14"); // before the full one, which starts them anew
        THEN("they are due so many days later") {
            CHECK(
                kinds()
                == "sealed 2026-11-17 tomorrow; handover 2026-11-17 tomorrow; "
                   "full 2026-11-22 later; ");
        }
    }
    WHEN("the seal is broken, or there is none") {
        cart.seal = GENERATE(std::optional<Seal>(Seal{"S1", false}), std::optional<Seal>());
        THEN("nobody is asked to look at it") {
            CHECK(kinds() == "handover 2026-11-17 tomorrow; full 2026-11-22 later; ");
        }
    }
    WHEN("the cart was never checked in full") {
        cart.last_full_check.reset();
        THEN("only that is missing, and it has no day") {
            CHECK(kinds().empty());
        }
    }
    WHEN("the policy does not ask") {
        policy = Policy{};
        THEN("only the full check is due") {
            CHECK(kinds() == "full 2026-11-22 later; ");
        }
    }
}

TEST_CASE("what is called late is a finding on the same day, and never before") {
    Cart cart = checked_on("2026-11-15");
    Policy policy;
    policy.check_interval_days = GENERATE(1, 7, 366);
    policy.sealed_interval_days = GENERATE(0, 1, 3, 366);
    policy.handover_interval_days = GENERATE(0, 1, 2);
    for (int after = 0; after <= 368; ++after) {
        const Day today = day("2026-11-15") + std::chrono::days{after};
        int late = 0;
        for (const DueCheck& due : due_checks(cart, policy, today)) {
            late += due.state == DueState::late || due.state == DueState::missed ? 1 : 0;
        }
        int found = 0;
        for (const Finding& finding : evaluate(cart, policy, {}, today).findings) {
            found += finding.kind == FindingKind::check_overdue
                             || finding.kind == FindingKind::sealed_overdue
                             || finding.kind == FindingKind::handover_overdue
                         ? 1
                         : 0;
        }
        REQUIRE(found == late);
    }
}

} // namespace cartwatch::due_test
