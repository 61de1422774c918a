// Goal: a restock stands for no check: the seal, an emergency, another kind of check, two persons.
#include "daemon/readiness/restock.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/daemon/readiness/restock_kit.hpp"

namespace cartwatch::restock_seal_test {

using namespace cartwatch::readiness;
using namespace cartwatch::restock_kit;
using namespace cartwatch::support;

SCENARIO("a sealed cart that is opened for a restock stays opened until its check") {
    Ward ward = a_sealed_ward();
    ward.define({StockRecorded{"OR-1", "atropine", {a_lot("T", "2028-01-31", 4)}}});
    const Reply opened = begin(ward);
    CHECK(opened.kind == ReplyKind::attention);
    CHECK(opened.values.at("number") == first_seal);
    CHECK_FALSE(ward.cart("OR-1").seal->intact);
    put_in(ward);
    const Reply closed = ward.badge("N1");
    THEN("it is overdue, and the person is told why") {
        CHECK(closed.kind == ReplyKind::attention);
        CHECK(closed.values.at("readiness") == "overdue");
        CHECK(closed.values.at("number") == first_seal);
        CHECK(judged(ward).readiness == Readiness::overdue);
        CHECK_FALSE(judged(ward).ready_until);
    }
    THEN("a full check with a new seal makes it ready") {
        ward.open();
        count_or1(ward);
        put_in(ward); // in a check the line is complete as it lies there
        ward.run(a_scan(other_seal));
        CHECK(ward.badge("N1").values.at("readiness") == "ready");
    }
    THEN("given up, the seal stays broken") {
        begin(ward);
        ward.run(CancelCheck{});
        CHECK_FALSE(ward.cart("OR-1").seal->intact);
    }
}

SCENARIO("after an emergency a restock comes before the check, and does not stand for it") {
    Ward ward = a_short_ward();
    ward.run(a_control(ControlCode::used));
    ward.badge("N1");
    ward.scan_cart("OR-1");
    CHECK(ward.run(BeginRestock{}).message == "use_goes_on");
    ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
    REQUIRE(ward.badge("N1").message == "use_closed");
    begin(ward);
    for (int i = 0; i < 4; ++i) {
        put_in(ward);
    }
    CHECK(ward.badge("N1").values.at("readiness") == "overdue");
    CHECK(alert_of(ward).state == AlertState::resolved);
    CHECK_FALSE(ward.cart("OR-1").use->checked);
}

SCENARIO("controlled packs are put in by two") {
    Ward ward = a_short_ward();
    Product product = *find_product(ward.state, "ward-3f", "ketamine");
    product.controlled = true;
    ward.define({ProductDefined{product}});
    begin(ward);
    ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial("9"));
    CHECK(ward.badge("N1").message == "witness_badge");
    CHECK(ward.badge("N1").message == "witness_is_checker");
    CHECK(ward.badge("N2").message == "restock_closed");
    CHECK(ward.first<CheckClosed>().witness == "N2");
}

SCENARIO("a check and a restock do not become each other once something was counted") {
    Ward ward = a_short_ward();
    GIVEN("a check in which something was counted") {
        ward.open();
        put_in(ward);
        CHECK(ward.run(BeginRestock{}).message == "restock_too_late");
        CHECK(ward.check().kind == CheckKind::full);
        AND_THEN("nor by a journal") {
            ward.record(CheckTurned{ward.session.check, CheckKind::restock, "N1"});
            CHECK(ward.check().kind == CheckKind::full);
        }
    }
    GIVEN("a restock in which something was put in") {
        begin(ward);
        put_in(ward);
        CHECK(ward.run(BeginRestock{}).message == "restock_goes_on");
        CHECK(ward.run(TurnCheck{CheckKind::full}).message == "restock_goes_on");
        CHECK(ward.run(TurnCheck{CheckKind::handover}).message == "restock_goes_on");
        CHECK(ward.run(BeginUse{}).message == "use_too_late");
        AND_THEN("nor by a journal") {
            ward.record(CheckTurned{ward.session.check, CheckKind::full, "N1"});
            CHECK(ward.check().kind == CheckKind::restock);
        }
        AND_THEN("it is found again with what was put in") {
            ward.session = Session{};
            ward.badge("N2");
            const Reply found = ward.scan_cart("OR-1");
            CHECK(found.message == "restock_resumed");
            CHECK(found.values.at("units") == "1");
            CHECK(ward.check().checker == "N2");
        }
    }
    GIVEN("a restock in which nothing was put in yet") {
        begin(ward);
        CHECK(ward.run(TurnCheck{CheckKind::full}).message == "full_turned");
        CHECK(ward.check().kind == CheckKind::full);
    }
}

