// Goal: where each scan counts one unit, a pack is counted once, whatever the scanner does.
#include "daemon/readiness/limits.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::count_unit_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

TEST_CASE("by unit, each scan counts one") {
    Ward ward = a_ward();
    ward.open();
    const auto unit = [](const char* serial) {
        return Command(a_gs1_scan(ketamine).lot("K1").expiry("2028-01-31").serial(serial));
    };

    CHECK(ward.run(unit("1")).verdict == Verdict::ok);
    CHECK(ward.run(unit("2")).verdict == Verdict::ok);
    CHECK(ward.run(unit("1")).verdict == Verdict::duplicate);
    CHECK(ward.counted("ketamine").front().quantity == 2);
    CHECK(ward.counted("ketamine").front().serials == std::vector<std::string>{"1", "2"});

    AND_WHEN("a pack of another lot comes, it starts at one") {
        ward.run(a_gs1_scan(ketamine).lot("K2").expiry("2028-02-29").serial("3"));
        CHECK(ward.counted("ketamine").back().quantity == 1);
    }
}

TEST_CASE("by unit, a label that stays before the scanner is one pack") {
    Ward ward = a_ward();
    ward.open();
    const auto scan = [&](std::chrono::milliseconds after) {
        ward.let_pass(after - std::chrono::seconds(1)); // run() lets a second pass
        return ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31"));
    };
    REQUIRE(scan(std::chrono::seconds(1)).verdict != Verdict::duplicate);
    for (const auto after : {held_label_repeat, std::chrono::milliseconds(300)}) {
        const Reply again = scan(after);
        CHECK(again.verdict == Verdict::duplicate);
        CHECK(again.kind == ReplyKind::attention);
        CHECK(ward.counted("ketamine").at(0).quantity == 1);
    }
    SECTION("the next pack, in the time that a hand takes") {
        scan(held_label_repeat + std::chrono::milliseconds(1));
        CHECK(ward.counted("ketamine").at(0).quantity == 2);
    }
    SECTION("two packs with serial numbers are two, however fast") {
        ward.let_pass(-std::chrono::milliseconds(900));
        ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial("S2"));
        CHECK(ward.counted("ketamine").at(0).quantity == 2);
    }
}

TEST_CASE("by unit, a traceability code adds one to the only lot it can be of") {
    const Command first = a_trace_scan("83857930000000000001");
    const Command second = a_trace_scan("83857930000000000002");
    Ward ward = a_ward();

    SECTION("none is known: the date is asked for, and the pack is not counted twice") {
        ward.open();
        CHECK(ward.run(first).verdict == Verdict::needs_expiry);
        ward.run(EnterExpiry{day("2028-01-31"), "K1", ""});
        CHECK(ward.counted("ketamine").front().quantity == 1);
        CHECK(ward.run(first).verdict == Verdict::duplicate);
        CHECK(ward.run(second).verdict == Verdict::ok);
        CHECK(ward.counted("ketamine").front().quantity == 2);
    }
    SECTION("one is on file") {
        ward.stock("OR-1", "ketamine", a_lot("K1", "2028-01-31", 3));
        ward.open();
        CHECK(ward.run(first).verdict == Verdict::ok);
        CHECK(ward.counted("ketamine").front().quantity == 1);
    }
    SECTION("two are on file") {
        Holding known = a_lot("K2", "2028-02-29", 1);
        known.serials = {"83857930000000000002"};
        ward.define({StockRecorded{"OR-1", "ketamine", {a_lot("K1", "2028-01-31", 2), known}}});
        ward.open();
        CHECK(ward.run(first).verdict == Verdict::needs_expiry);
        CHECK(ward.run(second).lot == "K2"); // the pack is known
    }
    SECTION("the only one is to be taken out: it may be the replacement") {
        ward.stock("OR-1", "ketamine", a_lot("K1", "2026-01-31", 3));
        ward.open();
        CHECK(ward.run(first).verdict == Verdict::expired);
        CHECK(ward.run(second).verdict == Verdict::needs_expiry);
    }
}

} // namespace cartwatch::count_unit_test
