#include "daemon/readiness/limits.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::count_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Command epi_lot(const std::string& lot, std::string_view expiry) {
    return a_gs1_scan(epi).lot(lot).expiry(expiry);
}

Ward open_ward() {
    Ward ward = a_ward();
    ward.open();
    return ward;
}

} // namespace

TEST_CASE("by line, a lot on file is counted as on file") {
    Ward ward = a_ward();
    ward.stock("OR-1", "epi", a_lot("A1", "2027-12-31", 7));
    ward.open();

    const Reply reply = ward.run(epi_lot("A1", "2027-12-31"));

    REQUIRE(ward.counted("epi").size() == 1);
    const Holding held = ward.counted("epi").front();
    CHECK(held.quantity == 7);
    CHECK(held.evidence == Evidence::scanned);
    CHECK(held.seen_at == ward.context.now);
    CHECK(reply.values.at("quantity") == "7");
    CHECK(reply.line == "epi");
    CHECK(reply.lot == "A1");
}

TEST_CASE("damaged units on file stay damaged until somebody says otherwise") {
    Ward ward = a_ward();
    Holding some = a_lot("A1", "2027-12-31", 7);
    some.damaged = 2;
    ward.stock("OR-1", "epi", some);
    ward.open();

    ward.run(epi_lot("A1", "2027-12-31"));

    CHECK(ward.counted("epi").front().damaged == 2);
}

TEST_CASE("by line, a new lot is taken for what par still lacks, at least the one in the hand") {
    struct Example {
        const char* name;
        int first;
        int second;
    };

    const auto example = GENERATE(values<Example>({
        {"nothing counted yet", 0, 10},
        {"six counted", 6, 4},
        {"one below par", 9, 1},
        {"at par", 10, 1},
        {"over par", 12, 1},
    }));
    DYNAMIC_SECTION(example.name) {
        Ward ward = open_ward();
        if (example.first > 0) {
            ward.run(epi_lot("A1", "2027-12-31"));
            ward.run(EnterQuantity{example.first, ""});
        }

        ward.run(epi_lot("B2", "2028-12-31"));

        CHECK(ward.counted("epi").back().quantity == example.second);
    }
}

TEST_CASE("a lot on file is cut to par where other lots were counted already") {
    Ward ward = a_ward();
    ward.open();
    ward.run(epi_lot("B2", "2028-12-31"));
    ward.run(EnterQuantity{4, ""});

    ward.run(epi_lot("A1", "2027-12-31"));

    CHECK(ward.counted("epi").back().quantity == 6);
}

TEST_CASE("a code without lot and date counts everything on file") {
    Ward ward = a_ward();
    REQUIRE(
        ward
            .define({StockRecorded{
                "OR-1", "epi", {a_lot("A1", "2027-12-31", 6), a_lot("B2", "2028-01-31", 9)}}})
            .message
        == "defined");
    ward.open();

    const Reply reply = ward.run(a_gs1_scan(epi));

    CHECK(reply.verdict == Verdict::ok);
    REQUIRE(ward.counted("epi").size() == 2);
    CHECK(ward.counted("epi")[0].quantity == 6);
    CHECK(ward.counted("epi")[1].quantity == 4); // a guess stays within par
    CHECK(ward.brought<CheckStepped>() == 2);
    CHECK(reply.values.at("lot") == "A1, B2");
    CHECK(ward.run(a_gs1_scan(epi)).verdict == Verdict::duplicate);

    AND_WHEN("a number follows it, nobody can tell of which lot") {
        CHECK(ward.run(EnterQuantity{3, ""}).message == "which_lot");
        ward.run(SelectLine{"epi", "B2"});
        CHECK(ward.run(EnterQuantity{3, ""}).message == "quantity_set");
        CHECK(ward.counted("epi")[1].quantity == 3);
    }
}

TEST_CASE("a code without lot and date goes on with the lots that were not counted") {
    Ward ward = a_ward();
    ward.define({StockRecorded{
        "OR-1", "epi", {a_lot("A1", "2027-12-31", 6), a_lot("B2", "2028-01-31", 4)}}});
    ward.open();
    ward.run(epi_lot("A1", "2027-12-31"));

    ward.run(a_gs1_scan(epi));

    CHECK(ward.counted("epi").size() == 2);
}

