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
