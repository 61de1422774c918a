// Goal: the rotation planner moves what would be lost to where it will be used, and harms nothing:
// a table of cases, and any hospital that a seed makes, held against use played out day by day.
#include "daemon/figures/rotation.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace cartwatch::rotation_test {

using namespace cartwatch::figures;
using namespace cartwatch::support;
using std::chrono::days;

namespace {

const Day today = day("2026-11-23");
const RotationTerms half_a_year{today, 180, 365};

RestingLine
a_line_of(const std::string& cart, int par, std::vector<RestingLot> lots, int used = 0) {
    return {{"ward", cart}, "epi", "epinephrine-1mg", par, std::move(lots), used};
}

RestingLot lot(std::string name, std::string_view last, int units) {
    return {std::move(name), day(last), units};
}

// A quiet cart whose five expire in ten weeks, and a busy one that uses one a week.
RestingLine quiet() {
    return a_line_of("ICU", 5, {lot("OLD", "2027-02-01", 5)});
}

RestingLine busy() {
    return a_line_of("ED", 5, {lot("NEW", "2028-06-01", 5)}, 52);
}

struct Moved {
    std::string from;
    std::string to;
    std::string old;
    std::string younger;
    int units = 0;

    friend bool operator==(const Moved&, const Moved&) = default;
};

std::vector<Moved> planned(const std::vector<RestingLine>& lines) {
    std::vector<Moved> moved;
    for (const Swap& swap : rotation_of(lines, half_a_year)) {
        CHECK(swap.old.units == swap.younger.units);
        moved.push_back(
            {lines[swap.from].cart.second,
             lines[swap.to].cart.second,
             swap.old.lot,
             swap.younger.lot,
             swap.old.units});
    }
    return moved;
}

} // namespace

SCENARIO("what would expire unused is told lot by lot", "[rotation]") {
    GIVEN("a line that used four in the last year, and holds two lots") {
        const std::vector<RestingLine> lines{
            a_line_of("ICU", 5, {lot("B", "2027-05-20", 3), lot("A", "2027-02-23", 3)}, 4)};

        THEN("what expires first is used first") {
            const auto unused = unused_lots(lines, half_a_year);
            REQUIRE(unused.size() == 2);
            CHECK(unused[0] == UnusedLot{0, lot("A", "2027-02-23", 3), 2}); // one by February
            CHECK(unused[1] == UnusedLot{0, lot("B", "2027-05-20", 3), 3}); // and none by May
        }
    }
    GIVEN("lots that expire today, on the horizon's last day, a day later, and never") {
        const std::vector<RestingLine> lines{a_line_of(
            "ICU",
            5,
            {lot("A", "2026-11-23", 1),
             lot("B", "2027-05-22", 1),
             lot("C", "2027-05-23", 1),
             {"D", {}, 1}})};

        THEN("the first two are lost within it") {
            const auto unused = unused_lots(lines, half_a_year);
            REQUIRE(unused.size() == 2);
            CHECK(unused[0].lot.lot == "A");
            CHECK(unused[1].lot.lot == "B");
        }
    }
}

