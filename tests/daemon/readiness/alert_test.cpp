#include "daemon/readiness/reconcile.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::alert_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const Day today = day("2026-11-22");

std::vector<AlertNeed> needs_on(const Cart& cart, Day on = today) {
    return needs_of(cart, evaluate(cart, Policy{}, {}, on));
}

AlertNeed a_need(int quantity, Severity severity = Severity::normal, int usable = 0) {
    AlertNeed need;
    need.line = "epi";
    need.usable = usable;
    need.quantity = quantity;
    need.severity = severity;
    need.kinds = {FindingKind::shortage};
    return need;
}

Alert an_alert(AlertState state, AlertNeed need, int episode = 1) {
    Alert alert;
    alert.key = {"OR-1", "epi"};
    alert.episode = episode;
    alert.state = state;
    alert.need = std::move(need);
    return alert;
}

AlertNeed of_atropine(int quantity) {
    AlertNeed need = a_need(quantity);
    need.product = "atropine";
    return need;
}

DispatchedUnits of_b2(int quantity) {
    return {"B2", day("2028-01-31"), quantity, {}};
}

Alert sent(int quantity, AlertNeed need) {
    Alert alert = an_alert(AlertState::dispatched, std::move(need));
    alert.dispatched.push_back(of_b2(quantity));
    return alert;
}

// A ward and the pharmacy in one state, as the pharmacy sees it: seen from `self`.
Ward with_alert() {
    Ward ward = a_ward();
    ward.receive("pharmacy", StaffDefined{a_person("M1", Role::manager, "BADGE-M1")});
    ward.receive("pharmacy", StaffDefined{a_person("N9", Role::nurse, "BADGE-N9")});
    ward.receive("pharmacy", StaffDefined{a_person("P2", Role::pharmacist, "BADGE-P2")});
    ward.receive("ward-3f", AlertRaised{{"OR-1", "epi"}, 1, a_need(5, Severity::high)});
    ward.state.self = "pharmacy";
    return ward;
}

const Alert& alert_of(const Ward& ward) {
    return ward.state.nodes.at("ward-3f").alerts.at({"OR-1", "epi"});
}

} // namespace

TEST_CASE("what a line needs") {
    const Line line = a_line("epi").critical();
    const auto need_with = [&](std::vector<Holding> holdings) {
        Line stocked = line;
        stocked.holdings = std::move(holdings);
        return needs_on(a_cart("OR-1").with(stocked).checked_on("2026-11-22"));
    };

    SECTION("nothing where it is in order, or over, or near its date") {
        CHECK(need_with({a_lot("A", "2028-01-31", 10)}).empty());
        CHECK(need_with({a_lot("A", "2028-01-31", 12)}).empty());
        CHECK(need_with({a_lot("A", "2026-12-31", 10)}).empty());
    }
    SECTION("what is short, with reasons") {
        const auto needs = need_with({a_lot("A", "2028-01-31", 6), a_lot("B", "2026-11-01", 3)});
        REQUIRE(needs.size() == 1);
        CHECK(needs[0].quantity == 4);
        CHECK(needs[0].usable == 6);
        CHECK(needs[0].par == 10);
        CHECK(needs[0].severity == Severity::high);
        CHECK(needs[0].reasons == Reasons{0, 3, 0, 1});
        CHECK(needs[0].kinds == std::vector{FindingKind::shortage, FindingKind::expired});
        CHECK(needs[0].product == "epi");
    }
    SECTION("what expires before the next check as well") {
        const auto needs = need_with({a_lot("A", "2028-01-31", 6), a_lot("B", "2026-11-24", 3)});
        REQUIRE(needs.size() == 1);
        CHECK(needs[0].quantity == 4); // 1 absent, 3 that will be gone
        CHECK(needs[0].usable == 9);
    }
    SECTION("but not what is over par anyway") {
        const auto needs = need_with({a_lot("A", "2028-01-31", 10), a_lot("B", "2026-11-24", 3)});
        REQUIRE(needs.size() == 1);
        CHECK(needs[0].quantity == 0);
        CHECK(needs[0].severity == Severity::notice);
    }
    SECTION("something to take out, though nothing is short") {
        const auto needs = need_with({a_lot("A", "2028-01-31", 10), a_lot("B", "2026-11-01", 3)});
        REQUIRE(needs.size() == 1);
        CHECK(needs[0].quantity == 0);
        CHECK(needs[0].kinds == std::vector{FindingKind::expired});
    }
}

