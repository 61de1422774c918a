// What a commit promises, on real files.
#include "daemon/crypto/sha256.hpp"
#include "daemon/store/backup.hpp"
#include "daemon/store/beside.hpp"
#include "daemon/store/migrations.hpp"
#include "daemon/store/store.hpp"
#include "daemon/store/verify.hpp"
#include "scanner/values/ensure.hpp"
#include "tests/daemon/journal/generated.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cartwatch::store_test {

using namespace cartwatch::readiness;
using namespace cartwatch::store_kit;
using store::FailureKind;
using store::Store;
using store::StoreFailure;

namespace {

FailureKind kind_of_failure(const std::function<void()>& action) {
    try {
        action();
    } catch (const StoreFailure& failure) {
        CHECK_THAT(failure.what(), Catch::Contains(": "));
        return failure.kind();
    }
    FAIL("no StoreFailure was thrown");
    throw std::logic_error("not reached");
}

} // namespace

SCENARIO("a database is there again as it was left", "[store]") {
    GIVEN("a ward with a stocked cart and a check that goes on") {
        const Folder folder;
        State before;
        std::map<std::string, journal::Head> heads;
        {
            Ward ward(folder.path());
            ward.record(a_stocked_cart());
            auto steps = a_whole_check(1);
            steps.resize(5);
            for (const Event& step : steps) {
                ward.record({step});
            }
            before = ward.state();
            heads = ward.store().heads();
            REQUIRE(node_of(before, "ward-3f").open_checks.size() == 1);
        }
        WHEN("it is opened again") {
            Ward again(folder.path());
            THEN("state and heads are the same and the check goes on") {
                CHECK(again.state() == before);
                CHECK(again.store().heads() == heads);
                CHECK(again.store().integrity().empty());
                auto rest = a_whole_check(1);
                rest.erase(rest.begin(), rest.begin() + 5);
                again.record(rest);
                CHECK(again.store().load() == again.state());
                CHECK(node_of(again.state(), "ward-3f").open_checks.empty());
                const auto report = store::verify(folder.path());
                INFO((report.fault ? report.fault->text : ""));
                CHECK(report.holds());
                CHECK(report.entries == 15);
            }
        }
    }
}

TEST_CASE("a result of a day that never was is gone from the disk, too", "[store]") {
    const Folder folder;
    {
        Ward ward(folder.path());
        ward.record(a_stocked_cart());
        auto steps = a_whole_check(1);
        steps.resize(1);
        const std::string check = std::get<CheckOpened>(steps.front()).check;
        DeviceTested tested{"defib", true};
        tested.on = *parse_day("2027-11-22"); // by a clock a year ahead
        steps.push_back(CheckStepped{check, 1, "N1", tested});
        ward.record(steps);
        ward.record({DayCorrected{*parse_day("2026-11-22"), "H1"}});
        REQUIRE(node_of(ward.state(), "ward-3f").open_checks.at(check).steps.front().undone);
    }
    Ward again(folder.path());
    const auto& checks = node_of(again.state(), "ward-3f").open_checks;
    CHECK(checks.begin()->second.steps.front().undone);
    const auto report = store::verify(folder.path());
    INFO((report.fault ? report.fault->text : ""));
    CHECK(report.holds());
}

TEST_CASE("every connection writes through to the disk", "[store]") {
    const Folder folder;
    Ward ward(folder.path());
    ward.record(a_stocked_cart());
    CHECK(asked(folder.path(), "PRAGMA journal_mode") == "wal");
    CHECK(asked(folder.path(), "PRAGMA application_id") == "1129600835");
    CHECK(
        asked(folder.path(), "PRAGMA user_version")
        == std::to_string(store::migrations().back().number));
}

SCENARIO("the log has its room on disk before it is needed", "[store]") {
    constexpr std::int64_t room = 1024 * 1024;
    const Folder folder;
    const auto log_size = [&] { return std::filesystem::file_size(folder.path("ward.db-wal")); };

    GIVEN("a store that was opened with room for its log") {
        Ward ward(folder.path(), room);
        REQUIRE(log_size() == room);

        WHEN("it commits") {
            ward.record(a_stocked_cart());
            ward.record(a_whole_check(1));

            THEN("the log is no longer for it") {
                CHECK(log_size() == room);
            }

            THEN("what the disk holds then is the whole state, as after a power cut") {
                const Folder other;
                for (const char* name : {"ward.db", "ward.db-wal"}) {
                    std::filesystem::copy_file(folder.path(name), other.path(name));
                }
                Ward again(other.path(), room);
                CHECK(again.store().load() == ward.state());
                CHECK(again.store().integrity().empty());
            }
        }
    }
}

