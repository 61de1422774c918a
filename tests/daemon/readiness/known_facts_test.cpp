// A scan without expiry or lot never erases a known one: random hospitals, in which one scan in
// three says which product it is and nothing else. CARTWATCH_SEQUENCES and CARTWATCH_SEED as in
// sequences_test.cpp.
#include "daemon/readiness/lookup.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/hospital_carts.hpp"
#include "tests/support/random_moves.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <span>
#include <utility>

namespace cartwatch::known_facts_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

constexpr int ordinary_hospitals = 200;
constexpr int moves_a_hospital = 150;

using Facts = std::map<std::pair<std::string, std::string>, Holding>; // by line and lot

struct Totals {
    int scans = 0;   // bare ones, in a check
    int counted = 0; // lots that they counted
    int kept = 0;    // lots with a day that were counted before, and are afterwards
    int asked = 0;   // scans that counted nothing
};

// Says which product it is, and neither lot nor expiry.
bool is_bare(const Command& command) {
    const auto* scan = std::get_if<Scan>(&command);
    return scan != nullptr && scan->reading && !scan->reading->gtin.empty()
           && scan->reading->lot.empty() && !scan->reading->expiry
           && scan->reading->candidates.empty();
}

const Check* check_of(const Hospital& hospital, Mover mover) {
    const auto& open = hospital.ward_node().open_checks;
    const auto found = open.find(hospital.session(mover).check);
    return found == open.end() ? nullptr : &found->second;
}

Facts counted_in(const Check& check) {
    Facts facts;
    for (const auto& [line, progress] : check.progress.lines) {
        for (const Holding& holding : progress.holdings) {
            if (holding.quantity > 0) {
                facts[{line, holding.lot}] = holding;
            }
        }
    }
    return facts;
}

Facts filed_of(const Cart& cart) {
    Facts facts;
    for (const Line& line : cart.lines) {
        for (const Holding& holding : line.holdings) {
            facts[{line.id, holding.lot}] = holding;
        }
    }
    return facts;
}

// What one bare scan may have changed.
struct Bare {
    Facts counted; // before it
    Facts filed;
    std::map<std::pair<std::string, std::string>, int> taken_out; // before it, and by it
    Day today;
    std::vector<Recall> recalls;
    bool restock = false; // what is put in lies beside what is on file, and replaces none of it
};

bool is_unusable(const Bare& bare, const Cart& cart, const std::string& line, const Holding& lot) {
    const Line* on = find_line(cart, line);
    const std::string& product = lot.product.empty() ? on->product : lot.product;
    bool recalled = false;
    for (const Recall& recall : bare.recalls) {
        recalled = recalled
                   || (recall.product == product && (recall.lot.empty() || recall.lot == lot.lot));
    }
    return recalled || (lot.last_usable_day && *lot.last_usable_day < bare.today);
}

// What was counted stays counted, with its day; only what must not stay may have been taken out for
// the pack that takes its place.
void hold_counted(const Bare& bare, const Facts& now, const Cart& cart, Totals& totals) {
    for (const auto& [name, before] : bare.counted) {
        const auto found = now.find(name);
        if (found == now.end()) {
            REQUIRE(bare.taken_out.contains(name));
            REQUIRE(is_unusable(bare, cart, name.first, before));
            continue;
        }
        REQUIRE(found->second.last_usable_day == before.last_usable_day);
        totals.kept += before.last_usable_day ? 1 : 0;
    }
}

