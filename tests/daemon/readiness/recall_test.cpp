// Goal: a recall reaches every ward, each says what it holds, each removal is signed for, and the
// pharmacy sees what is done and who has not answered.
#include "daemon/readiness/recall_view.hpp"
#include "tests/support/ward.hpp"

#include <array>
#include <utility>

namespace cartwatch::recall_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const std::string pharmacist = codes::own_tag(codes::TagType::staff, 1);

Ward a_stocked_ward() {
    Ward ward = a_ward();
    ward.run(JudgeDay{});
    return ward;
}

Command epi_of(const char* lot, const char* day) {
    return a_gs1_scan(epi).lot(lot).expiry(day);
}

void sign_all(Ward& ward) {
    ward.badge("N1");
    if (!ward.session.check.empty()) {
        ward.badge("N1");
    }
    REQUIRE(ward.session.check.empty());
}

RecallPlace place_of(const Ward& ward) {
    const auto views = recall_views(ward.state);
    REQUIRE(views.size() == 1);
    REQUIRE(views.front().wards.size() == 1);
    REQUIRE(views.front().wards.front().places.size() == 1);
    return views.front().wards.front().places.front();
}

} // namespace

SCENARIO("a recall is answered, taken out and done", "[recall]") {
    Ward ward = a_stocked_ward();
    GIVEN("the pharmacy's recall arrives at a ward that holds the lot") {
        ward.receive("pharmacy", RecallIssued{{"epi", "A1"}, "glass"}, "P1");
        THEN("until it is judged the ward has not answered") {
            const RecallView view = recall_views(ward.state).front();
            CHECK(view.waiting == 1);
            CHECK(view.now == 10);
            CHECK_FALSE(view.done());
        }
        WHEN("it is judged, as at arrival, midnight and start-up") {
            ward.run(JudgeDay{});
            THEN("the ward says what it holds, once") {
                CHECK(ward.brought<RecallAnswered>() == 1);
                const RecallAnswered& answer = ward.first<RecallAnswered>();
                CHECK(answer.held == std::vector<HeldUnits>{{"OR-1", "epi", "", "A1", 10}});
                CHECK(ward.brought<AlertRaised>() == 1);
                ward.run(JudgeDay{});
                CHECK(ward.brought<RecallAnswered>() == 0);
                CHECK(recall_views(ward.state).front().waiting == 0);
                CHECK(place_of(ward).held == 10);
                CHECK(place_of(ward).unaccounted == 0); // all of them still lie there
            }
            AND_WHEN("the lot is scanned, taken out by command and signed for") {
                ward.open();
                CHECK(ward.run(epi_of("A1", "2027-12-31")).verdict == Verdict::recalled);
                CHECK(ward.run(a_control(ControlCode::expired_out)).message == "taken_out");
                CHECK(ward.brought<RecallUnitsRemoved>() == 0); // only the signature counts
                CHECK(place_of(ward).now == 10);
                ward.run(epi_of("B7", "2028-01-31"));
                sign_all(ward);
                THEN("the removal is proved by scan, with who and when") {
                    const RecallPlace place = place_of(ward);
                    CHECK(place.now == 0);
                    CHECK(place.removed == 10);
                    CHECK(place.removed_proved == 10);
                    CHECK(place.unaccounted == 0);
                    CHECK(place.removed_by == "N1");
                    CHECK(place.removed_at.has_value());
                    CHECK(recall_views(ward.state).front().done());
                }
            }
            AND_WHEN("it is only said to be out, without a scan of its code") {
                ward.open();
                ward.run(SelectLine{"epi", "A1"});
                CHECK(ward.run(TakeOutExpired{"epi"}).message == "taken_out");
                sign_all(ward);
                CHECK(place_of(ward).removed == 10);
                CHECK(place_of(ward).removed_proved == 0);
            }
            AND_WHEN("the removal is undone before the signature") {
                ward.open();
                ward.run(epi_of("A1", "2027-12-31"));
                ward.run(TakeOutExpired{"epi"});
                ward.run(Undo{});
                sign_all(ward);
                CHECK(place_of(ward).removed == 0);
                CHECK(place_of(ward).now == 10);
            }
            AND_WHEN("a check misses the line: nobody knows where its units are") {
                ward.open();
                sign_all(ward);
                const RecallPlace place = place_of(ward);
                CHECK(place.now == 0);
                CHECK(place.removed == 0);
                CHECK(place.unaccounted == 10);
            }
        }
    }
}