SCENARIO("a seal that is not the one on record is explained before a restock") {
    Ward ward = a_sealed_ward();
    ward.scan_cart("OR-1");
    ward.run(a_scan(other_seal));
    CHECK(ward.run(BeginRestock{}).message == "restock_seal_first");
    ward.run(a_control(ControlCode::seal_mistake));
    ward.badge("N1");
    REQUIRE(ward.check().kind == CheckKind::full);
    CHECK(ward.run(BeginRestock{}).message == "restock_opened");
    CHECK(ward.cart("OR-1").seal->how == SealBreak::mistake);
    ward.run(BeginRestock{});
    CHECK(ward.check().kind == CheckKind::restock);
}

SCENARIO("a cart that nobody ever looked into is checked, not restocked") {
    Ward ward = a_ward();
    WHEN("a restock was chosen before") {
        CHECK(begin(ward).message == "restock_never_checked");
        CHECK(ward.node().open_checks.empty());
        CHECK(ward.scan_cart("OR-1").message == "check_opened");
        CHECK(ward.check().kind == CheckKind::full);
    }
    WHEN("its check is open") {
        ward.open();
        CHECK(ward.run(BeginRestock{}).message == "restock_never_checked");
        CHECK(ward.check().kind == CheckKind::full);
    }
    WHEN("an emergency was scanned out of it") {
        ward.run(BeginUse{});
        ward.open();
        ward.run(a_gs1_scan(epi).lot("A1"));
        REQUIRE(ward.badge("N1").message == "use_closed");
        CHECK(begin(ward).message == "restock_opened");
    }
}

TEST_CASE("of several lines for one product the one that is short is filled, or that pointed at") {
    Ward ward = a_ward();
    Line second = a_line("atropine").par(2);
    second.id = "atropine-2";
    Cart cart = ward.cart("OR-1");
    cart.lines.push_back(second);
    ward.define({CartDefined{cart}});
    ward.stock("OR-1", "atropine", a_lot("T", "2028-01-31", 4));
    ward.state.nodes.at("ward-3f").carts.at("OR-1").last_full_check = ward.context.today;
    begin(ward);
    CHECK(put_in(ward).line == "atropine");
    CHECK(put_in(ward).line == "atropine-2");
    CHECK(put_in(ward).line == "atropine-2");
    CHECK(put_in(ward).kind == ReplyKind::attention); // both are full
    ward.run(a_scan(ward.line("OR-1", "atropine").tag));
    CHECK(put_in(ward).line == "atropine");
}

TEST_CASE("two codes of one pack are one pack") {
    Ward ward = a_short_ward();
    begin(ward);
    const auto read = [&](const std::string& text) {
        codes::ReadOptions options;
        options.as_of = ward.context.today;
        return ward.run(Scan{codes::read(text, options), false});
    };
    read("]E0" + atropine.substr(1));
    read("]C11728063010N7");
    CHECK(counted_units(ward, "atropine") == 1);
    read("]E0" + atropine.substr(1));
    read("]C11728063010N7");
    CHECK(counted_units(ward, "atropine") == 2);
    CHECK(find_holding(ward.counted("atropine"), "N7")->quantity == 2);
}

TEST_CASE("of a lot that lies there what is put in joins it, at the weaker and older proof") {
    Line line = a_line("atropine").par(5);
    line.holdings = {a_lot("A", "2028-01-31", 2)};
    line.holdings.front().evidence = Evidence::typed;
    line.holdings.front().seen_at = instant("2026-11-01T00:00:00.000Z");
    line.holdings.front().sealed_at = instant("2026-11-20T00:00:00.000Z");
    LineProgress known;
    known.holdings = {a_lot("A", "2027-12-31", 1), a_lot("B", "2028-01-31", 0)};
    known.holdings.front().evidence = Evidence::scanned;
    known.holdings.front().seen_at = instant("2026-11-22T00:00:00.000Z");
    const Line after = line_after_restock(line, known);
    REQUIRE(after.holdings.size() == 1);
    CHECK(after.holdings.front().quantity == 3);
    CHECK(after.holdings.front().last_usable_day == day("2027-12-31"));
    CHECK(after.holdings.front().evidence == Evidence::typed);
    CHECK(after.holdings.front().seen_at == instant("2026-11-01T00:00:00.000Z"));
    CHECK_FALSE(after.holdings.front().sealed_at);
}

} // namespace cartwatch::restock_seal_test