TEST_CASE("a checkpoint is due when the log has grown by its measure", "[store]") {
    const Folder folder(Place::memory);
    Ward ward(folder.path());
    ward.record(a_stocked_cart());
    CHECK_FALSE(ward.store().is_checkpoint_due());
    for (int check = 1; !ward.store().is_checkpoint_due(); ++check) {
        REQUIRE(check < store::checkpoint_pages);
        ward.record(a_whole_check(check));
    }

    ward.store().checkpoint();

    CHECK_FALSE(ward.store().is_checkpoint_due());
    ward.record(a_whole_check(store::checkpoint_pages));
    CHECK_FALSE(ward.store().is_checkpoint_due()); // the log began anew
}

TEST_CASE("state, fold and tables agree for any sequence of entries", "[store][property]") {
    // Single commits and batches, the ward's journal and the pharmacy's, mixed.
    for (unsigned seed = 0; seed < 12; ++seed) {
        const Folder folder(Place::memory);
        generated::Events events(
            seed, seed % 3 == 0 ? generated::Texts::wild : generated::Texts::plain);
        State folded;
        {
            Ward ward(folder.path());
            for (int round = 0; round < 120; ++round) {
                const int size = events.number(1, 100) <= 70 ? 1 : events.number(2, 12);
                std::vector<Event> batch;
                const bool pharmacy = events.number(1, 100) <= 20;
                for (int i = 0; i < size; ++i) {
                    batch.push_back(pharmacy ? events.of_pharmacy("ward-3f") : events.any());
                }
                ward.record(batch, pharmacy ? "pharmacy" : "ward-3f");
                if (round % 20 == 0) {
                    REQUIRE(ward.store().load() == ward.state());
                }
            }
            folded = ward.state();
        }
        const auto report = store::verify(folder.path());
        INFO("seed " << seed << ": " << (report.fault ? report.fault->text : ""));
        REQUIRE(report.holds());
        CHECK(Store::open(folder.path(), ward_identity).load() == folded);
    }
}

// The sequences are the same in every build: the one in which this takes seconds suffices.
#ifndef CARTWATCH_ADDRESS_SANITIZER
TEST_CASE("checks and alerts that happen in the tests above leave history", "[store]") {
    // Guards the property test: sequences in which nothing ever applies would prove nothing.
    const std::map<std::string, int> wanted = {
        {"check_closed", 3},
        {"check_line", 3},
        {"finding", 3},
        {"alert_history", 21},
        {"alert_history WHERE step = 'accepted'", 1},
        {"alert_history WHERE step = 'handed_back'", 1},
        {"alert_history WHERE step = 'dispatched'", 1},
        {"alert_history WHERE step = 'silenced'", 1},
        {"alert_history WHERE step = 'escalated'", 1},
        {"cart WHERE use_check IS NOT NULL", 1},
        {"holding_serial", 1},
        {"seal WHERE state = 'broken'", 1},
        {"check_closed WHERE seal <> ''", 1},
        {"seal WHERE state = 'voided'", 1}};
    std::map<std::string, int> rows;
    const auto few = [&](const auto& one) { return rows[one.first] < one.second; };
    constexpr unsigned seeds_max = 96;
    for (unsigned seed = 0; seed < seeds_max && std::ranges::any_of(wanted, few); ++seed) {
        const Folder folder(Place::memory);
        Ward ward(folder.path());
        generated::Events events(seed);
        for (int i = 0; i < 500; ++i) {
            ward.record({events.any(), events.any()});
            if (i % 2 == 0) {
                ward.record({events.of_pharmacy("ward-3f")}, "pharmacy");
            }
        }
        for (const auto& [table, least] : wanted) {
            rows[table] += std::stoi(asked(folder.path(), "SELECT count(*) FROM " + table));
        }
    }
    for (const auto& [table, least] : wanted) {
        INFO(table);
        CHECK(rows[table] >= least);
    }
}
#endif

TEST_CASE("a commit that fails has changed nothing", "[store]") {
    const Folder folder;
    Ward ward(folder.path());
    ward.record(a_stocked_cart());
    const State before = ward.store().load();
    const auto heads = ward.store().heads();

    const Recorded gap{
        "ward-3f", 9, *parse_instant("2026-11-22T02:00:00.000Z"), "N012", DayJudged{}};
    journal::Entry entry = journal::make_entry({8, std::string(64, 'a')}, gap, crypto::sha256);
    State after = before;
    apply(after, gap);
    const std::vector<store::Item> items{{entry, gap}};
    CHECK_THROWS_AS(ward.store().commit(items, after), BrokenInvariant);
    CHECK(ward.store().load() == before);
    CHECK(ward.store().heads() == heads);

    ward.record({DayJudged{*parse_day("2026-11-22")}});
    CHECK(ward.store().heads().at("ward-3f").seq == 6);
    CHECK(store::verify(folder.path()).holds());
}

