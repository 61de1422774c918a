#include "daemon/readiness/verdict.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::verdict_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

TEST_CASE("a scan says the first verdict of the table that applies") {
    struct Example {
        const char* name;
        Verdict verdict;
        void (*spoil)(ScanFacts&);
    };

    const std::vector<Example> worst_last = {
        {"nothing wrong", Verdict::ok, [](ScanFacts&) {}},
        {"near its date", Verdict::near_expiry, [](ScanFacts& f) { f.widest_band = 180; }},
        {"gone before the next check",
         Verdict::expires_before_next_check,
         [](ScanFacts& f) { f.days_to_supply = 41; }},
        {"short life",
         Verdict::short_life,
         [](ScanFacts& f) {
             f.put_in = true;
             f.shortest_life_days = 90;
         }},
        {"not what is on file", Verdict::new_lot, [](ScanFacts& f) { f.differs = true; }},
        {"no date", Verdict::needs_expiry, [](ScanFacts& f) { f.expiry_known = false; }},
        {"again", Verdict::duplicate, [](ScanFacts& f) { f.counted_already = true; }},
        {"past its date", Verdict::expired, [](ScanFacts& f) { f.expired = true; }},
        {"recalled", Verdict::recalled, [](ScanFacts& f) { f.recalled = true; }},
        {"of another cart", Verdict::wrong_cart, [](ScanFacts& f) { f.of_this_cart = false; }},
        {"not listed", Verdict::not_on_list, [](ScanFacts& f) { f.listed = false; }},
        {"unknown", Verdict::unknown_code, [](ScanFacts& f) { f.known = false; }},
        {"several things in one", Verdict::unclear, [](ScanFacts& f) { f.clear = false; }},
        {"unreadable", Verdict::unreadable, [](ScanFacts& f) { f.understood = false; }},
    };

    ScanFacts facts;
    facts.days_left = 40;
    for (const Example& example : worst_last) {
        example.spoil(facts); // each on top of all before
        DYNAMIC_SECTION(example.name) {
            CHECK(verdict_of(facts) == example.verdict);
            CHECK_FALSE(to_text(example.verdict).empty());
        }
    }
}

TEST_CASE("the rules stand in the order of the verdicts and say where they come from") {
    Verdict expected = Verdict::unreadable;
    for (const VerdictRule& rule : verdict_rules()) {
        CHECK(rule.verdict == expected);
        CHECK_FALSE(rule.source.empty());
        expected = static_cast<Verdict>(static_cast<int>(expected) + 1);
    }
}

