#include "daemon/readiness/alert_clock.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::dispatch_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const AlertKey epi_alert{"OR-1", "epi"};

AlertNeed needs(int quantity, Severity severity = Severity::high) {
    AlertNeed need;
    need.line = "epi";
    need.product = "epi";
    need.quantity = quantity;
    need.severity = severity;
    need.kinds = {FindingKind::shortage};
    return need;
}

DispatchedUnits units(const char* lot, const char* last, int quantity) {
    return {lot, day(last), quantity, {}};
}

// The ward and the pharmacy in one state, as the pharmacy sees it; five of epi are asked for.
Ward a_pharmacy(Severity severity = Severity::high) {
    Ward both = a_ward();
    both.receive("pharmacy", StaffDefined{a_person("P2", Role::pharmacist, "BADGE-P2")});
    both.receive("pharmacy", StaffDefined{a_person("N9", Role::nurse, "BADGE-N9")});
    both.receive("ward-3f", AlertRaised{epi_alert, 1, needs(5, severity)});
    both.state.self = "pharmacy";
    return both;
}

const Alert& alert_of(const Ward& ward) {
    return ward.state.nodes.at("ward-3f").alerts.at(epi_alert);
}

DispatchAlert dispatch(std::vector<DispatchedUnits> sent, std::string reason = "") {
    return {"ward-3f", epi_alert, 1, "BADGE-P2", std::move(sent), std::move(reason)};
}

// A ward whose atropine (5, nothing on file) is asked for, with these units on their way.
Ward a_ward_with(const std::string& line, std::vector<DispatchedUnits> sent) {
    Ward ward = a_ward();
    AlertNeed need = needs(5);
    need.line = line;
    need.product = line;
    ward.record(AlertRaised{{"OR-1", line}, 1, need});
    ward.receive(
        "pharmacy", AlertDispatched{"ward-3f", {"OR-1", line}, 1, "P1", std::move(sent), "", 0});
    ward.open();
    return ward;
}

} // namespace

SCENARIO("what leaves the pharmacy is said unit by unit, and shows on both sides") {
    Ward pharmacy = a_pharmacy();
    GIVEN("an accepted alert for five") {
        pharmacy.run(AcceptAlert{"ward-3f", epi_alert, 1, "BADGE-P2", {}});
        WHEN("five of two lots are sent") {
            const Reply reply = pharmacy.run(
                dispatch({units("B2", "2028-01-31", 3), units("B3", "2028-02-29", 2)}));
            THEN("the alert is dispatched, with who, when and what") {
                CHECK(reply.message == "alert_dispatched");
                CHECK(reply.kind == ReplyKind::accept);
                CHECK(alert_of(pharmacy).state == AlertState::dispatched);
                CHECK(alert_of(pharmacy).open());
                CHECK(alert_of(pharmacy).dispatched_by == "P2");
                CHECK(alert_of(pharmacy).dispatched_at == pharmacy.context.now);
                CHECK(alert_of(pharmacy).unsent() == 0);
                CHECK(to_text(alert_of(pharmacy).state) == "dispatched");
            }
            THEN("nobody sends it again or accepts it") {
                CHECK(
                    pharmacy.run(dispatch({units("B2", "2028-01-31", 5)})).message
                    == "alert_dispatched_already");
                CHECK(
                    pharmacy.run(AcceptAlert{"ward-3f", epi_alert, 1, "BADGE-P2", {}}).message
                    == "alert_dispatched_already");
                CHECK(alert_of(pharmacy).dispatched.size() == 2);
            }
            THEN("handing it back says that they never left") {
                pharmacy.run(HandBackAlert{"ward-3f", epi_alert, 1, "BADGE-P2"});
                CHECK(alert_of(pharmacy).state == AlertState::raised);
                CHECK(alert_of(pharmacy).dispatched.empty());
                CHECK(!alert_of(pharmacy).dispatched_at);
            }
            THEN("a worse need opens it again, and asks for the rest only") {
                pharmacy.receive("ward-3f", AlertChanged{epi_alert, 1, needs(7)});
                CHECK(alert_of(pharmacy).state == AlertState::raised);
                CHECK(alert_of(pharmacy).dispatched.size() == 2);
                CHECK(alert_of(pharmacy).unsent() == 2);
                CHECK(
                    pharmacy.run(dispatch({units("B2", "2028-01-31", 2)})).message
                    == "alert_dispatched");
                CHECK(alert_of(pharmacy).state == AlertState::dispatched);
            }
        }
    }
}

