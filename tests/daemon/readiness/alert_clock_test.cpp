#include "daemon/readiness/alert_clock.hpp"
#include "daemon/readiness/limits.hpp"
#include "tests/daemon/readiness/dispatch_kit.hpp"

namespace cartwatch::dispatch_test {

TEST_CASE("each clock runs out at its time") {
    struct Example {
        Severity severity;
        AlertState state;
        Escalation rule;
        std::chrono::seconds after; // nothing a second before
    };

    using std::chrono::hours;
    using std::chrono::minutes;
    const auto [severity, state, rule, after] = GENERATE(values<Example>({
        {Severity::critical, AlertState::raised, Escalation::not_accepted, minutes(15)},
        {Severity::critical, AlertState::raised, Escalation::not_resolved, hours(2)},
        {Severity::critical, AlertState::accepted, Escalation::not_resolved, hours(2)},
        {Severity::critical, AlertState::dispatched, Escalation::not_resolved, hours(2)},
        {Severity::high, AlertState::raised, Escalation::not_restocked, hours(24)},
        {Severity::normal, AlertState::dispatched, Escalation::not_restocked, hours(24)},
    }));
    DYNAMIC_SECTION(to_text(severity) << " " << to_text(state) << " " << to_text(rule)) {
        Ward pharmacy = a_pharmacy(severity);
        const Instant raised = alert_of(pharmacy).raised_at;
        if (state != AlertState::raised) {
            pharmacy.run(AcceptAlert{"ward-3f", epi_alert, 1, "BADGE-P2", {}});
        }
        if (state == AlertState::dispatched) {
            pharmacy.run(dispatch({units("B2", "2028-01-31", 5)}));
        }
        const auto escalated_at = [&, kind = rule](std::chrono::seconds when) {
            pharmacy.context.now = raised + when - std::chrono::seconds(1); // run() adds one
            pharmacy.run(JudgeClock{});
            const auto& said = alert_of(pharmacy).escalated;
            return std::any_of(
                said.begin(), said.end(), [&](const Escalated& one) { return one.rule == kind; });
        };
        CHECK_FALSE(escalated_at(after - std::chrono::seconds(1)));
        CHECK(runs_out(alert_of(pharmacy), rule, Policy{}) == raised + after);
        CHECK(escalated_at(after));
        CHECK(escalated_at(after + hours(1'000)));
        pharmacy.run(JudgeClock{});
        CHECK(pharmacy.last.events.empty()); // each rule once
        CHECK_FALSE(next_run_out(pharmacy.state, pharmacy.context.now));
    }
}

TEST_CASE("a clock that does not run never runs out") {
    Ward pharmacy = a_pharmacy(Severity::high);
    CHECK_FALSE(runs_out(alert_of(pharmacy), Escalation::not_accepted, Policy{}));
    CHECK_FALSE(runs_out(alert_of(pharmacy), Escalation::not_resolved, Policy{}));
    pharmacy.receive("ward-3f", AlertChanged{epi_alert, 1, needs(0, Severity::normal)});
    CHECK_FALSE(runs_out(alert_of(pharmacy), Escalation::not_restocked, Policy{}));
    pharmacy.receive("ward-3f", AlertClosed{epi_alert, 1, true});
    CHECK_FALSE(next_run_out(pharmacy.state, pharmacy.context.now));
}

TEST_CASE("what became critical is critical since then, and worse starts the wait anew") {
    Ward pharmacy = a_pharmacy(Severity::high);
    const Instant raised = alert_of(pharmacy).raised_at;
    pharmacy.context.now += std::chrono::hours(3);
    pharmacy.receive("ward-3f", AlertChanged{epi_alert, 1, needs(5, Severity::critical)});
    CHECK(alert_of(pharmacy).critical_at == pharmacy.context.now);
    pharmacy.context.now += std::chrono::minutes(14);
    pharmacy.receive("ward-3f", AlertChanged{epi_alert, 1, needs(6, Severity::critical)});
    CHECK(alert_of(pharmacy).worse_at == pharmacy.context.now);
    CHECK(
        runs_out(alert_of(pharmacy), Escalation::not_accepted, Policy{})
        == pharmacy.context.now + std::chrono::minutes(15));
    CHECK(
        runs_out(alert_of(pharmacy), Escalation::not_resolved, Policy{})
        == raised + std::chrono::hours(5));
    pharmacy.receive("ward-3f", AlertChanged{epi_alert, 1, needs(6, Severity::high)});
    CHECK_FALSE(alert_of(pharmacy).critical_at);
}

SCENARIO("a silenced alert is not escalated until the end") {
    Ward pharmacy = a_pharmacy(Severity::critical);
    const Instant raised = alert_of(pharmacy).raised_at;
    const auto silence = [&](std::chrono::seconds from_now, const char* reason = "stock-out") {
        return pharmacy
            .run(SilenceAlert{
                "ward-3f",
                epi_alert,
                1,
                "BADGE-P2",
                reason,
                pharmacy.context.now + std::chrono::seconds(1) + from_now})
            .message;
    };
    GIVEN("reasons and ends") {
        THEN("both are compulsory, and an end is in the future and not too far") {
            CHECK(silence(std::chrono::hours(1), "") == "silence_needs_reason");
            CHECK(silence(std::chrono::seconds(0)) == "silence_needs_end");
            CHECK(silence(-std::chrono::hours(1)) == "silence_needs_end");
            CHECK(silence(std::chrono::days(31) + std::chrono::seconds(1)) == "silence_needs_end");
            CHECK_FALSE(alert_of(pharmacy).silence);
            CHECK(silence(std::chrono::days(31)) == "alert_silenced");
            CHECK(silence(std::chrono::seconds(1)) == "alert_silenced");
        }
    }
    GIVEN("one silenced for a day") {
        silence(std::chrono::hours(24));
        const Instant end = alert_of(pharmacy).silence->until;
        THEN("its clocks wait for the end") {
            CHECK(next_run_out(pharmacy.state, pharmacy.context.now) == end);
            pharmacy.context.now = end - std::chrono::seconds(2);
            pharmacy.run(JudgeClock{});
            CHECK(pharmacy.last.events.empty());
            pharmacy.run(JudgeClock{});
            CHECK(pharmacy.brought<AlertEscalated>() == 3);
        }
        THEN("becoming worse ends it") {
            pharmacy.receive("ward-3f", AlertChanged{epi_alert, 1, needs(9, Severity::critical)});
            CHECK_FALSE(alert_of(pharmacy).silence);
        }
        THEN("a ward that had not heard of it does not break it") {
            pharmacy.context.now = raised + std::chrono::hours(3);
            pharmacy.receive(
                "ward-3f", AlertEscalated{"ward-3f", epi_alert, 1, Escalation::not_resolved});
            CHECK(alert_of(pharmacy).escalated.empty());
        }
    }
}

SCENARIO("all alerts that run out at once are escalated, some at a time") {
    GIVEN("a pharmacy that was off while a thousand alerts ran out") {
        Ward pharmacy = a_pharmacy(Severity::high);
        for (int i = 1; i < 1'000; ++i) {
            const AlertKey key{"OR-1", "line-" + std::to_string(i)};
            pharmacy.receive("ward-3f", AlertRaised{key, 1, needs(5)});
        }
        pharmacy.context.now += std::chrono::hours(30);

        WHEN("the clock is judged for as long as something has run out") {
            std::size_t said = 0;
            int times = 0;
            std::size_t most = 0;
            const auto is_due = [&] {
                const auto next = next_run_out(pharmacy.state, pharmacy.context.now);
                return next && *next <= pharmacy.context.now;
            };
            while (is_due() && times < 1'000) {
                pharmacy.run(JudgeClock{});
                const std::size_t brought = pharmacy.last.events.size();
                most = std::max(most, brought);
                said += brought;
                ++times;
            }
            THEN("each is said once, and never many at a time") {
                CHECK(said == 1'000);
                CHECK(most == escalations_max);
                CHECK(times == 4);
            }
        }
    }
}

SCENARIO("what a clock that was ahead told is not waited for") {
    GIVEN("a critical alert of five hours ahead, and clocks that are right again") {
        Ward pharmacy = a_pharmacy(Severity::critical);
        const Instant raised = alert_of(pharmacy).raised_at;
        pharmacy.context.now = raised - std::chrono::hours(5);
        THEN("it is escalated at once, and once") {
            CHECK(next_run_out(pharmacy.state, pharmacy.context.now) <= pharmacy.context.now);
            pharmacy.run(JudgeClock{});
            CHECK(pharmacy.brought<AlertEscalated>() == 3);
            pharmacy.run(JudgeClock{});
            CHECK(pharmacy.last.events.empty());
        }
        THEN("a ward that cannot hear the pharmacy does so too") {
            Ward ward = pharmacy;
            ward.state.self = "ward-3f";
            ward.run(JudgeClock{});
            CHECK(ward.brought<AlertEscalated>() == 3);
        }
    }
    GIVEN("one of a clock that differs as two clocks do") {
        Ward pharmacy = a_pharmacy(Severity::critical);
        const Instant raised = alert_of(pharmacy).raised_at;
        pharmacy.context.now = raised - std::chrono::minutes(4);
        pharmacy.run(JudgeClock{});
        THEN("nothing has run out") {
            CHECK(pharmacy.last.events.empty());
        }
    }
}

TEST_CASE("the ward escalates by itself where the pharmacy is out of reach, a minute later") {
    Ward pharmacy = a_pharmacy(Severity::critical);
    Ward ward = pharmacy;
    ward.state.self = "ward-3f";
    CHECK(
        *next_run_out(ward.state, ward.context.now)
        == *next_run_out(pharmacy.state, pharmacy.context.now) + std::chrono::minutes(1));
    ward.context.now = *next_run_out(ward.state, ward.context.now) - std::chrono::seconds(1);
    ward.run(JudgeClock{});
    CHECK(ward.brought<AlertEscalated>() == 1);
    ward.receive("pharmacy", AlertEscalated{"ward-3f", epi_alert, 1, Escalation::not_accepted});
    CHECK(alert_of(ward).escalated.size() == 1);

    ward.receive("ward-4f", AlertEscalated{"ward-3f", epi_alert, 1, Escalation::not_resolved});
    CHECK(alert_of(ward).escalated.size() == 1); // no other ward's to say

    ward.receive("pharmacy", AlertAccepted{"ward-3f", epi_alert, 1, "P2", {}, 0});
    CHECK(alert_of(ward).escalated.empty());
    ward.receive("ward-3f", AlertEscalated{"ward-3f", epi_alert, 1, Escalation::not_accepted});
    CHECK(alert_of(ward).escalated.empty()); // somebody has it
}

TEST_CASE("an alert asks again only when it became worse") {
    const auto [quantity, severity, state] = GENERATE(table<int, Severity, AlertState>({
        {4, Severity::high, AlertState::accepted},
        {5, Severity::high, AlertState::accepted}, // as many, for another reason
        {5, Severity::normal, AlertState::accepted},
        {6, Severity::high, AlertState::raised},
        {5, Severity::critical, AlertState::raised},
    }));
    Ward both = a_pharmacy();
    both.receive("pharmacy", AlertAccepted{"ward-3f", epi_alert, 1, "P2", {}, 0});
    AlertNeed now = needs(quantity, severity);
    now.kinds = {FindingKind::expired};
    both.receive("ward-3f", AlertChanged{epi_alert, 1, now});
    CHECK(alert_of(both).need == now);
    CHECK(alert_of(both).state == state);
}

TEST_CASE("what became worse since is not silenced") {
    Ward both = a_pharmacy();
    const std::int64_t seen = alert_of(both).worse_seq;
    both.receive("ward-3f", AlertChanged{epi_alert, 1, needs(6)});
    REQUIRE(alert_of(both).worse_seq > seen);
    const Silence silence{"P2", "none to be had", instant("2026-11-23T02:00:00.000Z")};
    both.receive("pharmacy", AlertSilenced{"ward-3f", epi_alert, 1, silence, seen});
    CHECK_FALSE(alert_of(both).silence.has_value());
    both.receive(
        "pharmacy", AlertSilenced{"ward-3f", epi_alert, 1, silence, alert_of(both).worse_seq});
    CHECK(alert_of(both).silence == silence);
}

} // namespace cartwatch::dispatch_test
