// The judgement and its independent second telling agree on whatever a cart may hold.
#include "tests/support/random_carts.hpp"
#include "tests/support/second_judgement.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

namespace cartwatch::second_judgement_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

std::string told(const Judgement& judgement) {
    std::string text(to_text(judgement.readiness));
    text += judgement.ready_until ? " until " + cartwatch::to_text(*judgement.ready_until) : "";
    text += " " + std::to_string(judgement.in_order) + "/" + std::to_string(judgement.required);
    for (const auto& [function, worth] : judgement.functions) {
        text += "\n  " + function + ": " + std::string(to_text(worth));
    }
    for (const Finding& finding : judgement.findings) {
        text += "\n  " + std::string(to_text(finding.severity)) + " "
                + std::string(to_text(finding.kind)) + " " + finding.line + finding.device + " "
                + finding.accessory + finding.test + finding.lot.value_or("") + " "
                + std::to_string(finding.quantity.value_or(-1));
    }
    return text;
}

} // namespace

TEST_CASE("the judgement is what an independent second one says", "[property][judgement]") {
    constexpr int carts_a_sequence = 20;
    const int carts = carts_a_sequence * sequences_asked(1'000);
    const unsigned seed = seed_asked();
    INFO("CARTWATCH_SEED=" << seed);
    RandomCarts random(seed);
    std::map<Readiness, int> met;
    std::set<FindingKind> kinds;
    for (int i = 0; i < carts; ++i) {
        const AskedCart asked = random.next();
        const Judgement first =
            evaluate(asked.cart, asked.policy, asked.recalls, asked.today, asked.substitutions);
        const Judgement second = second_judgement(
            asked.cart, asked.policy, asked.recalls, asked.today, asked.substitutions);
        if (first != second) {
            FAIL(
                "cart " << i << "\nevaluate says " << told(first) << "\nsecond judgement says "
                        << told(second));
        }
        ++met[first.readiness];
        for (const Finding& finding : first.findings) {
            kinds.insert(finding.kind);
        }
    }
    // The run was about something: every verdict and every finding.
    CHECK(met.size() == 4);
    CHECK(met[Readiness::ready] > carts / 20);
    CHECK(kinds.size() == 16);
}

TEST_CASE("an alert is called for where the second judgement calls for one", "[property]") {
    RandomCarts random(seed_asked());
    int called = 0;
    const int carts = 10 * sequences_asked(1'000);
    for (int i = 0; i < carts; ++i) {
        const AskedCart asked = random.next();
        std::map<std::string, SecondNeed> first;
        for (const AlertNeed& need : needs_of(
                 asked.cart,
                 evaluate(
                     asked.cart, asked.policy, asked.recalls, asked.today, asked.substitutions))) {
            first[need.line + need.device] = {need.severity, need.quantity};
        }
        REQUIRE(
            first
            == second_needs(
                asked.cart, asked.policy, asked.recalls, asked.today, asked.substitutions));
        called += static_cast<int>(first.size());
    }
    CHECK(called > carts / 2);
}

} // namespace cartwatch::second_judgement_test