TEST_CASE("what a device needs") {
    const auto needs_with = [](Device device) {
        return needs_on(a_cart("OR-1").with(std::move(device)).checked_on("2026-11-22"));
    };
    CHECK(needs_with(a_device("defib").tested("2026-11-22", true)).empty());
    CHECK(needs_with(a_device("defib")).empty()); // untested is a finding, not a need

    const auto failed = needs_with(a_device("defib")
                                       .critical()
                                       .tested("2026-11-22", false)
                                       .with_accessory("pads", "2026-11-01"));
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].device == "defib");
    CHECK(failed[0].severity == Severity::critical);
    CHECK(failed[0].kinds.size() == 2);
    CHECK(failed[0].quantity == 0);
}

TEST_CASE("alerts follow needs") {
    struct Example {
        const char* name;
        std::optional<Alert> alert;
        std::vector<AlertNeed> needs;
        Closing closing;
        std::vector<Event> events;
    };

    const AlertKey key{"OR-1", "epi"};
    const std::vector<Example> examples = {
        {"nothing, nothing", {}, {}, Closing::resolved, {}},
        {"a first need", {}, {a_need(5)}, Closing::resolved, {AlertRaised{key, 1, a_need(5)}}},
        {"the same need",
         an_alert(AlertState::raised, a_need(5)),
         {a_need(5)},
         Closing::resolved,
         {}},
        {"the same need, accepted",
         an_alert(AlertState::accepted, a_need(5)),
         {a_need(5)},
         Closing::resolved,
         {}},
        {"another need",
         an_alert(AlertState::accepted, a_need(5), 3),
         {a_need(2)},
         Closing::resolved,
         {AlertChanged{key, 3, a_need(2)}}},
        {"a need again",
         an_alert(AlertState::resolved, a_need(5), 3),
         {a_need(5)},
         Closing::withdrawn,
         {AlertRaised{key, 4, a_need(5)}}},
        {"a need again after withdrawal",
         an_alert(AlertState::withdrawn, a_need(5), 1),
         {a_need(5)},
         Closing::withdrawn,
         {AlertRaised{key, 2, a_need(5)}}},
        {"no need, seen by a check",
         an_alert(AlertState::raised, a_need(5)),
         {},
         Closing::resolved,
         {AlertClosed{key, 1, true}}},
        {"no need, seen by nobody",
         an_alert(AlertState::accepted, a_need(5)),
         {},
         Closing::withdrawn,
         {AlertClosed{key, 1, false}}},
        {"no need, on a clock that went back",
         an_alert(AlertState::raised, a_need(5)),
         {},
         Closing::not_at_all,
         {}},
        {"less need, on a clock that went back",
         an_alert(AlertState::raised, a_need(5)),
         {a_need(4)},
         Closing::not_at_all,
         {}},
        {"more need, on a clock that went back",
         an_alert(AlertState::raised, a_need(5)),
         {a_need(6)},
         Closing::not_at_all,
         {AlertChanged{key, 1, a_need(6)}}},
        {"of another product: what was answered is none of it",
         an_alert(AlertState::dispatched, a_need(5), 2),
         {of_atropine(5)},
         Closing::resolved,
         {AlertClosed{key, 2, false}, AlertRaised{key, 3, of_atropine(5)}}},
        {"of another product, on a clock that went back",
         an_alert(AlertState::raised, a_need(5)),
         {of_atropine(1)},
         Closing::not_at_all,
         {AlertClosed{key, 1, false}, AlertRaised{key, 2, of_atropine(1)}}},
        {"less need, counted after units were sent",
         sent(3, a_need(5)),
         {a_need(2, Severity::normal, 3)},
         Closing::resolved,
         {AlertChanged{key, 1, a_need(2, Severity::normal, 3), {of_b2(3)}}}},
        {"more found than was sent",
         sent(2, a_need(5)),
         {a_need(2, Severity::normal, 3)},
         Closing::resolved,
         {AlertChanged{key, 1, a_need(2, Severity::normal, 3), {of_b2(2)}}}},
        {"less found than before",
         sent(2, a_need(5, Severity::normal, 3)),
         {a_need(6, Severity::normal, 2)},
         Closing::resolved,
         {AlertChanged{key, 1, a_need(6, Severity::normal, 2)}}},
        {"more usable without a count",
         sent(2, a_need(5)),
         {a_need(2, Severity::normal, 3)},
         Closing::withdrawn,
         {AlertChanged{key, 1, a_need(2, Severity::normal, 3)}}},
        {"closed already", an_alert(AlertState::resolved, a_need(5)), {}, Closing::resolved, {}},
    };
    for (const Example& example : examples) {
        DYNAMIC_SECTION(example.name) {
            std::map<AlertKey, Alert> alerts;
            alerts[{"OR-0", "epi"}] = an_alert(AlertState::raised, a_need(1)); // other carts'
            alerts[{"OR-2", "epi"}] = an_alert(AlertState::raised, a_need(1));
            if (example.alert) {
                alerts[key] = *example.alert;
            }
            const Cart cart = a_cart("OR-1").with(a_line("epi"));
            const Cart* before = example.closing == Closing::resolved ? &cart : nullptr;
            CHECK(
                reconcile(alerts, cart, example.needs, example.closing, before) == example.events);
        }
    }
}

