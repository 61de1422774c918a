// Goal: what the pharmacy sends in place of what was asked for is sent by its own word only, and
// the ward's scan knows it by lot and date as what it is, for no longer than the word holds.
#include "tests/support/ward.hpp"

namespace cartwatch::dispatch_substitute_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const AlertKey epi_alert{"OR-1", "epi"};
const Substitution word{"epi", "norepi", day("2026-11-26"), "2 mg, not 1 mg", "", ""};

DispatchedUnits of(const char* product, const char* lot = "S1", int quantity = 5) {
    DispatchedUnits units{lot, day("2028-01-31"), quantity, {}};
    units.product = product;
    return units;
}

const Alert& alert_of(const Ward& both) {
    return both.state.nodes.at("ward-3f").alerts.at(epi_alert);
}

// The ward and the pharmacy in one state; ten of epi belong there, five are asked for.
Ward both_ends() {
    Ward both = a_ward();
    both.receive("pharmacy", StaffDefined{a_person("P2", Role::pharmacist, "BADGE-P2")});
    both.stock("OR-1", "epi", a_lot("A1", "2027-12-31", 5));
    both.state.nodes.at("ward-3f").carts.at("OR-1").last_full_check = both.context.today;
    both.run(JudgeDay{});
    REQUIRE(alert_of(both).need.quantity == 5);
    return both;
}

Reply send(Ward& both, std::vector<DispatchedUnits> units, AlertKey key = epi_alert) {
    both.state.self = "pharmacy";
    const int episode = both.state.nodes.at("ward-3f").alerts.at(key).episode;
    const Reply reply =
        both.run(DispatchAlert{"ward-3f", key, episode, "BADGE-P2", std::move(units), "no more"});
    both.state.self = "ward-3f";
    both.session = Session{};
    return reply;
}

Ward a_ward_with_substitutes_sent() {
    Ward both = both_ends();
    both.receive("pharmacy", SubstitutionPublished{word}, "P1");
    REQUIRE(send(both, {of("norepi")}).message == "alert_dispatched");
    return both;
}

void begin_restock(Ward& ward) {
    ward.run(BeginRestock{});
    REQUIRE(ward.open().message == "restock_opened");
}

void pass(Ward& ward, int days) {
    ward.let_pass(std::chrono::days(days));
    ward.context.today += std::chrono::days(days);
    ward.context.working_day += std::chrono::days(days);
}

} // namespace

TEST_CASE("a substitute leaves the pharmacy by its own word only") {
    struct Row {
        const char* name;
        Substitution said;
        int days; // later
        const char* reply;
    };

    Substitution elsewhere = word;
    elsewhere.cart = "OR-2";
    Substitution here = word;
    here.cart = "OR-1";
    here.line = "epi";
    Substitution beside = here;
    beside.line = "atropine";
    Substitution reversed = word;
    std::swap(reversed.product, reversed.substitute);
    const auto row = GENERATE_COPY(values<Row>({
        {"for every cart", word, 0, "alert_dispatched"},
        {"for this line", here, 0, "alert_dispatched"},
        {"for another line", beside, 0, "dispatch_not_substitute"},
        {"for another cart", elsewhere, 0, "dispatch_not_substitute"},
        {"the other way round", reversed, 0, "dispatch_not_substitute"},
        {"on its last day", word, 4, "alert_dispatched"},
        {"on the day after", word, 5, "dispatch_not_substitute"},
    }));
    DYNAMIC_SECTION(row.name) {
        Ward both = both_ends();
        CHECK(send(both, {of("norepi")}).message == "dispatch_not_substitute");
        CHECK(both.last.events.empty());
        both.receive("pharmacy", SubstitutionPublished{row.said}, "P1");
        pass(both, row.days);
        const Reply reply = send(both, {of("norepi")});
        CHECK(reply.message == row.reply);
        const bool sent = reply.message == "alert_dispatched";
        CHECK(both.last.events.empty() == !sent);
        REQUIRE(alert_of(both).dispatched.size() == (sent ? 1 : 0));
        if (sent) {
            CHECK(alert_of(both).dispatched.front().product == "norepi");
        }
    }
}