TEST_CASE("a scan without a date, or without a lot, never erases a known one") {
    Ward ward = open_ward();

    SECTION("lot alone") {
        ward.run(a_gs1_scan(epi).lot("A1"));
    }
    SECTION("date alone") {
        ward.run(a_gs1_scan(epi).expiry("2027-12-31"));
    }
    SECTION("neither") {
        ward.run(a_gs1_scan(epi));
    }
    SECTION("a traceability code") {
        ward.run(a_trace_scan("81111110000000000001"));
    }

    REQUIRE(ward.counted("epi").size() == 1);
    CHECK(ward.counted("epi").front().lot == "A1");
    CHECK(ward.counted("epi").front().last_usable_day == day("2027-12-31"));
    CHECK(ward.counted("epi").front().quantity == 10);
}

TEST_CASE("the same lot with another date shows old and new, and the scan's counts") {
    Ward ward = open_ward();

    const Reply reply = ward.run(epi_lot("A1", "2028-06-30"));

    CHECK(reply.verdict == Verdict::new_lot);
    CHECK(reply.values.at("old_lot") == "A1");
    CHECK(reply.values.at("old_day") == "2027-12-31");
    CHECK(reply.last_usable_day == day("2028-06-30"));
    CHECK(ward.counted("epi").front().last_usable_day == day("2028-06-30"));

    AND_WHEN("a pack of that lot says another date in the same check") {
        CHECK(ward.run(epi_lot("A1", "2027-12-31")).verdict == Verdict::new_lot);
        CHECK(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().last_usable_day == day("2027-12-31"));
    }
}

TEST_CASE("two batches without a lot number: the earlier date speaks for both") {
    Ward ward = open_ward();
    ward.run(a_gs1_scan(atropine).expiry("2028-01-31"));

    ward.run(a_gs1_scan(atropine).expiry("2027-08-31"));
    ward.run(a_gs1_scan(atropine).expiry("2028-05-31"));

    REQUIRE(ward.counted("atropine").size() == 1);
    CHECK(ward.counted("atropine").front().last_usable_day == day("2027-08-31"));
}

TEST_CASE("a repeated scan says when and by whom, and counts nothing") {
    Ward ward = open_ward();
    ward.run(epi_lot("A1", "2027-12-31"));
    const Instant first = ward.context.now;
    ward.badge("N2");

    const Reply reply = ward.run(epi_lot("A1", "2027-12-31"));

    CHECK(reply.verdict == Verdict::duplicate);
    CHECK(reply.kind == ReplyKind::attention);
    CHECK(reply.values.at("at") == cartwatch::to_text(first));
    CHECK(reply.values.at("by") == "name of N1");
    CHECK(ward.counted("epi").front().quantity == 10);
    CHECK(std::get<ScanNoted>(ward.check().steps.back().action).verdict == "duplicate");
}

TEST_CASE("what is not known to last is not counted until its date is entered") {
    Ward ward = open_ward();

    CHECK(ward.run(a_gs1_scan(atropine).lot("L9")).verdict == Verdict::needs_expiry);
    CHECK(ward.counted("atropine").empty());

    SECTION("the date completes the scan") {
        const Reply reply = ward.run(EnterExpiry{day("2028-03-31"), "", ""});
        CHECK(reply.verdict == Verdict::ok);
        REQUIRE(ward.counted("atropine").size() == 1);
        CHECK(ward.counted("atropine").front().lot == "L9");
        CHECK(ward.counted("atropine").front().quantity == 5);
        CHECK(ward.counted("atropine").front().evidence == Evidence::typed);
        CHECK(ward.session.pending_raw.empty());
    }
    SECTION("a number typed before the date is kept for it") {
        CHECK(ward.run(EnterQuantity{2, ""}).message == "enter_expiry");
        CHECK(ward.counted("atropine").empty());
        ward.run(EnterExpiry{day("2028-03-31"), "", ""});
        CHECK(ward.counted("atropine").front().quantity == 2);
        CHECK(ward.counted("atropine").front().lot == "L9");
    }
    SECTION("another scan drops it") {
        ward.run(epi_lot("A1", "2027-12-31"));
        CHECK(ward.session.pending_raw.empty());
        CHECK(ward.counted("atropine").empty());
    }
}

TEST_CASE("a product that does not expire needs no date") {
    Ward ward = open_ward();

    CHECK(ward.run(a_gs1_scan(blade)).verdict == Verdict::ok);
    CHECK(ward.counted("blade").front().quantity == 4);
    CHECK(ward.run(a_gs1_scan(blade)).verdict == Verdict::duplicate);
}

