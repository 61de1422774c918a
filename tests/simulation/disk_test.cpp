// The disk that everything here rests on does what it says: else a simulation on it proves nothing.
#include "tests/simulation/disk_vfs.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <catch2/catch.hpp>

#include <memory>
#include <string>

namespace cartwatch::disk_test {

using namespace simulation;

namespace {

const std::string page(4'096, 'p');

// A table of numbers in a database on a disk, as careful as `synchronous` says.
class Numbers {
public:
    Numbers(std::uint64_t seed, std::string synchronous)
        : disk_(seed), synchronous_(std::move(synchronous)) {
        open();
        database_->exec("CREATE TABLE numbers (number INTEGER PRIMARY KEY)");
        database_->execAndGet("PRAGMA wal_checkpoint");
    }

    void open() {
        database_ = std::make_unique<SQLite::Database>(
            mount_.database().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 1'000);
        database_->exec("PRAGMA journal_mode = WAL");
        database_->exec("PRAGMA synchronous = " + synchronous_);
    }

    void add(int number) {
        database_->exec("INSERT INTO numbers VALUES (" + std::to_string(number) + ")");
    }

    int count() {
        return database_->execAndGet("SELECT count(*) FROM numbers").getInt();
    }

    void lose_power() {
        disk_.cut_power();
        database_.reset();
        disk_.restore_power();
    }

    bool is_sound() {
        return database_->execAndGet("PRAGMA integrity_check").getString() == "ok";
    }

    Disk& disk() {
        return disk_;
    }

private:
    Disk disk_;
    Mount mount_{disk_};
    std::string synchronous_;
    std::unique_ptr<SQLite::Database> database_;
};

} // namespace

SCENARIO("what was synced outlives a power cut, what was not is left to chance", "[simulation]") {
    GIVEN("a file that was synced, and written again") {
        const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 20)));
        Disk disk(seed);
        REQUIRE(disk.create("file") == Outcome::done);
        const auto file = disk.find("file");
        REQUIRE(disk.write(*file, 0, page) == Outcome::done);
        REQUIRE(disk.sync("file", file) == Outcome::done);
        REQUIRE(disk.write(*file, sector_bytes, std::string(sector_bytes, 'q')) == Outcome::done);

        WHEN("nothing happens") {
            THEN("programs read what was written") {
                CHECK(file->bytes[sector_bytes] == 'q');
            }
        }
        WHEN("the power is cut") {
            disk.cut_power();

            THEN("nothing can be written until it returns") {
                CHECK(disk.write(*file, 0, page) == Outcome::failed);
                CHECK(disk.sync("file", file) == Outcome::failed);
            }
            THEN("only the sector that was written last may be old, new, or torn") {
                disk.restore_power();
                const std::string& held = disk.find("file")->bytes;
                CHECK(held.size() == page.size());
                CHECK(held.substr(0, sector_bytes) == page.substr(0, sector_bytes));
                CHECK(held.substr(2 * sector_bytes) == page.substr(2 * sector_bytes));
                const std::string written = held.substr(sector_bytes, sector_bytes);
                CHECK(written.find_first_not_of("pq") == std::string::npos);
                CHECK(written.find("pq") == std::string::npos); // a torn one begins new
            }
        }
        WHEN("a sync fails, another succeeds, and then the power is cut") {
            disk.break_at(Fault::sync_fails, 1);
            REQUIRE(disk.sync("file", file) == Outcome::failed);
            const std::size_t lost = file->unsynced.size();
            REQUIRE(disk.sync("file", file) == Outcome::done);
            CHECK(file->bytes[sector_bytes] == 'q'); // read as if it were there
            disk.cut_power();
            disk.restore_power();

            THEN("what the first did not write is gone all the same") {
                CHECK(disk.find("file")->bytes[sector_bytes] == (lost == 0 ? 'q' : 'p'));
            }
        }
    }
}

SCENARIO("SQLite loses on this disk what it would lose on a real one", "[simulation]") {
    int lost = 0;
    int unsound = 0;

    GIVEN("a database that syncs every commit") {
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            Numbers numbers(seed, "FULL");
            for (int number = 1; number <= 20; ++number) {
                numbers.add(number);
            }
            numbers.lose_power();
            numbers.open();
            lost += 20 - numbers.count();
            unsound += numbers.is_sound() ? 0 : 1;
        }
        THEN("a power cut takes nothing that was committed") {
            CHECK(lost == 0);
            CHECK(unsound == 0);
        }
    }
    GIVEN("one that leaves it to the next checkpoint") {
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            Numbers numbers(seed, "NORMAL");
            for (int number = 1; number <= 20; ++number) {
                numbers.add(number);
            }
            numbers.lose_power();
            numbers.open();
            lost += 20 - numbers.count();
        }
        THEN("commits are lost: the disk is no kinder than it should be") {
            CHECK(lost > 100);
        }
    }
}

SCENARIO("a fault comes at the operation that was named, and to whoever does it", "[simulation]") {
    GIVEN("a database on a disk") {
        Numbers numbers(1, "FULL");
        numbers.add(1);

        WHEN("the next write fails") {
            numbers.disk().break_at(Fault::write_fails, 1);

            THEN("the statement does, and the next one does not") {
                CHECK_THROWS_AS(numbers.add(2), SQLite::Exception);
                CHECK(numbers.disk().is_broken());
                numbers.add(3);
                CHECK(numbers.count() == 2);
            }
        }
        WHEN("the disk is full for a while") {
            numbers.disk().set_full(true);
            CHECK_THROWS_WITH(numbers.add(2), Catch::Matchers::Contains("full"));
            numbers.disk().set_full(false);

            THEN("afterwards there is room") {
                numbers.add(3);
                CHECK(numbers.count() == 2);
            }
        }
        WHEN("the next sync fails") {
            numbers.disk().break_at(Fault::sync_fails, 1);

            THEN("the statement does") {
                CHECK_THROWS_AS(numbers.add(2), SQLite::Exception);
                CHECK(numbers.disk().figures().syncs_failed == 1);
            }
        }
    }
}

} // namespace cartwatch::disk_test
