// Goal: a substitute is judged right in every kind of check, in what an emergency used and in
// recalls: nothing is ready by it a day longer than the pharmacy's word holds.
#include "daemon/readiness/nearest.hpp"
#include "daemon/readiness/use.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::substitution_checks_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const std::string seal_on_cart = codes::own_tag(codes::TagType::seal, 457722);
const Substitution word{"epi", "norepi", day("2026-11-26"), "2 mg, not 1 mg", "", ""};

Holding of_substitute(const char* lot, const char* last_usable_day, int quantity) {
    Holding holding = a_lot(lot, last_usable_day, quantity);
    holding.product = "norepi";
    return holding;
}

// OR-7 asks for ten of epi; it was checked and sealed on 2026-11-22 with these in it.
Ward a_ward_holding(std::vector<Holding> holdings) {
    Ward ward = a_ward();
    ward.define({CartDefined{a_cart("OR-7").with(a_line("epi").critical())}});
    ward.receive("pharmacy", SubstitutionPublished{word}, "P1");
    Cart& cart = ward.state.nodes.at("ward-3f").carts.at("OR-7");
    cart.lines.front().holdings = std::move(holdings);
    cart.last_full_check = ward.context.today;
    cart.seal = Seal{seal_on_cart};
    cart.seal->ready_until = day("2026-12-20"); // the end of the substitution alone is to tell
    return ward;
}

void go_to(Ward& ward, Day on) {
    ward.let_pass(on - ward.context.today);
    ward.context.today = on;
    ward.context.working_day = on;
}

Judgement judged(const Ward& ward) {
    return evaluate(
        ward.cart("OR-7"),
        Policy{},
        recalls_for(ward.state, ward.state.self),
        ward.context.today,
        substitutions_for(ward.state, ward.state.self));
}

Command scan_of(const Ward& ward, const std::string& text) {
    codes::ReadOptions options;
    options.as_of = ward.context.today;
    return Scan{codes::read(text, options), false};
}

Reply begin_use(Ward& ward) {
    ward.run(a_control(ControlCode::used));
    ward.badge("N1");
    return ward.scan_cart("OR-7");
}

int alerted(const Ward& ward) {
    const auto found = ward.node().alerts.find({"OR-7", "epi"});
    return found == ward.node().alerts.end() || !found->second.open() ? 0
                                                                      : found->second.need.quantity;
}

} // namespace

TEST_CASE("units of both kinds are worth what they are on each day", "[substitution]") {
    struct Row {
        const char* name;
        int own;
        int substitutes;
        const char* on;
        Readiness worth;
        int taken_out; // by the substitution's end
    };

    const auto row = GENERATE(values<Row>({
        {"all substitutes, last day", 0, 10, "2026-11-26", Readiness::ready, 0},
        {"all substitutes, day after", 0, 10, "2026-11-27", Readiness::not_ready, 10},
        {"half of each, last day", 5, 5, "2026-11-26", Readiness::ready, 0},
        {"half of each, day after", 5, 5, "2026-11-27", Readiness::degraded, 5},
        {"one own unit, day after", 1, 9, "2026-11-27", Readiness::degraded, 9},
        {"own units alone, day after", 10, 0, "2026-11-27", Readiness::ready, 0},
        {"enough without them, day after", 10, 2, "2026-11-27", Readiness::degraded, 2},
        {"too few of both", 4, 5, "2026-11-24", Readiness::degraded, 0},
    }));
    DYNAMIC_SECTION(row.name) {
        std::vector<Holding> holdings;
        if (row.own > 0) {
            holdings.push_back(a_lot("A1", "2028-12-31", row.own));
        }
        if (row.substitutes > 0) {
            holdings.push_back(of_substitute("N7", "2028-12-31", row.substitutes));
        }
        Ward ward = a_ward_holding(holdings);
        go_to(ward, day(row.on));
        const Judgement judgement = judged(ward);
        CHECK(judgement.readiness == row.worth);
        int ended = 0;
        for (const Finding& finding : judgement.findings) {
            ended +=
                finding.kind == FindingKind::substitute_ended ? finding.quantity.value_or(0) : 0;
        }
        CHECK(ended == row.taken_out);
    }
}