SCENARIO("old lots go where they will be used in time", "[rotation]") {
    struct Example {
        std::string name;
        std::vector<RestingLine> lines;
        std::vector<Moved> expected;
    };

    RestingLine other_product = busy();
    other_product.product = "norepinephrine-2mg";
    RestingLine same_cart = busy();
    same_cart.cart = quiet().cart;
    same_cart.line = "epi-2";
    const auto example = GENERATE_COPY(values<Example>({
        {"a busy cart takes all five", {quiet(), busy()}, {{"ICU", "ED", "OLD", "NEW", 5}}},
        {"nobody uses it", {quiet(), a_line_of("ED", 5, {lot("NEW", "2028-06-01", 5)})}, {}},
        {"another cart uses another product", {quiet(), other_product}, {}},
        {"the same cart has it twice", {quiet(), same_cart}, {}},
        {"it uses two before that day",
         {quiet(), a_line_of("ED", 5, {lot("NEW", "2028-06-01", 5)}, 11)},
         {{"ICU", "ED", "OLD", "NEW", 2}}},
        {"it uses one short of one before that day",
         {quiet(), a_line_of("ED", 5, {lot("NEW", "2028-06-01", 5)}, 5)},
         {}},
        {"it has an old lot of its own to use first",
         {quiet(),
          a_line_of("ED", 5, {lot("OWN", "2027-01-20", 2), lot("NEW", "2028-06-01", 3)}, 20)},
         {{"ICU", "ED", "OLD", "NEW", 1}}},
        {"all that it holds is older still",
         {quiet(), a_line_of("ED", 5, {lot("OWN", "2027-01-31", 5)}, 52)},
         {}},
        {"what it would give back is lost within the horizon as well",
         {quiet(), a_line_of("ED", 5, {lot("NEW", "2027-05-22", 5)}, 52)},
         {}},
        {"what it would give back lasts a day longer than that",
         {quiet(), a_line_of("ED", 5, {lot("NEW", "2027-05-23", 5)}, 52)},
         {{"ICU", "ED", "OLD", "NEW", 5}}},
        {"the cart that gives is below its par",
         {a_line_of("ICU", 6, {lot("OLD", "2027-02-01", 5)}), busy()},
         {}},
        {"the cart that takes is below its par",
         {quiet(), a_line_of("ED", 6, {lot("NEW", "2028-06-01", 5)}, 52)},
         {}},
        {"nobody knows the old lot", {a_line_of("ICU", 5, {lot("", "2027-02-01", 5)}), busy()}, {}},
        {"nobody knows the younger lot",
         {quiet(), a_line_of("ED", 5, {lot("", "2028-06-01", 5)}, 52)},
         {}},
        {"the same lot bears another expiry there",
         {quiet(),
          a_line_of("ED", 5, {lot("NEW", "2028-06-01", 4), lot("OLD", "2027-03-01", 1)}, 52)},
         {}},
        {"the one that takes more comes before the one of the earlier name",
         {quiet(), a_line_of("A", 5, {lot("NEW", "2028-06-01", 5)}, 11), busy()},
         {{"ICU", "ED", "OLD", "NEW", 5}}},
        {"of two that take as many the first by name, and its lot that lasts longest",
         {busy(),
          quiet(),
          a_line_of("A", 5, {lot("N1", "2028-06-01", 5), lot("N2", "2028-07-01", 5)}, 60)},
         {{"ICU", "A", "OLD", "N2", 5}}},
        {"two quiet carts and one that uses two: the first to expire goes",
         {a_line_of("X", 2, {lot("L1", "2027-02-02", 2)}),
          a_line_of("W", 2, {lot("L2", "2027-02-01", 2)}),
          a_line_of("ED", 5, {lot("NEW", "2028-06-01", 5)}, 11)},
         {{"W", "ED", "L2", "NEW", 2}}},
    }));

    DYNAMIC_SECTION(example.name) {
        CHECK(planned(example.lines) == example.expected);
    }
}

namespace {

RestingLine a_random_line(std::mt19937& random, int number) {
    const auto pick = [&random](int least, int most) {
        return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
    };
    RestingLine line;
    line.cart = {pick(0, 1) == 0 ? "ward-a" : "ward-b", "C" + std::to_string(number / 2)};
    line.line = "L" + std::to_string(number);
    line.product = pick(0, 3) == 0 ? "nor" : "epi";
    std::set<std::string> names;
    for (int lots = pick(0, 4); lots > 0; --lots) {
        const int name = pick(0, 12);
        RestingLot lot{"K" + std::to_string(name), today + days(30 * name + 5), pick(1, 6)};
        if (pick(0, 19) == 0) {
            lot.last = std::nullopt;
        }
        if (pick(0, 19) == 0) {
            lot.lot.clear();
        }
        if (names.insert(lot.lot).second) {
            line.lots.push_back(lot);
        }
    }
    line.par = pick(0, 10);
    line.used = pick(0, 1) == 0 ? 0 : pick(1, 120);
    return line;
}

int units_in(const RestingLine& line) {
    int units = 0;
    for (const RestingLot& held : line.lots) {
        units += held.units;
    }
    return units;
}

// Carried out as a pick list would be.
void carry_out(std::vector<RestingLine>& lines, const Swap& swap) {
    const auto move = [&](RestingLine& out, RestingLine& in, const RestingLot& what) {
        const auto held = std::ranges::find(out.lots, what.lot, &RestingLot::lot);
        REQUIRE(held != out.lots.end());
        REQUIRE(held->last == what.last);
        held->units -= what.units;
        REQUIRE(held->units >= 0);
        const auto there = std::ranges::find(in.lots, what.lot, &RestingLot::lot);
        if (there == in.lots.end()) {
            in.lots.push_back(what);
        } else {
            there->units += what.units;
        }
    };
    REQUIRE(swap.old.units > 0);
    REQUIRE(swap.old.units == swap.younger.units);
    move(lines[swap.from], lines[swap.to], swap.old);
    move(lines[swap.to], lines[swap.from], swap.younger);
}

// What expires unused within the horizon, of each line and lot: every day what is used is taken
// from the lot that expires first, and what a day leaves of a lot whose last it was is lost.
std::map<std::pair<std::size_t, std::string>, int>
lost(const std::vector<RestingLine>& lines, const RotationTerms& terms) {
    std::map<std::pair<std::size_t, std::string>, int> lost;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::vector<RestingLot> lots = lines[i].lots;
        int wanted_before = 0;
        for (int ahead = 0; ahead <= terms.horizon_days; ++ahead) {
            const Day now = terms.today + days(ahead);
            const int wanted = lines[i].used * (ahead + 1) / terms.use_days;
            for (; wanted_before < wanted; ++wanted_before) {
                RestingLot* first = nullptr;
                for (RestingLot& held : lots) {
                    const bool here = held.units > 0 && (!held.last || *held.last >= now);
                    const auto last = held.last.value_or(Day::max());
                    if (here
                        && (first == nullptr
                            || std::pair(last, held.lot)
                                   < std::pair(first->last.value_or(Day::max()), first->lot))) {
                        first = &held;
                    }
                }
                if (first != nullptr) {
                    --first->units;
                }
            }
            for (RestingLot& held : lots) {
                if (held.last == now && held.units > 0) {
                    lost[{i, held.lot}] += held.units;
                    held.units = 0;
                }
            }
        }
    }
    return lost;
}

