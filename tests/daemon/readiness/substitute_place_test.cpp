// Goal: a substitute counts at the place that it was published for and that was pointed at, also
// where a line of its own asks for it; nowhere that the pharmacy's word does not reach, and never
// at two places.
#include "daemon/readiness/limits.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::substitute_place_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const Substitution word{"epi", "norepi", day("2026-11-26"), "2 mg, not 1 mg", "", ""};

Line a_line_of(const char* id, const char* product) {
    Line line = a_line(product);
    line.id = id;
    line.tag.clear();
    return line;
}

// OR-7 asks for epi in two drawers and, where `own`, for norepi itself; it was checked today.
Ward a_ward_with(const Substitution& substitution, bool own = true) {
    Ward ward = a_ward();
    Cart cart = a_cart("OR-7");
    cart.lines = {a_line_of("epi-1", "epi"), a_line_of("epi-2", "epi")};
    if (own) {
        cart.lines.push_back(a_line_of("norepi", "norepi"));
    }
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    ward.state.nodes.at("ward-3f").carts.at("OR-7").last_full_check = ward.context.today;
    ward.receive("pharmacy", SubstitutionPublished{substitution}, "P1");
    return ward;
}

Reply point_at(Ward& ward, const char* line) {
    REQUIRE_FALSE(ward.line("OR-7", line).tag.empty());
    return ward.run(a_scan(ward.line("OR-7", line).tag));
}

Reply scan_pack(Ward& ward, const char* lot = "S1") {
    return ward.run(a_gs1_scan(norepi).lot(lot).expiry("2028-01-31"));
}

void pass(Ward& ward, int days) {
    pass_days(ward, days);
}

} // namespace

SCENARIO("a substitute whose place was pointed at lies there, not on its own line") {
    Ward ward = a_ward_with(word);
    ward.open("OR-7");
    WHEN("its place was pointed at") {
        point_at(ward, "epi-2");
        const Reply reply = scan_pack(ward);
        CHECK(reply.message == "substitute_counted");
        CHECK(reply.line == "epi-2");
        CHECK(reply.values.at("warning") == "2 mg, not 1 mg");
        CHECK(ward.counted("epi-2").front().product == "norepi");
        CHECK(ward.counted("norepi").empty());
        THEN("the next one, elsewhere, is of its own line") {
            ward.let_pass(trigger_repeat);
            CHECK(scan_pack(ward, "S2").line == "norepi");
        }
        THEN("its label read twice in a moment is the same pack") {
            const Reply again = scan_pack(ward);
            CHECK(again.verdict == Verdict::duplicate);
            CHECK(again.line == "epi-2");
            CHECK(ward.counted("norepi").empty());
        }
    }
    WHEN("no place was pointed at, or its own") {
        if (GENERATE(false, true)) {
            point_at(ward, "norepi");
        }
        CHECK(scan_pack(ward).line == "norepi");
        CHECK(ward.counted("epi-1").empty());
    }
    WHEN("a number was said for what lies at the place: the next pack is of another one") {
        point_at(ward, "epi-1");
        ward.run(a_quantity(4));
        ward.run(EnterExpiry{day("2027-12-31"), "A1", ""});
        ward.run(a_quantity(5));
        CHECK(scan_pack(ward).line == "norepi");
    }
    WHEN("the pharmacy's word has ended") {
        const int days = GENERATE(4, 5);
        ward.run(CancelCheck{});
        pass(ward, days);
        ward.open("OR-7");
        point_at(ward, "epi-1");
        CHECK(scan_pack(ward).line == (days == 4 ? "epi-1" : "norepi"));
    }
    WHEN("the pharmacy has taken its word back") {
        ward.receive("pharmacy", SubstitutionWithdrawn{word, "in stock"}, "P1");
        point_at(ward, "epi-1");
        CHECK(scan_pack(ward).line == "norepi");
    }
    WHEN("the pack waits for its date") {
        point_at(ward, "epi-1");
        CHECK(ward.run(a_gs1_scan(norepi)).verdict == Verdict::needs_expiry);
        THEN("the same label again still means that place") {
            CHECK(ward.run(a_gs1_scan(norepi)).line == "epi-1");
            const Reply dated = ward.run(EnterExpiry{day("2028-01-31"), "S1", ""});
            CHECK(dated.message == "substitute_counted");
            CHECK(dated.line == "epi-1");
        }
        THEN("a code with its date is of that pack") {
            CHECK(scan_pack(ward).line == "epi-1");
            CHECK(ward.counted("norepi").empty());
        }
    }
}

