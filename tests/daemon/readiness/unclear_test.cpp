// Goal: a scan with more than one reading counts the one that the cart settles, and else nothing.
#include "scanner/codes/reader.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::unclear_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// A scan of epi with this lot and date, and one further reading of it; an empty day is unknown.
struct Unclear {
    const char* name;
    const char* lot;
    const char* day;
    const char* other_lot;
    const char* other_day;
    const char* counted; // the lot; empty: nothing, the person is asked
};

Command scan_of(const Unclear& unclear) {
    ScanBuilder scan = a_gs1_scan(epi).lot(unclear.lot);
    if (*unclear.day != '\0') {
        scan.expiry(unclear.day);
    }
    codes::Candidate other{codes::Family::gs1, epi, {{"lot", unclear.other_lot}}};
    if (*unclear.other_day != '\0') {
        other.fields.push_back({"expiry", unclear.other_day});
    }
    scan.code.candidates.push_back(other);
    scan.code.warnings.emplace_back("missing_separator_suspected");
    return scan;
}

} // namespace

// On file: lot A1 to 2027-12-31.
TEST_CASE("of several readings of a lot the cart settles which is meant, or nothing is counted") {
    const auto unclear = GENERATE(values<Unclear>({
        {"the date that was hidden is that of the lot on file",
         "A117271231",
         "",
         "A1",
         "2027-12-31",
         "A1"},
        {"the hidden date is another one", "A117281231", "", "A1", "2028-12-31", ""},
        {"the lot that was hidden is not on file", "B217271231", "", "B2", "2027-12-31", ""},
        {"a lot on file that only begins alike proves nothing",
         "A121X",
         "2027-12-31",
         "A1",
         "2027-12-31",
         ""},
        {"the lot as it stands is on file", "A1", "2027-12-31", "A", "2027-12-31", "A1"},
        {"small letters for the lot on file", "a1", "2027-12-31", "A1", "2027-12-31", "A1"},
        {"small letters for a lot that is not on file", "b2", "2027-12-31", "B2", "2027-12-31", ""},
        {"small letters with another date", "a1", "2028-12-31", "A1", "2028-12-31", ""},
    }));
    DYNAMIC_SECTION(unclear.name) {
        Ward ward = a_ward();
        ward.open();

        const Reply reply = ward.run(scan_of(unclear));

        const auto counted = ward.counted("epi");
        if (*unclear.counted != '\0') {
            REQUIRE(counted.size() == 1);
            CHECK(counted.front().lot == unclear.counted);
            CHECK(counted.front().last_usable_day == day("2027-12-31"));
        } else {
            CHECK(counted.empty());
            CHECK(reply.message == "unclear_code");
            CHECK(reply.kind == ReplyKind::reject);
            CHECK(reply.verdict == Verdict::unclear);
            CHECK(reply.line == "epi");
            CHECK(reply.values.at("readings").find(unclear.other_lot) != std::string::npos);
        }
    }
}

TEST_CASE("lot and date keyed in after a scan that was unclear are of its pack") {
    Ward ward = a_ward();
    ward.open();
    REQUIRE(
        ward.run(scan_of({"", "B217281231", "", "B2", "2028-12-31", ""})).message
        == "unclear_code");
    CHECK(
        ward.check().steps.back().action == StepAction{ScanNoted{"]d201" + epi, "unclear", "epi"}});

    ward.run(EnterExpiry{day("2028-12-31"), "B2", ""});

    REQUIRE(ward.counted("epi").size() == 1);
    CHECK(ward.counted("epi").front().lot == "B2");
    CHECK(ward.counted("epi").front().evidence == Evidence::typed);
}

namespace {

const PackReading as_it_stands{"B217281231", std::nullopt, ""};
const PackReading hidden{"B2", day("2028-12-31"), ""};

// Its lot may be B2 with a date, or all of it; neither is on file.
Ward with_a_question() {
    Ward ward = a_ward();
    ward.open();
    ScanBuilder scan = a_gs1_scan(epi).lot("B217281231");
    scan.code.candidates.push_back(
        {codes::Family::gs1, epi, {{"lot", "B2"}, {"expiry", "2028-12-31"}}});
    scan.code.raw = "]d201" + epi + "10B217281231";
    const Reply reply = ward.run(scan);
    REQUIRE(reply.message == "unclear_code");
    REQUIRE(reply.readings == std::vector{as_it_stands, hidden});
    return ward;
}

Scan read_scan(const Ward& ward, const std::string& text) {
    codes::ReadOptions options;
    options.as_of = ward.context.today;
    return Scan{codes::read(text, options), false};
}

} // namespace

