// Blind lines, lines by unit, the second badge, and what is remarked on at closing.
#include "daemon/readiness/blind.hpp"
#include "daemon/readiness/remarks.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

#include <random>

namespace cartwatch::blind_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// A check of OR-1 in which epi is blind.
Ward a_ward_with_blind_epi() {
    Ward ward = a_ward();
    ward.badge("N1");
    ward.record(CheckOpened{"ward-3f/1", "OR-1", CheckKind::full, "N1", 7, {"epi"}}, "N1");
    ward.session = Session{};
    ward.scan_cart("OR-1");
    return ward;
}

Command epi_scan() {
    return a_gs1_scan(epi).lot("A1").expiry("2027-12-31");
}

} // namespace

TEST_CASE("blind lines are as many as the policy says, each once, another choice each time") {
    const auto [wanted, given] = GENERATE(table<int, std::size_t>({
        {0, 0}, {1, 1}, {2, 2}, {3, 3}, {10, 3}, // ketamine is counted by unit
    }));
    DYNAMIC_SECTION(wanted << " lines") {
        Ward ward = a_ward();
        Policy policy;
        policy.blind_lines = wanted;
        set_policy(ward, policy);
        std::set<std::string> chosen;
        for (int seed = 1; seed <= 60; ++seed) {
            ward.context.seed = seed;
            ward.open();
            const std::vector<std::string> blind = ward.first<CheckOpened>().blind;
            CHECK(ward.first<CheckOpened>().seed == seed);
            CHECK(blind.size() == given);
            CHECK(std::set<std::string>(blind.begin(), blind.end()).size() == given);
            chosen.insert(blind.begin(), blind.end());
            ward.run(CancelCheck{});
        }
        CHECK(chosen.size() == (wanted == 0 ? 0U : 3U));
        CHECK_FALSE(chosen.contains("ketamine"));
    }
}

TEST_CASE("without a random number no line is blind, and the same number chooses the same lines") {
    Ward ward = a_ward();
    ward.open();
    CHECK(ward.first<CheckOpened>().blind.empty());
    ward.run(CancelCheck{});
    ward.context.seed = 99;
    ward.open();
    const auto blind = ward.first<CheckOpened>().blind;
    ward.run(CancelCheck{});
    ward.open();
    CHECK(ward.first<CheckOpened>().blind == blind);
}

SCENARIO("a blind line asks for its number") {
    Ward ward = a_ward_with_blind_epi();
    const Reply scanned = ward.run(epi_scan());
    CHECK(scanned.message == "blind_count");
    CHECK(scanned.kind == ReplyKind::attention);
    CHECK(scanned.values.at("par") == "?");
    CHECK(scanned.values.at("quantity") == "?");
    CHECK(scanned.values.at("total") == "?");
    CHECK_FALSE(is_settled(ward.line("OR-1", "epi"), ward.check().progress));
    CHECK(ward.run(epi_scan()).message == "blind_count");
    CHECK(ward.run(SelectLine{"epi", ""}).values.at("par") == "?");

    WHEN("a number is entered, right or wrong, it counts") {
        const int number = GENERATE(10, 9, 11, 1);
        const Reply reply = ward.run(a_quantity(number));
        CHECK(reply.message == "quantity_set");
        CHECK(reply.values.at("par") == "10");
        CHECK(is_settled(ward.line("OR-1", "epi"), ward.check().progress));
        CHECK(ward.counted("epi").front().quantity == number);
        CHECK(ward.counted("epi").front().evidence == Evidence::scanned);
        AND_WHEN("it is undone, the line is blind again") {
            CHECK(ward.run(Undo{}).values.at("quantity") == "?");
            CHECK_FALSE(is_settled(ward.line("OR-1", "epi"), ward.check().progress));
            CHECK(ward.run(SelectLine{"epi", ""}).values.at("par") == "?");
        }
    }
    WHEN("it is said to be missing, nothing is left to ask") {
        ward.run(MarkMissing{"epi"});
        CHECK(is_settled(ward.line("OR-1", "epi"), ward.check().progress));
    }
    WHEN("it is signed without a number, the line is called missing") {
        const Reply review = ward.badge("N1");
        CHECK(review.message == "review_missing");
        CHECK_THAT(review.values.at("names_en"), Catch::Contains("Epinephrine"));
        ward.badge("N1");
        CHECK(ward.line("OR-1", "epi").holdings.empty());
        const auto& missing = ward.first<CheckClosed>().not_scanned;
        CHECK(std::find(missing.begin(), missing.end(), "epi") != missing.end());
    }
    WHEN("another lot lies there too, each is numbered") {
        ward.run(a_quantity(8));
        CHECK(ward.run(a_gs1_scan(epi).lot("B1").expiry("2028-05-31")).message == "blind_count");
        CHECK_FALSE(is_settled(ward.line("OR-1", "epi"), ward.check().progress));
        CHECK(ward.run(a_quantity(2)).values.at("total") == "10");
        CHECK(is_settled(ward.line("OR-1", "epi"), ward.check().progress));
    }
    WHEN("it is expired, that is said first") {
        const Reply reply = ward.run(a_gs1_scan(epi).lot("OLD").expiry("2026-01-31"));
        CHECK(reply.message == "expired");
        CHECK(reply.values.at("par") == "?");
    }
}