SCENARIO("what leaves for an alert that nobody has, or that is over") {
    Ward pharmacy = a_pharmacy();
    GIVEN("an alert that nobody accepted") {
        WHEN("it is sent") {
            pharmacy.run(dispatch({units("B2", "2028-01-31", 5)}));
            THEN("whoever sent it has it") {
                CHECK(alert_of(pharmacy).state == AlertState::dispatched);
                CHECK(alert_of(pharmacy).accepted_by == "P2");
            }
        }
    }
    GIVEN("an alert that the ward closed meanwhile") {
        pharmacy.receive("ward-3f", AlertClosed{epi_alert, 1, true});
        WHEN("it is sent") {
            const Reply reply = pharmacy.run(dispatch({units("B2", "2028-01-31", 5)}));
            THEN("nothing is recorded, and the person is told") {
                CHECK(reply.message == "alert_gone");
                CHECK(pharmacy.last.events.empty());
            }
        }
        WHEN("the dispatch crossed the closing on the way") {
            pharmacy.receive(
                "pharmacy",
                AlertDispatched{
                    "ward-3f", epi_alert, 1, "P2", {units("B2", "2028-01-31", 5)}, "", 1});
            THEN("it changes nothing") {
                CHECK(alert_of(pharmacy).state == AlertState::resolved);
                CHECK(alert_of(pharmacy).dispatched.empty());
            }
        }
    }
}

