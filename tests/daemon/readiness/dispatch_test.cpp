#include "tests/daemon/readiness/dispatch_kit.hpp"

namespace cartwatch::dispatch_test {

namespace {

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

} // namespace cartwatch::dispatch_test
