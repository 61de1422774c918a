// Two ends, a wire that breaks and machines that crash, all from one seed: a failure is replayed by
// its number. Nothing that was acknowledged may be lost, nothing may be held twice or out of order
// (MemoryJournals throws at once), and once the faults stop both ends must agree. Disks are lost,
// too, or come back as they were earlier: what the other end still holds comes back with the next
// call.
#include "daemon/link/lines.hpp"
#include "daemon/link/session.hpp"
#include "tests/daemon/link/link_kit.hpp"
#include "tests/support/sanitizers.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <optional>
#include <random>

namespace cartwatch::crash_test {

namespace {

using link_kit::MemoryJournals;
using Phase = link::Session::Phase;

// How often each fault and step really happened, over all seeds: a run without faults proves
// nothing.
struct Tally {
    int crashes = 0;
    int crashes_with_commits_out = 0;
    int breaks = 0;
    int half_open = 0;
    int replaced = 0;
    int bytes_lost = 0;
    int repeated_hellos = 0;
    int restored = 0;
    int wiped = 0;
    std::int64_t returned = 0; // entries
    std::int64_t entries = 0;
};

struct End {
    End(std::string named, std::string calls) : name(std::move(named)), called(std::move(calls)) {}

    std::string name;
    std::string called; // empty for the pharmacy
    MemoryJournals disk{name};
    std::optional<link::Session> session;
    link::Lines lines{link::line_bytes_max};
    std::string incoming; // on the wire to here
    std::map<std::string, MemoryJournals::Entries> backup;
    bool behind = false;                    // its disk was restored: it writes nothing of its own
    MemoryJournals::Entries to_come_back{}; // of its own journal, at least
};

class World {
public:
    World(std::uint64_t seed, Tally& tally) : random_(seed), tally_(&tally) {
        limits_.window_entries = 1 + chance(12);
        limits_.window_bytes = 300 + chance(4'000);
        limits_.unstored_bytes = 300 + chance(4'000);
        ward_.disk.hold_commits();
        pharmacy_.disk.hold_commits();
    }

    void run_with_faults(int steps) {
        for (int i = 0; i < steps; ++i) {
            step();
            check();
        }
    }

    // Faults have stopped: within so many rounds of everybody doing what is due, all must be there.
    int rounds_until_agreed(int rounds_max) {
        for (int round = 0; round < rounds_max; ++round) {
            if (agreed()) {
                return round;
            }
            if (!ward_.session) {
                connect(); // it alone calls; a half-open end is noticed by its silence
            }
            for (End* end : {&ward_, &pharmacy_}) {
                send(*end, 1'000'000);
                deliver(other(*end), 1'000'000);
                take(*end);
                commit(*end);
            }
            now_ += link::Ticks{1'000};
            pass_time(ward_);
            pass_time(pharmacy_);
            check();
        }
        return rounds_max;
    }

private:
    std::size_t chance(std::size_t below) {
        return random_() % below;
    }

    End& other(End& end) {
        return &end == &ward_ ? pharmacy_ : ward_;
    }

    static bool closed(const End& end) {
        return end.session && end.session->phase() == Phase::closed;
    }

    End& any() {
        return chance(2) == 0 ? ward_ : pharmacy_;
    }

    void step() {
        End& end = any();
        switch (chance(16)) {
        case 0:
        case 1:
            record(end);
            break;
        case 2:
        case 3:
        case 4:
        case 5:
            send(end, 1 + chance(2'000));
            break;
        case 6:
        case 7:
        case 8:
        case 9:
            deliver(end, 1 + chance(1'500));
            break;
        case 10:
        case 11:
            take(end);
            break;
        case 12:
            if (chance(2) == 0) {
                commit(end);
            }
            break;
        case 13:
            now_ += link::Ticks{chance(4'000)};
            pass_time(end);
            break;
        case 14:
            end.disk.pending() > 0 || chance(3) == 0 ? crash(end) : break_wire();
            break;
        default:
            connect_if_needed();
            break;
        }
    }

    void record(End& end) {
        if (end.behind) {
            return;
        }
        const int count = 1 + static_cast<int>(chance(3));
        end.disk.record(count, chance(4) == 0 ? chance(600) : 0);
        tally_->entries += count;
        if (end.session) {
            end.session->own_journal_grew();
        }
    }

    void send(End& end, std::size_t bytes) {
        if (end.session && end.session->has_output()) {
            const std::string output = end.session->take_output(bytes);
            if (wired_) {
                other(end).incoming += output;
            }
        }
    }

    void deliver(End& end, std::size_t bytes) {
        if (!end.session) {
            end.incoming.clear();
            return;
        }
        end.lines.feed(std::string_view(end.incoming).substr(0, bytes));
        end.incoming.erase(0, bytes);
        while (end.session->wants_input()) {
            const auto line = end.lines.next();
            if (!line) {
                break;
            }
            end.session->line_received(*line, now_);
            if (end.session->phase() == Phase::introduced) {
                end.session->admit(now_);
            }
        }
        forget_if_closed(end);
    }

    void take(End& end) {
        if (!end.session || !end.session->has_entries()) {
            return;
        }
        End* const storing = &end;
        MemoryJournals::Entries entries = end.session->take_entries();
        if (entries.front().node == end.name) {
            tally_->returned += static_cast<std::int64_t>(entries.size());
        }
        end.disk.view().store_received(std::move(entries), [storing](const Result<void>& outcome) {
            must(outcome.has_value(), "the disk takes what follows");
            storing->session->stored();
        });
    }

    static void commit(End& end) {
        end.disk.commit();
    }

    void pass_time(End& end) {
        if (end.session) {
            end.session->time_passed(now_);
            forget_if_closed(end);
        }
    }

    // An end that is closed stores what it has, and is gone.
    void forget_if_closed(End& end) {
        if (closed(end)) {
            const link::Closing closing = *end.session->closing();
            if (link::needs_a_person(closing)) {
                FAIL(end.name << ": " << closing.code << ": " << closing.text);
            }
            finish(end);
        }
    }

    void finish(End& end) {
        while (end.session && end.session->is_storing()) {
            take(end);
            commit(end);
        }
        end.session.reset();
    }

    // Bytes on the wire are lost, all or from some point on; an end may be long in noticing.
    void break_wire() {
        if (!wired_) {
            return;
        }
        ++tally_->breaks;
        wired_ = false;
        for (End* end : {&ward_, &pharmacy_}) {
            const std::size_t left = chance(end->incoming.size() + 1);
            tally_->bytes_lost += left < end->incoming.size() ? 1 : 0;
            end->incoming.resize(left);
            if (chance(3) == 0) {
                ++tally_->half_open; // it neither hears the end nor loses what is under way
                continue;
            }
            end->incoming.clear();
            if (end->session) {
                end->session->lost("the wire is broken");
                forget_if_closed(*end);
            }
        }
    }

    void crash(End& end) {
        ++tally_->crashes;
        const bool loses_disk = chance(6) == 0;
        tally_->crashes_with_commits_out += end.disk.pending() > 0 ? 1 : 0;
        end.disk.crash();
        end.session.reset();
        break_wire();
        end.session.reset();
        end.incoming.clear();
        if (loses_disk) {
            restore(end);
        } else if (chance(3) == 0) {
            end.backup = end.disk.image();
        }
    }

    // The disk is as it was, or empty. What the other end holds of its journal must come back.
    void restore(End& end) {
        const bool wiped = chance(3) == 0;
        ++(wiped ? tally_->wiped : tally_->restored);
        finish(other(end));
        end.disk.restore(wiped ? decltype(end.backup)() : end.backup);
        end.behind = true;
        for (End* each : {&ward_, &pharmacy_}) {
            const auto& here = each->disk.entries(each->name);
            const auto& there = other(*each).disk.entries(each->name);
            each->to_come_back = here.size() > there.size() ? here : there;
        }
    }

    // True once nothing is missing that the other end holds.
    static void look_whether_back(End& end) {
        if (end.behind && end.session && end.session->phase() == Phase::running
            && end.session->owed() == 0) {
            end.behind = false;
        }
    }

    void connect_if_needed() {
        if (!ward_.session || chance(8) == 0) {
            connect();
        }
    }

    // The ward calls. What the pharmacy still believes to be connected is replaced.
    void connect() {
        for (End* end : {&ward_, &pharmacy_}) {
            if (end->session) {
                tally_->replaced += end == &pharmacy_ ? 1 : 0;
                end->session->refuse("replaced", "it calls again");
                forget_if_closed(*end);
            }
            end->incoming.clear();
            end->lines = link::Lines(link::line_bytes_max);
            end->session.emplace(
                link_kit::options(end->name, end->called, limits_), end->disk.view(), now_);
        }
        ++tally_->repeated_hellos;
        wired_ = true;
    }

    // At every moment: who is told that something is held can rely on it.
    void check() {
        for (End* end : {&ward_, &pharmacy_}) {
            look_whether_back(*end);
            const std::int64_t held = other(*end).disk.head(end->name).seq;
            must(
                end->behind || held <= end->disk.head(end->name).seq,
                "nothing is held that was never written");
            if (end->session && end->session->phase() == Phase::running) {
                must(end->session->acknowledged() <= held, "what is acknowledged is on disk");
                must(
                    end->session->acknowledged() <= end->session->sent(),
                    "what is acknowledged was sent");
            }
        }
    }

    // A Catch assertion each time would take longer than the simulation.
    static void must(bool holds, const char* rule) {
        if (!holds) {
            FAIL(rule);
        }
    }

    bool agreed() {
        if (!ward_.session || !pharmacy_.session) {
            return false;
        }
        bool all = true;
        for (End* end : {&ward_, &pharmacy_}) {
            End& peer = other(*end);
            must(holds_what_came_back(*end), "what the other end held is back");
            all = all && !end->behind
                  && peer.disk.entries(end->name) == end->disk.entries(end->name)
                  && end->session->phase() == Phase::running
                  && end->session->acknowledged() == end->disk.head(end->name).seq;
        }
        return all;
    }

    static bool holds_what_came_back(End& end) {
        const auto& held = end.disk.entries(end.name);
        return end.behind
               || (held.size() >= end.to_come_back.size()
                   && std::equal(end.to_come_back.begin(), end.to_come_back.end(), held.begin()));
    }

    std::mt19937_64 random_;
    Tally* tally_;
    link::SessionLimits limits_;
    link::Ticks now_{0};
    End ward_{"ward-1", "pharmacy"};
    End pharmacy_{"pharmacy", ""};
    bool wired_ = false;
};

// 2,000 in an ordinary run; more where CARTWATCH_SEEDS says so (a release: 10,000).
int seeds() {
    constexpr int ordinary = test::sanitized ? 400 : 2'000;
    const char* text = std::getenv("CARTWATCH_SEEDS");
    return text == nullptr ? ordinary : std::atoi(text);
}

} // namespace

TEST_CASE(
    "whatever breaks, nothing acknowledged is lost, nothing is held twice, and all arrives",
    "[link][crash]") {
    Tally tally;
    int longest = 0;
    for (int seed = 1; seed <= seeds(); ++seed) {
        INFO("seed " << seed);
        World world(static_cast<std::uint64_t>(seed), tally);
        world.run_with_faults(120);
        const int rounds = world.rounds_until_agreed(400);
        longest = std::max(longest, rounds);
        REQUIRE(rounds < 400);
    }
    INFO(
        "crashes " << tally.crashes << " (" << tally.crashes_with_commits_out
                   << " with a commit under way), breaks " << tally.breaks << ", half open "
                   << tally.half_open << ", replaced " << tally.replaced
                   << ", wires that lost bytes " << tally.bytes_lost << ", conversations "
                   << tally.repeated_hellos << ", entries " << tally.entries << ", disks restored "
                   << tally.restored << ", lost " << tally.wiped << ", entries returned "
                   << tally.returned << ", most rounds to agree " << longest);
    // A run in which little went wrong would prove little.
    CHECK(tally.crashes > seeds());
    CHECK(tally.crashes_with_commits_out > seeds() / 10);
    CHECK(tally.breaks > seeds());
    CHECK(tally.half_open > seeds());
    CHECK(tally.replaced > seeds() / 2);
    CHECK(tally.bytes_lost > seeds() / 2);
    CHECK(tally.entries > 10 * seeds());
    CHECK(tally.restored > seeds() / 20);
    CHECK(tally.wiped > seeds() / 20);
    CHECK(tally.returned > seeds() / 20);
}

} // namespace cartwatch::crash_test