TEST_CASE("the reading that somebody chooses counts, with the code it was chosen from") {
    Ward ward = with_a_question();

    const Reply reply = ward.run(ChooseReading{hidden});

    CHECK(reply.readings.empty());
    REQUIRE(ward.brought<CheckStepped>() == 1);
    const auto counted = std::get<LineCounted>(ward.first<CheckStepped>().action);
    CHECK(counted.raw == "]d201" + epi + "10B217281231");
    CHECK(counted.holding.lot == "B2");
    CHECK(counted.holding.last_usable_day == day("2028-12-31"));
    CHECK(counted.holding.evidence == Evidence::typed);

    THEN("the question is answered, and no second answer counts") {
        CHECK(ward.run(ChooseReading{as_it_stands}).message == "no_such_reading");
        CHECK(ward.counted("epi").size() == 1);
    }
}

TEST_CASE("only a reading that was asked about can be chosen") {
    const auto chosen = GENERATE(
        PackReading{"B2", std::nullopt, ""},
        PackReading{"B2", day("2028-12-30"), ""},
        PackReading{"B2", day("2028-12-31"), "S1"},
        PackReading{"", std::nullopt, ""});
    Ward ward = with_a_question();

    const Reply reply = ward.run(ChooseReading{chosen});

    CHECK(reply.message == "no_such_reading");
    CHECK(ward.last.events.empty());
    CHECK(ward.run(ChooseReading{hidden}).message != "no_such_reading");
}

TEST_CASE("a choice without a check, or after the person went on to another line, counts nothing") {
    Ward ward = a_ward();
    CHECK(ward.run(ChooseReading{hidden}).message == "scan_cart_first");

    ward = with_a_question();
    ward.run(SelectLine{"atropine", ""});
    CHECK(ward.run(ChooseReading{hidden}).message == "no_such_reading");
    CHECK(ward.counted("epi").empty());
}

TEST_CASE("a reading without a date asks for it, of a product that expires") {
    Ward ward = with_a_question();

    CHECK(ward.run(ChooseReading{as_it_stands}).message == "needs_expiry");
    CHECK(ward.counted("epi").empty());

    ward.run(EnterExpiry{day("2028-12-31"), "", ""});
    REQUIRE(ward.counted("epi").size() == 1);
    CHECK(ward.counted("epi").front().lot == "B217281231");
}

TEST_CASE("a number keyed in before the answer is of the pack that is asked about") {
    Ward ward = with_a_question();

    const Reply reply = ward.run(EnterQuantity{3, ""});
    CHECK(reply.message == "unclear_code");
    CHECK(reply.readings.size() == 2);
    CHECK(ward.counted("epi").empty());

    SECTION("a button answers") {
        ward.run(ChooseReading{hidden});
    }
    SECTION("another code of the pack answers") {
        ward.run(read_scan(
            ward,
            "]d201" + epi
                + "10B2\x1d"
                  "17281231"));
    }
    REQUIRE(ward.counted("epi").size() == 1);
    CHECK(ward.counted("epi").front().lot == "B2");
    CHECK(ward.counted("epi").front().quantity == 3);
}

TEST_CASE("another code of the pack answers which reading is meant, or leaves the question open") {
    struct Other {
        const char* text;
        const char* counted; // lot; empty: still asked
    };

    const auto other = GENERATE(values<Other>({
        {"]C11728123110B2", "B2"},
        {"]C110B2", "B2"},
        {"]C11727123110B2", ""},  // another date: another pack
        {"]C11728123110B29", ""}, // another lot
        {"]C121S7", ""},          // says nothing of the lot
    }));
    DYNAMIC_SECTION(other.text) {
        Ward ward = with_a_question();

        ward.run(read_scan(ward, other.text));

        const auto counted = ward.counted("epi");
        if (*other.counted == '\0') {
            CHECK(counted.empty());
        } else {
            REQUIRE(counted.size() == 1);
            CHECK(counted.front().lot == other.counted);
            CHECK(counted.front().last_usable_day == day("2028-12-31"));
            CHECK(counted.front().evidence == Evidence::scanned);
            CHECK(ward.session.pending_readings.empty());
        }
    }
}

TEST_CASE("the product's plain code is no answer: what is on file may be another lot") {
    Ward ward = with_a_question();

    const Reply reply = ward.run(read_scan(ward, "]E0" + epi.substr(1)));

    CHECK(reply.message == "unclear_code");
    CHECK(reply.readings == std::vector{as_it_stands, hidden});
    CHECK(ward.counted("epi").empty());
    CHECK(ward.run(ChooseReading{hidden}).verdict != Verdict::unclear);
}

