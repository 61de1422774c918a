// Goal: what the pharmacy sent and the ward has counted is on its way no longer, so that the rest
// can be sent; both ends know the same of it.
#include "daemon/readiness/limits.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::delivery_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const AlertKey atropine_alert{"OR-1", "atropine"};

const Alert& alert_of(const Ward& ward) {
    return ward.state.nodes.at("ward-3f").alerts.at(atropine_alert);
}

DispatchedUnits units(const char* lot, int quantity) {
    return {lot, day("2028-01-31"), quantity, {}};
}

AlertDispatched sent(std::vector<DispatchedUnits> units, std::string reason = "") {
    return {"ward-3f", atropine_alert, 1, "P1", std::move(units), reason, 0};
}

// All of OR-1 is checked, with so many of atropine; nothing else is short.
void check_with(Ward& ward, int quantity) {
    pass_days(ward, 1);
    ward.open();
    count_or1(ward);
    ward.run(SelectLine{"atropine", ""});
    ward.run(EnterQuantity{quantity, ""});
    REQUIRE(ward.sign().message == "check_closed");
}

// Only atropine is counted, these lots of it.
void check_with_lots(Ward& ward, const std::vector<std::pair<const char*, int>>& lots) {
    pass_days(ward, 1);
    ward.open();
    for (const auto& [lot, quantity] : lots) {
        const bool old = std::string_view(lot) == "A1";
        ward.run(a_gs1_scan(atropine).lot(lot).expiry(old ? "2026-11-30" : "2028-01-31"));
        ward.run(EnterQuantity{quantity, ""});
    }
    REQUIRE(ward.sign().message == "check_closed");
}

} // namespace

SCENARIO("the rest of a part delivery is asked for, and can be sent") {
    Ward ward = a_ward();
    check_with(ward, 0);
    REQUIRE(alert_of(ward).unsent() == 5);
    ward.receive("pharmacy", AlertAccepted{"ward-3f", atropine_alert, 1, "P1", {}, 0});
    ward.receive("pharmacy", sent({units("B2", 3)}, "the rest on Thursday"));
    REQUIRE(alert_of(ward).state == AlertState::dispatched);

    GIVEN("that the ward counted what arrived") {
        check_with(ward, 3);
        const Alert& alert = alert_of(ward);
        THEN("two are asked for, none is on its way, and it is with whom accepted it") {
            CHECK(alert.open());
            CHECK(alert.episode == 1);
            CHECK(alert.need.quantity == 2);
            CHECK(alert.dispatched.empty());
            CHECK(alert.unsent() == 2);
            CHECK(alert.state == AlertState::accepted);
            CHECK(alert.accepted_by == "P1");
            CHECK_FALSE(alert.dispatched_at);
            CHECK(alert.short_reason.empty());
        }
        THEN("the pharmacy sends the rest, and the count of it ends the alert") {
            ward.state.self = "pharmacy";
            const std::string badge = find_staff(ward.state, "pharmacy", "P1")->badge;
            const Reply reply =
                ward.run(DispatchAlert{"ward-3f", atropine_alert, 1, badge, {units("B3", 2)}, ""});
            CHECK(reply.message == "alert_dispatched");
            CHECK(reply.values.at("asked") == "2");
            ward.state.self = "ward-3f";
            ward.session = {};
            check_with(ward, 5);
            CHECK(alert_of(ward).state == AlertState::resolved);
        }
    }
    GIVEN("a count before anything arrived") {
        check_with(ward, 0);
        THEN("they are still on their way") {
            CHECK(alert_of(ward).state == AlertState::dispatched);
            CHECK(alert_of(ward).unsent() == 2);
        }
    }
    GIVEN("a count of one of them") {
        check_with(ward, 1);
        THEN("two are still on their way") {
            CHECK(alert_of(ward).state == AlertState::dispatched);
            CHECK(units_of(alert_of(ward).dispatched) == 2);
            CHECK(alert_of(ward).unsent() == 2);
        }
    }
}