TEST_CASE("the seal alone is a check for no longer than the substitution holds", "[substitution]") {
    struct Row {
        const char* name;
        const char* on;
        bool withdrawn;
        bool recalled;
        bool is_check;
    };

    const auto row = GENERATE(values<Row>({
        {"the day before the last", "2026-11-25", false, false, true},
        {"the last day", "2026-11-26", false, false, true},
        {"the day after", "2026-11-27", false, false, false},
        {"withdrawn before", "2026-11-25", true, false, false},
        {"its lot recalled", "2026-11-25", false, true, false},
    }));
    DYNAMIC_SECTION(row.name) {
        Ward ward = a_ward_holding({of_substitute("N7", "2028-12-31", 10)});
        go_to(ward, day(row.on));
        if (row.withdrawn) {
            ward.receive("pharmacy", SubstitutionWithdrawn{word, "in stock"}, "P1");
        }
        if (row.recalled) {
            ward.receive("pharmacy", RecallIssued{{"norepi", "N7"}, "glass"}, "P1");
        }
        ward.scan_cart("OR-7");
        ward.run(a_scan(seal_on_cart));
        const Reply reply = ward.badge("N2");
        CHECK((reply.message == "sealed_closed") == row.is_check);
        if (row.is_check) {
            CHECK(ward.first<CheckClosed>().readiness == Readiness::ready);
            CHECK(ward.first<CheckClosed>().ready_until == word.until);
            const Holding& holding = ward.line("OR-7", "epi").holdings.front();
            CHECK(holding.product == "norepi");
            CHECK(holding.sealed_at);
        } else {
            CHECK(judged(ward).readiness == Readiness::not_ready);
        }
    }
}

SCENARIO("what an emergency used of a substitute", "[substitution]") {
    GIVEN("ten that may lie there") {
        Ward ward = a_ward_holding({of_substitute("N7", "2028-12-31", 10)});
        begin_use(ward);
        WHEN("an empty of it is scanned") {
            CHECK(ward.run(a_gs1_scan(norepi).lot("N7")).message == "unit_used");
            THEN("the pharmacy is told of that one, not of all") {
                CHECK(alerted(ward) == 1);
                const Cart now = cart_after_use(ward.cart("OR-7"), ward.check().progress);
                CHECK(now.lines.front().holdings.front().quantity == 9);
            }
        }
    }
    GIVEN("two of the line's own that expire first, and eight substitutes") {
        Ward ward =
            a_ward_holding({a_lot("A1", "2027-01-31", 2), of_substitute("N7", "2028-12-31", 8)});
        begin_use(ward);
        WHEN("an empty that names no lot is scanned") {
            const bool own = GENERATE(true, false);
            ward.run(a_gs1_scan(own ? epi : norepi));
            THEN("it is one of its own product that is gone") {
                const Cart now = cart_after_use(ward.cart("OR-7"), ward.check().progress);
                CHECK(find_holding(now.lines.front().holdings, "A1")->quantity == (own ? 1 : 2));
                CHECK(find_holding(now.lines.front().holdings, "N7")->quantity == (own ? 8 : 7));
            }
        }
    }
    GIVEN("the substitution has ended, and it was used all the same") {
        Ward ward = a_ward_holding({of_substitute("N7", "2028-12-31", 10)});
        go_to(ward, day("2026-11-27"));
        begin_use(ward);
        THEN("it is scanned out like anything else") {
            CHECK(ward.run(a_gs1_scan(norepi).lot("N7")).message == "unit_used");
            CHECK(alerted(ward) == 10);
        }
    }
    GIVEN("a controlled substitute") {
        Ward ward = a_ward_holding({of_substitute("N7", "2028-12-31", 10)});
        Product controlled = *find_product(ward.state, ward.state.self, "norepi");
        controlled.controlled = true;
        ward.define({ProductDefined{controlled}});
        begin_use(ward);
        ward.run(a_gs1_scan(norepi).lot("N7"));
        THEN("what is left of it is counted, and by two") {
            CHECK(ward.badge("N1").message == "use_left_needed");
            ward.run(EnterLeft{9, "epi"});
            ward.badge("N1");
            CHECK(ward.brought<CheckClosed>() == 0);
            ward.badge("N2");
            CHECK(ward.brought<CheckClosed>() == 1);
        }
    }
}

SCENARIO("a recall speaks of what the pack is", "[substitution]") {
    Ward ward = a_ward_holding({of_substitute("N7", "2028-12-31", 10)});
    GIVEN("a recall of the substitute's lot") {
        ward.receive("pharmacy", RecallIssued{{"norepi", "N7"}, "glass"}, "P1");
        ward.run(JudgeDay{});
        THEN("the line is found, and its removal is signed for under the substitute's name") {
            CHECK(
                ward.first<RecallAnswered>().held
                == std::vector<HeldUnits>{{"OR-7", "epi", "", "N7", 10}});
            CHECK(judged(ward).readiness == Readiness::not_ready);
            CHECK(alerted(ward) == 10);
            ward.open("OR-7");
            CHECK(
                ward.run(a_gs1_scan(norepi).lot("N7").expiry("2028-12-31")).verdict
                == Verdict::recalled);
            ward.run(TakeOutExpired{"epi"});
            ward.sign();
            REQUIRE(ward.brought<RecallUnitsRemoved>() == 1);
            CHECK(ward.first<RecallUnitsRemoved>().removal.product == "norepi");
            CHECK(ward.first<RecallUnitsRemoved>().removal.quantity == 10);
        }
    }
    GIVEN("a recall of a lot of that number of the line's own product") {
        ward.receive("pharmacy", RecallIssued{{"epi", "N7"}, "glass"}, "P1");
        ward.run(JudgeDay{});
        THEN("the ward holds none of it") {
            CHECK(ward.first<RecallAnswered>().held.empty());
            CHECK(judged(ward).readiness == Readiness::ready);
        }
    }
}