namespace {

// By command, or by an entry that says so: from another station, before this one was inside.
void turn_to(Ward& ward, ControlCode control) {
    if (control == ControlCode::handover) {
        ward.record(CheckTurned{ward.session.check, CheckKind::handover, "N1"});
    } else {
        ward.run(a_control(control));
    }
}

} // namespace

TEST_CASE("a check that was turned to another kind counts no pack that was asked about") {
    const auto [control, refusal] = GENERATE(table<ControlCode, std::string>({
        {ControlCode::handover, "lines_not_asked"},
        {ControlCode::used, "use_counts_nothing"},
    }));
    Ward ward = with_a_question();
    turn_to(ward, control);
    REQUIRE_FALSE(asks_for_lines(ward.check().kind));

    CHECK(ward.run(ChooseReading{hidden}).message == refusal);
    CHECK(ward.last.events.empty());
    ward.run(read_scan(ward, "]C11728123110B2"));
    CHECK(ward.counted("epi").empty());
}

TEST_CASE("nor does it pair a code with the pack whose date was asked for") {
    const auto control = GENERATE(ControlCode::handover, ControlCode::used);
    Ward ward = a_ward();
    ward.open();
    REQUIRE(ward.run(a_gs1_scan(atropine)).message == "needs_expiry");
    turn_to(ward, control);

    ward.run(read_scan(ward, "]C11728123110B2"));

    CHECK(ward.counted("atropine").empty());
}

TEST_CASE("a list that lost the line meanwhile has no place for the pack that was asked about") {
    Ward ward = with_a_question();
    ward.record(CartDefined{a_cart("OR-1").with(a_line("atropine").par(5))});

    CHECK(ward.run(ChooseReading{hidden}).message == "no_such_reading");
    ward.run(read_scan(ward, "]C11728123110B2"));
    CHECK(ward.brought<CheckStepped>() <= 1); // at most a note of the scan
    CHECK(ward.counted("epi").empty());
}

TEST_CASE("a lot on file is no answer while other readings are asked about") {
    Ward ward = with_a_question();

    ward.run(SelectLine{"epi", "A1"});

    CHECK(ward.counted("epi").empty());
}

TEST_CASE("a plain code while a question waits is not taken for the pack before") {
    Ward ward = a_ward();
    ward.open();
    ward.run(read_scan(ward, "]d201" + ketamine + "1727123110K1"));
    REQUIRE(ward.counted("ketamine").size() == 1);
    ScanBuilder scan = a_gs1_scan(ketamine).lot("K217281231");
    scan.code.candidates.push_back(
        {codes::Family::gs1, ketamine, {{"lot", "K2"}, {"expiry", "2028-12-31"}}});
    REQUIRE(ward.run(scan).message == "unclear_code");

    const Reply reply = ward.run(read_scan(ward, "]E0" + ketamine.substr(1)));

    CHECK(reply.message == "unclear_code");
    CHECK(reply.readings.size() == 2);
}

TEST_CASE("a reply to a scan says what was repaired in it") {
    Ward ward = a_ward();
    ward.open();
    ScanBuilder scan = a_gs1_scan(epi).lot("A1").expiry("2027-12-31");
    scan.code.warnings = {"separator_replaced", "full_width_folded"};

    CHECK(ward.run(scan).warnings == scan.code.warnings);
    CHECK(ward.run(EnterQuantity{7, ""}).warnings.empty());
}

TEST_CASE("readings that agree on lot and date are no question") {
    Ward ward = a_ward();
    ward.open();
    ScanBuilder scan = a_gs1_scan(epi).lot("A1").expiry("2027-12-31").serial("S110B");
    scan.code.candidates.push_back(
        {codes::Family::gs1, epi, {{"lot", "A1"}, {"expiry", "2027-12-31"}, {"serial", "S1"}}});

    CHECK(ward.run(scan).verdict == Verdict::ok);
    CHECK(ward.counted("epi").front().lot == "A1");
}

TEST_CASE("readings that are not on the screen any more are not chosen from") {
    Ward ward = a_ward();
    ward.open();
    const Reply asked = ward.run(scan_of({"", "A117281231", "", "A1", "2028-12-31", ""}));
    REQUIRE(asked.message == "unclear_code");
    REQUIRE(asked.readings.size() > 1);
    ward.run(GENERATE(values<Command>(
        {an_unreadable_scan("6909999999994"), a_scan("nobody's"), a_gs1_scan(norepi)})));

    CHECK(ward.run(ChooseReading{asked.readings.front()}).message == "no_such_reading");
    ward.run(a_control(ControlCode::digit_1));
    CHECK(ward.run(a_control(ControlCode::digits_enter)).kind == ReplyKind::reject);
    CHECK(ward.counted("epi").empty());
}

} // namespace cartwatch::unclear_test
