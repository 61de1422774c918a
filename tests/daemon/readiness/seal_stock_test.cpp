// Seals as stock: issued once, used once, nothing left out in silence.
#include "daemon/readiness/limits.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::seal_stock_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// OR-1 and OR-2 stand at the station OR; a check of OR-1 has begun.
Ward a_ward_with_stock() {
    Ward ward = a_ward();
    std::vector<Event> events{
        StationDefined{{"OR", {"手术室", "Theatre"}, ""}},
        StationDefined{{"3F", {"三楼", "3rd floor"}, ""}}};
    for (const char* id : {"OR-1", "OR-2"}) {
        Cart cart = ward.cart(id);
        cart.station = "OR";
        events.emplace_back(CartDefined{cart});
    }
    REQUIRE(ward.define(std::move(events)).message == "defined");
    return ward;
}

std::string badge_of(const Ward& ward, const std::string& staff) {
    return find_staff(ward.state, ward.state.self, staff)->badge;
}

IssueSeals an_issue(const Ward& ward, std::string first, std::string last) {
    return {"OR", std::move(first), std::move(last), badge_of(ward, "H1")};
}

const SealLine& line_of(const std::vector<SealLine>& ledger, std::string_view number) {
    const auto found = std::find_if(
        ledger.begin(), ledger.end(), [&](const SealLine& one) { return one.number == number; });
    REQUIRE(found != ledger.end());
    return *found;
}

} // namespace