TEST_CASE("whatever way it is counted, a substitute stays one", "[substitution]") {
    struct Row {
        const char* name;
        std::vector<Command> commands;
    };

    const Command whole = a_gs1_scan(norepi).lot("N8").expiry("2028-01-31");
    const Command bare = a_gs1_scan(norepi);
    Ward ward = a_ward_holding({});
    const auto row = GENERATE_REF(values<Row>({
        {"by its code", {whole}},
        {"with a number", {whole, EnterQuantity{7, ""}}},
        {"with damaged ones", {whole, MarkDamaged{1, ""}}},
        {"with a date set right", {whole, EnterExpiry{day("2028-02-29"), "", ""}}},
        {"with a date set right by lot", {whole, EnterExpiry{day("2028-02-29"), "N8", "epi"}}},
        {"by two codes", {scan_of(ward, "]C101" + norepi), scan_of(ward, "]C11728013110N8")}},
        {"the lot first", {scan_of(ward, "]C11728013110N8"), scan_of(ward, "]C101" + norepi)}},
        {"with a typed lot", {bare, EnterExpiry{day("2028-01-31"), "N8", ""}}},
        {"a number, then its lot",
         {bare, EnterQuantity{7, ""}, EnterExpiry{day("2028-01-31"), "N8", ""}}},
        {"replaced by one of its own",
         {a_gs1_scan(norepi).lot("N6").expiry("2026-11-01"),
          EnterExpiry{day("2028-01-31"), "", ""}}},
    }));
    DYNAMIC_SECTION(row.name) {
        ward.open("OR-7");
        for (const Command& command : row.commands) {
            ward.run(command);
        }
        REQUIRE_FALSE(ward.counted("epi").empty());
        for (const Holding& holding : ward.counted("epi")) {
            CHECK(holding.product == "norepi");
        }
        ward.sign();
        go_to(ward, day("2026-11-27"));
        CHECK(judged(ward).readiness == Readiness::not_ready);
    }
}

TEST_CASE("a bare code of a substitute speaks of none of the line's own lots", "[substitution]") {
    Ward ward = a_ward_holding({a_lot("A1", "2028-12-31", 5)});
    ward.open("OR-7");
    WHEN("nothing was counted") {
        CHECK(ward.run(a_gs1_scan(norepi)).verdict == Verdict::needs_expiry);
    }
    WHEN("the line's own were counted") {
        ward.run(a_gs1_scan(epi));
        REQUIRE(ward.counted("epi").size() == 1);
        CHECK(ward.run(a_gs1_scan(norepi)).verdict == Verdict::needs_expiry);
    }
    CHECK(ward.counted("epi").size() < 2);
}

TEST_CASE("on a blind line the warning comes with the question for the number", "[substitution]") {
    int blind = 0;
    for (std::int64_t seed = 1; seed <= 8; ++seed) {
        Ward ward = a_ward_holding({});
        ward.context.seed = seed;
        ward.open("OR-7");
        if (!is_blind(ward.check().progress, "epi")) {
            continue;
        }
        ++blind;
        const Reply reply = ward.run(a_gs1_scan(norepi).lot("N8").expiry("2028-01-31"));
        CHECK(reply.message == "blind_substitute");
        CHECK(reply.values.at("warning") == "2 mg, not 1 mg");
    }
    CHECK(blind == 8);
}

TEST_CASE("a watched substitute makes the check one that two sign", "[substitution]") {
    const bool controlled = GENERATE(false, true);
    Ward ward = a_ward_holding({});
    Policy policy;
    policy.witness = WatchedLines::controlled;
    Product product = *find_product(ward.state, ward.state.self, "norepi");
    product.controlled = controlled;
    ward.define({ProductDefined{product}, PolicyChanged{policy}});
    ward.open("OR-7");
    ward.run(a_gs1_scan(norepi).lot("N8").expiry("2028-01-31"));
    ward.sign();
    CHECK(ward.brought<CheckClosed>() == (controlled ? 0 : 1));
}

TEST_CASE("a cart that is being used names no place to run to", "[nearest]") {
    Ward ward = a_ward_holding({of_substitute("N7", "2028-12-31", 10)});
    const auto worth = [&] {
        for (const JudgedCart& one : judged_carts(ward.state, ward.context.today)) {
            if (one.cart->id == "OR-7") {
                return one.readiness;
            }
        }
        throw std::logic_error("OR-7 is not judged");
    };
    REQUIRE(worth() == Readiness::ready);
    begin_use(ward);
    CHECK(worth() == Readiness::overdue);
    ward.run(EnterLeft{0, "epi"});
    CHECK(worth() == Readiness::not_ready); // what was used is gone before anybody signs
}

} // namespace cartwatch::substitution_checks_test
