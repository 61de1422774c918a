#include "daemon/readiness/limits.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::line_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Ward with_epi_counted() {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    return ward;
}

} // namespace

TEST_CASE("a number replaces the count") {
    Ward ward = with_epi_counted();

    const Reply reply = ward.run(EnterQuantity{8, ""});

    CHECK(reply.message == "quantity_set");
    CHECK(reply.kind == ReplyKind::attention); // not par
    CHECK(ward.counted("epi").front().quantity == 8);
    CHECK(ward.counted("epi").front().evidence == Evidence::scanned); // it follows a scan
    CHECK(ward.run(a_quantity(10)).kind == ReplyKind::accept);
    CHECK(ward.counted("epi").front().quantity == 10);
}

TEST_CASE("quantities are bounded") {
    Ward ward = with_epi_counted();
    CHECK(ward.run(EnterQuantity{-1, ""}).message == "quantity_out_of_range");
    CHECK(ward.run(EnterQuantity{9999, ""}).message == "quantity_set");
    CHECK(ward.run(EnterQuantity{10000, ""}).message == "quantity_out_of_range");
    CHECK(ward.run(EnterQuantity{2'000'000'000, ""}).message == "quantity_out_of_range");
    CHECK(ward.run(a_quantity(50)).message == "quantity_set");
    CHECK(ward.run(a_quantity(51)).message == "quantity_out_of_range");
    CHECK(ward.run(MarkDamaged{-1, ""}).message == "quantity_out_of_range");
    CHECK(ward.counted("epi").front().quantity == 50);
}

TEST_CASE("by unit, the count never runs past what a line can hold") {
    Ward ward = a_ward();
    ward.open();
    const Command unit = a_gs1_scan(ketamine).lot("K").expiry("2028-01-31");
    ward.run(unit);
    ward.run(EnterQuantity{quantity_max, ""});
    ward.run(unit);
    CHECK(ward.counted("ketamine").front().quantity == quantity_max);
}

TEST_CASE("zero says missing") {
    Ward ward = with_epi_counted();

    SECTION("of the only lot") {
        CHECK(ward.run(a_quantity(0)).message == "line_missing");
        CHECK(ward.check().progress.lines.at("epi").missing);
    }
    SECTION("of one lot beside another it takes that lot away") {
        ward.run(EnterQuantity{6, ""});
        ward.run(a_gs1_scan(epi).lot("B2").expiry("2028-12-31"));
        CHECK(ward.run(EnterQuantity{0, ""}).message == "quantity_set");
        CHECK_FALSE(ward.check().progress.lines.at("epi").missing);
        CHECK(ward.check().progress.lines.at("epi").holdings.back().quantity == 0);
        ward.run(a_gs1_scan(epi).lot("B2").expiry("2028-12-31")); // it is there after all
        CHECK(ward.counted("epi").back().quantity == 4);
    }
    SECTION("a later scan takes it back") {
        ward.run(MarkMissing{});
        ward.run(a_gs1_scan(epi).lot("A1"));
        CHECK_FALSE(ward.check().progress.lines.at("epi").missing);
        CHECK(ward.counted("epi").front().quantity == 10);
    }
}

TEST_CASE("commands need a line to speak of, and a check") {
    Ward ward = a_ward();
    const std::vector<Command> commands = {
        EnterQuantity{3, ""},
        MarkMissing{},
        MarkDamaged{1, ""},
        TakeOutExpired{},
        EnterExpiry{day("2028-01-31"), "", ""},
        a_control(ControlCode::new_lot),
        a_control(ControlCode::damaged),
    };
    for (const Command& command : commands) {
        CHECK(ward.run(command).message == "scan_cart_first");
    }
    ward.open();
    for (const Command& command : commands) {
        CHECK(ward.run(command).message == "no_current_line");
        CHECK(ward.last.events.empty());
    }
    CHECK(ward.run(SelectLine{"nowhere", ""}).message == "unknown_line");
    CHECK(ward.run(EnterQuantity{3, "nowhere"}).message == "unknown_line");
}

TEST_CASE("damage is set on the current lot and never exceeds it") {
    Ward ward = with_epi_counted();
    CHECK(ward.run(MarkDamaged{3, ""}).message == "damaged_set");
    CHECK(ward.counted("epi").front().damaged == 3);
    ward.run(a_control(ControlCode::damaged)); // the printed code: one more
    CHECK(ward.counted("epi").front().damaged == 4);
    ward.run(MarkDamaged{99, ""});
    CHECK(ward.counted("epi").front().damaged == 10);
    ward.run(EnterQuantity{7, ""});
    CHECK(ward.counted("epi").front().damaged == 7);
    ward.run(MarkDamaged{0, ""});
    CHECK(ward.counted("epi").front().damaged == 0);

    CHECK(ward.run(MarkDamaged{1, "atropine"}).message == "nothing_counted");
    CHECK(ward.counted("atropine").empty());
}

TEST_CASE("of two lots, damage asks which") {
    Ward ward = with_epi_counted();
    ward.run(a_gs1_scan(epi).lot("B2").expiry("2028-12-31"));
    ward.run(SelectLine{"epi", ""});
    CHECK(ward.run(MarkDamaged{1, ""}).message == "which_lot");
    ward.run(SelectLine{"epi", "A1"});
    CHECK(ward.run(MarkDamaged{1, ""}).lot == "A1");
}

TEST_CASE("a slot label and a number count by slot") {
    Ward ward = a_ward();
    ward.open();

    SECTION("the lot on file") {
        const Reply reply = ward.run(a_scan(ward.line("OR-1", "epi").tag));
        CHECK(reply.message == "enter_quantity");
        CHECK(reply.kind == ReplyKind::command);
        CHECK(ward.last.events.empty());
        ward.run(EnterQuantity{9, ""});
        REQUIRE(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().lot == "A1");
        CHECK(ward.counted("epi").front().evidence == Evidence::slot);
    }
    SECTION("something that does not expire") {
        ward.run(a_scan(ward.line("OR-1", "blade").tag));
        ward.run(EnterQuantity{4, ""});
        CHECK(ward.counted("blade").front().evidence == Evidence::slot);
    }
    SECTION("with nothing on file the date is asked for") {
        ward.run(a_scan(ward.line("OR-1", "atropine").tag));
        CHECK(ward.run(EnterQuantity{5, ""}).message == "enter_expiry");
        CHECK(ward.counted("atropine").empty());
        ward.run(EnterExpiry{day("2028-01-31"), "L1", ""});
        CHECK(ward.counted("atropine").front().quantity == 5);
        CHECK(ward.counted("atropine").front().evidence == Evidence::slot);
    }
    SECTION("with two lots on file it is asked which") {
        ward.define({StockRecorded{
            "OR-1", "epi", {a_lot("A1", "2027-12-31", 6), a_lot("B2", "2028-01-31", 4)}}});
        ward.run(a_scan(ward.line("OR-1", "epi").tag));
        CHECK(ward.run(EnterQuantity{5, ""}).message == "which_lot");
        CHECK(ward.run(EnterQuantity{0, ""}).message == "line_missing");
    }
    SECTION("a line chosen on the page is typed") {
        ward.run(SelectLine{"epi", ""});
        ward.run(EnterQuantity{10, ""});
        CHECK(ward.counted("epi").front().evidence == Evidence::typed);
    }
}

TEST_CASE("a lot without a known date is never counted by number alone") {
    Ward ward = a_ward();
    ward.record(StockRecorded{"OR-1", "epi", {a_lot("A1", "", 10)}}); // as an old version wrote it
    ward.open();

    CHECK(ward.run(a_gs1_scan(epi)).verdict == Verdict::needs_expiry);
    ward.run(SelectLine{"epi", ""});
    CHECK(ward.run(EnterQuantity{10, ""}).message == "enter_expiry");
    CHECK(ward.counted("epi").empty());
}

TEST_CASE("expired units are taken out on a word") {
    Ward ward = a_ward();
    ward.define({StockRecorded{
        "OR-1", "epi", {a_lot("OLD", "2026-11-01", 3), a_lot("A1", "2027-12-31", 7)}}});
    ward.open();

    SECTION("what was counted") {
        ward.run(a_gs1_scan(epi));
        CHECK(ward.run(a_control(ControlCode::expired_out)).values.at("out_lots") == "OLD");
        REQUIRE(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().lot == "A1");
        CHECK(ward.run(TakeOutExpired{}).message == "nothing_expired");
    }
    SECTION("what is on file and was not counted; the rest still has to be seen") {
        CHECK(ward.run(TakeOutExpired{"epi"}).values.at("out_quantity") == "3");
        CHECK(ward.run(CloseCheck{}).values.at("count") == "6");
        ward.run(SelectLine{"epi", ""});
        ward.run(EnterQuantity{7, ""}); // the only lot that is left
        CHECK(ward.counted("epi").front().lot == "A1");
        CHECK(ward.run(CloseCheck{}).values.at("count") == "5");
    }
    SECTION("a code without a date counts only what is left") {
        ward.run(TakeOutExpired{"epi"});
        CHECK(ward.run(a_gs1_scan(epi)).verdict == Verdict::ok);
        CHECK(ward.counted("epi").front().lot == "A1");
    }
}

TEST_CASE("everything on file taken out settles a line") {
    Ward ward = a_ward();
    ward.stock("OR-1", "epi", a_lot("OLD", "2026-11-01", 3));
    ward.open();
    ward.run(TakeOutExpired{"epi"});
    CHECK(ward.run(CloseCheck{}).values.at("count") == "5");
    ward.run(SelectLine{"epi", ""});
    CHECK(ward.run(EnterQuantity{5, ""}).message == "enter_expiry"); // of which lot, until when?
    CHECK(ward.run(a_gs1_scan(epi)).verdict == Verdict::needs_expiry);
}

TEST_CASE("the date of what was counted is corrected by typing it") {
    Ward ward = with_epi_counted();
    ward.run(EnterQuantity{8, ""});

    const Reply reply = ward.run(EnterExpiry{day("2027-06-30"), "", ""});

    CHECK(reply.verdict == Verdict::new_lot);
    REQUIRE(ward.counted("epi").size() == 1);
    CHECK(ward.counted("epi").front().quantity == 8);
    CHECK(ward.counted("epi").front().last_usable_day == day("2027-06-30"));
    CHECK(ward.run(EnterExpiry{day("2027-06-30"), "", ""}).verdict == Verdict::duplicate);
    CHECK(
        ward.run(EnterExpiry{day("2027-06-30"), std::string(65, 'x'), ""}).message
        == "lot_refused");
}

TEST_CASE("by unit, a corrected date counts no further unit") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(ketamine).lot("K1").expiry("2028-01-31"));
    ward.run(EnterExpiry{day("2028-03-31"), "", ""});
    CHECK(ward.counted("ketamine").front().quantity == 1);
    CHECK(ward.counted("ketamine").front().last_usable_day == day("2028-03-31"));
}

TEST_CASE("the printed code for a new lot asks for it") {
    Ward ward = with_epi_counted();
    const Reply reply = ward.run(a_control(ControlCode::new_lot));
    CHECK(reply.message == "enter_expiry");
    CHECK(reply.kind == ReplyKind::command);
    ward.run(EnterExpiry{day("2028-12-31"), "B2", ""});
    CHECK(ward.counted("epi").back().lot == "B2");
    CHECK(ward.counted("epi").back().quantity == 1); // par is reached already
}

} // namespace cartwatch::line_test
