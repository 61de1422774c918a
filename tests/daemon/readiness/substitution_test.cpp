// Goal: what the pharmacy allows in place of something counts until its last day and says its
// warning; the day after, it has to be taken out, without anybody scanning.
#include "tests/support/ward.hpp"

namespace cartwatch::substitution_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const std::string pharmacist = codes::own_tag(codes::TagType::staff, 1);

Substitution norepi_for_epi(const char* until = "2026-11-30") {
    return {"epi", "norepi", day(until), "2 mg, not 1 mg", "", ""};
}

Ward a_ward_with(const Substitution& substitution) {
    Ward ward = a_ward();
    ward.receive("pharmacy", SubstitutionPublished{substitution}, "P1");
    return ward;
}

Command norepi_of(const char* lot, const char* day) {
    return a_gs1_scan(norepi).lot(lot).expiry(day);
}

Judgement judged(const Ward& ward, const Cart& cart, const char* on) {
    return evaluate(cart, Policy{}, {}, day(on), substitutions_for(ward.state, ward.state.self));
}

// OR-1's epi holds ten of the substitute, checked on the day.
Cart filled(const Ward& ward, const char* last_usable_day = "2028-12-31") {
    Cart cart = ward.cart("OR-1");
    cart.lines = {*find_line(cart, "epi")};
    cart.devices.clear();
    Holding holding = a_lot("N7", last_usable_day, 10);
    holding.product = "norepi";
    cart.lines.front().holdings = {holding};
    cart.last_full_check = day("2026-11-28");
    return cart;
}

bool has(const Judgement& judgement, FindingKind kind) {
    return std::any_of(
        judgement.findings.begin(), judgement.findings.end(), [&](const Finding& finding) {
            return finding.kind == kind;
        });
}

} // namespace

TEST_CASE("a substitute is worth something through its last day", "[substitution]") {
    const Ward ward = a_ward_with(norepi_for_epi());
    const auto [on, worth] = GENERATE(table<const char*, Readiness>(
        {{"2026-11-29", Readiness::ready},
         {"2026-11-30", Readiness::ready},
         {"2026-12-01", Readiness::not_ready},
         {"2026-12-05", Readiness::not_ready},
         {"2026-11-28", Readiness::ready}}));
    CAPTURE(on);
    const Judgement judgement = judged(ward, filled(ward), on);
    CHECK(judgement.readiness == worth);
    CHECK(has(judgement, FindingKind::substitute_ended) == (worth == Readiness::not_ready));
    if (worth == Readiness::ready) {
        CHECK(judgement.ready_until == day("2026-11-30"));
    } else {
        // Short by all ten, and the ten that lie there have to be taken out.
        CHECK(judgement.findings.front().kind == FindingKind::shortage);
        CHECK(judgement.findings.front().quantity == 10);
        CHECK(judgement.findings.front().reasons->absent == 10);
    }
}

TEST_CASE("a substitution holds where it says, for what it says", "[substitution]") {
    struct Row {
        const char* name;
        Substitution substitution;
        bool holds;
    };

    const auto row = GENERATE(values<Row>({
        {"anywhere", norepi_for_epi(), true},
        {"this cart", {"epi", "norepi", day("2026-11-30"), "w", "OR-1", ""}, true},
        {"this line", {"epi", "norepi", day("2026-11-30"), "w", "OR-1", "epi"}, true},
        {"another cart", {"epi", "norepi", day("2026-11-30"), "w", "OR-2", ""}, false},
        {"another line", {"epi", "norepi", day("2026-11-30"), "w", "OR-1", "atropine"}, false},
        {"another product", {"atropine", "norepi", day("2026-11-30"), "w", "", ""}, false},
        {"another substitute", {"epi", "dopamine", day("2026-11-30"), "w", "", ""}, false},
        {"the other way round", {"norepi", "epi", day("2026-11-30"), "w", "", ""}, false},
    }));
    DYNAMIC_SECTION(row.name) {
        const Ward ward = a_ward_with(row.substitution);
        const Judgement judgement = judged(ward, filled(ward), "2026-11-29");
        CHECK((judgement.readiness == Readiness::ready) == row.holds);
    }
}

TEST_CASE("a substitute that expires or is recalled is so first", "[substitution]") {
    Ward ward = a_ward_with(norepi_for_epi());
    const Judgement expired = judged(ward, filled(ward, "2026-11-28"), "2026-12-05");
    CHECK(has(expired, FindingKind::expired));
    CHECK_FALSE(has(expired, FindingKind::substitute_ended));
    const std::vector<Recall> of_substitute{{"norepi", "N7"}};
    const std::vector<Recall> of_product{{"epi", "N7"}};
    const auto all = substitutions_for(ward.state, ward.state.self);
    const Cart cart = filled(ward);
    CHECK(has(
        evaluate(cart, Policy{}, of_substitute, day("2026-11-29"), all), FindingKind::recalled));
    CHECK_FALSE(
        has(evaluate(cart, Policy{}, of_product, day("2026-11-29"), all), FindingKind::recalled));
}

