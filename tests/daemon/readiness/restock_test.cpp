// Goal: what was used is put back at once, by scan, without a check: the packs that were scanned
// are there, nothing else is proved, and a cart is never more ready than a check would find it.
#include "tests/daemon/readiness/restock_kit.hpp"

namespace cartwatch::restock_test {

using namespace cartwatch::readiness;
using namespace cartwatch::restock_kit;
using namespace cartwatch::support;

SCENARIO("what was missing is put in by scan, and its alert ends at the signature") {
    Ward ward = a_short_ward();
    REQUIRE(judged(ward).readiness == Readiness::degraded);
    ward.let_pass(std::chrono::minutes(40));
    REQUIRE(begin(ward).message == "restock_opened");
    CHECK(ward.check().kind == CheckKind::restock);

    GIVEN("three packs scanned, each of which counts one") {
        CHECK(put_in(ward).values.at("total") == "3");
        put_in(ward);
        const Reply third = put_in(ward);
        CHECK(third.kind == ReplyKind::accept);
        CHECK(third.message == "put_in");
        CHECK(third.values.at("total") == "5");
        CHECK(third.values.at("surplus").empty());
        THEN("nothing counts before the signature") {
            CHECK(alert_of(ward).open());
            CHECK(held(ward, "N") == nullptr);
        }
        WHEN("it is signed") {
            const Reply signed_off = ward.badge("N1");
            THEN("they lie beside what was there, known by their scans") {
                CHECK(signed_off.message == "restock_closed");
                CHECK(held(ward, "N")->quantity == 3);
                CHECK(held(ward, "N")->evidence == Evidence::scanned);
                CHECK(held(ward, "T")->quantity == 2);
                CHECK(ward.line("OR-1", "epi").holdings.front().quantity == 10);
            }
            THEN("the alert is resolved, and the reply tells after how long") {
                CHECK(alert_of(ward).state == AlertState::resolved);
                CHECK(signed_off.values.at("resolved") == "1");
                CHECK(signed_off.values.at("minutes") == "40");
                CHECK(signed_off.values.at("units") == "3");
                CHECK(signed_off.values.at("alerts") == "0");
                CHECK(judged(ward).readiness == Readiness::ready);
            }
            THEN("it is no check: that stays due when it was") {
                CHECK(ward.cart("OR-1").last_full_check == ward.context.today);
                pass_days(ward, 8);
                CHECK(judged(ward).readiness == Readiness::overdue);
                CHECK(ward.node().last_checks.at("OR-1").id == "ward-3f/1");
            }
        }
        WHEN("one is undone") {
            const Reply undone = ward.run(Undo{});
            ward.badge("N1");
            THEN("two are in, and the alert asks for the rest") {
                CHECK(undone.values.at("what") == "units_put_in");
                CHECK(undone.values.at("quantity") == "1");
                CHECK(undone.values.at("now") == "2");
                CHECK(held(ward, "N")->quantity == 2);
                CHECK(alert_of(ward).open());
                CHECK(alert_of(ward).need.quantity == 1);
            }
        }
        WHEN("it is given up") {
            CHECK(ward.run(a_control(ControlCode::cancel)).message == "cancel_again");
            ward.let_pass(std::chrono::seconds(5));
            ward.run(a_control(ControlCode::cancel));
            THEN("nothing was put in") {
                CHECK(held(ward, "N") == nullptr);
                CHECK(alert_of(ward).need.quantity == 3);
                CHECK(ward.node().open_checks.empty());
            }
        }
    }
}

SCENARIO("a number says how many packs were put in; none is nothing to sign") {
    Ward ward = a_short_ward();
    REQUIRE(begin(ward).message == "restock_opened");
    GIVEN("a number after the scan") {
        put_in(ward);
        const Reply number = ward.run(a_quantity(3));
        CHECK(number.message == "put_in_number");
        CHECK(number.values.at("total") == "5");
        CHECK(number.kind == ReplyKind::accept);
        ward.badge("N1");
        CHECK(held(ward, "N")->quantity == 3);
        CHECK(alert_of(ward).state == AlertState::resolved);
    }
    GIVEN("nothing put in") {
        CHECK(ward.badge("N1").message == "restock_empty");
        CHECK(ward.run(CloseCheck{}).message == "restock_empty");
        CHECK_FALSE(ward.node().open_checks.empty());
    }
}

TEST_CASE("a restock begins in any order of badge, cart and command") {
    Ward ward = a_short_ward();
    const int order = GENERATE(0, 1, 2, 3);
    const auto command = [&] { ward.run(BeginRestock{}); };
    if (order < 2) {
        command();
    }
    order % 2 == 0 ? ward.badge("N1") : ward.scan_cart("OR-1");
    if (order == 2) {
        command();
    }
    order % 2 == 0 ? ward.scan_cart("OR-1") : ward.badge("N1");
    if (order == 3) {
        command(); // the check that had just been opened was not meant
    }
    CHECK(ward.check().kind == CheckKind::restock);
    CHECK(ward.check().checker == "N1");
    put_in(ward);
    CHECK(ward.badge("N1").message == "restock_closed");
}

SCENARIO("what the pharmacy sent is known by lot and expiry") {
    Ward ward = a_short_ward();
    const ScanBuilder plain = a_gs1_scan(atropine); // tells neither
    GIVEN("one lot on its way") {
        send(ward, {units("S1", 2)});
        begin(ward);
        const Reply first = ward.run(plain);
        THEN("a pack that tells nothing is of it, as long as any is awaited") {
            CHECK(first.message == "put_in");
            CHECK(first.lot == "S1");
            CHECK(first.last_usable_day == day("2028-01-31"));
            CHECK(ward.run(plain).values.at("total") == "4");
            const Reply third = ward.run(plain);
            CHECK(third.message == "needs_expiry");
            CHECK(counted_units(ward, "atropine") == 2);
        }
        THEN("the ward's scan takes it off the way") {
            ward.badge("N1");
            CHECK(alert_of(ward).need.quantity == 2);
            CHECK(units_of(alert_of(ward).dispatched) == 1);
        }
    }
    GIVEN("two lots on their way") {
        send(ward, {units("S1", 2), units("S2", 1)});
        begin(ward);
        CHECK(ward.run(plain).message == "which_lot");
        CHECK(ward.counted("atropine").empty());
        WHEN("somebody points at one") {
            const Reply meant = ward.run(SelectLine{"atropine", "S2"});
            THEN("the pack is of that lot") {
                CHECK(meant.message == "put_in");
                CHECK(find_holding(ward.counted("atropine"), "S2")->quantity == 1);
            }
        }
    }
    GIVEN("nothing on its way") {
        begin(ward);
        THEN("what lies there says nothing of a new pack: its date is asked for") {
            CHECK(ward.run(plain).message == "needs_expiry");
            const Reply typed = ward.run(EnterExpiry{day("2028-05-31"), "X9", ""});
            CHECK(typed.message == "put_in");
            CHECK(find_holding(ward.counted("atropine"), "X9")->quantity == 1);
        }
    }
    GIVEN("a lot that is recalled on its way") {
        send(ward, {units("S1", 3)});
        ward.receive("pharmacy", RecallIssued{{"atropine", "S1"}, "glass"});
        begin(ward);
        CHECK(ward.run(plain).message == "needs_expiry");
        ward.run(SelectLine{"atropine", "S1"});
        CHECK(ward.run(EnterQuantity{3, "atropine"}).kind == ReplyKind::reject);
        CHECK(ward.counted("atropine").empty());
    }
}

SCENARIO("what must not be put in stays out, in words") {
    Ward ward = a_short_ward();
    begin(ward);
    THEN("expired") {
        const std::string until = GENERATE("2026-11-21", "2026-11-22");
        const Reply reply = put_in(ward, "N", until.c_str());
        const bool over = until == "2026-11-21";
        CHECK((reply.message == "restock_expired") == over);
        CHECK((reply.kind == ReplyKind::reject) == over);
        CHECK(ward.counted("atropine").size() == (over ? 0U : 1U));
    }
    THEN("recalled") {
        ward.receive("pharmacy", RecallIssued{{"atropine", "N"}, "glass"});
        CHECK(put_in(ward).message == "restock_recalled");
        CHECK(ward.counted("atropine").empty());
    }
    THEN("of another name that looks alike") {
        CHECK(
            ward.run(a_gs1_scan(norepi).lot("N").expiry("2028-01-31")).message
            == "not_on_list_lasa");
    }
    THEN("not on the list") {
        CHECK(
            ward.run(a_gs1_scan(dopamine).lot("N").expiry("2028-01-31")).message == "not_on_list");
    }
    THEN("damaged") {
        CHECK(ward.run(SelectLine{"atropine", ""}).message == "enter_put_in");
        CHECK(ward.run(a_control(ControlCode::damaged)).message == "restock_damaged");
        put_in(ward);
        put_in(ward);
        const Reply reply = ward.run(a_control(ControlCode::damaged));
        CHECK(reply.message == "restock_damaged_out");
        CHECK(reply.values.at("total") == "3");
        ward.badge("N1");
        CHECK(held(ward, "N")->quantity == 1);
        CHECK(held(ward, "N")->damaged == 0);
    }
    THEN("the very pack that lies there, or was put in") {
        const auto pack = [&](const char* serial) {
            return ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial(serial));
        };
        CHECK(pack("2").message == "restock_in_already");
        CHECK(pack("4").message == "put_in");
        CHECK(pack("4").message == "restock_in_already");
        CHECK(counted_units(ward, "ketamine") == 1);
    }
    THEN("devices and missing lines are a check's") {
        CHECK(ward.run(ReportTest{true, "defib"}).message == "restock_no_devices");
        CHECK(ward.run(a_control(ControlCode::missing)).message == "restock_not_missing");
        CHECK(ward.run(EnterSeal{first_seal}).message == "restock_seal_later");
        CHECK(ward.run(a_control(ControlCode::help)).message == "help_restock");
        CHECK(ward.run(a_control(ControlCode::next_drawer)).message == "help_restock");
    }
}