TEST_CASE("an alert of a line that is gone, or of a retired cart, is withdrawn in any case") {
    std::map<AlertKey, Alert> alerts;
    alerts[{"OR-1", "epi"}] = an_alert(AlertState::raised, a_need(1));
    const std::vector<Event> withdrawn = {AlertClosed{{"OR-1", "epi"}, 1, false}};
    const Closing closing = GENERATE(Closing::resolved, Closing::withdrawn, Closing::not_at_all);

    CHECK(reconcile(alerts, a_cart("OR-1"), {}, closing) == withdrawn);
    CHECK(
        reconcile(alerts, a_cart("OR-1").with(a_line("epi")).retired(), {}, closing) == withdrawn);
    CHECK(
        reconcile(alerts, a_cart("OR-1").with(a_device("epi")), {}, Closing::resolved)
        == std::vector<Event>{AlertClosed{{"OR-1", "epi"}, 1, true}});
}

TEST_CASE("an acceptance holds until the alert gets worse") {
    Ward ward = with_alert();
    const Instant expected = ward.context.now + std::chrono::hours(1);
    CHECK(
        ward.run(AcceptAlert{"ward-3f", {"OR-1", "epi"}, 1, "BADGE-P2", expected}).message
        == "alert_accepted");
    CHECK(alert_of(ward).state == AlertState::accepted);
    CHECK(alert_of(ward).accepted_by == "P2");
    CHECK(alert_of(ward).expected_at == expected);

    SECTION("less") {
        ward.receive("ward-3f", AlertChanged{{"OR-1", "epi"}, 1, a_need(2, Severity::normal)});
        CHECK(alert_of(ward).state == AlertState::accepted);
        CHECK(alert_of(ward).need.quantity == 2);
    }
    SECTION("more units") {
        ward.receive("ward-3f", AlertChanged{{"OR-1", "epi"}, 1, a_need(6, Severity::high)});
        CHECK(alert_of(ward).state == AlertState::raised);
        CHECK(alert_of(ward).accepted_by.empty());
    }
    SECTION("more severe") {
        ward.receive("ward-3f", AlertChanged{{"OR-1", "epi"}, 1, a_need(5, Severity::critical)});
        CHECK(alert_of(ward).state == AlertState::raised);
    }
    SECTION("handed back") {
        ward.run(HandBackAlert{"ward-3f", {"OR-1", "epi"}, 1, "BADGE-M1"});
        CHECK(alert_of(ward).state == AlertState::raised);
        CHECK(
            ward.run(HandBackAlert{"ward-3f", {"OR-1", "epi"}, 1, "BADGE-M1"}).message
            == "alert_not_accepted");
    }
    SECTION("accepted again") {
        const Reply reply = ward.run(AcceptAlert{"ward-3f", {"OR-1", "epi"}, 1, "BADGE-M1", {}});
        CHECK(reply.message == "alert_accepted_already");
        CHECK(reply.values.at("by") == "name of P2");
    }
    SECTION("resolved: a late answer touches nothing") {
        ward.receive("ward-3f", AlertClosed{{"OR-1", "epi"}, 1, true});
        CHECK(alert_of(ward).state == AlertState::resolved);
        ward.receive("pharmacy", AlertHandedBack{"ward-3f", {"OR-1", "epi"}, 1, "P2"});
        CHECK(alert_of(ward).state == AlertState::resolved);
        CHECK(
            ward.run(AcceptAlert{"ward-3f", {"OR-1", "epi"}, 1, "BADGE-P2", {}}).message
            == "alert_gone");
        ward.receive("ward-3f", AlertRaised{{"OR-1", "epi"}, 2, a_need(1)});
        ward.receive("pharmacy", AlertAccepted{"ward-3f", {"OR-1", "epi"}, 1, "P2", {}, 0});
        CHECK(alert_of(ward).state == AlertState::raised);
        CHECK(alert_of(ward).episode == 2);
    }
}