TEST_CASE("both ends agree on what arrived, whatever was sent meanwhile") {
    Ward ward = a_ward();
    check_with(ward, 0);
    const Event first = sent({units("B2", 3)}, "more follows");
    const Event second = sent({units("B3", 2)});
    ward.receive("pharmacy", first);
    Ward pharmacy = ward;
    check_with(ward, 3);
    const Event changed = ward.first<AlertChanged>();
    ward.receive("pharmacy", second);

    pharmacy.receive("pharmacy", second);
    pharmacy.receive("ward-3f", changed);

    for (const Ward* seen : {&pharmacy, &ward}) {
        CHECK(alert_of(*seen).state == AlertState::dispatched);
        REQUIRE(alert_of(*seen).dispatched.size() == 1);
        CHECK(alert_of(*seen).dispatched.front().lot == "B3");
        CHECK(alert_of(*seen).unsent() == 0);
    }
}

TEST_CASE("what arrived is told by its lot, whatever expired or was used meanwhile") {
    Ward ward = a_ward();
    ward.stock("OR-1", "atropine", a_lot("A1", "2026-11-30", 3));
    check_with_lots(ward, {{"A1", 3}});
    REQUIRE(alert_of(ward).need.quantity == 5); // they expire before the next check
    ward.receive("pharmacy", sent({units("B2", 1), units("B3", 2)}, "the rest on Thursday"));

    pass_days(ward, 9); // A1 has expired
    check_with_lots(ward, {{"B3", 2}});

    const Alert& alert = alert_of(ward);
    CHECK(alert.need.quantity == 3);
    REQUIRE(alert.dispatched.size() == 1);
    CHECK(alert.dispatched.front().lot == "B2");
    CHECK(alert.unsent() == 2);
}

TEST_CASE("an arrival that leaves the need as it was is told as well") {
    Ward ward = a_ward();
    ward.stock("OR-1", "atropine", a_lot("T", "2028-01-31", 3));
    check_with_lots(ward, {{"T", 3}});
    REQUIRE(alert_of(ward).need.quantity == 2);
    ward.receive("pharmacy", sent({units("B2", 2)}));

    check_with_lots(ward, {{"T", 1}, {"B2", 2}});

    CHECK(alert_of(ward).need.quantity == 2);
    CHECK(alert_of(ward).dispatched.empty());
    CHECK(alert_of(ward).unsent() == 2);
}

TEST_CASE("what was counted with the clock set back has arrived all the same") {
    Ward ward = a_ward();
    check_with(ward, 0);
    ward.receive("pharmacy", sent({units("B2", 3)}, "more follows"));
    ward.run(JudgeDay{});
    pass_days(ward, -3);
    ward.open();
    ward.run(a_gs1_scan(atropine).lot("B2").expiry("2028-01-31"));
    ward.run(EnterQuantity{3, ""});
    REQUIRE(ward.sign().message == "check_closed");

    CHECK(alert_of(ward).need.quantity == 5); // no clock that went back eases it
    CHECK(alert_of(ward).dispatched.empty());
    CHECK(alert_of(ward).unsent() == 5);
}

TEST_CASE("units of a lot that lay there already have not arrived before there are more of it") {
    Ward ward = a_ward();
    ward.stock("OR-1", "atropine", a_lot("B2", "2028-01-31", 2));
    check_with_lots(ward, {{"B2", 2}});
    ward.receive("pharmacy", sent({units("B2", 3)}));

    check_with_lots(ward, {{"B2", 2}});

    CHECK(alert_of(ward).unsent() == 0);
    CHECK(units_of(alert_of(ward).dispatched) == 3);
}

TEST_CASE("both ends agree on what never left, though the need became worse meanwhile") {
    Ward ward = a_ward();
    check_with(ward, 2);
    REQUIRE(alert_of(ward).need.quantity == 3);
    ward.receive("pharmacy", sent({units("L1", 3)}));
    Ward pharmacy = ward;
    check_with(ward, 0);
    const Event worse = ward.first<AlertChanged>();
    const Event back = AlertHandedBack{"ward-3f", atropine_alert, 1, "P1", true};
    ward.receive("pharmacy", back);
    pharmacy.receive("pharmacy", back);
    pharmacy.receive("ward-3f", worse);

    for (const Ward* seen : {&pharmacy, &ward}) {
        CHECK(alert_of(*seen).state == AlertState::raised);
        CHECK(alert_of(*seen).dispatched.empty());
        CHECK(alert_of(*seen).unsent() == 5);
    }
}

