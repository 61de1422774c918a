// Goal: the two codes of one pack count once, and codes of other packs are never taken for its own.
#include "daemon/readiness/limits.hpp"
#include "scanner/codes/hibc.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::pair_scan_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Command scan_of(const Ward& ward, const std::string& text) {
    codes::ReadOptions options;
    options.as_of = ward.context.today;
    return Scan{codes::read(text, options), false};
}

int units(const std::vector<Holding>& holdings) {
    int sum = 0;
    for (const Holding& holding : holdings) {
        sum += holding.quantity;
    }
    return sum;
}

std::string hibc(std::string text) {
    text += codes::hibc::check_character(text);
    return text;
}

// Atropine: five by line, nothing on file, so that a GTIN alone asks for the expiry.
const std::string atropine_code = "]C101" + atropine;
const std::string lot_code = "]C11727063010A7";

} // namespace

TEST_CASE("lot and expiry in a second code are those of the pack that waits for them") {
    Ward ward = a_ward();
    ward.open();
    REQUIRE(ward.run(scan_of(ward, atropine_code)).message == "needs_expiry");

    const Reply reply = ward.run(scan_of(ward, lot_code));

    CHECK(reply.verdict != Verdict::unreadable);
    REQUIRE(ward.counted("atropine").size() == 1);
    const Holding counted = ward.counted("atropine").front();
    CHECK(counted.lot == "A7");
    CHECK(counted.last_usable_day == day("2027-06-30"));
    CHECK(counted.quantity == 5);
    CHECK(counted.evidence == Evidence::scanned);
    CHECK(ward.session.pending_raw.empty());

    THEN("a third code of the pack changes nothing, and waits for no other pack") {
        const std::string third = GENERATE(as<std::string>(), "21S7", "1727063010A7", "10A7");
        CHECK(ward.run(scan_of(ward, "]C1" + third)).message == "unreadable");
        CHECK_FALSE(ward.session.held);
        CHECK(ward.counted("atropine").size() == 1);
        CHECK(ward.counted("atropine").front().lot == "A7");
    }
}

TEST_CASE("a second code needs no identifier of the scanner where it bears a date") {
    Ward ward = a_ward();
    ward.open();
    ward.run(scan_of(ward, atropine.substr(1)));

    ward.run(scan_of(ward, "1727063010A7"));

    REQUIRE(ward.counted("atropine").size() == 1);
    CHECK(ward.counted("atropine").front().lot == "A7");
}

TEST_CASE("a second code behind something else counts nothing") {
    Ward ward = a_ward();
    ward.open();

    SECTION("behind a code that tells lot and expiry itself") {
        ward.run(scan_of(
            ward,
            "]d201" + atropine
                + "17270630"
                  "10A1"));
        CHECK(ward.run(scan_of(ward, lot_code)).message == "part_held");
        CHECK(ward.counted("atropine").front().lot == "A1");
    }
    SECTION("behind a code that was undone") {
        ward.run(scan_of(ward, "]C101" + epi));
        ward.run(Undo{});
        CHECK(ward.run(scan_of(ward, lot_code)).message == "part_held");
    }
    SECTION("behind another line") {
        ward.run(scan_of(ward, atropine_code));
        ward.run(SelectLine{"epi", ""});
        CHECK(ward.run(scan_of(ward, lot_code)).message == "part_held");
    }
    CHECK(units(ward.counted("epi")) == 0);
}