// What it counts has the lot and the day that the line knows.
void hold_new(const Bare& bare, const LineCounted& step, const Facts& now, Totals& totals) {
    ++totals.counted;
    const Holding& lot = step.holding;
    const std::pair name(step.line, lot.lot);
    for (const Facts* facts : {&bare.counted, &bare.filed}) {
        if (const auto known = facts->find(name); known != facts->end()) {
            REQUIRE(lot.last_usable_day == known->second.last_usable_day);
            break;
        }
    }
    if (!lot.lot.empty() || bare.restock) {
        return;
    }
    for (const auto& [filed, holding] : bare.filed) {
        const bool spoken_of = now.contains(filed) || bare.taken_out.contains(filed);
        INFO("units of " << filed.first << " lose their lot " << filed.second);
        REQUIRE(
            (filed.first != step.line || filed.second.empty() || spoken_of || holding.quantity == 0
             || holding.product != lot.product));
    }
}

void take_bare(Hospital& hospital, const Move& move, Totals& totals) {
    const Check* open = check_of(hospital, move.mover);
    if (open == nullptr || hospital.session(move.mover).held) {
        return hospital.take(move);
    }
    const Check before = *open;
    const Cart cart = hospital.ward_node().carts.at(before.cart);
    Bare bare{counted_in(before), filed_of(cart), {}, {}, {}, before.kind == CheckKind::restock};
    bare.today = latest_day(hospital.ward_node(), hospital.ward().context.today);
    bare.recalls = recalls_for(hospital.ward().state, hospital.ward().state.self);
    for (const auto& [line, progress] : before.progress.lines) {
        for (const HoldingTakenOut& out : progress.taken_out) {
            ++bare.taken_out[{line, out.lot}];
        }
    }
    const std::size_t written = hospital.ward().journal.size();
    hospital.take(move);
    const std::span entries = std::span(hospital.ward().journal).subspan(written);
    std::vector<LineCounted> counted;
    for (const Recorded& entry : entries) {
        const auto* stepped = std::get_if<CheckStepped>(&entry.event);
        if (stepped == nullptr) {
            continue;
        }
        if (const auto* step = std::get_if<LineCounted>(&stepped->action)) {
            counted.push_back(*step);
        } else if (const auto* out = std::get_if<HoldingTakenOut>(&stepped->action)) {
            ++bare.taken_out[{out->line, out->lot}];
        }
    }
    ++totals.scans;
    totals.asked += counted.empty() ? 1 : 0;
    const Facts now = counted_in(hospital.ward_node().open_checks.at(before.id));
    for (const LineCounted& step : counted) {
        hold_new(bare, step, now, totals);
    }
    hold_counted(bare, now, cart, totals);
    REQUIRE(hospital.ward_node().carts.at(before.cart).lines == cart.lines);
}

} // namespace

TEST_CASE("no scan without lot and expiry takes a known one away", "[property][sequences]") {
    const int hospitals = sequences_asked(ordinary_hospitals);
    const unsigned first = seed_asked();
    const Hospital fresh;
    const std::vector<std::string> products = gtins();
    Totals totals;
    for (int i = 0; i < hospitals; ++i) {
        const unsigned seed = first + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed << " CARTWATCH_SEQUENCES=1");
        Hospital hospital = fresh;
        RandomMoves moves(seed);
        std::mt19937 random(seed);
        for (int done = 0; done < moves_a_hospital; ++done) {
            Move move = moves.next(hospital);
            const bool at_station =
                move.mover == Mover::station_a || move.mover == Mover::station_b;
            if (at_station && random() % 3 == 0) {
                move.command = a_gs1_scan(products[random() % products.size()]);
            }
            if (at_station && is_bare(move.command)) {
                take_bare(hospital, move, totals);
            } else {
                hospital.take(move);
            }
        }
    }
    WARN(
        hospitals << " hospitals from seed " << first << ": " << totals.scans
                  << " bare scans in checks counted " << totals.counted
                  << " lots and asked or refused " << totals.asked << " times; " << totals.kept
                  << " known days, none lost");
    if (hospitals >= ordinary_hospitals) {
        CHECK(totals.counted > hospitals);
        CHECK(totals.kept > hospitals);
        CHECK(totals.asked > hospitals);
    }
}

} // namespace cartwatch::known_facts_test
