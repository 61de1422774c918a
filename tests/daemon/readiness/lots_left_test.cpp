// Goal: nothing that lay in a cart goes from its file unsaid. A line is counted by one of its lots;
// what the check said nothing of is listed before the signature, lot by lot.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::lots_left_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// OR-1 with two lots of epinephrine on file; everything but them is counted.
Ward with_two_lots(const std::string& other, const char* last_usable_day) {
    Ward ward = a_ward();
    ward.define({StockRecorded{
        "OR-1", "epi", {a_lot("A1", "2027-12-31", 10), a_lot(other, last_usable_day, 2)}}});
    ward.open();
    count_or1(ward);
    ward.run(a_scan(first_seal));
    return ward;
}

} // namespace

TEST_CASE("a lot on file that was not scanned is listed before the signature") {
    Ward ward = with_two_lots("R2", GENERATE("2026-11-01", "2028-12-31"));

    const Reply listed = ward.badge("N1");

    CHECK(listed.message == "review_missing");
    CHECK(listed.values.at("count") == "1");
    CHECK_THAT(listed.values.at("names"), Catch::Contains("R2"));
    CHECK(ward.cart("OR-1").lines.front().holdings.size() == 2);
    SECTION("scanned after all, it is not") {
        ward.run(a_gs1_scan(epi).lot("R2"));
        CHECK(ward.badge("N1").message == "check_closed");
        CHECK(ward.line("OR-1", "epi").holdings.size() == 2);
    }
    SECTION("the second badge calls it missing") {
        CHECK(ward.badge("N1").message == "check_closed");
        CHECK(ward.line("OR-1", "epi").holdings.size() == 1);
    }
}

TEST_CASE("a recalled lot does not leave the file unsaid where another lot was put in") {
    Ward ward = a_ward();
    ward.receive("pharmacy", RecallIssued{{"epi", "A1"}, "defect"});
    ward.open();
    count_or1(ward);
    ward.run(Undo{});
    ward.run(a_scan(first_seal));
    // The new lot alone is scanned: whether A1 still lies there nobody has said.
    ward.run(a_gs1_scan(epi).lot("N9").expiry("2028-12-31"));

    const Reply listed = ward.badge("N1");

    CHECK(listed.message == "review_missing");
}

TEST_CASE("a lot in whose place a new one was put is listed where it goes before that one") {
    Ward ward = a_ward();
    ward.open();
    const auto [last, message] = GENERATE(table<const char*, const char*>({
        {"2027-12-30", "check_closed"},
        {"2027-12-31", "check_closed"}, // of the lot on file
        {"2028-01-01", "review_missing"},
        {"2028-12-31", "review_missing"},
    }));
    const Reply put_in = ward.run(a_gs1_scan(epi).lot("N9").expiry(last));
    CHECK(put_in.verdict == Verdict::new_lot);
    ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
    for (const char* serial : {"1", "2", "3"}) {
        ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial(serial));
    }
    ward.run(a_gs1_scan(blade));
    ward.run(ReportTest{true, "defib"});
    ward.run(ReportTest{true, "suction"});

    CHECK(ward.badge("N1").message == message);
}

TEST_CASE("a lot goes before the one put in, whatever else was counted") {
    Ward ward = a_ward();
    ward.define({StockRecorded{
        "OR-1", "epi", {a_lot("A1", "2027-06-30", 2), a_lot("B1", "2027-01-31", 2)}}});
    ward.open();
    ward.run(a_gs1_scan(epi).lot("B1").expiry("2027-01-31"));
    ward.run(a_gs1_scan(epi).lot("C1").expiry("2028-01-31"));

    const Reply listed = ward.badge("N1");

    CHECK(listed.message == "review_missing");
    CHECK_THAT(listed.values.at("names"), Catch::Contains("A1"));
}

TEST_CASE("a number typed for one of two lots leaves the other as it was") {
    Ward ward = a_ward();
    ward.define({StockRecorded{
        "OR-1", "epi", {a_lot("A1", "2027-12-31", 2), a_lot("B2", "2026-12-02", 10)}}});
    ward.open();
    const auto choose = [&](const char* lot, int quantity) {
        ward.run(SelectLine{"epi", lot});
        return ward.run(EnterQuantity{quantity, "epi"});
    };

    choose("A1", 2);
    const Reply second = choose("B2", 10);

    CHECK(second.lot == "B2");
    REQUIRE(ward.counted("epi").size() == 2);
    CHECK(ward.counted("epi")[0].quantity == 2);
    CHECK(ward.counted("epi")[1].lot == "B2");
    CHECK(ward.counted("epi")[1].last_usable_day == day("2026-12-02"));
    SECTION("without a lot the number asks for it") {
        Ward fresh = a_ward();
        fresh.define({StockRecorded{
            "OR-1", "epi", {a_lot("A1", "2027-12-31", 2), a_lot("B2", "2026-12-02", 10)}}});
        fresh.open();
        fresh.run(SelectLine{"epi", "A1"});
        fresh.run(EnterQuantity{2, "epi"});
        fresh.run(SelectLine{"epi", ""});
        CHECK(fresh.run(EnterQuantity{10, "epi"}).message == "which_lot");
    }
}

TEST_CASE("one pack with a serial counts once, whichever line of the cart asks for its product") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    cart.lines.push_back(a_line("ketamine").par(1).by_unit());
    cart.lines.back().id = "ketamine-2";
    ward.define({CartDefined{cart}});
    ward.open();
    for (const char* serial : {"1", "2", "3"}) {
        ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial(serial));
    }

    const Reply again = ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial("2"));

    CHECK(again.verdict == Verdict::duplicate);
    CHECK(ward.counted("ketamine-2").empty());
}

} // namespace cartwatch::lots_left_test