TEST_CASE("a code keyed in by hand is evidence of that") {
    Ward ward = open_ward();
    ward.run(a_gs1_scan(epi).lot("A1").keyed_in());
    CHECK(ward.counted("epi").front().evidence == Evidence::typed);
}

TEST_CASE("an expired lot is counted as such, and the next usable one replaces it") {
    Ward ward = a_ward();
    ward.stock("OR-1", "epi", a_lot("A1", "2026-11-21", 10));
    ward.open();

    const Reply reply = ward.run(epi_lot("A1", "2026-11-21"));

    CHECK(reply.verdict == Verdict::expired);
    CHECK(reply.kind == ReplyKind::reject);
    CHECK(ward.counted("epi").front().quantity == 10);

    SECTION("scanned again it stays expired and counts nothing") {
        CHECK(ward.run(epi_lot("A1", "2026-11-21")).verdict == Verdict::expired);
        CHECK(ward.counted("epi").size() == 1);
    }
    SECTION("its replacement takes it out") {
        const Reply replaced = ward.run(epi_lot("B2", "2028-12-31"));
        CHECK(replaced.message == "counted_replacement");
        CHECK(replaced.kind == ReplyKind::attention);
        CHECK(replaced.verdict == Verdict::new_lot);
        CHECK(replaced.values.at("out_lots") == "A1");
        CHECK(replaced.values.at("out_quantity") == "10");
        REQUIRE(ward.last.events.size() == 2);
        CHECK(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().lot == "B2");
        CHECK(ward.counted("epi").front().quantity == 10);

        ward.run(Undo{}); // two steps: the count …
        CHECK(ward.counted("epi").empty());
        ward.run(Undo{}); // … and the removal
        CHECK(ward.counted("epi").front().lot == "A1");
    }
    SECTION("another expired lot is no replacement") {
        CHECK(ward.run(epi_lot("C3", "2026-01-31")).verdict == Verdict::expired);
        CHECK(ward.counted("epi").size() == 2);
    }
    SECTION("a replacement whose code bears no date asks for it, and then takes it out") {
        CHECK(ward.run(a_gs1_scan(epi)).verdict == Verdict::needs_expiry);
        CHECK(ward.run(EnterExpiry{day("2028-12-31"), "", ""}).message == "counted_replacement");
        CHECK(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().lot.empty());
    }
    SECTION("a date typed at once is the replacement's, too") {
        CHECK(ward.run(EnterExpiry{day("2028-12-31"), "", ""}).message == "counted_replacement");
        CHECK(ward.counted("epi").front().last_usable_day == day("2028-12-31"));
    }
    SECTION("a date typed with its lot corrects it") {
        CHECK(ward.run(EnterExpiry{day("2028-12-31"), "A1", ""}).verdict == Verdict::new_lot);
        CHECK(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().lot == "A1");
    }
}

TEST_CASE("a lot that lay there already takes no expired one out: that one is still in the cart") {
    Ward ward = a_ward();
    ward.define({StockRecorded{
        "OR-1", "epi", {a_lot("A1", "2026-11-21", 4), a_lot("B2", "2028-12-31", 6)}}});
    ward.open();
    REQUIRE(ward.run(epi_lot("A1", "2026-11-21")).verdict == Verdict::expired);

    const Reply reply = ward.run(epi_lot("B2", "2028-12-31"));

    CHECK(reply.message != "counted_replacement");
    REQUIRE(ward.counted("epi").size() == 2);
    CHECK(ward.counted("epi").front().lot == "A1");
    CHECK(ward.counted("epi").front().quantity == 4);
}

TEST_CASE("what expired on file is said even where the code bears no date") {
    Ward ward = a_ward();
    ward.stock("OR-1", "epi", a_lot("A1", "2026-11-21", 10));
    ward.open();
    CHECK(ward.run(a_gs1_scan(epi)).verdict == Verdict::expired);
}

TEST_CASE("a recalled lot is treated like an expired one") {
    Ward ward = a_ward();
    ward.receive("pharmacy", RecallIssued{Recall{"epi", ""}, "all lots"});
    ward.open();

    CHECK(ward.run(epi_lot("A1", "2027-12-31")).verdict == Verdict::recalled);
    CHECK(ward.counted("epi").front().quantity == 10);
    CHECK(ward.run(TakeOutExpired{}).message == "taken_out");
    CHECK(ward.counted("epi").empty());

    AND_WHEN("nothing is known of its date, it is not counted") {
        ward.receive("pharmacy", RecallIssued{Recall{"atropine", ""}, "all lots"});
        CHECK(ward.run(a_gs1_scan(atropine).lot("Z")).verdict == Verdict::recalled);
        CHECK(ward.counted("atropine").empty());
    }
}

