// Goal: whoever takes or counts a pack hears once which lot of the line goes first, and never of
// one that nobody may use or whose day nobody knows.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::first_to_use_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Reply scan(Ward& ward, const std::string& product, const char* lot, const char* until) {
    return ward.run(a_gs1_scan(product).lot(lot).expiry(until));
}

std::string first_in(const Reply& reply) {
    return reply.values.at("first_lot") + " " + reply.values.at("first_day");
}

const std::string none = " ";

// OR-7: epi by line, ketamine by unit; of each A1 to 2027-12-31 and B2 to 2027-06-30 on file.
Ward a_ward_of_two_lots() {
    Ward ward = a_ward();
    const std::vector<Holding> two{a_lot("A1", "2027-12-31", 6), a_lot("B2", "2027-06-30", 4)};
    ward.define(
        {CartDefined{a_cart("OR-7").with(a_line("epi")).with(a_line("ketamine").by_unit())},
         StockRecorded{"OR-7", "epi", two},
         StockRecorded{"OR-7", "ketamine", two}});
    return ward;
}

Reply begin_use(Ward& ward) {
    ward.run(a_control(ControlCode::used));
    ward.badge("N1");
    return ward.scan_cart("OR-7");
}

} // namespace

SCENARIO("a check says which lot lies in front, once a lot") {
    Ward ward = a_ward_of_two_lots();
    ward.open("OR-7");
    GIVEN("a later lot of what is counted by line") {
        const Reply later = scan(ward, epi, "A1", "2027-12-31");
        CHECK(later.message == "ok");
        CHECK(later.kind == ReplyKind::accept);
        CHECK(first_in(later) == "B2 2027-06-30");
        THEN("the lot that goes first itself says nothing of the kind") {
            CHECK(first_in(scan(ward, epi, "B2", "2027-06-30")) == none);
        }
        THEN("its number says nothing twice") {
            CHECK(first_in(ward.run(a_quantity(5))) == none);
        }
        THEN("taken back and scanned again it is said again") {
            ward.run(Undo{});
            CHECK(first_in(scan(ward, epi, "A1", "2027-12-31")) == "B2 2027-06-30");
        }
        THEN("each line says it for itself") {
            CHECK(first_in(scan(ward, ketamine, "A1", "2027-12-31")) == "B2 2027-06-30");
        }
    }
    GIVEN("packs that are counted one by one") {
        CHECK(first_in(scan(ward, ketamine, "A1", "2027-12-31")) == "B2 2027-06-30");
        CHECK(first_in(scan(ward, ketamine, "A1", "2027-12-31")) == none);
        THEN("another later lot says it once, too") {
            const Reply other = scan(ward, ketamine, "C3", "2028-01-31");
            CHECK(other.message == "new_lot");
            CHECK(first_in(other) == "B2 2027-06-30");
            CHECK(first_in(scan(ward, ketamine, "C3", "2028-01-31")) == none);
        }
        THEN("a lot that comes to light later and goes before it is said") {
            CHECK(first_in(scan(ward, ketamine, "D4", "2027-05-31")) == none);
            CHECK(first_in(scan(ward, ketamine, "A1", "2027-12-31")) == "D4 2027-05-31");
            CHECK(first_in(scan(ward, ketamine, "A1", "2027-12-31")) == none);
        }
    }
    GIVEN("the label of the place and a number for a lot") {
        ward.run(SelectLine{"epi", "A1"});
        CHECK(first_in(ward.run(a_quantity(5))) == "B2 2027-06-30");
        CHECK(first_in(ward.run(a_quantity(6))) == none);
    }
    GIVEN("a pack that names no lot, of all that lie there") {
        const Reply all = ward.run(a_gs1_scan(epi));
        CHECK(all.message == "ok");
        CHECK(first_in(all) == none);
    }
}

