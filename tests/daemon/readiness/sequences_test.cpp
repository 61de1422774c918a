// Whatever a hospital does, what it knows is what it wrote down, and no cart is ready that is not:
// random sequences of moves, held against the second books and the second judgement. An ordinary
// run does a few hundred; CARTWATCH_SEQUENCES=100000 does as many as that, from CARTWATCH_SEED on.
#include "daemon/crypto/sha256.hpp"
#include "daemon/journal/body.hpp"
#include "daemon/journal/entry.hpp"
#include "daemon/store/verify.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/random_moves.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>

namespace cartwatch::sequences_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

constexpr int moves_a_sequence = 200;
constexpr int moves_between_audits = 20;
constexpr int ordinary_sequences = test::sanitized ? 120 : 300;

// Of so many sequences one is written into a database as well: a commit costs more than a sequence.
constexpr unsigned sequences_a_database = 60;

void hold_round_trips(const std::vector<Recorded>& entries) {
    for (const Recorded& entry : entries) {
        const std::string body = journal::body_of(entry.event);
        const auto back = journal::parse_body(journal::kind_of(entry.event), body);
        if (!back || *back != entry.event) {
            throw Difference("an entry reads differently: " + body);
        }
    }
}

// What arrived, committed as a daemon does it; then every table against the journal, and what a
// daemon would load against what it knew.
void hold_tables(const Side& side) {
    const store_kit::Folder folder(store_kit::Place::memory);
    {
        store::Store store =
            store::Store::open(folder.path(), {side.state.self, side.state.pharmacy});
        State state = store.load();
        std::map<std::string, journal::Head> heads;
        std::vector<store::Item> items;
        for (std::size_t i = 0; i < side.arrivals.size(); ++i) {
            const Recorded& recorded = side.arrivals[i];
            journal::Head& head = heads[recorded.node];
            journal::Entry entry = journal::make_entry(head, recorded, crypto::sha256);
            head = {entry.seq, entry.hash};
            apply(state, recorded);
            items.push_back({std::move(entry), recorded});
            if (items.size() == 7 || i + 1 == side.arrivals.size()) {
                store.commit(items, state);
                items.clear();
            }
        }
        if (store.load() != side.state) {
            throw Difference("what " + side.state.self + " would load is not what it knew");
        }
    }
    const store::VerifyReport report = store::verify(folder.path());
    if (!report.holds()) {
        throw Difference("the tables are not what the journal says: " + report.fault->text);
    }
}

struct Totals {
    int checks_closed = 0;
    int closed_ready = 0;
    std::size_t entries = 0;
    int databases = 0;
    int substitutes = 0; // packs counted in place of something else
    int sent = 0;        // and sent so by the pharmacy
    int other_seals = 0; // checks that began with a seal that is not the one on record
    int misread = 0;     // of which that was taken back by the one on record
};

// Dispatches of something in place of what was asked for.
int substitutes_sent_in(const std::vector<Recorded>& entries) {
    return static_cast<int>(
        std::count_if(entries.begin(), entries.end(), [](const Recorded& entry) {
            const auto* sent = std::get_if<AlertDispatched>(&entry.event);
            return sent != nullptr
                   && std::any_of(sent->units.begin(), sent->units.end(), [](const auto& units) {
                          return !units.product.empty();
                      });
        }));
}

// Checks that began with another seal than the one on record, and those of them that were turned to
// the check of the seal or went on without that step.
std::pair<int, int> other_seals_in(const std::vector<Recorded>& entries) {
    std::map<std::string, bool> taken_back; // by check
    for (const Recorded& entry : entries) {
        const auto* stepped = std::get_if<CheckStepped>(&entry.event);
        const auto* turned = std::get_if<CheckTurned>(&entry.event);
        const auto* undone = std::get_if<StepUndone>(&entry.event);
        if (stepped != nullptr && stepped->step == 1
            && std::holds_alternative<SealFound>(stepped->action)) {
            taken_back[stepped->check] = false;
        }
        if (turned != nullptr && turned->kind == CheckKind::sealed
            && taken_back.contains(turned->check)) {
            taken_back[turned->check] = true;
        }
        if (undone != nullptr && undone->step == 1 && taken_back.contains(undone->check)) {
            taken_back[undone->check] = true;
        }
    }
    const auto healed = std::count_if(
        taken_back.begin(), taken_back.end(), [](const auto& one) { return one.second; });
    return {static_cast<int>(taken_back.size()), static_cast<int>(healed)};
}

int substitutes_in(const std::vector<Recorded>& entries) {
    return static_cast<int>(
        std::count_if(entries.begin(), entries.end(), [](const Recorded& entry) {
            const auto* stepped = std::get_if<CheckStepped>(&entry.event);
            const auto* counted =
                stepped == nullptr ? nullptr : std::get_if<LineCounted>(&stepped->action);
            return counted != nullptr && !counted->holding.product.empty();
        }));
}

