// Goal: what is keyed in next is meant for what the person sees, and a badge signs for what was
// shown.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::shown_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

bool gave_up_signature(const Reply& reply) {
    return std::ranges::find(reply.warnings, "signature_dropped") != reply.warnings.end();
}

} // namespace

TEST_CASE("after a refused scan a number or a command is not of the line before") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    REQUIRE(ward.session.line == "epi");
    const int counted = ward.counted("epi").front().quantity;
    const Command refused = GENERATE_COPY(values<Command>(
        {an_unreadable_scan("6909999999994"),
         a_scan("nobody's"),
         a_gs1_scan(norepi),
         a_scan(ward.cart("OR-2").tag.substr(0, 2) + "00000")}));

    CHECK(ward.run(refused).kind == ReplyKind::reject);

    CHECK(ward.run(EnterQuantity{1, ""}).kind == ReplyKind::reject);
    CHECK(ward.run(a_control(ControlCode::missing)).kind == ReplyKind::reject);
    CHECK(ward.counted("epi").front().quantity == counted);
    CHECK(ward.line("OR-1", "epi").holdings.size() == 1);
}

TEST_CASE("a place that was pointed at stays where its pack cannot be read") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_scan(ward.line("OR-1", "blade").tag));
    ward.run(an_unreadable_scan("6909999999994"));
    ward.run(EnterQuantity{3, ""});
    CHECK(ward.counted("blade").front().quantity == 3);
    // Once its number was said, the next refused pack is of another place.
    ward.run(an_unreadable_scan("6909999999994"));
    CHECK(ward.run(EnterQuantity{1, ""}).kind == ReplyKind::reject);
    CHECK(ward.counted("blade").front().quantity == 3);
}

TEST_CASE("a signature that waits for the second badge is not given up without a word") {
    Ward ward = a_ward();
    Product product = *find_product(ward.state, "ward-3f", "ketamine");
    product.controlled = true;
    ward.define({ProductDefined{product}});
    ward.open();
    count_or1(ward);
    REQUIRE(ward.badge("N1").message == "witness_badge");
    SECTION("a scan takes it back, aloud") {
        const Reply reply = ward.run(a_gs1_scan(blade));
        CHECK(gave_up_signature(reply));
        CHECK(reply.kind == ReplyKind::attention);
        CHECK_FALSE(gave_up_signature(ward.run(a_gs1_scan(blade))));
    }
    SECTION("another's badge takes over a check that is not signed any more") {
        ward.run(a_control(ControlCode::help));
        CHECK(ward.badge("N2").message == "check_taken");
    }
    SECTION("the checker's badge again, or the second one, takes nothing back") {
        CHECK_FALSE(gave_up_signature(ward.badge("N1")));
        const Reply closed = ward.badge("N2");
        CHECK(closed.message == "check_closed");
        CHECK_FALSE(gave_up_signature(closed));
    }
}

TEST_CASE("a badge signs for what is missing only where that was the last thing shown") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(blade));
    REQUIRE(ward.badge("N1").message == "review_missing");
    SECTION("the next badge signs") {
        CHECK(ward.badge("N1").message == "check_closed");
    }
    SECTION("after a scan, also of one that counts nothing, it is shown again") {
        ward.run(GENERATE_COPY(values<Command>(
            {a_scan(ward.cart("OR-1").tag), an_unreadable_scan("6909999999994"), Help{}})));
        CHECK(ward.badge("N1").message == "review_missing");
        CHECK(ward.badge("N1").message == "check_closed");
    }
    SECTION("asking for the signature keeps it") {
        CHECK(ward.run(CloseCheck{}).message != "check_closed");
        CHECK(ward.badge("N1").message == "check_closed");
    }
}

TEST_CASE("where the station keeps seals, a cart without one is asked for the first") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    cart.station = "OR";
    REQUIRE(
        ward.define({StationDefined{{"OR", {"手术室", "Theatre"}, ""}}, CartDefined{cart}}).message
        == "defined");
    ward.run(IssueSeals{"OR", "100", "109", find_staff(ward.state, ward.state.self, "H1")->badge});
    ward.open();
    count_or1(ward);
    const Reply reply = ward.badge("N1");
    CHECK(reply.message == "review_missing");
    CHECK(reply.values.at("old_number") == "–");
    SECTION("it is put on") {
        ward.run(EnterSeal{"100"});
        CHECK(ward.badge("N1").message == "check_closed");
        CHECK(ward.cart("OR-1").seal->number == "100");
    }
    SECTION("or is not, knowingly") {
        CHECK(ward.badge("N1").message == "check_closed");
        CHECK_FALSE(ward.cart("OR-1").seal);
    }
}

} // namespace cartwatch::shown_test