TEST_CASE("both ends agree on an acceptance that crossed a worse need on the way") {
    const AlertKey key{"OR-1", "epi"};
    Ward seen_by_pharmacy = with_alert();
    seen_by_pharmacy.run(AcceptAlert{"ward-3f", key, 1, "BADGE-P2", {}});
    const Event accepted = seen_by_pharmacy.last.events.front();
    const Event worse = AlertChanged{key, 1, a_need(9, Severity::critical)};
    seen_by_pharmacy.receive("ward-3f", worse);

    Ward seen_by_ward = with_alert();
    seen_by_ward.receive("ward-3f", worse);
    seen_by_ward.receive("pharmacy", accepted);

    CHECK(alert_of(seen_by_pharmacy).state == AlertState::raised);
    CHECK(alert_of(seen_by_ward).state == AlertState::raised);
}

TEST_CASE("only the pharmacy's journal answers alerts") {
    Ward ward = with_alert();
    ward.receive("ward-4f", AlertAccepted{"ward-3f", {"OR-1", "epi"}, 1, "N1", {}, 0});
    CHECK(alert_of(ward).state == AlertState::raised);
    ward.receive("pharmacy", AlertAccepted{"ward-3f", {"OR-1", "epi"}, 1, "P2", {}, 0});
    ward.receive("ward-4f", AlertHandedBack{"ward-3f", {"OR-1", "epi"}, 1, "N1"});
    CHECK(alert_of(ward).state == AlertState::accepted);
}

TEST_CASE("who may not accept is told so") {
    Ward ward = with_alert();
    const AlertKey key{"OR-1", "epi"};
    const auto accept = [&](const char* badge, int episode = 1) {
        return ward.run(AcceptAlert{"ward-3f", key, episode, badge, {}}).message;
    };
    CHECK(accept("BADGE-N9") == "not_allowed");
    CHECK(accept("") == "unknown_badge");
    CHECK(accept("nobody") == "unknown_badge");
    CHECK(accept("BADGE-P2", 2) == "alert_gone");
    CHECK(ward.run(AcceptAlert{"no ward", key, 1, "BADGE-P2", {}}).message == "alert_gone");
    CHECK(
        ward.run(AcceptAlert{
                     "ward-3f", key, 1, "BADGE-P2", ward.context.now - std::chrono::hours(1)})
            .message
        == "expected_in_the_past");
    CHECK(ward.run(HandBackAlert{"ward-3f", key, 1, "BADGE-N9"}).message == "not_allowed");
    CHECK(ward.run(HandBackAlert{"ward-3f", key, 1, "BADGE-P2"}).message == "alert_not_accepted");
    CHECK(alert_of(ward).state == AlertState::raised);

    ward.state.self = "ward-3f";
    CHECK(accept("BADGE-P2") == "only_at_pharmacy");
}

TEST_CASE("an alert is raised once an episode") {
    Ward ward = with_alert();
    ward.receive("ward-3f", AlertRaised{{"OR-1", "epi"}, 2, a_need(9)});
    CHECK(alert_of(ward).episode == 1);
    ward.receive("ward-3f", AlertClosed{{"OR-1", "epi"}, 1, false});
    CHECK(alert_of(ward).state == AlertState::withdrawn);
    ward.receive("ward-3f", AlertRaised{{"OR-1", "epi"}, 1, a_need(9)});
    CHECK(alert_of(ward).state == AlertState::withdrawn);
    CHECK(to_text(AlertState::raised) == "raised");
    CHECK(to_text(AlertState::accepted) == "accepted");
    CHECK(to_text(AlertState::resolved) == "resolved");
    CHECK(to_text(AlertState::withdrawn) == "withdrawn");
}