SCENARIO("units of which no lot is on file call for somebody to look", "[recall]") {
    GIVEN("ten of epinephrine that were counted with a date and no lot") {
        Ward ward = a_ward();
        ward.record(StockRecorded{"OR-1", "epi", {a_lot("", "2028-06-30", 10)}});
        REQUIRE(ward.line("OR-1", "epi").holdings.size() == 1);
        REQUIRE(ward.line("OR-1", "epi").holdings.front().lot.empty());
        REQUIRE_FALSE(ward.node().alerts.contains({"OR-1", "epi"}));
        WHEN("the pharmacy recalls a lot of it and the ward is judged") {
            ward.receive("pharmacy", RecallIssued{{"epi", "BAD9"}, "glass"}, "P1");
            ward.run(JudgeDay{});
            THEN("the ward answers that they may be of it, and raises the line's alert") {
                CHECK(
                    ward.first<RecallAnswered>().held
                    == std::vector<HeldUnits>{{"OR-1", "epi", "", "", 10, true}});
                const Alert& alert = ward.node().alerts.at({"OR-1", "epi"});
                CHECK(alert.open());
                CHECK(alert.need.kinds == std::vector<FindingKind>{FindingKind::recall_possible});
                CHECK(alert.need.quantity == 0);
            }
            THEN("the pharmacy sees them apart from what is held, and the recall is not done") {
                const RecallView view = recall_views(ward.state).front();
                CHECK(view.waiting == 0);
                CHECK(view.now == 0);
                CHECK(view.possible == 10);
                CHECK_FALSE(view.done());
                const RecallPlace place = place_of(ward);
                CHECK(place.possible == 10);
                CHECK(place.held == 0);
                CHECK(place.unaccounted == 0);
            }
            AND_WHEN("somebody reads the packs: they are of another lot") {
                ward.open();
                ward.run(SelectLine{"epi", ""});
                ward.run(EnterQuantity{0, ""});
                ward.run(epi_of("B7", "2028-06-30"));
                ward.run(EnterQuantity{10, ""});
                sign_all(ward);
                CHECK(recall_views(ward.state).front().done());
                CHECK(place_of(ward).possible == 0);
                CHECK_FALSE(ward.node().alerts.at({"OR-1", "epi"}).open());
            }
            AND_WHEN("the packs are of the recalled lot") {
                ward.open();
                ward.run(epi_of("BAD9", "2028-06-30"));
                ward.run(SelectLine{"epi", ""});
                sign_all(ward);
                const RecallView view = recall_views(ward.state).front();
                CHECK(view.now > 0);
                CHECK_FALSE(view.done());
            }
        }
    }
}