TEST_CASE("only a lot that may be used, of a known and earlier day, goes first") {
    struct Row {
        const char* name;
        Holding there;
        const char* first;
    };

    Holding damaged = a_lot("B2", "2027-06-30", 4);
    damaged.damaged = 4;
    Holding one_sound = a_lot("B2", "2027-06-30", 4);
    one_sound.damaged = 3;
    Holding dateless = a_lot("B2", "2027-06-30", 4);
    dateless.last_usable_day.reset();
    const auto row = GENERATE_COPY(values<Row>({
        {"a day earlier", a_lot("B2", "2027-12-30", 4), "B2"},
        {"the same day", a_lot("B2", "2027-12-31", 4), ""},
        {"a day later", a_lot("B2", "2028-01-01", 4), ""},
        {"its last day is today", a_lot("B2", "2026-11-22", 4), "B2"},
        {"it was yesterday", a_lot("B2", "2026-11-21", 4), ""},
        {"under recall", a_lot("R9", "2027-06-30", 4), ""},
        {"all damaged", damaged, ""},
        {"all but one damaged", one_sound, "B2"},
        {"none is left of it", a_lot("B2", "2027-06-30", 0), ""},
        {"nobody knows its day", dateless, ""},
        {"of no name", a_lot("", "2027-06-30", 4), "–"},
        {"the same lot with an earlier day", a_lot("A1", "2027-06-30", 4), ""},
    }));
    const CheckKind kind = GENERATE(CheckKind::full, CheckKind::restock, CheckKind::after_use);
    DYNAMIC_SECTION(row.name << " in a check of kind " << to_text(kind)) {
        Ward ward = a_ward_of_two_lots();
        ward.receive("pharmacy", RecallIssued{{"epi", "R9"}, "glass"});
        Cart& cart = ward.state.nodes.at("ward-3f").carts.at("OR-7");
        cart.lines.front().holdings = {row.there};
        if (row.there.lot != "A1") {
            cart.lines.front().holdings.push_back(a_lot("A1", "2027-12-31", 4));
        }
        cart.last_full_check = ward.context.today;
        if (kind == CheckKind::restock) {
            ward.run(a_control(ControlCode::restock));
        } else if (kind == CheckKind::after_use) {
            ward.run(a_control(ControlCode::used));
        }
        ward.open("OR-7");
        REQUIRE(ward.check().kind == kind);
        const Reply reply = scan(ward, epi, "A1", "2027-12-31");
        CHECK(reply.values.at("first_lot") == row.first);
        CHECK(reply.values.at("first_day").empty() == (*row.first == '\0'));
    }
}

SCENARIO("what was taken out goes first no longer") {
    Ward ward = a_ward_of_two_lots();
    Cart& cart = ward.state.nodes.at("ward-3f").carts.at("OR-7");
    cart.lines.front().holdings.back().last_usable_day = day("2026-11-21");
    ward.open("OR-7");
    ward.run(TakeOutExpired{"epi"});
    CHECK(first_in(scan(ward, epi, "A1", "2027-12-31")) == none);
    CHECK(first_in(scan(ward, epi, "C3", "2028-01-31")) == "A1 2027-12-31");
}

SCENARIO("an emergency says which lot is to be used first while any of it is left") {
    Ward ward = a_ward_of_two_lots();
    begin_use(ward);
    const Reply later = scan(ward, epi, "A1", "2027-12-31");
    CHECK(later.message == "unit_used");
    CHECK(later.kind == ReplyKind::accept);
    CHECK(first_in(later) == "B2 2027-06-30");
    THEN("once a lot") {
        CHECK(first_in(scan(ward, epi, "A1", "2027-12-31")) == none);
        CHECK(first_in(scan(ward, epi, "B2", "2027-06-30")) == none);
    }
    THEN("not of a lot that is not on file, and of no lot") {
        CHECK(first_in(scan(ward, epi, "Z9", "2029-01-31")) == none);
        CHECK(first_in(ward.run(a_gs1_scan(ketamine))) == none);
    }
    THEN("not once all of it is used") {
        for (int i = 0; i < 4; ++i) {
            scan(ward, ketamine, "B2", "2027-06-30");
        }
        CHECK(first_in(scan(ward, ketamine, "A1", "2027-12-31")) == none);
    }
}

SCENARIO("a restock says it once a lot") {
    Ward ward = a_ward_of_two_lots();
    ward.state.nodes.at("ward-3f").carts.at("OR-7").last_full_check = ward.context.today;
    ward.run(a_control(ControlCode::restock));
    ward.open("OR-7");
    CHECK(first_in(scan(ward, epi, "C3", "2028-01-31")) == "B2 2027-06-30");
    CHECK(first_in(ward.run(a_quantity(2))) == none);
    CHECK(first_in(scan(ward, epi, "C3", "2028-01-31")) == none);
    CHECK(first_in(scan(ward, epi, "D4", "2028-01-31")) == "B2 2027-06-30");
}

} // namespace cartwatch::first_to_use_test
