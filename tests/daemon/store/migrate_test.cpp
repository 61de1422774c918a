// A database of any older version is brought to this one with everything in it; one of a newer
// version is left alone.
#include "daemon/store/connection.hpp"
#include "daemon/store/migrations.hpp"
#include "daemon/store/verify.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <regex>

namespace cartwatch::migrate_test {

using namespace cartwatch::store_kit;
using store::Connection;
using store::FailureKind;
using store::Migration;
using store::StoreFailure;

TEST_CASE("the migrations in the program are the files of schema/sqlite", "[store][migrate]") {
    int number = 0;
    for (const Migration& step : store::migrations()) {
        CHECK(step.number == ++number);
        std::ifstream file(
            support::in_source_tree("schema/sqlite/" + std::string(step.name) + ".sql"));
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        CHECK(step.sql == text);
    }
    int files = 0;
    for (const auto& file :
         std::filesystem::directory_iterator(support::in_source_tree("schema/sqlite"))) {
        files += file.path().extension() == ".sql" ? 1 : 0;
    }
    CHECK(files == number);
}

// Of a new table beside the column; of an added column beside it, or above it and those that
// follow.
TEST_CASE("every column of every table says what it is", "[store][migrate]") {
    const std::regex column(R"(    [a-z_]+ +(TEXT|INTEGER|REAL|BLOB).*)");
    const std::regex added(R"(ALTER TABLE [a-z_]+ ADD COLUMN [a-z_]+ +(TEXT|INTEGER|REAL|BLOB).*)");
    for (const Migration& step : store::migrations()) {
        std::istringstream lines{std::string(step.sql)};
        int columns = 0;
        int indexes = 0;
        bool said_above = false;
        for (std::string line; std::getline(lines, line);) {
            INFO(step.name << ": " << line);
            const bool of_index =
                line.starts_with("CREATE INDEX ") || line.starts_with("DROP INDEX ");
            indexes += of_index ? 1 : 0;
            const bool said = line.find("  -- ") != std::string::npos;
            if (std::regex_match(line, added)) {
                CHECK((said || said_above));
                ++columns;
                continue;
            }
            said_above = line.starts_with("-- ");
            if (std::regex_match(line, column)) {
                CHECK(said);
                ++columns;
            }
        }
        CHECK(columns + indexes > 0);
        CHECK(step.sql.starts_with("-- "));
    }
}

TEST_CASE(
    "a database of every older version is brought here with its journal", "[store][migrate]") {
    const auto all = store::migrations();
    const auto older = GENERATE_COPY(range(1, all.back().number));

    const Folder folder;
    readiness::State state;
    {
        Ward ward(folder.path("new.db"));
        ward.record(a_stocked_cart());
        ward.record(a_whole_check(1));
        state = ward.state();
    }
    {
        // As that version left it: its tables, and the journal, which was there from the first.
        Connection old(folder.path(), Connection::Access::write);
        store::migrate(old, all.first(static_cast<std::size_t>(older)));
        old.database().exec(
            "ATTACH '" + folder.path("new.db").string()
            + "' AS new;"
              "INSERT INTO main.entry (position, node, seq, at_ms, kind, actor, body, prev, hash)"
              " SELECT position, node, seq, at_ms, kind, actor, body, prev, hash FROM new.entry;"
              "INSERT INTO main.identity (one, self, pharmacy)"
              " SELECT one, self, pharmacy FROM new.identity");
    }
    CHECK(asked(folder.path(), "PRAGMA user_version") == std::to_string(older));
    CHECK_THROWS_AS(store::verify(folder.path()), StoreFailure);

    Ward ward(folder.path());

    CHECK(ward.state() == state);
    CHECK(ward.store().heads().at("ward-3f").seq == 15);
    const auto report = store::verify(folder.path());
    INFO((report.fault ? report.fault->text : ""));
    CHECK(report.holds());
}

TEST_CASE("tables that another program's rules made are made anew", "[store][migrate]") {
    const Folder folder;
    readiness::State state;
    {
        Ward ward(folder.path());
        ward.record(a_stocked_cart());
        ward.record(a_whole_check(1));
        state = ward.state();
    }
    const std::string own = std::to_string(readiness::fold_version);
    REQUIRE(asked(folder.path(), "SELECT fold FROM identity") == own);
    const auto fold = GENERATE(0, readiness::fold_version - 1, readiness::fold_version + 1);
    tamper(folder.path(), "UPDATE identity SET fold = " + std::to_string(fold));
    tamper(folder.path(), "UPDATE node SET checks_opened = 7");
    CHECK_THROWS_AS(store::verify(folder.path()), StoreFailure);

    std::vector<std::pair<std::int64_t, std::int64_t>> told;
    const auto hear = [&](const store::RebuildProgress& progress) {
        told.emplace_back(progress.done, progress.all);
    };
    CHECK(store::Store::open(folder.path(), ward_identity, 0, hear).load() == state);
    const std::int64_t entries = std::stoll(asked(folder.path(), "SELECT count(*) FROM entry"));
    CHECK(told == decltype(told){{0, entries}, {entries, entries}});
    CHECK(asked(folder.path(), "SELECT fold FROM identity") == own);
    CHECK(store::verify(folder.path()).holds());
    told.clear();
    static_cast<void>(store::Store::open(folder.path(), ward_identity, 0, hear));
    CHECK(told.empty()); // these rules made them
}

TEST_CASE("tables that these rules made are taken as they are", "[store][migrate]") {
    const Folder folder;
    {
        Ward ward(folder.path());
        ward.record(a_stocked_cart());
    }
    tamper(folder.path(), "UPDATE node SET checks_opened = 7");
    CHECK(Ward(folder.path()).state().nodes.at("ward-3f").checks_opened == 7);
}

TEST_CASE("a newer database is refused and left as it is", "[store][migrate][refusal]") {
    const Folder folder;
    const int newest = store::migrations().back().number;
    { const Ward ward(folder.path()); }
    tamper(folder.path(), "PRAGMA user_version = " + std::to_string(newest + 1));

    try {
        const Ward ward(folder.path());
        FAIL("opened a newer database");
    } catch (const StoreFailure& failure) {
        CHECK(failure.kind() == FailureKind::newer_version);
        CHECK_THAT(
            failure.what(),
            Catch::Contains("database version " + std::to_string(newest + 1))
                && Catch::Contains("install"));
    }
    CHECK(asked(folder.path(), "PRAGMA user_version") == std::to_string(newest + 1));
    CHECK_THROWS_AS(store::verify(folder.path()), StoreFailure);
}

TEST_CASE("a migration that fails leaves the version before it", "[store][migrate]") {
    const Folder folder;
    Connection connection(folder.path(), Connection::Access::write);
    const Migration steps[] = {
        {1, "0001_good", "CREATE TABLE good (a INTEGER) STRICT;"},
        {2, "0002_bad", "CREATE TABLE half (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"}};

    CHECK_THROWS(store::migrate(connection, steps));

    CHECK(store::version_of(connection) == 1);
    CHECK(connection.one<int>("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0);
    CHECK_FALSE(store::migrate(connection, std::span(steps).first(1)));
}

} // namespace cartwatch::migrate_test