SCENARIO("what is worth a second look is put in, and said") {
    Ward ward = a_short_ward();
    begin(ward);
    THEN("a short life") {
        const int days = GENERATE(89, 90);
        const std::string until = cartwatch::to_text(ward.context.today + std::chrono::days(days));
        const Reply reply = put_in(ward, "N", until.c_str());
        CHECK(reply.message == "put_in");
        CHECK((reply.values.at("also").find("short_life") == 0) == (days == 89));
        CHECK(reply.kind == ReplyKind::attention);
        CHECK(ward.counted("atropine").size() == 1);
    }
    THEN("more than par") {
        put_in(ward);
        CHECK(ward.run(a_quantity(3)).values.at("surplus").empty());
        const Reply reply = put_in(ward);
        CHECK(reply.kind == ReplyKind::attention);
        CHECK(reply.values.at("surplus") == "1");
        ward.badge("N1");
        const auto& findings = judged(ward).findings;
        CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
            return finding.kind == FindingKind::surplus && finding.line == "atropine";
        }));
    }
    THEN("an older lot that is to be used first") {
        const Reply later = put_in(ward, "N", "2028-06-30");
        CHECK(later.values.at("first_lot") == "T");
        CHECK(later.values.at("first_day") == "2028-01-31");
        CHECK(later.kind == ReplyKind::accept);
        const Reply earlier = put_in(ward, "O", "2027-12-31");
        CHECK(earlier.values.at("first_lot").empty());
        CHECK(put_in(ward, "N", "2028-06-30").values.at("first_lot") == "O");
    }
    THEN("another date on a lot that lies there: the earlier one counts for all") {
        const Reply reply = put_in(ward, "T", "2028-03-31");
        CHECK(reply.values.at("also") == "new_lot");
        ward.badge("N1");
        CHECK(held(ward, "T")->quantity == 3);
        CHECK(held(ward, "T")->last_usable_day == day("2028-01-31"));
    }
}