SCENARIO("a recall names packs by what they are, whatever a ward calls them", "[recall]") {
    GIVEN("a ward that keeps the recalled product's packs under a name of its own") {
        Ward ward = a_ward();
        Product own = *find_product(ward.state, "ward-3f", "epi");
        const bool linked = GENERATE(false, true);
        INFO("the ward linked the code of the pack: " << linked);
        own.id = "ward-epi";
        const std::vector<Identifier> codes = std::exchange(own.identifiers, {});
        if (linked) {
            ward.record(ProductDefined{own});
            ward.record(CodeLinked{"ward-epi", codes.front()});
        } else {
            own.identifiers = {codes.front()};
            ward.record(ProductDefined{own});
        }
        ward.define({CartDefined{a_cart("OR-8").with(a_line("ward-epi", "own").par(2))}});
        ward.record(StockRecorded{"OR-8", "own", {a_lot("BAD9", "2028-06-30", 2)}});
        WHEN("the pharmacy recalls a lot of it under the pharmacy's name") {
            ward.receive("pharmacy", RecallIssued{{"epi", "BAD9"}, "glass"}, "P1");
            ward.run(JudgeDay{});
            THEN("the ward answers with its units, raises the alert, and the recall is not done") {
                CHECK(
                    ward.first<RecallAnswered>().held
                    == std::vector<HeldUnits>{{"OR-8", "own", "", "BAD9", 2, false}});
                CHECK(ward.node().alerts.at({"OR-8", "own"}).open());
                const RecallView view = recall_views(ward.state).front();
                CHECK(view.now == 2);
                CHECK_FALSE(view.done());
            }
            THEN("taken out and signed for, it is done") {
                REQUIRE(ward.open("OR-8").message == "check_opened");
                REQUIRE(ward.run(TakeOutExpired{"own"}).message == "taken_out");
                sign_all(ward);
                CHECK(recall_views(ward.state).front().now == 0);
            }
        }
    }
}

TEST_CASE("a ward that comes back late marks its units at once", "[recall]") {
    Ward ward = a_stocked_ward();
    // Days later, the pharmacy's entries arrive in one go, a newer recall withdrawn among them.
    ward.context.today += std::chrono::days{5};
    ward.context.working_day = ward.context.today;
    ward.receive("pharmacy", RecallIssued{{"epi", "A1"}, "glass"}, "P1");
    ward.receive("pharmacy", RecallIssued{{"epi", "A2"}, "a slip"}, "P1");
    ward.receive("pharmacy", RecallWithdrawn{{"epi", "A2"}, "wrong lot"}, "P1");
    ward.run(JudgeDay{});
    CHECK(ward.brought<RecallAnswered>() == 1);
    const AlertNeed& need = ward.node().alerts.at({"OR-1", "epi"}).need;
    CHECK(need.reasons.recalled == 10);
    CHECK(need.severity == Severity::critical);
}

TEST_CASE("which units a recall names", "[recall]") {
    const auto [product, lot, held] = GENERATE(table<const char*, const char*, int>(
        {{"epi", "A1", 10},
         {"epi", "a1", 10},
         {"epi", "A 1 ", 10},
         {"epi", "Ａ１", 10},
         {"epi", "A1.", 0},
         {"epi", "A", 0},
         {"epi", "", 10},
         {"norepi", "", 0}}));
    CAPTURE(product, lot);
    const Ward ward = a_stocked_ward();
    int units = 0;
    for (const HeldUnits& one : held_by(ward.cart("OR-1"), std::array{Recall{product, lot}})) {
        units += one.quantity;
    }
    CHECK(units == held);
}

TEST_CASE("a lot on file of which nothing is left is held by nobody", "[recall]") {
    const Cart cart = a_cart("C").with(
        a_line("epi").with(a_lot("A1", "2027-12-31", 0)).with(a_lot("A2", "2027-12-31", 1)));
    CHECK(held_by(cart, std::array{Recall{"epi", "A1"}}).empty());
    CHECK(held_by(cart, std::array{Recall{"epi", ""}}).size() == 1);
}

TEST_CASE("a recall as people write its lot takes the cart out of readiness", "[recall]") {
    Ward ward = a_stocked_ward();
    ward.receive("pharmacy", RecallIssued{{"epi", "a1 "}, "glass"}, "P1");
    ward.run(JudgeDay{});
    CHECK(ward.node().alerts.at({"OR-1", "epi"}).need.reasons.recalled == 10);
    ward.open();
    CHECK(ward.run(epi_of("A1", "2027-12-31")).verdict == Verdict::recalled);
}

