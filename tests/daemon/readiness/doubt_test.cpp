// Goal: as long as a node does not have its past back, no cart is called better than overdue, and
// nobody is sent to one.
#include "daemon/readiness/doubt.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::doubt_test {

using namespace cartwatch::readiness;

TEST_CASE("what is left of a judgement while the past is awaited", "[doubt]") {
    struct Row {
        const char* name;
        Readiness judged;
        Readiness said;
    };

    const auto row = GENERATE(values<Row>({
        {"ready is overdue", Readiness::ready, Readiness::overdue},
        {"degraded is overdue", Readiness::degraded, Readiness::overdue},
        {"overdue is overdue", Readiness::overdue, Readiness::overdue},
        {"not ready is not ready", Readiness::not_ready, Readiness::not_ready},
    }));

    DYNAMIC_SECTION(row.name) {
        const Day today = *parse_day("2026-11-22");
        Judgement judgement;
        judgement.as_of = today;
        judgement.readiness = row.judged;
        judgement.ready_until = today;
        judgement.functions = {{"drugs", Readiness::ready}, {"airway", Readiness::not_ready}};
        judgement.in_order = 3;
        judgement.required = 4;
        judgement.findings.emplace_back();

        const Judgement said = in_doubt(judgement);

        CHECK(said.readiness == row.said);
        CHECK_FALSE(said.ready_until);
        CHECK(said.functions.empty());
        CHECK(said.as_of == today);
        CHECK(said.in_order == 3);
        CHECK(said.required == 4);
        CHECK(said.findings == judgement.findings); // what was found stays found
        CHECK(in_doubt(said) == said);
    }
}

TEST_CASE("nobody is sent to a cart in doubt", "[doubt]") {
    Cart lost;
    lost.id = "lost";
    Cart other;
    other.id = "other";
    const std::map<std::string, Readiness> drugs{{"drugs", Readiness::ready}};
    const std::vector<JudgedCart> carts{
        {"ward-1", &lost, Readiness::not_ready, {{"drugs", Readiness::not_ready}}},
        {"ward-1", &other, Readiness::ready, drugs}};
    REQUIRE(nearest_ready(carts[0], carts) == &carts[1]);
    REQUIRE(nearest_ready_for(carts[0], "drugs", carts) == &carts[1]);

    const std::vector<JudgedCart> doubted = in_doubt(carts);

    REQUIRE(doubted.size() == 2);
    CHECK(doubted[0].readiness == Readiness::not_ready);
    CHECK(doubted[1].readiness == Readiness::overdue);
    CHECK(doubted[1].cart == &other);
    CHECK(nearest_ready(doubted[0], doubted) == nullptr);
    CHECK(nearest_ready_for(doubted[0], "drugs", doubted) == nullptr);
}

} // namespace cartwatch::doubt_test