TEST_CASE("an arrival that crossed another dispatch takes nothing of that one") {
    Ward ward = a_ward();
    check_with(ward, 0);
    ward.receive("pharmacy", sent({units("L1", 5)}));
    Ward pharmacy = ward;
    check_with(ward, 4); // under another lot's label
    const Event changed = ward.first<AlertChanged>();
    const std::vector<Event> meanwhile{
        AlertHandedBack{"ward-3f", atropine_alert, 1, "P1", true}, sent({units("L3", 1)})};
    for (const Event& event : meanwhile) {
        ward.receive("pharmacy", event);
        pharmacy.receive("pharmacy", event);
    }
    pharmacy.receive("ward-3f", changed);

    for (const Ward* seen : {&pharmacy, &ward}) {
        CHECK(alert_of(*seen).state == AlertState::dispatched);
        CHECK(units_of(alert_of(*seen).dispatched) == 1);
    }
}

TEST_CASE("units that were handed back and sent anew are others than those a ward had counted") {
    Ward ward = a_ward();
    check_with(ward, 0);
    const auto answer = [](Ward& at, std::int64_t seq, Event event) {
        Recorded entry;
        entry.node = "pharmacy";
        entry.seq = seq;
        entry.at = at.context.now;
        entry.actor = "P1";
        entry.event = std::move(event);
        apply(at.state, entry);
    };
    answer(ward, 101, sent({units("B2", 3)}));
    Ward pharmacy = ward;

    check_with_lots(ward, {{"B2", 3}});
    const AlertChanged changed = ward.first<AlertChanged>();
    REQUIRE(changed.arrived.size() == 1);
    for (Ward* at : {&ward, &pharmacy}) {
        answer(*at, 102, AlertHandedBack{"ward-3f", atropine_alert, 1, "P1", true});
        answer(*at, 103, sent({units("B2", 3)}));
    }
    pharmacy.receive("ward-3f", changed);

    for (const Ward* seen : {&ward, &pharmacy}) {
        CHECK(units_of(alert_of(*seen).dispatched) == 3);
        CHECK(alert_of(*seen).dispatched_by == "P1");
    }
}

TEST_CASE("units with serial numbers of which some arrived are known by number no longer") {
    Ward ward = a_ward();
    check_with(ward, 0);
    DispatchedUnits numbered = units("B2", 3);
    numbered.serials = {"1", "2", "3"};
    ward.receive("pharmacy", sent({numbered}));

    check_with(ward, 1);

    REQUIRE(alert_of(ward).dispatched.size() == 1);
    CHECK(alert_of(ward).dispatched.front().quantity == 2);
    CHECK(alert_of(ward).dispatched.front().serials.empty());
}

TEST_CASE("a pack that waits for its date is not of the product that the line asks for now") {
    Ward ward = a_ward();
    ward.open();
    REQUIRE(ward.run(a_gs1_scan(atropine)).message == "needs_expiry");
    Cart changed = ward.cart("OR-1");
    for (Line& line : changed.lines) {
        if (line.id == "atropine") {
            line.product = "dopamine";
        }
    }
    ward.record(CartDefined{changed});

    const Reply reply = ward.run(EnterExpiry{day("2028-01-31"), "", ""});

    CHECK(reply.kind == ReplyKind::reject);
    CHECK(ward.counted("atropine").empty());
}

TEST_CASE("a check that goes on at another station knows its current line") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    ward.session = {};
    REQUIRE(ward.open().message == "check_resumed");

    CHECK(ward.run(EnterQuantity{7, ""}).message == "quantity_set");
    CHECK(ward.counted("epi").front().quantity == 7);
}

} // namespace cartwatch::delivery_test