SCENARIO("a word for one place reaches no other") {
    const bool own = GENERATE(false, true);
    Substitution here = word;
    here.cart = "OR-7";
    here.line = "epi-2";
    Ward ward = a_ward_with(here, own);
    ward.open("OR-7");
    THEN("a pack goes to that place by itself, unless a line asks for it") {
        CHECK(scan_pack(ward).line == (own ? "norepi" : "epi-2"));
    }
    THEN("at the place it counts") {
        point_at(ward, "epi-2");
        CHECK(scan_pack(ward).line == "epi-2");
    }
    THEN("at another one it does not") {
        point_at(ward, "epi-1");
        const Reply reply = scan_pack(ward);
        CHECK(ward.counted("epi-1").empty());
        CHECK(ward.counted("epi-2").empty());
        CHECK(reply.verdict == (own ? Verdict::ok : Verdict::not_on_list));
    }
    THEN("a word for all places that ends sooner holds beside it") {
        Substitution anywhere = word;
        anywhere.until = day("2026-11-24");
        ward.receive("pharmacy", SubstitutionPublished{anywhere}, "P1");
        point_at(ward, "epi-1");
        const Reply reply = scan_pack(ward);
        CHECK(reply.line == "epi-1");
        CHECK(reply.last_usable_day == day("2028-01-31"));
        pass(ward, 3);
        ward.badge("N1");
        point_at(ward, "epi-2");
        CHECK(scan_pack(ward, "S2").line == "epi-2");
    }
}

SCENARIO("a label read twice is not a pack in each of two drawers") {
    Ward ward = a_ward_with(word, false);
    ward.open("OR-7");
    CHECK(scan_pack(ward).line == "epi-1");
    CHECK(scan_pack(ward).line == "epi-1");
    CHECK(ward.counted("epi-2").empty());
    ward.let_pass(trigger_repeat);
    CHECK(scan_pack(ward).line == "epi-2");
}

SCENARIO("packs that are put in one by one stay at their place while it has room") {
    Ward ward = a_ward_with(word);
    ward.state.nodes.at("ward-3f").carts.at("OR-7").lines.front().holdings = {
        a_lot("A1", "2027-12-31", 8)};
    ward.run(a_control(ControlCode::restock));
    ward.open("OR-7");
    point_at(ward, "epi-1");
    CHECK(scan_pack(ward).line == "epi-1");
    THEN("one label stands for all that fit there") {
        CHECK(scan_pack(ward).line == "epi-1");
        CHECK(scan_pack(ward).line == "norepi");
        CHECK(scan_pack(ward).line == "norepi");
    }
    THEN("its own place takes them from there") {
        point_at(ward, "norepi");
        CHECK(scan_pack(ward).line == "norepi");
        CHECK(scan_pack(ward).line == "norepi");
    }
    THEN("another product's pack at its own place ends that") {
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
        CHECK(scan_pack(ward).line == "norepi");
    }
}

SCENARIO("what an emergency used is of the place that was pointed at") {
    Ward ward = a_ward_with(word);
    Holding there = a_lot("S1", "2028-01-31", 5);
    ward.stock("OR-7", "norepi", there);
    ward.run(a_control(ControlCode::used));
    ward.open("OR-7");
    CHECK(scan_pack(ward).line == "norepi");
    point_at(ward, "epi-2");
    CHECK(scan_pack(ward).line == "epi-2");
    CHECK(scan_pack(ward).line == "norepi");
    point_at(ward, "epi-1");
    CHECK(ward.run(a_gs1_scan(ketamine)).message == "use_not_on_list");
}

} // namespace cartwatch::substitute_place_test