TEST_CASE("a number typed with the date of a pack without one settles a blind line") {
    Ward ward = a_ward();
    ward.badge("N1");
    ward.record(CheckOpened{"ward-3f/1", "OR-1", CheckKind::full, "N1", 7, {"atropine"}}, "N1");
    ward.session = Session{};
    ward.scan_cart("OR-1");
    ward.run(SelectLine{"atropine", ""});
    CHECK(ward.run(EnterQuantity{4, ""}).message == "enter_expiry");
    ward.run(EnterExpiry{day("2028-01-31"), "T", ""});
    CHECK(ward.counted("atropine").front().quantity == 4);
    CHECK(is_settled(ward.line("OR-1", "atropine"), ward.check().progress));
}

TEST_CASE(
    "controlled, high-alert and serialised packs are counted by unit where the policy says so") {
    struct Example {
        const char* name;
        WatchedLines rule;
        bool controlled;
        bool high_alert;
        bool by_unit;
    };

    const auto example = GENERATE(values<Example>({
        {"off", WatchedLines::off, true, true, false},
        {"controlled", WatchedLines::controlled, true, false, true},
        {"high alert is not controlled", WatchedLines::controlled, false, true, false},
        {"high alert too", WatchedLines::controlled_and_high_alert, false, true, true},
        {"neither", WatchedLines::controlled_and_high_alert, false, false, false},
    }));
    DYNAMIC_SECTION(example.name) {
        Ward ward = a_ward();
        Product product = *find_product(ward.state, "ward-3f", "atropine");
        product.controlled = example.controlled;
        product.high_alert = example.high_alert;
        Policy policy;
        policy.by_unit = example.rule;
        ward.define({ProductDefined{product}, PolicyChanged{policy}});
        ward.open();
        ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
        ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
        CHECK(ward.counted("atropine").front().quantity == (example.by_unit ? 2 : 5));
    }
    SECTION("serialised") {
        Ward ward = a_ward();
        Policy policy;
        policy.serialised_by_unit = true;
        set_policy(ward, policy);
        ward.open();
        ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31").serial("1"));
        ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31").serial("2"));
        CHECK(ward.counted("atropine").front().quantity == 2);
        CHECK(
            ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31").serial("2")).verdict
            == Verdict::duplicate);
    }
}

SCENARIO("a cart with a controlled drug is signed for by two") {
    Ward ward = a_ward();
    Product product = *find_product(ward.state, "ward-3f", "ketamine");
    product.controlled = true;
    ward.define({ProductDefined{product}});
    ward.open();
    count_or1(ward);
    CHECK(ward.badge("N1").message == "witness_badge");
    CHECK(ward.last.events.empty());

    THEN("never by the checker twice, nor by who has left") {
        CHECK(ward.badge("N1").message == "witness_is_checker");
        CHECK(ward.badge("R1").message == "badge_retired");
        CHECK(ward.badge("N1").message == "witness_is_checker");
        CHECK(ward.last.events.empty());
        CHECK(ward.badge("N2").message == "check_closed");
    }
    THEN("both stand in the closing") {
        CHECK(ward.badge("N2").message == "check_closed");
        CHECK(ward.first<CheckClosed>().by == "N1");
        CHECK(ward.first<CheckClosed>().witness == "N2");
        CHECK(ward.brought<CheckTaken>() == 0);
    }
    THEN("any other scan gives the signature up") {
        ward.run(a_gs1_scan(blade));
        CHECK(ward.badge("N2").message == "check_taken");
        CHECK(ward.badge("N2").message == "witness_badge");
        CHECK(ward.badge("N1").message == "check_closed");
        CHECK(ward.first<CheckClosed>().by == "N2");
        CHECK(ward.first<CheckClosed>().witness == "N1");
    }
    THEN("what another place undid meanwhile is signed for anew, and shown before") {
        ward.record(StepUndone{"ward-3f/1", 1, "N1"});
        CHECK(ward.badge("N2").message == "sign_with_badge");
        CHECK(ward.badge("N1").message == "review_missing");
    }
}