TEST_CASE("fewer than asked need a reason") {
    struct Example {
        int quantity;
        const char* reason;
        const char* message;
        ReplyKind kind;
    };

    const auto [quantity, reason, message, kind] = GENERATE(values<Example>({
        {4, "", "dispatch_needs_reason", ReplyKind::reject},
        {4, "two more at noon", "alert_dispatched", ReplyKind::attention},
        {5, "", "alert_dispatched", ReplyKind::accept},
        {6, "", "alert_dispatched", ReplyKind::accept},
        {9'999, "", "alert_dispatched", ReplyKind::accept},
        {10'000, "", "dispatch_refused", ReplyKind::reject},
        {0, "none left", "dispatch_refused", ReplyKind::reject},
        {-3, "none left", "dispatch_refused", ReplyKind::reject},
    }));
    DYNAMIC_SECTION(quantity << " with reason \"" << reason << "\"") {
        Ward pharmacy = a_pharmacy();
        const Reply reply = pharmacy.run(dispatch({units("B2", "2028-01-31", quantity)}, reason));
        CHECK(reply.message == message);
        CHECK(reply.kind == kind);
        CHECK((alert_of(pharmacy).state == AlertState::dispatched) == (kind != ReplyKind::reject));
        CHECK(
            alert_of(pharmacy).short_reason
            == (quantity < 5 && kind != ReplyKind::reject ? reason : ""));
    }
}

TEST_CASE("the rest of a short delivery may follow") {
    Ward pharmacy = a_pharmacy();
    pharmacy.run(dispatch({units("B2", "2028-01-31", 4)}, "one more at noon"));
    CHECK(alert_of(pharmacy).unsent() == 1);
    CHECK(pharmacy.run(dispatch({units("B3", "2028-01-31", 1)})).message == "alert_dispatched");
    CHECK(alert_of(pharmacy).unsent() == 0);
    CHECK(alert_of(pharmacy).short_reason.empty());
}

TEST_CASE("what a ward could not use is not sent") {
    Ward pharmacy = a_pharmacy();
    pharmacy.receive("pharmacy", RecallIssued{{"epi", "R9"}, "glass"});
    DispatchedUnits dateless = units("B2", "2028-01-31", 5);
    dateless.last_usable_day.reset();
    DispatchedUnits serials = units("B2", "2028-01-31", 5);
    serials.serials = {"1", "2", "3", "4", "5", "6"};

    const auto said = [&](std::vector<DispatchedUnits> sent) {
        const Reply reply = pharmacy.run(dispatch(std::move(sent)));
        CHECK((reply.message == "alert_dispatched") == !pharmacy.last.events.empty());
        return reply.message;
    };
    CHECK(said({}) == "dispatch_needs_units");
    CHECK(said({dateless}) == "dispatch_needs_expiry");
    CHECK(said({units("B2", "2026-11-21", 5)}) == "dispatch_expired");
    CHECK(said({units("R9", "2028-01-31", 5)}) == "dispatch_recalled");
    CHECK(
        said({units("B2", "2028-01-31", 3), units("B2", "2028-02-29", 2)}) == "dispatch_lot_twice");
    CHECK(said({serials}) == "dispatch_refused");
    CHECK(said({units(std::string(65, 'x').c_str(), "2028-01-31", 5)}) == "dispatch_refused");
    CHECK(said({units("B2", "2026-11-22", 5)}) == "alert_dispatched"); // its last day
}

TEST_CASE("who may not send or silence is told so") {
    Ward pharmacy = a_pharmacy();
    DispatchAlert sent = dispatch({units("B2", "2028-01-31", 5)});
    sent.badge = "BADGE-N9";
    CHECK(pharmacy.run(sent).message == "not_allowed");
    sent.badge = "nobody";
    CHECK(pharmacy.run(sent).message == "unknown_badge");
    sent.badge = "BADGE-P2";
    sent.episode = 2;
    CHECK(pharmacy.run(sent).message == "alert_gone");
    pharmacy.state.self = "ward-3f";
    CHECK(pharmacy.run(dispatch({units("B2", "2028-01-31", 5)})).message == "only_at_pharmacy");
    CHECK(alert_of(pharmacy).state == AlertState::raised);
}

TEST_CASE("both ends agree on a dispatch that crossed a worse need on the way") {
    Ward pharmacy = a_pharmacy();
    pharmacy.run(dispatch({units("B2", "2028-01-31", 5)}));
    const Event sent = pharmacy.last.events.front();
    const Event worse = AlertChanged{epi_alert, 1, needs(9, Severity::critical)};
    pharmacy.receive("ward-3f", worse);

    Ward ward = a_pharmacy();
    ward.receive("ward-3f", worse);
    ward.receive("pharmacy", sent);

    for (const Ward* seen : {&pharmacy, &ward}) {
        CHECK(alert_of(*seen).state == AlertState::raised);
        CHECK(alert_of(*seen).dispatched.size() == 1);
        CHECK(alert_of(*seen).unsent() == 4);
    }
}

SCENARIO("the ward's scan knows what the pharmacy sent") {
    GIVEN("a line with nothing on file and one lot on its way") {
        Ward ward = a_ward_with("atropine", {units("B2", "2028-01-31", 5)});
        WHEN("its code bears lot but no date") {
            const Reply reply = ward.run(a_gs1_scan(atropine).lot("B2"));
            THEN("it is counted with the date that was said, and asks nothing") {
                CHECK(reply.message == "ok");
                CHECK(ward.counted("atropine").at(0).last_usable_day == day("2028-01-31"));
                CHECK(ward.counted("atropine").at(0).quantity == 5);
            }
        }
        WHEN("its code bears neither") {
            const Reply reply = ward.run(a_gs1_scan(atropine));
            THEN("it is of the lot on its way") {
                CHECK(reply.message == "ok");
                CHECK(ward.counted("atropine").at(0).lot == "B2");
            }
        }
        WHEN("the pack bears another date than was said") {
            const Reply reply = ward.run(a_gs1_scan(atropine).lot("B2").expiry("2027-10-31"));
            THEN("the pack is believed, and the person is told") {
                CHECK(reply.verdict == Verdict::new_lot);
                CHECK(ward.counted("atropine").at(0).last_usable_day == day("2027-10-31"));
            }
        }
        WHEN("only a number is typed") {
            ward.run(SelectLine{"atropine", ""});
            ward.run(EnterQuantity{4, ""});
            THEN("they are of that lot") {
                CHECK(ward.counted("atropine").at(0).lot == "B2");
                CHECK(ward.counted("atropine").at(0).quantity == 4);
            }
        }
    }
    GIVEN("a line with a lot on file and another on its way") {
        Ward ward = a_ward_with("epi", {units("B2", "2028-01-31", 5)});
        THEN("the lot that was announced is no surprise; another one is") {
            CHECK(ward.run(a_gs1_scan(epi).lot("B2").expiry("2028-01-31")).message == "ok");
            CHECK(ward.run(a_gs1_scan(epi).lot("C3").expiry("2028-01-31")).message == "new_lot");
        }
        THEN("one pack scanned twice does not become what was sent") {
            ward.run(a_gs1_scan(epi));
            CHECK(ward.run(a_gs1_scan(epi)).verdict == Verdict::duplicate);
            CHECK(ward.counted("epi").size() == 1);
        }
    }
}

SCENARIO("the ward's scan asks where two lots were sent, and knows serial numbers") {
    GIVEN("two lots on their way") {
        Ward ward =
            a_ward_with("atropine", {units("B2", "2028-01-31", 3), units("B3", "2028-02-29", 2)});
        WHEN("a code names none") {
            const Reply reply = ward.run(a_gs1_scan(atropine));
            THEN("the person is asked which") {
                CHECK(reply.message == "which_lot");
                CHECK(reply.values.at("lots") == "1) B2, 2) B3");
                CHECK(ward.counted("atropine").empty());
            }
            THEN("pointing at one counts the pack") {
                CHECK(ward.run(SelectLine{"atropine", "B3"}).message == "ok");
                CHECK(ward.counted("atropine").at(0).lot == "B3");
                CHECK(ward.counted("atropine").at(0).evidence == Evidence::scanned);
            }
            THEN("pointing at one that nobody knows counts nothing") {
                ward.run(SelectLine{"atropine", "X"});
                CHECK(ward.counted("atropine").empty());
            }
        }
    }
    GIVEN("packs with serial numbers on their way") {
        DispatchedUnits first = units("B2", "2028-01-31", 1);
        first.serials = {"S1"};
        Ward ward = a_ward_with("ketamine", {first, units("B3", "2028-02-29", 2)});
        WHEN("one is scanned that names its serial alone") {
            ward.run(a_gs1_scan(ketamine).serial("S1"));
            THEN("it is of its lot") {
                CHECK(ward.counted("ketamine").at(0).lot == "B2");
            }
        }
    }
    GIVEN("an alert that was closed") {
        Ward ward = a_ward_with("atropine", {units("B2", "2028-01-31", 5)});
        ward.record(AlertClosed{{"OR-1", "atropine"}, 1, false});
        THEN("nothing is known of what was sent for it") {
            CHECK(ward.run(a_gs1_scan(atropine)).verdict == Verdict::needs_expiry);
        }
    }
}

// --- clocks -------------------------------------------------------------------------------------

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