TEST_CASE("entries are handed on in order, within count and size", "[store][limits]") {
    const Folder folder;
    Ward ward(folder.path());
    ward.record(a_stocked_cart());
    const auto seqs = [&](std::int64_t after, std::size_t count, std::size_t bytes) {
        std::vector<std::int64_t> found;
        for (const journal::Entry& entry :
             ward.store().entries_after("ward-3f", after, count, bytes)) {
            found.push_back(entry.seq);
        }
        return found;
    };
    const std::size_t plenty = 1'000'000;
    CHECK(seqs(0, 100, plenty) == std::vector<std::int64_t>{1, 2, 3, 4, 5});
    CHECK(seqs(3, 100, plenty) == std::vector<std::int64_t>{4, 5});
    CHECK(seqs(5, 100, plenty).empty());
    CHECK(seqs(99, 100, plenty).empty());
    CHECK(seqs(0, 2, plenty) == std::vector<std::int64_t>{1, 2});
    CHECK(seqs(0, 0, plenty).empty());
    CHECK(seqs(0, 100, 0) == std::vector<std::int64_t>{1});
    CHECK(ward.store().entries_after("nobody", 0, 100, plenty).empty());

    const auto both = ward.store().entries_after("ward-3f", 0, 2, plenty);
    const std::size_t exact =
        journal::to_line(both[0]).size() + journal::to_line(both[1]).size() + 2;
    CHECK(seqs(0, 100, exact - 1).size() == 1);
    CHECK(seqs(0, 100, exact).size() == 2);
    CHECK(seqs(0, 100, exact + 1).size() == 2);
}

TEST_CASE("what was committed last is handed on as the disk holds it", "[store]") {
    const Folder folder;
    const std::size_t plenty = 1'000'000;
    std::map<std::int64_t, std::vector<journal::Entry>> handed_on;
    {
        Ward ward(folder.path());
        ward.record(a_stocked_cart());
        for (int check = 1; check <= 4; ++check) {
            for (const auto& event : a_whole_check(check)) {
                ward.record({event});
            }
            ward.record({DayJudged{*parse_day("2026-11-22")}}, "pharmacy");
        }
        const std::int64_t end = ward.store().heads().at("ward-3f").seq;
        REQUIRE(end > 40);
        for (std::int64_t after = 0; after <= end; ++after) {
            handed_on[after] = ward.store().entries_after("ward-3f", after, 100, plenty);
            CHECK(handed_on[after].size() == static_cast<std::size_t>(end - after));
            CHECK(ward.store().entries_after("ward-3f", after, 1, plenty).size() <= 1);
        }
        CHECK(ward.store().entries_after("ward-3f", end + 1, 100, plenty).empty());
        CHECK(ward.store().entries_after("pharmacy", 3, 100, plenty).at(0).node == "pharmacy");
    }
    auto opened = store::Store::open(folder.path(), store_kit::ward_identity);
    for (const auto& [after, entries] : handed_on) {
        CHECK(opened.entries_after("ward-3f", after, 100, plenty) == entries);
    }
}