SCENARIO("a substitute is scanned, ends by itself and is taken out", "[substitution]") {
    Ward ward = a_ward_with(norepi_for_epi());
    ward.open();
    GIVEN("the substitute is scanned") {
        const Reply reply = ward.run(norepi_of("N7", "2028-12-31"));
        CHECK(reply.message == "substitute_counted");
        CHECK(reply.kind == ReplyKind::attention);
        CHECK(reply.values.at("warning") == "2 mg, not 1 mg");
        CHECK(reply.values.at("until") == "2026-11-30");
        CHECK(reply.values.at("name_en") == "Epinephrine");
        CHECK(reply.values.at("substitute_en") == "Norepinephrine");
        CHECK(reply.line == "epi");
        CHECK(ward.counted("epi").front().product == "norepi");
        WHEN("it is signed for, and its last day passes without a scan") {
            ward.run(EnterQuantity{10, "epi"});
            ward.sign();
            REQUIRE(ward.line("OR-1", "epi").holdings.front().product == "norepi");
            ward.context.today = day("2026-12-01");
            ward.context.working_day = ward.context.today;
            ward.run(JudgeDay{});
            THEN("the pharmacy is told, and a scan of it says that it has to go") {
                const AlertNeed& need = ward.node().alerts.at({"OR-1", "epi"}).need;
                CHECK(need.severity == Severity::critical);
                CHECK(need.quantity == 10);
                ward.open();
                const Reply ended = ward.run(norepi_of("N7", "2028-12-31"));
                CHECK(ended.message == "substitute_ended");
                CHECK(ended.verdict == Verdict::not_on_list);
                ward.run(SelectLine{"epi", ""});
                CHECK(ward.run(TakeOutExpired{}).message == "taken_out");
                CHECK(
                    ward.first<CheckStepped>().action
                    == StepAction{HoldingTakenOut{"epi", "N7", 10}});
            }
        }
    }
    GIVEN("a substitute without lot and date is scanned") {
        ward.stock("OR-1", "epi", a_lot("A1", "2027-12-31", 10));
        const Reply reply = ward.run(a_gs1_scan(norepi));
        THEN("the lots of the line's own product are not taken for it") {
            CHECK(reply.verdict == Verdict::needs_expiry);
            CHECK(ward.counted("epi").empty());
            CHECK(
                ward.run(EnterExpiry{day("2028-01-31"), "N8", ""}).message == "substitute_counted");
            CHECK(ward.counted("epi").front().product == "norepi");
        }
    }
    GIVEN("it bears the lot number of the line's own product") {
        const Reply reply = ward.run(norepi_of("A1", "2028-12-31"));
        CHECK(reply.message == "lot_of_another");
        CHECK(ward.counted("epi").empty());
    }
}

TEST_CASE("without a substitution its product is not on the list", "[substitution]") {
    Ward ward = a_ward_with(norepi_for_epi());
    ward.receive("pharmacy", SubstitutionWithdrawn{norepi_for_epi(), "in stock"}, "P1");
    ward.open();
    CHECK(ward.run(norepi_of("N7", "2028-12-31")).message == "not_on_list_lasa");
    CHECK(judged(ward, filled(ward), "2026-11-29").readiness == Readiness::not_ready);
}

TEST_CASE("what may be published, until when and by whom", "[substitution]") {
    Ward ward = a_ward();
    const auto publish = [&](Substitution what, const std::string& badge = pharmacist) {
        return ward.run(PublishSubstitution{std::move(what), badge}).message;
    };
    CHECK(publish(norepi_for_epi("2026-11-21")) == "substitution_day_refused");
    CHECK(publish(norepi_for_epi("2026-11-22")) == "substitution_published");
    CHECK(publish(norepi_for_epi("2027-11-23")) == "substitution_published");
    CHECK(ward.node().substitutions.size() == 1); // in place of the one before
    CHECK(publish(norepi_for_epi("2027-11-24")) == "substitution_day_refused");
    CHECK(publish(norepi_for_epi("9999-12-31")) == "substitution_day_refused");
    Substitution what = norepi_for_epi();
    what.warning.clear();
    CHECK(publish(what) == "warning_refused");
    what.warning = std::string(513, 'x');
    CHECK(publish(what) == "warning_refused");
    what = norepi_for_epi();
    what.substitute = "epi";
    CHECK(publish(what) == "substitution_refused");
    what.substitute = "no-such";
    CHECK(publish(what) == "unknown_product");
    what = norepi_for_epi();
    what.line = "epi"; // of which cart?
    CHECK(publish(what) == "substitution_refused");
    const std::string nurse = find_staff(ward.state, ward.state.self, "N1")->badge;
    CHECK(publish(norepi_for_epi(), nurse) == "not_allowed");
    CHECK(publish(norepi_for_epi(), "nobody") == "unknown_badge");

    const auto withdraw = [&](const char* reason) {
        return ward.run(WithdrawSubstitution{norepi_for_epi(), reason, pharmacist}).message;
    };
    CHECK(withdraw("") == "reason_refused");
    CHECK(withdraw("in stock again") == "substitution_withdrawn");
    CHECK(ward.first<SubstitutionWithdrawn>().substitution.until == day("2027-11-23"));
    CHECK(withdraw("again") == "substitution_not_in_force");
}

} // namespace cartwatch::substitution_test
