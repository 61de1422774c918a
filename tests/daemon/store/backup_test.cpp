// Goal: a copy is whole, and the way back loses nothing that anybody was told is on disk.
#include "daemon/store/backup.hpp"
#include "daemon/store/connection.hpp"
#include "daemon/store/verify.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace cartwatch::backup_test {

using namespace cartwatch::store_kit;
using store::verify;

TEST_CASE("a backup is whole, and what does not verify is not restored", "[store][backup]") {
    const Folder folder;
    const auto copy = folder.path("backup.db");
    readiness::State state;
    {
        Ward ward(folder.path());
        ward.record(a_stocked_cart());
        ward.record(a_whole_check(1));
        store::backup(folder.path(), copy); // the daemon runs
        state = ward.state();
        ward.record(a_whole_check(2));

        CHECK_THROWS_AS(store::backup(folder.path(), copy), store::StoreFailure);
        CHECK_THROWS_AS(
            store::backup(folder.path("none.db"), folder.path("b.db")), store::StoreFailure);
        CHECK_THROWS_AS(store::restore(copy, folder.path(), Instant{}), store::StoreFailure);
    }
    CHECK(verify(copy).holds());
    CHECK_FALSE(std::filesystem::exists(copy.string() + ".unfinished"));

    SECTION("restored, the ward is where it was") {
        const auto report = store::restore(copy, folder.path(), Instant{});
        REQUIRE(report.holds());
        Ward again(folder.path());
        CHECK(again.state() == state);
        REQUIRE(again.store().awaited_past()); // its peers may hold more
        CHECK(again.store().awaited_past()->reason == store::PastReason::restored);
        CHECK_FALSE(again.store().has_awaited_past());
        again.store().end_awaited_past();
        CHECK_FALSE(again.store().awaited_past());
        CHECK(again.store().has_awaited_past());
        again.record(a_whole_check(2));
        CHECK(verify(folder.path()).holds());
        CHECK(verify(folder.path().string() + ".before-restore").entries == 25);
    }
    SECTION("into an empty place") {
        REQUIRE(store::restore(copy, folder.path("new.db"), Instant{}).holds());
        CHECK(verify(folder.path("new.db")).holds());
    }
    SECTION("over a database that is none any more") {
        overwritten(folder.path(), 0, 50'000);
        REQUIRE(store::restore(copy, folder.path(), Instant{}).holds());
        CHECK(Ward(folder.path()).state() == state);
    }
    SECTION("a tampered copy changes nothing") {
        tamper(copy, "UPDATE holding SET quantity = 10");
        const auto report = store::restore(copy, folder.path(), Instant{});
        REQUIRE_FALSE(report.holds());
        CHECK(report.fault->table == "holding");
        CHECK(verify(folder.path()).entries == 25);
        CHECK_FALSE(std::filesystem::exists(folder.path().string() + ".before-restore"));
    }
}

TEST_CASE("restored over a torn database, its log is kept with it", "[store][backup]") {
    const Folder folder;
    const auto copy = folder.path("backup.db");
    Ward(folder.path()).record(a_stocked_cart());
    store::backup(folder.path(), copy);
    overwritten(folder.path(), 0, 50'000);
    std::ofstream(folder.path().string() + "-wal") << "what could not be folded in";
    REQUIRE(store::restore(copy, folder.path(), Instant{}).holds());
    CHECK(std::filesystem::exists(folder.path().string() + ".before-restore-wal"));
    CHECK_FALSE(std::filesystem::exists(folder.path().string() + "-wal"));
}

TEST_CASE("while somebody reads the database nothing is restored over it", "[store][backup]") {
    const Folder folder;
    const auto copy = folder.path("backup.db");
    Ward(folder.path()).record(a_stocked_cart());
    store::backup(folder.path(), copy);
    {
        store::Connection reader(folder.path(), store::Connection::Access::read);
        reader.run("BEGIN");
        reader.each("SELECT count(*) FROM entry", [](store::Row& /*row*/) {});
        Ward(folder.path()).record(a_whole_check(3));
        CHECK_THROWS_AS(store::restore(copy, folder.path(), Instant{}), store::StoreFailure);
        reader.run("ROLLBACK");
    }
    CHECK(verify(folder.path()).holds());
    CHECK_FALSE(std::filesystem::exists(folder.path().string() + ".unfinished"));
    CHECK_FALSE(std::filesystem::exists(folder.path().string() + ".before-restore"));
    REQUIRE(store::restore(copy, folder.path(), Instant{}).holds());
    CHECK(verify(folder.path().string() + ".before-restore").entries > verify(copy).entries);
}

} // namespace cartwatch::backup_test
