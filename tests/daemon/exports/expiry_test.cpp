// Goal: what expires and the swaps that save it, as the store tells them: judged by recalls and
// damage, with the use that emergencies left on record.
#include "daemon/exports/expiry.hpp"
#include "daemon/exports/export.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/builders.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::expiry_test {

using namespace cartwatch::readiness;
using namespace cartwatch::store_kit;
using namespace cartwatch::support;

namespace {

const Day today = day("2026-11-22");
const figures::RotationTerms half_a_year{today, 180, 365};

Event a_listed(const std::string& id) {
    Cart cart = a_cart(id).with(a_line("epi").par(5));
    cart.station = id == "ICU" ? "ICU" : "ED";
    return CartDefined{cart};
}

// After an emergency so many units of the line were scanned out, and it was signed.
std::vector<Event> an_emergency(const std::string& cart, int number, int units) {
    const std::string id = "ward-3f/" + std::to_string(number);
    UnitsUsed used;
    used.line = "epi";
    used.lot = "NEW";
    used.quantity = units;
    UnitsUsed typed = used;
    typed.quantity = 90;
    CheckClosed closed;
    closed.check = id;
    closed.cart = cart;
    closed.by = "N012";
    closed.kind = CheckKind::after_use;
    closed.working_day = today;
    return {
        CheckOpened{id, cart, CheckKind::after_use, "N012"},
        CheckStepped{id, 1, "N012", typed}, // taken back
        StepUndone{id, 1, "N012"},
        CheckStepped{id, 2, "N012", used},
        closed};
}

// ICU's five expire in ten weeks; ED used thirty of the year's, and holds five that last.
struct TwoCarts {
    TwoCarts() {
        Product epi = a_product("epi").named("肾上腺素", "Adrenaline").strength("1 mg/1 mL");
        epi.controlled = true;
        ward.record(
            {ProductDefined{epi},
             a_listed("ICU"),
             a_listed("ED"),
             StockRecorded{"ED", "epi", {a_lot("NEW", "2028-06-01", 35)}},
             StockRecorded{"ICU", "epi", {a_lot("OLD", "2027-02-01", 5)}}});
        ward.record(an_emergency("ED", 1, 30));
    }

    [[nodiscard]] exports::RotationPlan plan() const {
        store::Reader reader(folder.path());
        return exports::rotation_plan(reader, half_a_year);
    }

    [[nodiscard]] std::vector<std::vector<reports::Value>>
    rows(store::Question question, std::optional<Day> from, std::optional<Day> to) const {
        std::vector<std::vector<reports::Value>> rows;
        store::Reader reader(folder.path());
        exports::for_each_row(
            reader,
            question,
            {from, to, [](Day each) { return Instant(each); }, today},
            [&](const std::vector<reports::Value>& row) { rows.push_back(row); });
        return rows;
    }

    Folder folder{Place::memory};
    Ward ward{folder.path()};
};

} // namespace

