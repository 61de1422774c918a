// Goal: a scan with more than one reading counts the one that the cart settles, and else nothing.
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

TEST_CASE("readings that agree on lot and date are no question") {
    Ward ward = a_ward();
    ward.open();
    ScanBuilder scan = a_gs1_scan(epi).lot("A1").expiry("2027-12-31").serial("S110B");
    scan.code.candidates.push_back(
        {codes::Family::gs1, epi, {{"lot", "A1"}, {"expiry", "2027-12-31"}, {"serial", "S1"}}});

    CHECK(ward.run(scan).verdict == Verdict::ok);
    CHECK(ward.counted("epi").front().lot == "A1");
}

} // namespace cartwatch::unclear_test