TEST_CASE("a range of seals is letters, then as many digits, rising") {
    struct Example {
        const char* name;
        std::string first;
        std::string last;
        std::size_t count;
    };

    const auto example = GENERATE(values<Example>({
        {"one", "0457722", "0457722", 1},
        {"over a change of digits", "A098", "A101", 4},
        {"just under a box", "1000", "1998", 999},
        {"a box", "1000", "1999", 1'000},
        {"just over a box", "1000", "2000", 0},
        {"absurd", "000000000000000001", "999999999999999999", 0},
        {"falling", "12", "11", 0},
        {"other letters", "A1", "B2", 0},
        {"more digits", "99", "100", 0},
        {"no digits", "A", "B", 0},
        {"nothing", "", "", 0},
        {"longer than a number holds", "9999999999999999999998", "9999999999999999999999", 2},
    }));
    DYNAMIC_SECTION(example.name) {
        const auto numbers = seal_range(example.first, example.last);
        REQUIRE(numbers.size() == example.count);
        if (!numbers.empty()) {
            CHECK(numbers.front() == example.first);
            CHECK(numbers.back() == example.last);
        }
    }
}

TEST_CASE("without a badge code, whoever is at the place changes the stock") {
    Ward ward = a_ward_with_stock();
    IssueSeals command = an_issue(ward, "100", "109");
    command.badge.clear();
    SECTION("nobody is") {
        CHECK(ward.run(command).message == "scan_badge_first");
    }
    SECTION("a head nurse, whose badge was scanned") {
        ward.badge("H1");
        CHECK(ward.run(command).message == "seals_issued");
        CHECK(ward.last.actor == "H1");
        CHECK(ward.run(VoidSeal{"101", "torn", ""}).message == "seal_voided");
        CHECK(ward.last.actor == "H1");
    }
    SECTION("a nurse, who may not") {
        ward.badge("N1");
        CHECK(ward.run(command).message == "not_allowed");
    }
    SECTION("a head nurse, too long ago") {
        ward.badge("H1");
        ward.let_pass(session_rests_after);
        CHECK(ward.run(command).message == "scan_badge_first");
    }
    CHECK(ward.last.events.empty() == (ward.last.reply.kind == ReplyKind::reject));
}

TEST_CASE("seals are issued by whoever answers for the place, each number once") {
    Ward ward = a_ward_with_stock();
    IssueSeals command = an_issue(ward, "100", "109");
    SECTION("a nurse does not") {
        command.badge = badge_of(ward, "N1");
        CHECK(ward.run(command).message == "not_allowed");
    }
    SECTION("nobody") {
        command.badge = "no such badge";
        CHECK(ward.run(command).message == "unknown_badge");
    }
    SECTION("to a station that there is") {
        command.station = "attic";
        CHECK(ward.run(command).message == "unknown_station");
    }
    SECTION("no range") {
        command.last = "99";
        CHECK(ward.run(command).message == "seal_range_refused");
        CHECK(ward.last.events.empty());
        CHECK(ward.node().seals.empty());
    }
    SECTION("a number twice") {
        CHECK(ward.run(an_issue(ward, "100", "109")).values.at("count") == "10");
        CHECK(ward.last.actor == "H1");
        const Reply again = ward.run(an_issue(ward, "109", "112"));
        CHECK(again.message == "seal_issued_before");
        CHECK(again.values.at("number") == "109");
        CHECK(ward.node().seals.size() == 10);
        CHECK(ward.node().seals.at("100").station == "OR");
        CHECK(ward.node().seals.at("100").issued_by == "H1");
    }
}

TEST_CASE("where stock is kept, only a seal of the stock is put on, and only once") {
    Ward ward = a_ward_with_stock();
    ward.run(an_issue(ward, "100", "109"));
    ward.open();
    CHECK(ward.run(EnterSeal{"200"}).message == "seal_not_issued");
    CHECK(ward.check().progress.seal.empty());
    CHECK(ward.run(EnterSeal{"100"}).message == "seal_read");
    ward.sign();
    CHECK(ward.node().seals.at("100").state == SealState::on_cart);
    CHECK(ward.node().seals.at("100").put_on_check == "ward-3f/1");

    ward.open("OR-2", "N2");
    CHECK(ward.run(EnterSeal{"100"}).message == "seal_reused");
    const Reply skipped = ward.run(EnterSeal{"103"});
    CHECK(skipped.message == "seal_left_out");
    CHECK(skipped.values.at("count") == "2");
    CHECK(skipped.values.at("first") == "101");
    ward.sign("N2");

    THEN("the ledger names the gap until the numbers are void") {
        auto ledger = seal_ledger(ward.node().seals);
        CHECK(ledger.size() == 10);
        CHECK(line_of(ledger, "101").gap);
        CHECK(line_of(ledger, "102").gap);
        CHECK_FALSE(line_of(ledger, "104").gap);
        CHECK(line_of(ledger, "103").record.cart == "OR-2");

        CHECK(ward.run(VoidSeal{"101", "torn", badge_of(ward, "N1")}).message == "not_allowed");
        CHECK(ward.run(VoidSeal{"101", "", badge_of(ward, "H1")}).message == "reason_refused");
        CHECK(ward.run(VoidSeal{"101", "torn", badge_of(ward, "H1")}).message == "seal_voided");
        CHECK(
            ward.run(VoidSeal{"101", "torn", badge_of(ward, "H1")}).message == "seal_not_in_stock");
        CHECK(
            ward.run(VoidSeal{"103", "torn", badge_of(ward, "H1")}).message == "seal_not_in_stock");
        ledger = seal_ledger(ward.node().seals);
        CHECK_FALSE(line_of(ledger, "101").gap);
        CHECK(line_of(ledger, "101").record.reason == "torn");
        CHECK(line_of(ledger, "102").gap);

        ward.open("OR-2", "N2");
        ward.run(a_gs1_scan(dopamine).lot("D").expiry("2028-01-31"));
        CHECK(ward.run(EnterSeal{"101"}).message == "seal_is_void");
    }
}

TEST_CASE("a seal of another station is used, and said") {
    Ward ward = a_ward_with_stock();
    ward.run(an_issue(ward, "100", "109"));
    IssueSeals other = an_issue(ward, "300", "301");
    other.station = "3F";
    ward.run(other);
    ward.open();
    const Reply reply = ward.run(EnterSeal{"300"});
    CHECK(reply.message == "seal_of_other_station");
    CHECK(reply.values.at("station") == "3F");
    CHECK(ward.check().progress.seal == "300");
}

TEST_CASE("a seal that closed another cart meanwhile closes no second one") {
    Ward ward = a_ward_with_stock();
    ward.open("OR-1", "N1");
    ward.run(EnterSeal{"500"});
    const Session here = ward.session;
    ward.session = Session{};
    ward.open("OR-2", "N2");
    ward.run(EnterSeal{"500"});
    ward.sign("N2");
    ward.session = here;
    CHECK(ward.sign().message == "seal_reused");
    CHECK(ward.node().open_checks.size() == 1);
    ward.run(EnterSeal{"501"});
    CHECK(ward.sign().message == "check_closed");
}

TEST_CASE("a hospital's own seals are known by their numbers once they are issued or seen") {
    Ward ward = a_ward_with_stock();
    ward.open();
    CHECK(ward.run(a_scan("0457722")).message == "unknown_code");
    ward.run(CancelCheck{});
    ward.run(an_issue(ward, "0457722", "0457723"));
    ward.open();
    CHECK(ward.run(a_scan("0457722")).message == "seal_read");
}

TEST_CASE("the ledger tells who put a seal on, who broke it and why") {
    Ward ward = a_sealed_ward();
    ward.open("OR-1", "N2");
    count_or1(ward);
    ward.run(a_scan(other_seal));
    ward.badge("N2");
    const auto ledger = seal_ledger(ward.node().seals);
    REQUIRE(ledger.size() == 2);
    const SealRecord& first = line_of(ledger, first_seal).record;
    CHECK(first.state == SealState::broken);
    CHECK(first.put_on_by == "N1");
    CHECK(first.put_on_check == "ward-3f/1");
    CHECK(first.ended_by == "N2");
    CHECK(first.how == SealBreak::for_check);
    CHECK(first.ended_at);
    CHECK(line_of(ledger, other_seal).record.state == SealState::on_cart);
    CHECK_FALSE(line_of(ledger, other_seal).gap);
}

TEST_CASE("a gap is an unused number before a used one of its own station and series") {
    struct Example {
        const char* name;
        std::string number;
        std::string station;
        bool gap;
    };

    const auto example = GENERATE(values<Example>({
        {"just before it", "A104", "OR", true},
        {"far before it", "A001", "OR", true},
        {"just behind it", "A106", "OR", false},
        {"other letters", "B104", "OR", false},
        {"another length", "A0104", "OR", false},
        {"another station", "A103", "3F", false},
    }));
    DYNAMIC_SECTION(example.name) {
        std::map<std::string, SealRecord> seals;
        seals["A105"].station = "OR";
        seals["A105"].state = SealState::on_cart;
        seals[example.number].station = example.station;
        seals[example.number].state = SealState::issued;
        CHECK(line_of(seal_ledger(seals), example.number).gap == example.gap);
        CHECK_FALSE(line_of(seal_ledger(seals), "A105").gap);
    }
}

TEST_CASE("only a seal in stock is voided: what is on a cart, or was, keeps its story") {
    Ward ward = a_ward_with_stock();
    ward.run(an_issue(ward, "100", "101"));
    ward.open();
    count_or1(ward);
    ward.run(EnterSeal{"100"});
    REQUIRE(ward.badge("N1").message == "check_closed");
    const SealRecord before = ward.node().seals.at("100");

    ward.record(SealVoided{"100", "torn", "H1"}); // of a journal that says so
    ward.record(SealVoided{"101", "torn", "H1"});

    CHECK(ward.node().seals.at("100") == before);
    CHECK(ward.node().seals.at("101").state == SealState::voided);
}

} // namespace cartwatch::seal_stock_test