SCENARIO("what emergencies used says which cart uses up what", "[exports][rotation]") {
    GIVEN("a cart whose stock nobody uses, and one that uses thirty a year") {
        TwoCarts carts;

        THEN("the old lot goes to that one") {
            const auto plan = carts.plan();
            REQUIRE(plan.swaps.size() == 1);
            CHECK(plan.lines[plan.swaps[0].from].cart.second == "ICU");
            CHECK(plan.lines[plan.swaps[0].to].used == 30);
            CHECK(plan.swaps[0].old.units == 5);
            REQUIRE(plan.unused.size() == 1);
            CHECK(plan.unused[0].unused == 5);
        }
        THEN("the export says it in a row, and that the drug is controlled") {
            const auto rows = carts.rows(store::Question::rotation, {}, {});
            REQUIRE(rows.size() == 1);
            REQUIRE(rows[0].size() == exports::columns_of(store::Question::rotation).size());
            CHECK(std::get<std::string>(rows[0][1]) == "肾上腺素");
            CHECK(std::get<std::int64_t>(rows[0][4]) == 5);
            CHECK(std::get<std::string>(rows[0][5]) == "yes");
            CHECK(std::get<std::string>(rows[0][12]) == "OLD");
            CHECK(std::get<std::string>(rows[0][20]) == "NEW");
            CHECK(std::get<std::int64_t>(rows[0][22]) == 30);
        }
        THEN("nothing is saved that expires after the horizon") {
            CHECK(carts.rows(store::Question::rotation, {}, day("2027-01-31")).empty());
            CHECK(carts.rows(store::Question::rotation, {}, day("2027-02-01")).size() == 1);
        }
        WHEN("the old lot is recalled") {
            carts.ward.record({RecallIssued{{"epi", "OLD"}, "sterility"}}, "pharmacy");

            THEN("it goes nowhere, and is no forecast") {
                CHECK(carts.plan().swaps.empty());
                CHECK(carts.rows(store::Question::expiry, {}, day("2027-12-31")).empty());
            }
        }
        WHEN("the younger lot is recalled") {
            carts.ward.record({RecallIssued{{"epi", "NEW"}, "sterility"}}, "pharmacy");

            THEN("nothing is taken for the old one") {
                CHECK(carts.plan().swaps.empty());
            }
        }
        WHEN("two of the old lot are damaged") {
            Holding damaged = a_lot("OLD", "2027-02-01", 7);
            damaged.damaged = 2;
            carts.ward.record({StockRecorded{"ICU", "epi", {damaged}}});

            THEN("they stay") {
                REQUIRE(carts.plan().swaps.size() == 1);
                CHECK(carts.plan().swaps[0].old.units == 5);
            }
        }
        WHEN("somebody says that the day of the emergency never was") {
            carts.ward.record({DayCorrected{day("2026-11-20"), "N012"}});

            THEN("it used nothing") {
                CHECK(carts.plan().swaps.empty());
            }
        }
        THEN("what the tables hold follows from the journal") {
            store::Reader reader(carts.folder.path());
            std::vector<store::UsedReport> used;
            reader.used_units({today, today}, [&](const auto& one) { used.push_back(one); });
            REQUIRE(used.size() == 1);
            CHECK(used[0].product == "epi");
            CHECK(used[0].units == 30);
        }
    }
}

SCENARIO("the forecast is told lot by lot, for any days", "[exports][rotation]") {
    GIVEN("a cart with a lot past its day, one of this month, and one in two years") {
        TwoCarts carts;
        Holding substitute = a_lot("SUB", "2027-03-01", 2);
        substitute.product = "nor";
        Substitution word;
        word.product = "epi";
        word.substitute = "nor";
        word.until = day("2027-01-01");
        carts.ward.record({SubstitutionPublished{word}}, "pharmacy");
        carts.ward.record({StockRecorded{
            "ICU",
            "epi",
            {a_lot("GONE", "2026-11-21", 1),
             a_lot("NOW", "2026-11-30", 2),
             substitute,
             a_lot("FAR", "2028-11-22", 1)}}});

        THEN("two years are told, what lies there past its day as well") {
            const auto rows = carts.rows(store::Question::expiry, {}, {});
            REQUIRE(rows.size() == 5); // ED's too
            CHECK(std::get<std::string>(rows[0][0]) == "2026-11");
            CHECK(std::get<std::int64_t>(rows[0][2]) == -1);
            CHECK(std::holds_alternative<std::monostate>(rows[0][15]));
            CHECK(std::get<std::string>(rows[1][13]) == "NOW");
            CHECK(std::get<std::int64_t>(rows[1][15]) == 2); // all of them unused
            CHECK(std::get<std::string>(rows[2][9]) == "nor");
            CHECK(std::holds_alternative<std::monostate>(rows[2][15]));
            CHECK(std::get<std::int64_t>(rows[3][15]) == 0); // ED uses its five before
            CHECK(std::get<std::string>(rows[4][0]) == "2028-11");
        }
        THEN("any days can be asked for") {
            CHECK(carts.rows(store::Question::expiry, today, day("2026-12-31")).size() == 1);
            CHECK(carts.rows(store::Question::expiry, day("2026-12-01"), {}).size() == 3);
            CHECK(carts.rows(store::Question::expiry, {}, day("2026-11-21")).size() == 1);
        }
    }
}

} // namespace cartwatch::expiry_test