int sum_of(const std::map<std::pair<std::size_t, std::string>, int>& units) {
    int sum = 0;
    for (const auto& [name, count] : units) {
        sum += count;
    }
    return sum;
}

} // namespace

TEST_CASE("no plan harms a line, whatever lies where", "[rotation][property]") {
    const int hospitals = sequences_asked(400);
    int swapped = 0;
    for (int i = 0; i < hospitals; ++i) {
        const unsigned seed = seed_asked() + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed);
        std::mt19937 random(seed);
        std::vector<RestingLine> before;
        for (int number = 0; number < 12; ++number) {
            before.push_back(a_random_line(random, number));
        }
        const RotationTerms terms{today, 60 + i % 300, 180 + i % 366};
        const std::vector<Swap> plan = rotation_of(before, terms);

        std::vector<RestingLine> after = before;
        std::set<std::pair<std::size_t, std::string>> named; // line and lot
        int avoided = 0;
        for (const Swap& swap : plan) {
            const auto lost_before = lost(after, terms);
            carry_out(after, swap);
            auto lost_after = lost(after, terms);
            REQUIRE(before[swap.from].product == before[swap.to].product);
            REQUIRE(before[swap.from].cart != before[swap.to].cart);
            REQUIRE(*swap.old.last < *swap.younger.last);
            REQUIRE(named.emplace(swap.from, swap.old.lot).second);
            REQUIRE(named.emplace(swap.to, swap.younger.lot).second);
            // Nothing goes where it is lost.
            const std::pair there{swap.to, swap.old.lot};
            const auto lost_there = lost_before.find(there);
            REQUIRE(
                lost_after[there] <= (lost_there == lost_before.end() ? 0 : lost_there->second));
            avoided += swap.old.units;
        }
        swapped += static_cast<int>(plan.size());
        for (std::size_t line = 0; line < before.size(); ++line) {
            REQUIRE(
                units_in(after[line]) == units_in(before[line])); // pieces stay, and so does par
        }
        for (const Swap& swap : plan) {
            REQUIRE(units_in(after[swap.from]) >= after[swap.from].par);
            REQUIRE(units_in(after[swap.to]) >= after[swap.to].par);
        }
        REQUIRE(sum_of(lost(after, terms)) <= sum_of(lost(before, terms)) - avoided);

        // What is told of a lot that would be lost is what playing it out day by day says.
        std::map<std::pair<std::size_t, std::string>, int> told;
        for (const UnusedLot& unused : unused_lots(before, terms)) {
            told[{unused.line, unused.lot.lot}] = unused.unused;
        }
        REQUIRE(told == lost(before, terms));

        // The order in which lines come says nothing.
        std::vector<RestingLine> turned(before.rbegin(), before.rend());
        std::vector<Swap> again = rotation_of(turned, terms);
        for (Swap& swap : again) {
            swap.from = before.size() - 1 - swap.from;
            swap.to = before.size() - 1 - swap.to;
        }
        REQUIRE(again == plan);
    }
    CHECK(swapped > hospitals / 4);
}

} // namespace cartwatch::rotation_test