TEST_CASE("a lot that comes before its product waits for it") {
    Ward ward = a_ward();
    ward.open();
    const Reply waiting = ward.run(scan_of(ward, lot_code));
    CHECK(waiting.message == "part_held");
    CHECK(waiting.verdict == Verdict::unclear);
    CHECK(ward.check().steps.back().action == StepAction{ScanNoted{lot_code, "unclear", ""}});

    SECTION("the product's code behind it counts with it") {
        ward.run(scan_of(ward, atropine_code));
        REQUIRE(ward.counted("atropine").size() == 1);
        CHECK(ward.counted("atropine").front().lot == "A7");
        CHECK(ward.counted("atropine").front().last_usable_day == day("2027-06-30"));
        CHECK_FALSE(ward.session.held);
    }
    SECTION("a product's code that tells its own lot is of another pack") {
        ward.run(scan_of(
            ward,
            "]d201" + atropine
                + "17270131"
                  "10B1"));
        REQUIRE(ward.counted("atropine").size() == 1);
        CHECK(ward.counted("atropine").front().lot == "B1");
    }
    SECTION("anything in between gives it up") {
        ward.run(SelectLine{"atropine", ""});
        CHECK(ward.run(scan_of(ward, atropine_code)).message == "needs_expiry");
    }
    SECTION("it counts once") {
        ward.run(scan_of(ward, atropine_code));
        ward.run(scan_of(ward, "]C101" + epi));
        CHECK(ward.counted("epi").front().lot == "A1");
    }
    SECTION("up to its time, not behind it") {
        const auto wait = GENERATE(-1, 0, 1, 100'000'000);
        // The next scan is a second later by itself.
        ward.context.now +=
            held_part_longest - std::chrono::seconds(1) + std::chrono::milliseconds(wait);
        const bool counts = ward.run(scan_of(ward, atropine_code)).message != "needs_expiry";
        CHECK(counts == (wait <= 0));
    }
    SECTION("with the clock set back nobody knows how long it waited") {
        ward.context.now -= std::chrono::milliseconds(1001);
        CHECK(ward.run(scan_of(ward, atropine_code)).message == "needs_expiry");
    }
    SECTION("a second one takes the place of the first") {
        CHECK(ward.run(scan_of(ward, "]C11727083110A8")).message == "part_held");
        ward.run(scan_of(ward, atropine_code));
        CHECK(ward.counted("atropine").front().lot == "A8");
    }
}

TEST_CASE("a lot without an identifier may be a scan that lost its head, and does not wait") {
    Ward ward = a_ward();
    ward.open();
    CHECK(ward.run(scan_of(ward, "1727063010A7")).message == "unknown_code");
    CHECK(ward.run(scan_of(ward, atropine_code)).message == "needs_expiry");
    CHECK(ward.run(scan_of(ward, "]C137")).message == "unreadable");
}

TEST_CASE("a lot that waits and has several readings is asked about with its product") {
    Ward ward = a_ward();
    ward.open();
    CHECK(ward.run(scan_of(ward, "]C11727063010B2103")).message == "part_held");
    const Reply reply = ward.run(scan_of(ward, atropine_code));
    CHECK(reply.message == "unclear_code");
    CHECK(reply.values.at("readings") == "1) B2103 2027-06-30 / 2) B 2027-06-30");
    CHECK(ward.counted("atropine").empty());
}

TEST_CASE("a lot that waits leaves no doubt where its scanner sends separators") {
    Ward ward = a_ward();
    ward.open();
    codes::ReadOptions options;
    options.as_of = ward.context.today;
    options.scanner.sends_separators = true;
    ward.run(Scan{codes::read("]C11727063010B2103", options), false});
    ward.run(scan_of(ward, atropine_code));
    REQUIRE(ward.counted("atropine").size() == 1);
    CHECK(ward.counted("atropine").front().lot == "B2103");
}

TEST_CASE("a second code with several readings is asked about with its own product") {
    Ward ward = a_ward();
    ward.open();
    ward.run(scan_of(ward, atropine_code));
    const Reply reply = ward.run(scan_of(ward, "]C11727063010B2103"));
    CHECK(reply.message == "unclear_code");
    CHECK(reply.line == "atropine");
    CHECK(ward.counted("atropine").empty());
    ward.run(scan_of(ward, "]C101" + epi));
    CHECK(ward.counted("epi").front().lot == "A1"); // it waited for no other product
}

TEST_CASE("a line counted as on file is set right by the lot of the pack in hand") {
    Ward ward = a_ward();
    ward.open();
    ward.run(scan_of(ward, "]C101" + epi));
    REQUIRE(ward.counted("epi").front().lot == "A1");

    WHEN("it is the lot on file, nothing changes") {
        ward.run(scan_of(ward, "]C11727123110A1"));
        REQUIRE(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().quantity == 10);
    }
    WHEN("it is another lot, that one is counted in place of it") {
        ward.run(scan_of(ward, "]C11728013110B2"));
        REQUIRE(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().lot == "B2");
        CHECK(ward.counted("epi").front().quantity == 10);
    }
    WHEN("the file gives that lot another expiry, the pack's counts") {
        ward.run(scan_of(ward, "]C11726123110A1"));
        REQUIRE(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().last_usable_day == day("2026-12-31"));
    }
}

