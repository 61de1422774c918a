// What is told before and while a check is signed: the seal that is missing, and the lots meant.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::review_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

SCENARIO("a cart that had a seal is not signed without a new one unless that was said") {
    Ward ward = a_sealed_ward();
    pass_days(ward, 1);
    ward.open();
    count_or1(ward);
    WHEN("everything is counted and no seal was read") {
        const Reply reply = ward.badge("N1");
        THEN("the review says so, with the seal that is off") {
            CHECK(reply.message == "review_missing");
            CHECK(reply.values.at("old_number") == first_seal);
            CHECK(reply.values.at("number").empty());
            CHECK(reply.values.at("count") == "1");
            CHECK(reply.values.at("names").empty());
            CHECK(ward.brought<CheckClosed>() == 0);
        }
        THEN("a second badge signs it as it is") {
            CHECK(ward.badge("N1").message == "check_closed");
        }
        THEN("the new seal and the badge close it as ever") {
            ward.run(a_scan(other_seal));
            CHECK(ward.badge("N1").message == "check_closed");
            CHECK(ward.cart("OR-1").seal->number == other_seal);
        }
    }
    WHEN("the new seal was read") {
        ward.run(a_scan(other_seal));
        THEN("nothing is left to say") {
            CHECK(ward.badge("N1").message == "check_closed");
        }
    }
}

TEST_CASE("a cart that never had a seal is asked for none") {
    Ward ward = a_ward();
    ward.open();
    count_or1(ward);
    CHECK(ward.badge("N1").message == "check_closed");
}

TEST_CASE("of several lots counted together only those are named that must go") {
    Ward ward = a_ward();
    const bool recalled = GENERATE(true, false);
    ward.define({StockRecorded{
        "OR-1",
        "epi",
        {a_lot("OLD", recalled ? "2027-12-31" : "2026-11-01", 2),
         a_lot("GOOD", "2027-12-31", 3)}}});
    if (recalled) {
        ward.receive("pharmacy", RecallIssued{{"epi", "OLD"}, "mould"});
    }
    ward.open();
    // A code without lot and date: the line is here, as on file.
    const Reply reply = ward.run(a_gs1_scan(epi));
    CHECK(reply.message == (recalled ? "recalled" : "expired"));
    CHECK(reply.values.at("lot") == "OLD");
    CHECK(ward.counted("epi").size() == 2);
}

} // namespace cartwatch::review_test
