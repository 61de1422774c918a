// Goal: nobody's scan acts for somebody else. What was read at a station and led nowhere is given
// up after a while, and a check that rested is taken up by its checker's badge, not signed.
#include "daemon/readiness/limits.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::rest_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// The kit lets a second pass with each command.
void let_pass(Ward& ward, std::chrono::seconds time) {
    ward.let_pass(time - std::chrono::seconds(1));
}

const auto just_within = session_rests_after;
const auto just_over = session_rests_after + std::chrono::seconds(1);

} // namespace

TEST_CASE("a seal that was read long before the badge proves nothing") {
    Ward ward = a_sealed_ward();
    ward.scan_cart("OR-1");
    REQUIRE(ward.run(a_scan(first_seal)).message == "seal_matches");
    const auto [pause, message] = GENERATE(table<std::chrono::seconds, std::string>({
        {std::chrono::seconds(1), "sealed_closed"},
        {just_within, "sealed_closed"},
        {just_over, "badge_known"},
        {std::chrono::hours(72), "badge_known"},
    }));
    DYNAMIC_SECTION(pause.count() << " s") {
        let_pass(ward, pause);
        CHECK(ward.badge("N2").message == message);
    }
}

TEST_CASE("a clock that is set says nothing of how long a session rested") {
    Ward ward = a_sealed_ward();
    ward.scan_cart("OR-1");
    REQUIRE(ward.run(a_scan(first_seal)).message == "seal_matches");
    const auto [pause, clock, message] =
        GENERATE(table<std::chrono::seconds, std::chrono::seconds, std::string>({
            {just_within, std::chrono::hours(1), "sealed_closed"},
            {just_within, -std::chrono::hours(1), "sealed_closed"},
            {just_over, -std::chrono::minutes(5), "badge_known"},
            {just_over, -std::chrono::hours(1), "badge_known"},
        }));
    DYNAMIC_SECTION(pause.count() << " s, clock set by " << clock.count() << " s") {
        let_pass(ward, pause);
        ward.context.now += clock;
        CHECK(ward.badge("N2").message == message);
    }
}

TEST_CASE("a badge that was read long before the cart opens no check in its name") {
    Ward ward = a_ward();
    ward.badge("N1");
    SECTION("within the pause it does") {
        let_pass(ward, just_within);
        CHECK(ward.scan_cart("OR-1").message == "check_opened");
        CHECK(ward.check().checker == "N1");
    }
    SECTION("after it the cart waits for a badge") {
        let_pass(ward, just_over);
        CHECK(ward.scan_cart("OR-1").message == "cart_known");
        CHECK(ward.badge("N2").message == "check_opened");
        CHECK(ward.check().checker == "N2");
    }
}

TEST_CASE("a check that rested is taken up by the badge, and signed by the next one") {
    Ward ward = a_ward();
    ward.open();
    count_or1(ward);
    ward.run(a_scan(first_seal));
    let_pass(ward, just_over);

    const Reply taken_up = ward.badge("N1");
    CHECK(taken_up.message == "check_resumed");
    CHECK(ward.brought<CheckClosed>() == 0);

    CHECK(ward.badge("N1").message == "check_closed");
}

TEST_CASE("a check that rested goes on with the next scan") {
    Ward ward = a_ward();
    ward.open();
    let_pass(ward, std::chrono::hours(2));

    CHECK(ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31")).verdict == Verdict::ok);
}

TEST_CASE("what a witness signs for is what the checker signed") {
    Ward ward = a_ward();
    Product product = *find_product(ward.state, "ward-3f", "ketamine");
    product.controlled = true;
    ward.define({ProductDefined{product}});
    ward.open();
    count_or1(ward);
    ward.run(a_scan(first_seal));
    REQUIRE(ward.badge("N1").message == "witness_badge");
    const Session first_desk = ward.session;
    ward.session = Session{};
    ward.session.station = "other";

    SECTION("taken over at another desk, it is signed by whoever has it now") {
        ward.open("OR-1", "N2");
        REQUIRE(ward.check().checker == "N2");
        ward.session = first_desk;
        CHECK(ward.badge("N1").message == "check_taken");
        CHECK(ward.brought<CheckClosed>() == 0);
    }
    SECTION("counted on at another desk, it is signed anew") {
        ward.open("OR-1", "N1");
        ward.run(EnterQuantity{1, "blade"});
        ward.session = first_desk;
        CHECK(ward.badge("N2").message == "sign_with_badge");
        CHECK(ward.brought<CheckClosed>() == 0);
        CHECK(ward.badge("N1").message == "witness_badge");
        CHECK(ward.badge("N2").message == "check_closed");
    }
}

TEST_CASE("what was counted more than a day ago is not signed for") {
    Ward ward = a_ward();
    ward.open();
    count_or1(ward);
    ward.run(a_scan(first_seal));
    const auto [pause, message] = GENERATE(table<std::chrono::seconds, std::string>({
        {check_longest - std::chrono::minutes(5), "check_closed"},
        {check_longest + std::chrono::seconds(1), "check_too_old"},
        {std::chrono::hours(24 * 30), "check_too_old"},
    }));
    DYNAMIC_SECTION(pause.count() << " s") {
        let_pass(ward, pause);
        ward.badge("N1"); // takes it up again
        const bool closes = message == "check_closed";

        CHECK(ward.badge("N1").message == message);

        CHECK(ward.cart("OR-1").last_full_check.has_value() == closes);
        if (!closes) {
            CHECK(ward.last.events.empty());
            CHECK(ward.run(CloseCheck{}).message == "check_too_old");
            CHECK(ward.run(CancelCheck{}).message == "check_cancelled");
            CHECK(ward.open().message == "check_opened");
        }
    }
}

} // namespace cartwatch::rest_test