TEST_CASE("what else holds for what is sent holds for a substitute") {
    Ward both = both_ends();
    both.receive("pharmacy", SubstitutionPublished{word}, "P1");
    SECTION("its word taken back") {
        both.receive("pharmacy", SubstitutionWithdrawn{word, "in stock"}, "P1");
        const Reply reply = send(both, {of("norepi")});
        CHECK(reply.message == "dispatch_not_substitute");
        CHECK(reply.values.at("substitute_en") == "Norepinephrine");
        CHECK(reply.values.at("name_en") == "Epinephrine");
    }
    SECTION("a product that nobody knows") {
        CHECK(send(both, {of("nothing")}).message == "dispatch_not_substitute");
    }
    SECTION("a recall of its own lot, not of that lot of what was asked for") {
        both.receive("pharmacy", RecallIssued{{"epi", "S1"}, "glass"});
        CHECK(send(both, {of("norepi", "S1", 2)}).message == "alert_dispatched");
        both.receive("pharmacy", RecallIssued{{"norepi", "S2"}, "glass"});
        CHECK(send(both, {of("norepi", "S2", 3)}).message == "dispatch_recalled");
    }
    SECTION("its date") {
        DispatchedUnits dateless = of("norepi");
        dateless.last_usable_day.reset();
        CHECK(send(both, {dateless}).message == "dispatch_needs_expiry");
    }
    SECTION("a lot that the ward has, or gets, as another product") {
        CHECK(send(both, {of("norepi", "A1")}).message == "dispatch_lot_of_another");
        CHECK(
            send(both, {of("norepi", "S1", 2), of("", "S1", 3)}).message
            == "dispatch_lot_of_another");
        REQUIRE(send(both, {of("norepi", "S1", 2)}).message == "alert_dispatched");
        CHECK(send(both, {of("", "S1", 3)}).message == "dispatch_lot_of_another");
        CHECK(send(both, {of("norepi", "S1", 3)}).message == "alert_dispatched");
    }
    SECTION("a device is no line that anything may lie on") {
        both.run(JudgeDay{});
        AlertNeed need;
        need.device = "defib";
        need.kinds = {FindingKind::device_failed};
        both.receive("ward-3f", AlertRaised{{"OR-1", "defib"}, 1, need});
        CHECK(send(both, {of("norepi")}, {"OR-1", "defib"}).message == "dispatch_not_substitute");
    }
}

TEST_CASE("what was asked for needs no word, also where it is named") {
    Ward both = both_ends();
    CHECK(send(both, {of("epi")}).message == "alert_dispatched");
    CHECK(alert_of(both).dispatched.front().product.empty());
}

SCENARIO("the ward's scan knows a substitute that was sent") {
    Ward both = a_ward_with_substitutes_sent();
    begin_restock(both);
    GIVEN("a pack that tells neither lot nor date") {
        const Reply reply = both.run(a_gs1_scan(norepi));
        THEN("it is of the lot that was sent, in place of what the line asks for") {
            CHECK(reply.message == "put_in_substitute");
            CHECK(reply.lot == "S1");
            CHECK(reply.values.at("warning") == "2 mg, not 1 mg");
            CHECK(reply.values.at("total") == "6");
            REQUIRE(both.counted("epi").size() == 1);
            CHECK(both.counted("epi").front().product == "norepi");
            CHECK(both.counted("epi").front().last_usable_day == day("2028-01-31"));
        }
        THEN("all of them end the alert") {
            both.run(EnterQuantity{5, ""});
            CHECK(both.badge("N1").message == "restock_closed");
            CHECK(alert_of(both).state == AlertState::resolved);
            CHECK(find_holding(both.line("OR-1", "epi").holdings, "S1")->product == "norepi");
        }
        THEN("some of them are on their way no longer") {
            both.badge("N1");
            CHECK(alert_of(both).need.quantity == 4);
            CHECK(alert_of(both).dispatched.front().quantity == 4);
            CHECK(alert_of(both).dispatched.front().product == "norepi");
            CHECK(both.first<AlertChanged>().arrived.front().product == "norepi");
        }
    }
    GIVEN("a pack of what the line asks for") {
        THEN("it is not of that lot") {
            CHECK(both.run(a_gs1_scan(epi)).message == "needs_expiry");
            CHECK(both.run(EnterExpiry{day("2028-01-31"), "B2", ""}).lot == "B2");
            CHECK(both.counted("epi").front().product.empty());
        }
    }
    GIVEN("the label of the place and a number") {
        both.run(a_scan(both.line("OR-1", "epi").tag));
        const Reply reply = both.run(a_quantity(5));
        THEN("it is the substitute, with its warning") {
            CHECK(reply.message == "put_in_number");
            CHECK(reply.kind == ReplyKind::attention);
            CHECK(reply.values.at("substitute_en") == "Norepinephrine");
            CHECK(reply.values.at("until") == "2026-11-26");
            CHECK(reply.values.at("warning") == "2 mg, not 1 mg");
            CHECK(both.counted("epi").front().product == "norepi");
            CHECK(both.counted("epi").front().evidence == Evidence::slot);
        }
    }
    GIVEN("its lot and date, keyed in") {
        both.run(SelectLine{"epi", ""});
        both.run(EnterExpiry{day("2028-01-31"), "S1", ""});
        CHECK(both.counted("epi").front().product == "norepi");
    }
}