TEST_CASE("a scan that lost its head is no second code of the pack before it") {
    Ward ward = a_ward();
    ward.open();
    ward.run(scan_of(ward, "]C101" + epi));
    REQUIRE(ward.counted("epi").front().lot == "A1");

    const Reply reply =
        ward.run(scan_of(ward, "1728013110B2")); // of another pack, without its GTIN

    CHECK(reply.kind == ReplyKind::reject);
    REQUIRE(ward.counted("epi").size() == 1);
    CHECK(ward.counted("epi").front().lot == "A1");
}

TEST_CASE("by unit, two codes of one pack are one unit") {
    Ward ward = a_ward();
    ward.stock("OR-1", "ketamine", a_lot("K1", "2027-12-31", 3));
    ward.open();
    for (int pack = 1; pack <= 2; ++pack) {
        ward.run(scan_of(ward, "]C101" + ketamine));
        ward.run(scan_of(
            ward,
            "]C11727123110K1\x1d"
            "21S"
                + std::to_string(pack)));
        CHECK(units(ward.counted("ketamine")) == pack);
    }
    CHECK(ward.counted("ketamine").front().serials.size() == 2);
}

TEST_CASE("by unit, a second code is of the last pack alone") {
    Ward ward = a_ward();
    ward.stock("OR-1", "ketamine", a_lot("K1", "2027-12-31", 3));
    ward.open();
    ward.run(scan_of(ward, "]C101" + ketamine));
    ward.run(scan_of(ward, "]C101" + ketamine));
    REQUIRE(units(ward.counted("ketamine")) == 2);

    ward.run(scan_of(ward, "]C11727123110K1"));
    CHECK(units(ward.counted("ketamine")) == 2);

    THEN("of another lot it moves that one unit") {
        ward.run(scan_of(ward, "]C101" + ketamine));
        ward.run(scan_of(ward, "]C11728063010K2"));
        CHECK(units(ward.counted("ketamine")) == 3);
        REQUIRE(ward.counted("ketamine").size() == 2);
        CHECK(ward.counted("ketamine").back().lot == "K2");
        CHECK(ward.counted("ketamine").back().quantity == 1);
    }
}

TEST_CASE("an HIBC secondary is taken with its own primary only") {
    Ward ward = a_ward();
    ward.define({ProductDefined{
        a_product("atropine").gtin(atropine).with(IdentifierKind::udi_di, "A99912345")}});
    ward.open();
    REQUIRE(ward.run(scan_of(ward, hibc("+A99912345"))).message == "needs_expiry");

    SECTION("the link is the primary's check character") {
        ward.run(scan_of(ward, hibc("+$$3280930LOT77")));
        REQUIRE(ward.counted("atropine").size() == 1);
        CHECK(ward.counted("atropine").front().lot == "LOT7");
        CHECK(ward.counted("atropine").front().last_usable_day == day("2028-09-30"));
    }
    SECTION("another link is of another pack") {
        const Reply reply = ward.run(scan_of(ward, hibc("+$$3280930LOT78")));
        CHECK(reply.message == "unreadable");
        CHECK(reply.values.at("rule") == "bad_link_character");
        CHECK(ward.counted("atropine").empty());
    }
}

TEST_CASE("an HIBC secondary waits for the primary that it links to") {
    Ward ward = a_ward();
    ward.define({ProductDefined{
        a_product("atropine").gtin(atropine).with(IdentifierKind::udi_di, "A99912345")}});
    ward.open();
    SECTION("its own") {
        CHECK(ward.run(scan_of(ward, hibc("+$$3280930LOT77"))).message == "part_held");
        ward.run(scan_of(ward, hibc("+A99912345")));
        REQUIRE(ward.counted("atropine").size() == 1);
        CHECK(ward.counted("atropine").front().lot == "LOT7");
    }
    SECTION("not another one") {
        CHECK(ward.run(scan_of(ward, hibc("+$$3280930LOT78"))).message == "part_held");
        CHECK(ward.run(scan_of(ward, hibc("+A99912345"))).message == "needs_expiry");
    }
}

TEST_CASE("a text that may be a lot is one where that lot lies on the line") {
    Ward ward = a_ward();
    ward.stock("OR-1", "atropine", a_lot("D9T", "2027-06-30", 5));
    ward.open();
    ward.run(scan_of(ward, atropine_code));
    const std::size_t before = ward.counted("atropine").size();

    ward.run(scan_of(ward, "10D9T"));

    CHECK(before == 1);
    REQUIRE(ward.counted("atropine").size() == 1);
    CHECK(ward.counted("atropine").front().lot == "D9T");
    CHECK(ward.run(scan_of(ward, "10XYZ")).message == "unknown_code");
}

} // namespace cartwatch::pair_scan_test