TEST_CASE(
    "an entry keeps the mark that came with it, and nothing follows from it", "[store][marks]") {
    const Folder folder;
    const std::string mark(journal::mark_digits, 'a');
    {
        Ward ward(folder.path());
        ward.record(a_stocked_cart());
        const Recorded recorded{"pharmacy", 1, Instant{}, "system", DayJudged{}};
        store::Item item{journal::make_entry({}, recorded, crypto::sha256), recorded};
        item.entry.mark = mark;
        State after = ward.state();
        apply(after, recorded);
        ward.store().commit({&item, 1}, after);

        CHECK(ward.store().entries_after("pharmacy", 0, 9, 9'999).at(0).mark == mark);
        CHECK(ward.store().entries_after("ward-3f", 0, 1, 9'999).at(0).mark.empty());
    }
    const auto copy = folder.path("copy.db");
    store::backup(folder.path(), copy);
    CHECK(asked(copy, "SELECT mark FROM entry WHERE node = 'pharmacy'") == mark);
    CHECK(asked(copy, "SELECT count(*) FROM entry WHERE mark IS NULL") == "5");

    tamper(folder.path(), "UPDATE entry SET mark = NULL");
    CHECK(store::verify(folder.path()).holds());
    CHECK(store::verify(copy).holds());
    store::each_only_in(copy, folder.path(), [](const journal::Entry& entry) {
        FAIL("the mark makes no other entry of " << entry.node);
    });
}

TEST_CASE("changes of the policy are found in the journal, the last first", "[store]") {
    const Folder folder;
    Ward ward(folder.path());
    const auto seqs = [&](const std::string& node, std::size_t count) {
        std::vector<std::int64_t> found;
        for (const journal::Entry& entry : ward.store().policy_changes(node, count)) {
            CHECK(entry.kind == "policy.changed");
            found.push_back(entry.seq);
        }
        return found;
    };
    CHECK(seqs("ward-3f", 10).empty());
    ward.record({PolicyChanged{}, DayJudged{*parse_day("2026-11-22")}, PolicyChanged{}});
    ward.record({PolicyChanged{}}, "pharmacy");
    ward.record({PolicyChanged{}});

    CHECK(seqs("ward-3f", 10) == std::vector<std::int64_t>{4, 3, 1});
    CHECK(seqs("ward-3f", 2) == std::vector<std::int64_t>{4, 3});
    CHECK(seqs("ward-3f", 0).empty());
    CHECK(seqs("pharmacy", 10) == std::vector<std::int64_t>{1});
    CHECK(seqs("nobody", 10).empty());
}

TEST_CASE("what a peer acknowledged goes forwards only and is kept", "[store]") {
    const Folder folder;
    const Instant at = *parse_instant("2026-11-22T02:00:00.000Z");
    {
        Ward ward(folder.path());
        CHECK(ward.store().acknowledged("pharmacy") == 0);
        CHECK_FALSE(ward.store().last_contact("pharmacy").has_value());
        ward.store().set_acknowledged("pharmacy", 3, at);
        ward.store().set_acknowledged("pharmacy", 2, at);
        CHECK(ward.store().acknowledged("pharmacy") == 3);
        ward.store().checkpoint();
    }
    Ward again(folder.path());
    CHECK(again.store().acknowledged("pharmacy") == 3);
    CHECK(again.store().last_contact("pharmacy") == at);
    again.store().set_acknowledged("pharmacy", 4, at);
    again.record(a_stocked_cart());
    CHECK(asked(folder.path(), "SELECT acknowledged FROM peer") == "4");
}

TEST_CASE("one database has one daemon, one owner and one kind of program", "[store][refusal]") {
    const Folder folder;
    {
        const Ward ward(folder.path());
        CHECK(
            kind_of_failure([&] { Store::open(folder.path(), ward_identity); })
            == FailureKind::in_use);
    }
    CHECK(
        kind_of_failure([&] {
            Store::open(folder.path(), {"ward-4f", "pharmacy"});
        })
        == FailureKind::not_ours);
    CHECK(
        kind_of_failure([&] {
            Store::open(folder.path(), {"ward-3f", "pharmacy-2"});
        })
        == FailureKind::not_ours);
    CHECK_NOTHROW(Store::open(folder.path(), ward_identity));

    CHECK_NOTHROW(tamper(folder.path("stranger.db"), "CREATE TABLE t (a)"));
    CHECK(
        kind_of_failure([&] { Store::open(folder.path("stranger.db"), ward_identity); })
        == FailureKind::not_ours);
    CHECK(
        kind_of_failure([&] { Store::open(folder.path("none/ward.db"), ward_identity); })
        == FailureKind::missing);
}

SCENARIO("an answered request is there again with every member of its reply", "[store]") {
    const Folder folder;
    Ward ward(folder.path());
    ward.record(a_stocked_cart());
    std::vector<store::AnsweredRequest> answered;
    for (int i = 0; i <= static_cast<int>(Verdict::ok); ++i) {
        Reply reply;
        reply.kind = static_cast<ReplyKind>(i % (static_cast<int>(ReplyKind::command) + 1));
        reply.message = "new_lot";
        reply.values = {
            {"old", "甲\"1"},
            {"new",
             "a\x1d"
             "b"}};
        reply.verdict = static_cast<Verdict>(i);
        reply.line = "epi";
        reply.device = "defib";
        reply.lot = "A1";
        reply.last_usable_day = Day{std::chrono::year{2027} / 2 / 28};
        reply.step = i;
        reply.readings = {{"A1", reply.last_usable_day, "S\"1"}, {"", std::nullopt, ""}};
        reply.warnings = {"separator_replaced", "case_folded"};
        answered.push_back({"page " + std::to_string(i), "print", reply});
    }
    answered.push_back({"plain", "print", Reply{}});
    ward.record({DayJudged{Day{std::chrono::year{2026} / 11 / 22}}}, "ward-3f", answered);
    CHECK(ward.store().answered() == answered);
    CHECK_FALSE(store::verify(folder.path()).fault);
}

} // namespace cartwatch::store_test
