// Goal: the page is told every month that it asked for, with what expires in it, and the swaps.
#include "daemon/records/expiry_answer.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/builders.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace cartwatch::expiry_answer_test {

using namespace cartwatch::readiness;
using namespace cartwatch::store_kit;
using namespace cartwatch::support;

namespace {

using Json = nlohmann::ordered_json;

Event a_listed(const std::string& id) {
    Cart cart = a_cart(id).with(a_line("epi").par(5));
    cart.station = id;
    return CartDefined{cart};
}

std::vector<Event> an_emergency(const std::string& cart, int units) {
    UnitsUsed used;
    used.line = "epi";
    used.quantity = units;
    CheckClosed closed;
    closed.check = "ward-3f/1";
    closed.cart = cart;
    closed.by = "N012";
    closed.kind = CheckKind::after_use;
    closed.working_day = day("2026-11-22");
    return {
        CheckOpened{closed.check, cart, CheckKind::after_use, "N012"},
        CheckStepped{closed.check, 1, "N012", used},
        closed};
}

} // namespace

SCENARIO("the page is told what expires month by month, and what to swap", "[records][rotation]") {
    GIVEN("a quiet cart with a lot past its day and one for February, and a busy cart") {
        const Folder folder(Place::memory);
        Ward ward(folder.path());
        ward.record(
            {ProductDefined{a_product("epi").named("肾上腺素", "Adrenaline")},
             a_listed("ICU"),
             a_listed("ED"),
             StockRecorded{"ED", "epi", {a_lot("NEW", "2028-06-01", 35)}},
             StockRecorded{
                 "ICU", "epi", {a_lot("GONE", "2026-11-21", 1), a_lot("OLD", "2027-02-28", 5)}}});
        ward.record(an_emergency("ED", 30));
        const auto told = [&](const web::ExpiryQuestion& question) {
            store::Reader reader(folder.path());
            return Json::parse(records::expiry_text(reader, question, day("2026-11-22")));
        };

        WHEN("four months are asked for") {
            const Json answer = told({4, "", ""});

            THEN("each is there, also where nothing expires") {
                REQUIRE(answer["months"].size() == 4);
                CHECK(
                    answer["months"][0]
                    == Json::parse(R"({"month":"2026-11","lots":0,"units":0,"unused":0})"));
                CHECK(
                    answer["months"][3]
                    == Json::parse(R"({"month":"2027-02","lots":1,"units":5,"unused":5})"));
                CHECK(answer["expired"] == 1);
            }
            THEN("the swap is told with its places, and what it saves") {
                CHECK(answer["unused"] == 5);
                CHECK(answer["saved"] == 5);
                REQUIRE(answer["swaps"].size() == 1);
                const Json& swap = answer["swaps"][0];
                CHECK(swap["from"]["cart"] == "ICU");
                CHECK(swap["from"]["lot"] == "OLD");
                CHECK(swap["to"]["lot"] == "NEW");
                CHECK(swap["to"]["last_usable_day"] == "2028-06-01");
                CHECK(swap["used"] == 30);
            }
        }
        WHEN("fewer months are asked for") {
            THEN("what expires after the last one is none of theirs") {
                const Json answer = told({3, "", ""});
                CHECK(answer["months"].size() == 3);
                CHECK(answer["months"][2]["units"] == 0);
            }
        }
        WHEN("two years are asked for") {
            THEN("the busy cart's lot is used up before its day") {
                const Json answer = told({20, "", ""});
                REQUIRE(answer["months"][19]["month"] == "2028-06");
                CHECK(answer["months"][19]["units"] == 5);
                CHECK(answer["months"][19]["unused"] == 0);
            }
        }
        WHEN("one station is asked for") {
            THEN("swaps with others are told, and what expires elsewhere is not") {
                const Json answer = told({6, "ward-3f", "ED"});
                CHECK(answer["expired"] == 0);
                CHECK(answer["unused"] == 0);
                CHECK(answer["months"][3]["units"] == 0);
                CHECK(answer["swaps"].size() == 1);
                CHECK(told({6, "ward-4f", "ED"})["swaps"].empty());
            }
        }
    }
}

} // namespace cartwatch::expiry_answer_test