TEST_CASE("a lot of blanks alone is no lot to recall", "[recall]") {
    Ward ward = a_stocked_ward();
    ward.state.self = "pharmacy";
    ward.receive("pharmacy", ProductDefined{a_product("epi").gtin(epi)});
    const std::string lot = GENERATE(" ", "　");
    CHECK(ward.run(IssueRecall{{"epi", lot}, "glass", pharmacist}).message == "recall_refused");
}

TEST_CASE("a recall is withdrawn with a reason, by a role that may issue one", "[recall]") {
    Ward ward = a_stocked_ward();
    const auto withdraw = [&](const char* lot, const char* reason, const std::string& badge) {
        return ward.run(WithdrawRecall{{"epi", lot}, reason, badge});
    };
    REQUIRE(ward.run(IssueRecall{{"epi", "A1"}, "glass", pharmacist}).message == "recall_issued");
    CHECK(ward.first<RecallIssued>().reason == "glass");
    CHECK(ward.run(IssueRecall{{"epi", "A1"}, "glass", pharmacist}).message == "recall_known");

    CHECK(withdraw("A2", "wrong", pharmacist).message == "recall_not_in_force");
    CHECK(withdraw("A1", "", pharmacist).message == "withdrawal_needs_reason");
    CHECK(withdraw("A1", std::string(513, 'x').c_str(), pharmacist).message == "recall_refused");
    const std::string nurse = find_staff(ward.state, ward.state.self, "N1")->badge;
    CHECK(withdraw("A1", "wrong", nurse).message == "not_allowed");
    CHECK(withdraw("A1", "wrong", "no badge").message == "unknown_badge");
    CHECK(recalls_for(ward.state, ward.state.self).size() == 1);

    CHECK(withdraw("A1", std::string(512, 'x').c_str(), pharmacist).message == "recall_withdrawn");
    CHECK(recalls_for(ward.state, ward.state.self).empty());
    CHECK(ward.node().recalls.front().withdrawn->by == "P1");
    CHECK(withdraw("A1", "again", pharmacist).message == "recall_not_in_force");

    // Issued again it is another recall, which has to be answered again.
    CHECK(ward.run(IssueRecall{{"epi", "A1"}, "after all", pharmacist}).message == "recall_issued");
    CHECK(ward.node().recalls.size() == 2);
}

TEST_CASE("every recall is answered by its own entry", "[recall]") {
    Ward ward = a_stocked_ward();
    ward.receive("pharmacy", RecallIssued{{"epi", "A1"}, "glass"}, "P1");
    ward.run(JudgeDay{});
    ward.receive("pharmacy", RecallWithdrawn{{"epi", "A1"}, "wrong"}, "P1");
    ward.run(JudgeDay{});
    CHECK(ward.brought<RecallAnswered>() == 0);
    CHECK(ward.brought<AlertClosed>() == 1);
    ward.receive("pharmacy", RecallIssued{{"epi", "A1"}, "after all"}, "P1");
    ward.run(JudgeDay{});
    CHECK(ward.brought<RecallAnswered>() == 1);
    CHECK(recall_views(ward.state).size() == 2);
    CHECK(recall_views(ward.state).front().issued.reason == "after all");
}

TEST_CASE("while every lot of a product is recalled none of it is sent", "[recall]") {
    Ward pharmacy = a_stocked_ward();
    AlertNeed need;
    need.line = "epi";
    need.product = "epi";
    need.quantity = 5;
    pharmacy.receive("ward-3f", AlertRaised{{"OR-1", "epi"}, 1, need});
    pharmacy.receive("pharmacy", RecallIssued{{"epi", ""}, "glass"});
    pharmacy.state.self = "pharmacy";

    const Reply reply = pharmacy.run(DispatchAlert{
        "ward-3f", {"OR-1", "epi"}, 1, pharmacist, {{"B2", day("2028-01-31"), 5, {}}}, ""});

    CHECK(reply.message == "dispatch_recalled");
    CHECK(pharmacy.last.events.empty());
}

} // namespace cartwatch::recall_test