SCENARIO("of several lots that were sent only those of the pack's product are asked about") {
    Ward both = both_ends();
    both.receive("pharmacy", SubstitutionPublished{word}, "P1");
    REQUIRE(
        send(both, {of("norepi", "S1", 1), of("norepi", "S2", 2), of("", "B2", 2)}).message
        == "alert_dispatched");
    begin_restock(both);
    WHEN("a substitute names none") {
        const Reply reply = both.run(a_gs1_scan(norepi));
        CHECK(reply.message == "which_lot");
        CHECK(reply.values.at("lots") == "1) S1, 2) S2");
        CHECK(both.run(SelectLine{"epi", "B2"}).message != "put_in_substitute");
        CHECK(both.counted("epi").empty());
    }
    WHEN("its lot is chosen") {
        both.run(a_gs1_scan(norepi));
        const Reply reply = both.run(SelectLine{"epi", "S2"});
        CHECK(reply.message == "put_in_substitute");
        CHECK(reply.lot == "S2");
        CHECK(reply.last_usable_day == day("2028-01-31"));
        CHECK(both.counted("epi").front().product == "norepi");
    }
    WHEN("what was asked for names none") {
        CHECK(both.run(a_gs1_scan(epi)).lot == "B2");
        CHECK(both.counted("epi").front().product.empty());
    }
    WHEN("a number is keyed in at its place") {
        both.run(a_scan(both.line("OR-1", "epi").tag));
        CHECK(both.run(a_quantity(2)).message == "which_lot");
    }
}

SCENARIO("what was sent in place of something is worth nothing once the word is over") {
    Ward both = a_ward_with_substitutes_sent();
    const bool withdrawn = GENERATE(false, true);
    if (withdrawn) {
        both.receive("pharmacy", SubstitutionWithdrawn{word, "in stock"}, "P1");
    } else {
        pass(both, 5);
    }
    begin_restock(both);
    WHEN("a pack of it is scanned") {
        CHECK(
            both.run(a_gs1_scan(norepi)).message
            == (withdrawn ? "not_on_list_lasa" : "substitute_ended"));
        CHECK(both.counted("epi").empty());
    }
    WHEN("its place is scanned and a number keyed in") {
        both.run(a_scan(both.line("OR-1", "epi").tag));
        const Reply reply = both.run(a_quantity(5));
        CHECK(reply.message == (withdrawn ? "not_on_list" : "substitute_ended"));
        CHECK(reply.kind == ReplyKind::reject);
        CHECK(both.counted("epi").empty());
    }
    CHECK(alert_of(both).open());
}

TEST_CASE("a number says no recalled or expired substitutes into the cart") {
    Ward both = a_ward_with_substitutes_sent();
    const bool recalled = GENERATE(false, true);
    if (recalled) {
        both.receive("pharmacy", RecallIssued{{"norepi", "S1"}, "glass"});
    } else {
        auto& alert = both.state.nodes.at("ward-3f").alerts.at(epi_alert);
        alert.dispatched.front().last_usable_day = day("2026-11-21");
    }
    begin_restock(both);
    both.run(a_scan(both.line("OR-1", "epi").tag));
    CHECK(both.run(a_quantity(5)).message == (recalled ? "restock_recalled" : "restock_expired"));
    CHECK(both.counted("epi").empty());
}

SCENARIO("a check counts substitutes that were sent for what they are") {
    Ward both = a_ward_with_substitutes_sent();
    both.state.nodes.at("ward-3f").carts.at("OR-1").lines.front().holdings.clear();
    both.open();
    const Reply reply = both.run(a_gs1_scan(norepi));
    CHECK(reply.message == "substitute_counted");
    CHECK(reply.lot == "S1");
    CHECK(both.counted("epi").front().quantity == 5);
    both.sign();
    const Holding* held = find_holding(both.line("OR-1", "epi").holdings, "S1");
    REQUIRE(held != nullptr);
    CHECK(held->product == "norepi");
    CHECK(alert_of(both).dispatched.empty());
    CHECK(alert_of(both).need.quantity == 5);
}

TEST_CASE("a lot of the same number that is no substitute has not arrived") {
    Ward both = a_ward_with_substitutes_sent();
    both.stock("OR-1", "epi", a_lot("S1", "2028-06-30", 3)); // of what was asked for
    Cart& cart = both.state.nodes.at("ward-3f").carts.at("OR-1");
    cart.lines.front().holdings.front().quantity = 1;
    both.open();
    both.run(a_gs1_scan(epi).lot("S1").expiry("2028-06-30"));
    both.run(a_quantity(2));
    both.sign();
    CHECK(alert_of(both).need.quantity == 8);
    CHECK(alert_of(both).dispatched.front().quantity == 5);
}

} // namespace cartwatch::dispatch_substitute_test
