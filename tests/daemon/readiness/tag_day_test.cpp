// Goal: what hangs on a closed cart names a day only while the cart is ready until then; and names
// are one line.
#include "daemon/readiness/faults.hpp"
#include "daemon/readiness/one_line.hpp"
#include "daemon/readiness/tag_day.hpp"
#include "tests/support/builders.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::tag_day_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Seal a_seal(bool intact, bool ready) {
    Seal seal;
    seal.number = "0457722";
    seal.intact = intact;
    if (ready) {
        seal.ready_until = day("2026-12-31");
    }
    return seal;
}

} // namespace

SCENARIO("a tag names the day that the check behind the seal found, while nothing is wanted") {
    struct Row {
        const char* name;
        std::optional<Seal> seal;
        std::vector<TagAlert> alerts;
        bool named;
    };

    const auto row = GENERATE(values<Row>({
        {"ready and closed", a_seal(true, true), {}, true},
        {"no seal", std::nullopt, {}, false},
        {"a broken seal", a_seal(false, true), {}, false},
        {"not ready when it was closed", a_seal(true, false), {}, false},
        {"a critical alert", a_seal(true, true), {{AlertState::raised, Severity::critical}}, false},
        {"a recall, high", a_seal(true, true), {{AlertState::raised, Severity::high}}, false},
        {"a normal one", a_seal(true, true), {{AlertState::raised, Severity::normal}}, false},
        {"somebody works on it",
         a_seal(true, true),
         {{AlertState::accepted, Severity::high}},
         false},
        {"it is on its way",
         a_seal(true, true),
         {{AlertState::dispatched, Severity::critical}},
         false},
        {"a notice wants nothing",
         a_seal(true, true),
         {{AlertState::raised, Severity::notice}},
         true},
        {"those that are over",
         a_seal(true, true),
         {{AlertState::resolved, Severity::critical}, {AlertState::withdrawn, Severity::high}},
         true},
        {"one behind those that are over",
         a_seal(true, true),
         {{AlertState::resolved, Severity::critical}, {AlertState::raised, Severity::normal}},
         false},
    }));
    INFO(row.name);
    const auto named = day_on_tag(row.seal, day("2026-12-31"), row.alerts);
    CHECK(named == (row.named ? std::optional(day("2026-12-31")) : std::nullopt));
}

SCENARIO(
    "a tag names the smaller of the seal's day and the one until which the cart stands ready") {
    struct Row {
        const char* name;
        std::optional<Seal> seal;
        std::optional<Day> stands;
        std::optional<Day> named;
    };

    const Seal ready = a_seal(true, true); // until 2026-12-31
    const auto row = GENERATE_COPY(values<Row>({
        {"nothing has changed", ready, day("2026-12-31"), day("2026-12-31")},
        {"an interval became shorter", ready, day("2026-12-01"), day("2026-12-01")},
        {"a device was added: it was never tested", ready, std::nullopt, std::nullopt},
        {"a lot may be recalled", ready, std::nullopt, std::nullopt},
        {"the day of its check never was", ready, std::nullopt, std::nullopt},
        {"an interval became longer", ready, day("2027-03-31"), day("2026-12-31")},
        {"not ready when it was closed", a_seal(true, false), day("2026-12-31"), std::nullopt},
        {"a broken seal", a_seal(false, true), day("2026-12-31"), std::nullopt},
        {"no seal", std::nullopt, day("2026-12-31"), std::nullopt},
    }));
    INFO(row.name);
    CHECK(day_on_tag(row.seal, row.stands, {}) == row.named);
}

SCENARIO("a text is one line, or is made one") {
    struct Row {
        std::string text;
        bool is_line;
        std::string line;
    };

    const auto row = GENERATE(values<Row>({
        {"肾上腺素 1 mg", true, "肾上腺素 1 mg"},
        {"", true, ""},
        {"Å é €", true, "Å é €"},
        {"手术室\n抢救车", false, "手术室 抢救车"},
        {"a\r\nb", false, "a b"},
        {"a\tb", false, "a b"},
        {"\nab", false, "ab"},
        {std::string("a\0b", 3), false, "ab"},
        {"a\x1d"
         "b",
         false,
         "ab"},
        {"a\x7f", false, "a"},
        {"a\xc2\x85"
         "b",
         false,
         "ab"},
        {"a\xe2\x80\xa8"
         "b",
         false,
         "a b"},
    }));
    CAPTURE(row.text);
    CHECK(is_one_line(row.text) == row.is_line);
    CHECK(one_line(row.text) == row.line);
    CHECK(is_one_line(one_line(row.text)));
}

SCENARIO("a name, a place or a code of more than one line is refused where it is defined") {
    Product product = a_product("epi");
    product.name.zh = "肾上\n腺素";
    CHECK(fault_of(product) == Fault{"epi", "text_with_control", "肾上\\x0A腺素"});
    Product strong = a_product("epi");
    strong.strength = "1\tmg";
    CHECK(fault_of(strong)->what == "text_with_control");
    CHECK(
        fault_of(a_person(
                     "N1",
                     Role::nurse,
                     "47\x1d"
                     "11"))
            ->what
        == "text_with_control");
    Cart cart = a_cart("OR-1");
    cart.tag = "A\x01";
    CHECK(fault_of(cart)->what == "text_with_control");
}

} // namespace cartwatch::tag_day_test
