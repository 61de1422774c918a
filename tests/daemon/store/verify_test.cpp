// Whatever is changed in a database past the program, verify names the first entry or row of it.
#include "daemon/store/rebuild.hpp"
#include "daemon/store/verify.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace cartwatch::verify_test {

using namespace cartwatch::store_kit;
using store::verify;

namespace {

// A ward's database with two checks in it, closed.
void fill(const std::filesystem::path& path) {
    Ward ward(path);
    ward.record(a_stocked_cart());
    ward.record(a_whole_check(1));
    ward.record({readiness::RecallIssued{{"gloves-m", "Z9"}, "torn"}}, "pharmacy");
    ward.record(a_whole_check(2));
}

} // namespace

TEST_CASE("an untouched database holds", "[store][verify]") {
    const Folder folder(Place::memory);
    fill(folder.path());
    const auto report = verify(folder.path());
    INFO((report.fault ? report.fault->text : ""));
    CHECK(report.holds());
    CHECK(report.entries == 26);
    CHECK(report.nodes == 2);
    CHECK(report.tables == 31);
}

TEST_CASE("verify names the entry that was tampered with", "[store][verify][tamper]") {
    struct Example {
        const char* name;
        const char* sql;
        const char* node;
        std::int64_t seq;
        const char* text;
    };

    const auto example = GENERATE(values<Example>({
        {"a byte of a body",
         "UPDATE entry SET body = replace(body, '8001', '8002') WHERE node = 'ward-3f' AND seq = 1",
         "ward-3f",
         1,
         "hash: entry 1 of ward-3f"},
        {"a body whose hash was made to fit",
         "UPDATE entry SET hash = lower(hex(zeroblob(32))) WHERE node = 'ward-3f' AND seq = 7",
         "ward-3f",
         7,
         "hash: entry 7"},
        {"who did it",
         "UPDATE entry SET actor = 'N013' WHERE node = 'ward-3f' AND seq = 9",
         "ward-3f",
         9,
         "hash: entry 9"},
        {"when it was",
         "UPDATE entry SET at_ms = at_ms - 1 WHERE node = 'ward-3f' AND seq = 14",
         "ward-3f",
         14,
         "hash: entry 14"},
        {"an entry deleted in the middle",
         "DELETE FROM entry WHERE node = 'ward-3f' AND seq = 8",
         "ward-3f",
         9,
         "gap: entry 9 of ward-3f where 8 was expected"},
        {"the first entry deleted",
         "DELETE FROM entry WHERE node = 'ward-3f' AND seq = 1",
         "ward-3f",
         2,
         "gap: entry 2"},
        {"the last entry deleted",
         "DELETE FROM entry WHERE node = 'ward-3f' AND seq = 25",
         "ward-3f",
         25,
         "ends at entry 24 where entry 25 was the last"},
        {"a whole journal deleted",
         "DELETE FROM entry WHERE node = 'pharmacy'",
         "pharmacy",
         1,
         "ends at entry 0 where entry 1 was the last"},
        {"two entries in each other's place",
         "UPDATE entry SET position = 1000 WHERE seq = 3 AND node = 'ward-3f';"
         "UPDATE entry SET position = 3 WHERE seq = 4 AND node = 'ward-3f';"
         "UPDATE entry SET position = 4 WHERE position = 1000",
         "ward-3f",
         4,
         "gap: entry 4"},
        {"an entry of a kind whose body does not fit",
         "UPDATE entry SET body = '{}' WHERE seq = 3 AND node = 'ward-3f'",
         "ward-3f",
         3,
         "hash: entry 3"},
    }));

    DYNAMIC_SECTION(example.name) {
        const Folder folder(Place::memory);
        fill(folder.path());
        tamper(folder.path(), example.sql);
        const auto report = verify(folder.path());
        REQUIRE_FALSE(report.holds());
        INFO(report.fault->text);
        CHECK(report.fault->node == example.node);
        CHECK(report.fault->seq == example.seq);
        CHECK_THAT(report.fault->text, Catch::Contains(example.text));
    }
}