TEST_CASE("whether a second badge is asked for is the policy's to say") {
    const auto [rule, controlled, high_alert, asked] =
        GENERATE(table<WatchedLines, bool, bool, bool>({
            {WatchedLines::off, true, true, false},
            {WatchedLines::controlled, false, true, false},
            {WatchedLines::controlled, true, false, true},
            {WatchedLines::controlled_and_high_alert, false, true, true},
            {WatchedLines::controlled_and_high_alert, false, false, false},
        }));
    Ward ward = a_ward();
    Product product = *find_product(ward.state, "ward-3f", "epi");
    product.controlled = controlled;
    product.high_alert = high_alert;
    Policy policy;
    policy.witness = rule;
    ward.define({ProductDefined{product}, PolicyChanged{policy}});
    ward.open();
    count_or1(ward);
    CHECK((ward.badge("N1").message == "witness_badge") == asked);
}

TEST_CASE("a check that took less than the policy's pace is remarked on, not refused") {
    Cart cart = a_cart("C");
    Check check;
    for (int i = 0; i < 45; ++i) {
        cart.lines.push_back(a_line("p" + std::to_string(i)));
    }
    check.opened_at = instant("2026-11-22T02:00:00.000Z");
    const auto [seconds, remarked] = GENERATE(table<int, bool>(
        {{-5, true}, {0, true}, {44, true}, {45, false}, {46, false}, {10'000'000, false}}));
    const auto remarks =
        remarks_on(cart, check, Policy{}, check.opened_at + std::chrono::seconds(seconds), 0);
    CHECK((remarks.size() == 1) == remarked);
    if (remarked) {
        CHECK(remarks.front() == Remark{RemarkKind::pace, std::max(0, seconds)});
    }
    Policy off;
    off.pace_seconds_per_line = 0;
    CHECK(remarks_on(cart, check, off, check.opened_at, 0).empty());
}

TEST_CASE("one label scanned again and again is remarked on") {
    Ward ward = a_ward();
    ward.open();
    const int times = GENERATE(4, 5, 6, 50);
    for (int i = 0; i < times; ++i) {
        ward.run(epi_scan());
        ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31"));
    }
    ward.sign();
    const auto& remarks = ward.first<CheckClosed>().remarks;
    REQUIRE(remarks.size() == (times >= 5 ? 1U : 0U));
    if (times >= 5) {
        CHECK(remarks.front() == Remark{RemarkKind::same_label, times});
        CHECK(ward.node().last_checks.at("OR-1").remarks == remarks);
    }
}

TEST_CASE("the order of the list, check after check, is remarked on") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    cart.lines.push_back(a_line("norepi").par(1));
    ward.define({CartDefined{cart}});
    const auto check_in_order = [&](bool in_order) {
        ward.open();
        if (!in_order) {
            ward.run(MarkMissing{"norepi"});
        }
        for (const char* line : {"epi", "atropine", "ketamine", "blade", "norepi"}) {
            ward.run(MarkMissing{line});
        }
        ward.context.now += std::chrono::seconds(60);
        ward.sign();
        return ward.first<CheckClosed>().remarks;
    };
    CHECK(check_in_order(true).empty());
    CHECK(check_in_order(true).empty());
    CHECK(check_in_order(true) == std::vector<Remark>{{RemarkKind::list_order, 3}});
    CHECK(check_in_order(true) == std::vector<Remark>{{RemarkKind::list_order, 4}});
    CHECK(check_in_order(false).empty());
    CHECK(check_in_order(true).empty());
}

TEST_CASE("a step that was undone twice stays undone") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(blade));
    const std::string check = ward.session.check;
    ward.record(StepUndone{check, 1, "N1"});
    const auto undone = ward.check().progress;
    ward.record(StepUndone{check, 1, "N1"}); // at two places at once
    CHECK(ward.check().progress == undone);
    CHECK(ward.check().steps.front().undone);
}

} // namespace cartwatch::blind_test