void finish(Hospital& hospital, bool with_tables, Totals& totals) {
    hospital.conclude();
    hold_round_trips(hospital.ward().journal);
    hold_round_trips(hospital.pharmacy().journal);
    if (with_tables) {
        hold_tables(hospital.ward());
        hold_tables(hospital.pharmacy());
        ++totals.databases;
    }
    totals.checks_closed += hospital.checks_closed();
    totals.closed_ready += hospital.closed_ready();
    totals.substitutes += substitutes_in(hospital.ward().journal);
    totals.sent += substitutes_sent_in(hospital.pharmacy().journal);
    const auto [others, misread] = other_seals_in(hospital.ward().journal);
    totals.other_seals += others;
    totals.misread += misread;
    totals.entries += hospital.ward().journal.size() + hospital.pharmacy().journal.size();
}

// What is wrong at the end of these moves, or on the way; nullopt: nothing.
std::optional<std::string>
fault_of(const Hospital& fresh, const std::vector<Move>& moves, bool with_tables) {
    Hospital hospital = fresh;
    Totals unused;
    try {
        for (const Move& move : moves) {
            hospital.take(move);
            hospital.audit();
        }
        finish(hospital, with_tables, unused);
    } catch (const std::exception& wrong) {
        return wrong.what();
    }
    return std::nullopt;
}

// Leaves out whatever may be left out with something still wrong: halves, quarters, … single moves.
std::vector<Move> shortened(const Hospital& fresh, std::vector<Move> moves, bool with_tables) {
    for (std::size_t chunk = std::max<std::size_t>(1, moves.size() / 2); chunk > 0; chunk /= 2) {
        for (std::size_t from = 0; from < moves.size();) {
            std::vector<Move> fewer = moves;
            const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(from);
            fewer.erase(
                begin, begin + static_cast<std::ptrdiff_t>(std::min(chunk, moves.size() - from)));
            if (fault_of(fresh, fewer, with_tables)) {
                moves = std::move(fewer);
            } else {
                from += chunk;
            }
        }
    }
    return moves;
}

std::string
report_of(const Hospital& fresh, unsigned seed, const std::vector<Move>& moves, bool with_tables) {
    const std::vector<Move> few = shortening_asked() ? shortened(fresh, moves, with_tables) : moves;
    std::string text = "CARTWATCH_SEED=" + std::to_string(seed) + " CARTWATCH_SEQUENCES=1: "
                       + fault_of(fresh, few, with_tables).value_or("only at its full length");
    for (const Move& move : few) {
        text += "\n  " + to_text(move);
    }
    return text;
}

// Runs one sequence; what is wrong, told with as few moves as show it.
std::optional<std::string> run(const Hospital& fresh, unsigned seed, Totals& totals) {
    const bool with_tables = seed % sequences_a_database == 0;
    Hospital hospital = fresh;
    RandomMoves random(seed);
    std::vector<Move> moves;
    try {
        for (int i = 1; i <= moves_a_sequence; ++i) {
            moves.push_back(random.next(hospital));
            hospital.take(moves.back());
            if (i % moves_between_audits == 0) {
                hospital.audit();
            }
        }
        finish(hospital, with_tables, totals);
    } catch (const std::exception&) {
        return report_of(fresh, seed, moves, with_tables);
    }
    return std::nullopt;
}

} // namespace

TEST_CASE("whatever a hospital does, it is what was written down", "[property][sequences]") {
    const int sequences = sequences_asked(ordinary_sequences);
    const unsigned first = seed_asked();
    const Hospital fresh;
    Totals totals;
    for (int i = 0; i < sequences; ++i) {
        const unsigned seed = first + static_cast<unsigned>(i);
        if (const auto wrong = run(fresh, seed, totals)) {
            FAIL(*wrong);
        }
    }
    WARN(
        sequences << " sequences of " << moves_a_sequence << " moves from seed " << first << ": "
                  << totals.entries << " entries, " << totals.checks_closed << " checks closed, "
                  << totals.closed_ready << " of them ready, " << totals.substitutes
                  << " substitutes counted and " << totals.sent << " sent, " << totals.databases
                  << " databases, " << totals.other_seals << " checks begun with another seal, "
                  << totals.misread << " of them taken back; no difference");
    if (sequences >= ordinary_sequences) {
        // The run was about something.
        CHECK(totals.checks_closed > sequences * 3 / 4);
        CHECK(totals.closed_ready > sequences / 20);
        CHECK(totals.databases > 0);
        CHECK(totals.substitutes > sequences / 4);
        CHECK(totals.sent > sequences / 200);
    }
}

} // namespace cartwatch::sequences_test