TEST_CASE("verify names the row that was tampered with", "[store][verify][tamper]") {
    struct Example {
        const char* name;
        const char* sql;
        const char* table;
        const char* row;
        const char* text;
    };

    const auto example = GENERATE(values<Example>({
        {"a quantity in the cart",
         "UPDATE holding SET quantity = 10 WHERE line = 'epi'",
         "holding",
         "node=ward-3f, cart=OR-1, line=epi, place=0",
         "quantity is 10 where 6 follows from the journal"},
        {"an expiry",
         "UPDATE holding SET last_usable_day = '2028-12-01'",
         "holding",
         "node=ward-3f, cart=OR-1, line=epi, place=0",
         "last_usable_day is \"2028-12-01\" where \"2026-12-01\" follows"},
        {"a recall taken away",
         "DELETE FROM recall",
         "recall",
         "node=pharmacy, place=0",
         "is not there, but follows from the journal"},
        {"a person who was never defined",
         "INSERT INTO staff VALUES ('ward-3f', 'N666', '', 'manager', '', 0)",
         "staff",
         "node=ward-3f, id=N666",
         "is there, but does not follow from the journal"},
        {"a closed check made better",
         "UPDATE check_closed SET readiness = 'ready' WHERE id = 'ward-3f/1'",
         "check_closed",
         "node=ward-3f, id=ward-3f/1",
         "readiness is \"ready\" where \"degraded\" follows"},
        {"a finding deleted",
         "DELETE FROM finding WHERE check_id = 'ward-3f/2' AND place = 1",
         "finding",
         "node=ward-3f, check_id=ward-3f/2, place=1",
         "is not there"},
        {"what was counted then",
         "UPDATE check_line SET quantity = 9 WHERE check_id = 'ward-3f/1' AND line = 'epi'",
         "check_line",
         "node=ward-3f, check_id=ward-3f/1, place=0",
         "quantity is 9 where 6 follows"},
        {"a step of an alert",
         "DELETE FROM alert_history WHERE step = 'changed'",
         "alert_history",
         "entry_node=ward-3f, entry_seq=25",
         "is not there"},
        {"an alert closed",
         "UPDATE alert SET state = 'resolved'",
         "alert",
         "node=ward-3f, cart=OR-1, subject=epi",
         "state is \"resolved\" where \"raised\" follows"},
        {"how many checks there were",
         "UPDATE node SET checks_opened = 1 WHERE node = 'ward-3f'",
         "node",
         "node=ward-3f",
         "checks_opened is 1 where 2 follows"},
    }));

    DYNAMIC_SECTION(example.name) {
        const Folder folder(Place::memory);
        fill(folder.path());
        tamper(folder.path(), example.sql);
        const auto report = verify(folder.path());
        REQUIRE_FALSE(report.holds());
        INFO(report.fault->text);
        CHECK(report.fault->table == example.table);
        CHECK(report.fault->row == example.row);
        CHECK_THAT(report.fault->text, Catch::Contains(example.text));

        // The journal is sound, so the tables can be had from it again.
        store::rebuild(folder.path());
        CHECK(verify(folder.path()).holds());
    }
}

TEST_CASE("a file that is torn, cut or no database does not hold", "[store][verify][refusal]") {
    const Folder folder;
    fill(folder.path());
    tamper(folder.path(), "PRAGMA wal_checkpoint(TRUNCATE)");
    const auto size = std::filesystem::file_size(folder.path());
    REQUIRE(size > 100'000);

    SECTION("pages in the middle overwritten") {
        overwritten(folder.path(), size / 2, 20'000);
        const auto report = verify(folder.path());
        REQUIRE_FALSE(report.holds());
        CHECK_FALSE(report.fault->text.empty());
    }
    SECTION("the second half gone") {
        std::filesystem::resize_file(folder.path(), size / 2);
        CHECK_FALSE(verify(folder.path()).holds());
    }
    SECTION("its first page overwritten") {
        overwritten(folder.path(), 0, 4'096);
        CHECK_FALSE(verify(folder.path()).holds());
    }
    SECTION("a text file") {
        std::ofstream(folder.path("text.db")) << std::string(10'000, 'x');
        CHECK_FALSE(verify(folder.path("text.db")).holds());
    }
    SECTION("an empty file") {
        std::ofstream(folder.path("empty.db")).flush();
        CHECK_THROWS_AS(verify(folder.path("empty.db")), store::StoreFailure);
    }
    SECTION("no file") {
        CHECK_THROWS_AS(verify(folder.path("none.db")), store::StoreFailure);
    }
}

TEST_CASE("verify runs beside the daemon", "[store][verify]") {
    const Folder folder(Place::memory);
    Ward ward(folder.path());
    ward.record(a_stocked_cart());
    for (int number = 1; number < 5; ++number) {
        ward.record(a_whole_check(number));
        CHECK(verify(folder.path()).holds());
    }
}

} // namespace cartwatch::verify_test