TEST_CASE("of several lines with one product, the one that is not done is counted") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    cart.lines.push_back(a_line("epi", "epi-spare").par(2));
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    ward.open();

    CHECK(ward.run(epi_lot("A1", "2027-12-31")).line == "epi");
    ward.let_pass(trigger_repeat);
    CHECK(ward.run(epi_lot("A1", "2027-12-31")).line == "epi-spare");
    CHECK(ward.run(epi_lot("A1", "2027-12-31")).line == "epi-spare"); // done, but current

    AND_WHEN("a slot was pointed at, it is that one") {
        ward.run(a_scan(ward.line("OR-1", "epi").tag));
        CHECK(ward.run(epi_lot("B9", "2028-12-31")).line == "epi");
    }
}

TEST_CASE("two lines by unit are filled one after the other") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    cart.lines.push_back(a_line("ketamine", "ketamine-spare").par(1).by_unit());
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    ward.open();
    const auto unit = [](int serial) {
        return Command(
            a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial(std::to_string(serial)));
    };

    for (int serial = 1; serial <= 3; ++serial) {
        CHECK(ward.run(unit(serial)).line == "ketamine");
    }
    CHECK(ward.run(unit(4)).line == "ketamine-spare");
}

TEST_CASE("raw text is kept as evidence, bounded and well-formed") {
    Ward ward = open_ward();
    ward.run(an_unreadable_scan(std::string(10'000, 'x')));
    CHECK(std::get<ScanNoted>(ward.check().steps.back().action).raw.size() <= raw_bytes_max);

    ward.run(an_unreadable_scan("caf\xE9"));
    CHECK(std::get<ScanNoted>(ward.check().steps.back().action).raw == "caf\\xE9");
}

TEST_CASE("a number keyed before the pack's own code is of that pack") {
    Ward ward = a_ward();
    ward.open();
    SECTION("at its place, where nothing is on file") {
        ward.run(a_scan(ward.line("OR-1", "atropine").tag));
        REQUIRE(ward.run(EnterQuantity{2, ""}).message == "enter_expiry");
    }
    SECTION("behind a code that tells no date") {
        ward.run(a_gs1_scan(atropine));
        ward.run(EnterQuantity{2, ""});
    }
    ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
    REQUIRE(ward.counted("atropine").size() == 1);
    CHECK(ward.counted("atropine").front().quantity == 2);
}

TEST_CASE("a number keyed for a new lot is not of the lot on file") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    ward.run(a_control(ControlCode::new_lot));
    CHECK(ward.run(EnterQuantity{2, ""}).message == "enter_expiry");
    SECTION("its date and lot are keyed") {
        ward.run(EnterExpiry{day("2028-06-30"), "B2", ""});
    }
    SECTION("its code is scanned") {
        ward.run(a_gs1_scan(epi).lot("B2").expiry("2028-06-30"));
    }
    REQUIRE(ward.counted("epi").size() == 2);
    CHECK(ward.counted("epi")[0].quantity == 10);
    CHECK(ward.counted("epi")[1].lot == "B2");
    CHECK(ward.counted("epi")[1].quantity == 2);
}

TEST_CASE("by unit, units that were damaged on file stay so when they are counted again") {
    Ward ward = a_ward();
    Holding filed = a_lot("K", "2028-01-31", 3);
    filed.damaged = 1;
    bool replaced = false;
    SECTION("without serials") {}
    SECTION("with serials that the file knows") {
        filed.serials = {"1", "2", "3"};
    }
    SECTION("with one pack in place of one that the file knows") {
        filed.serials = {"1", "2", "9"};
        replaced = true;
    }
    ward.stock("OR-1", "ketamine", filed);
    ward.open();
    for (const char* serial : {"1", "2", "3"}) {
        auto scan = a_gs1_scan(ketamine).lot("K").expiry("2028-01-31");
        ward.run(filed.serials.empty() ? scan : scan.serial(serial));
    }
    CHECK(ward.counted("ketamine").front().quantity == 3);
    CHECK(ward.counted("ketamine").front().damaged == (replaced ? 0 : 1));
    ward.run(MarkDamaged{0, ""});
    CHECK(ward.counted("ketamine").front().damaged == 0);
}

} // namespace cartwatch::count_test