TEST_CASE("the date of a lot of which nothing lies there is not that of the pack put in") {
    Ward ward = a_short_ward();
    ward.define({StockRecorded{"OR-1", "atropine", {a_lot("T", "2026-12-16", 0)}}});
    begin(ward);
    put_in(ward, "T", "2028-03-31");
    ward.badge("N1");
    CHECK(held(ward, "T")->quantity == 1);
    CHECK(held(ward, "T")->last_usable_day == day("2028-03-31"));
}

SCENARIO("an expired lot is replaced with one command and the scans of the new packs") {
    Ward ward = a_short_ward();
    ward.define({StockRecorded{"OR-1", "atropine", {a_lot("T", "2026-11-22", 5)}}});
    pass_days(ward, 1);
    ward.run(JudgeDay{});
    REQUIRE(alert_of(ward).open());
    begin(ward);
    CHECK(put_in(ward, "T", "2026-11-22").message == "restock_expired"); // it is in the hand
    const Reply out = ward.run(a_control(ControlCode::expired_out));
    CHECK(out.message == "taken_out");
    CHECK(out.values.at("out_quantity") == "5");
    for (int i = 0; i < 5; ++i) {
        put_in(ward);
    }
    const Reply closed = ward.badge("N1");
    CHECK(closed.values.at("out") == "5");
    CHECK(held(ward, "T") == nullptr);
    CHECK(held(ward, "N")->quantity == 5);
    CHECK(alert_of(ward).state == AlertState::resolved);
}

TEST_CASE("a lot recalled after it was put in is taken out whole") {
    Ward ward = a_short_ward();
    begin(ward);
    put_in(ward, "T", "2028-01-31"); // two of it lie there
    ward.receive("pharmacy", RecallIssued{{"atropine", "T"}, "glass"});
    const Reply out = ward.run(TakeOutExpired{"atropine"});
    CHECK(out.values.at("out_quantity") == "3");
    CHECK(out.values.at("total") == "0");
    ward.badge("N1");
    CHECK(held(ward, "T") == nullptr);
    CHECK(ward.first<RecallUnitsRemoved>().removal.quantity == 3);
}

TEST_CASE("a lot recalled after it was put in waits for the command that takes it out") {
    Ward ward = a_short_ward();
    begin(ward);
    put_in(ward, "T", "2028-01-31"); // two of it lie there
    ward.receive("pharmacy", RecallIssued{{"atropine", "T"}, "glass"});
    put_in(ward, "N");
    CHECK(ward.brought<CheckStepped>() == 1); // it replaces nothing by itself
    ward.run(TakeOutExpired{"atropine"});
    ward.badge("N1");
    CHECK(held(ward, "T") == nullptr);
    CHECK(held(ward, "N")->quantity == 1);
}

} // namespace cartwatch::restock_test