TEST_CASE("limits of the date verdicts hold on their day") {
    struct Example {
        int days_left;
        Verdict verdict;
    };

    const auto example = GENERATE(values<Example>({
        {0, Verdict::expires_before_next_check},
        {7, Verdict::expires_before_next_check},
        {8, Verdict::near_expiry},
        {180, Verdict::near_expiry},
        {181, Verdict::ok},
        {100'000, Verdict::ok},
    }));

    ScanFacts facts;
    facts.days_left = example.days_left;
    facts.days_to_supply = 8;
    facts.widest_band = 180;
    DYNAMIC_SECTION(example.days_left << " days left") {
        CHECK(verdict_of(facts) == example.verdict);
    }
}

TEST_CASE("a new lot that has little life left says both") {
    ScanFacts facts;
    facts.differs = true;
    facts.put_in = true;
    facts.days_left = 5;
    facts.shortest_life_days = 90;
    facts.days_to_supply = 8;
    facts.widest_band = 180;

    CHECK(verdict_of(facts) == Verdict::new_lot);
    CHECK(further_verdicts(facts) == "short_life expires_before_next_check near_expiry");

    facts.recalled = true;
    CHECK(further_verdicts(facts).empty());
}

TEST_CASE("what a scan says in a check of a cart") {
    struct Example {
        const char* name;
        Command scan;
        Verdict verdict;
        ReplyKind kind;
        const char* message;
    };

    const auto gs1 = [](const std::string& gtin, const char* lot, const char* expiry) {
        return Command(a_gs1_scan(gtin).lot(lot).expiry(expiry));
    };
    const std::vector<Example> examples = {
        {"half a label",
         an_unreadable_scan("0106900"),
         Verdict::unreadable,
         ReplyKind::reject,
         "unreadable"},
        {"a code that nothing has",
         a_gs1_scan(gtin_of(900)),
         Verdict::unknown_code,
         ReplyKind::reject,
         "unknown_code"},
        {"a product of another list",
         a_gs1_scan(dopamine),
         Verdict::not_on_list,
         ReplyKind::reject,
         "not_on_list"},
        {"a look-alike of what is listed",
         a_gs1_scan(norepi),
         Verdict::not_on_list,
         ReplyKind::reject,
         "not_on_list_lasa"},
        {"a lot under recall",
         gs1(epi, "BAD", "2028-12-31"),
         Verdict::recalled,
         ReplyKind::reject,
         "recalled"},
        {"expired yesterday",
         gs1(epi, "OLD", "2026-11-21"),
         Verdict::expired,
         ReplyKind::reject,
         "expired"},
        {"usable through today",
         gs1(epi, "A1", "2026-11-22"),
         Verdict::new_lot,
         ReplyKind::attention,
         "new_lot"},
        {"no date and none on file",
         a_gs1_scan(atropine),
         Verdict::needs_expiry,
         ReplyKind::attention,
         "needs_expiry"},
        {"another lot than on file",
         gs1(epi, "B2", "2028-12-31"),
         Verdict::new_lot,
         ReplyKind::attention,
         "new_lot"},
        {"a first lot with 89 days left",
         gs1(atropine, "X", "2027-02-19"),
         Verdict::short_life,
         ReplyKind::attention,
         "short_life"},
        {"a first lot with 90 days left",
         gs1(atropine, "X", "2027-02-20"),
         Verdict::near_expiry,
         ReplyKind::attention,
         "near_expiry"},
        {"a first lot with 180 days left",
         gs1(atropine, "X", "2027-05-21"),
         Verdict::near_expiry,
         ReplyKind::attention,
         "near_expiry"},
        {"a first lot with 181 days left",
         gs1(atropine, "X", "2027-05-22"),
         Verdict::ok,
         ReplyKind::accept,
         "ok"},
        {"as on file", gs1(epi, "A1", "2027-12-31"), Verdict::ok, ReplyKind::accept, "ok"},
    };
    for (const Example& example : examples) {
        DYNAMIC_SECTION(example.name) {
            Ward ward = a_ward();
            ward.receive("pharmacy", RecallIssued{Recall{"epi", "BAD"}, "glass"});
            ward.open();

            const Reply reply = ward.run(example.scan);

            CHECK(reply.verdict == example.verdict);
            CHECK(to_text(reply.kind) == to_text(example.kind));
            CHECK(reply.message == example.message);
            CHECK(reply.step == static_cast<int>(ward.check().steps.size()));
            CHECK(reply.step > 0); // every scan in a check leaves a trace
        }
    }
}

TEST_CASE("what is on file and expires before the next check and its delivery is said") {
    struct Example {
        const char* last_usable_day;
        Verdict verdict;
    };

    // The next check is due on 2026-11-29, a delivery takes a day.
    const auto example = GENERATE(values<Example>({
        {"2026-11-29", Verdict::expires_before_next_check},
        {"2026-11-30", Verdict::near_expiry},
    }));
    DYNAMIC_SECTION(example.last_usable_day) {
        Ward ward = a_ward();
        ward.stock("OR-1", "epi", a_lot("A1", example.last_usable_day, 10));
        ward.open();

        const Reply reply = ward.run(a_gs1_scan(epi).lot("A1").expiry(example.last_usable_day));

        CHECK(reply.verdict == example.verdict);
        CHECK(reply.values.at("band") == "30");
    }
}

TEST_CASE("a look-alike is named with what is listed, and warned of where both are on the cart") {
    Ward ward = a_ward();
    ward.open();

    CHECK(ward.run(a_gs1_scan(norepi)).values.at("listed_en") == "Epinephrine");

    Cart both = ward.cart("OR-1");
    both.lines.push_back(a_line("norepi"));
    REQUIRE(ward.define({CartDefined{both}}).message == "defined");
    CHECK(ward.run(a_gs1_scan(epi)).values.at("lasa_en") == "Norepinephrine");
}

TEST_CASE("two products of no group are no look-alikes, whether or not their names are indexed") {
    Ward ward = a_ward();
    REQUIRE(
        ward.define({ProductDefined{a_product("gauze").named("纱布", "Gauze").gtin(gtin_of(78))}})
            .message
        == "defined");
    Cart cart = ward.cart("OR-1");
    cart.lines = {a_line("blade")};
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    ward.open();
    if (GENERATE(true, false)) {
        ward.state.nodes.at(ward.state.self).index = {};
    }

    CHECK(ward.run(a_gs1_scan(gtin_of(78))).message == "not_on_list");
}

TEST_CASE("another strength of what is listed is said to be one") {
    Ward ward = a_ward();
    const Product strong =
        a_product("epi-10").named("肾上腺素", "Epinephrine").strength("10 mg").gtin(gtin_of(77));
    REQUIRE(ward.define({ProductDefined{strong}}).message == "defined");
    ward.open();

    const Reply reply = ward.run(a_gs1_scan(gtin_of(77)));

    CHECK(reply.message == "not_on_list_lasa");
    CHECK(reply.values.at("strength") == "10 mg");
}

TEST_CASE("what belongs to another cart is refused and counts nothing") {
    Ward ward = a_ward();
    Holding pack = a_lot("K1", "2028-01-31", 1);
    pack.serials = {"S-1"};
    Cart second = ward.cart("OR-2");
    second.lines.push_back(a_line("ketamine").by_unit());
    REQUIRE(ward.define({CartDefined{second}}).message == "defined");
    ward.stock("OR-2", "ketamine", pack);
    ward.open();

    SECTION("a pack with a serial") {
        const Reply reply =
            ward.run(a_gs1_scan(ketamine).lot("K1").expiry("2028-01-31").serial("S-1"));
        CHECK(reply.verdict == Verdict::wrong_cart);
        CHECK(reply.values.at("cart") == "OR-2");
        CHECK(ward.counted("ketamine").empty());
    }
    SECTION("a slot") {
        CHECK(ward.run(a_scan(ward.line("OR-2", "dopamine").tag)).verdict == Verdict::wrong_cart);
        CHECK(ward.session.line.empty());
    }
    SECTION("a device") {
        const std::string tag = ward.cart("OR-2").devices.front().tag;
        CHECK(ward.run(a_scan(tag)).verdict == Verdict::wrong_cart);
        CHECK(ward.session.device.empty());
    }
    SECTION("its own label") {
        const Reply reply = ward.scan_cart("OR-2");
        CHECK(reply.message == "wrong_cart_open");
        CHECK(reply.values.at("open") == "OR-1");
        CHECK(ward.check().cart == "OR-1");
    }
}

} // namespace cartwatch::verdict_test