TEST_CASE("the calendar judges every cart, once a day, and may run again") {
    Ward ward = a_ward();
    ward.stock("OR-2", "dopamine", a_lot("D0", "2028-01-31", 1));

    const Reply reply = ward.run(JudgeDay{});
    CHECK(reply.message == "day_judged");
    CHECK(reply.values.at("raised") == "4"); // OR-1 but for epi, and dopamine
    CHECK(ward.last.actor == "system");
    CHECK(ward.brought<DayJudged>() == 1);

    ward.run(JudgeDay{});
    CHECK(ward.last.events.empty());

    AND_WHEN("a lot expires overnight") {
        ward.stock("OR-1", "epi", a_lot("A1", "2026-11-22", 10));
        ward.context.today += std::chrono::days(1);
        ward.run(JudgeDay{});
        CHECK(ward.first<AlertRaised>().need.severity == Severity::critical);
        CHECK(ward.brought<DayJudged>() == 1);

        AND_WHEN("the clock is set back, nothing is eased") {
            ward.context.today -= std::chrono::days(1);
            CHECK(ward.run(JudgeDay{}).message == "clock_went_back");
            CHECK(ward.last.events.empty());
            CHECK(ward.node().last_judged == day("2026-11-23"));
        }
    }
    AND_WHEN("the list asks for less, alerts are withdrawn") {
        Cart cart = ward.cart("OR-2");
        cart.lines.front().par = 1;
        ward.define({CartDefined{cart}});
        ward.run(JudgeDay{});
        CHECK_FALSE(ward.first<AlertClosed>().resolved);
    }
    AND_WHEN("a cart is retired, so are its alerts") {
        Cart cart = ward.cart("OR-1");
        cart.retired = true;
        ward.define({CartDefined{cart}});
        CHECK(ward.run(JudgeDay{}).values.at("closed") == "3");
    }
    AND_WHEN("a cart is retired while it is checked, its check raises nothing") {
        ward.open("OR-1");
        Cart cart = ward.cart("OR-1");
        cart.retired = true;
        ward.define({CartDefined{cart}});
        CHECK(ward.sign().message == "check_closed");
        CHECK(ward.brought<CheckClosed>() == 1);
        CHECK(ward.brought<AlertRaised>() + ward.brought<AlertChanged>() == 0);
    }
    AND_WHEN("a check finds everything, they are resolved") {
        ward.open("OR-2");
        ward.run(a_gs1_scan(dopamine).lot("D").expiry("2028-01-31"));
        ward.run(ReportTest{true, "pump"});
        ward.badge("N1");
        CHECK(ward.first<AlertClosed>().resolved);
    }
    AND_WHEN("a recall comes, it is judged at once") {
        ward.receive("pharmacy", RecallIssued{Recall{"epi", "A1"}, "glass"});
        ward.run(JudgeDay{});
        CHECK(ward.first<AlertRaised>().need.reasons.recalled == 10);
    }
}

TEST_CASE("an open check changes nothing that the calendar sees") {
    Ward ward = a_ward();
    ward.open();
    ward.run(MarkMissing{"epi"});
    ward.run(JudgeDay{});
    CHECK_FALSE(ward.node().alerts.contains({"OR-1", "epi"}));
}

TEST_CASE("a cart that was never looked into alarms nobody until its first check") {
    Ward ward = a_ward();
    Cart fresh;
    fresh.id = "OR-9";
    fresh.station = "OR";
    Line line;
    line.id = "epi";
    line.product = "epi";
    line.par = 5;
    line.critical = true;
    fresh.lines = {line};
    ward.record(CartDefined{fresh});
    ward.run(JudgeDay{});
    CHECK_FALSE(ward.node().alerts.contains({"OR-9", "epi"}));

    Holding some;
    some.lot = "A";
    some.quantity = 1;
    ward.record(StockRecorded{"OR-9", "epi", {some}});
    ward.run(JudgeDay{});
    CHECK(ward.node().alerts.at({"OR-9", "epi"}).need.quantity == 4);
}

TEST_CASE("a judged day never goes back") {
    Ward ward = a_ward();
    ward.record(DayJudged{day("2026-11-22")});
    ward.record(DayJudged{day("2026-11-20")});
    CHECK(ward.node().last_judged == day("2026-11-22"));
}

} // namespace cartwatch::alert_test
