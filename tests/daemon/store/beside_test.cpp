#include "daemon/store/backup.hpp"
#include "daemon/store/beside.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::beside_test {

namespace {

using namespace store_kit;

std::vector<std::string>
only_in(const std::filesystem::path& kept, const std::filesystem::path& database) {
    std::vector<std::string> hashes;
    store::each_only_in(kept, database, [&](const journal::Entry& entry) {
        hashes.push_back(entry.node + " " + std::to_string(entry.seq));
    });
    return hashes;
}

} // namespace

TEST_CASE("what a branch holds alone is told, whoever wrote it", "[store][beside]") {
    Folder folder;
    const auto common = folder.path("common.db");
    const auto kept = folder.path("kept.db");
    {
        Ward ward(folder.path());
        ward.record(a_stocked_cart());
        store::backup(folder.path(), common);
        ward.record(a_whole_check(1));
        ward.record({readiness::DayJudged{}}, "pharmacy");
        store::backup(folder.path(), kept);
    }
    REQUIRE(store::restore(common, folder.path(), Instant{}).holds());
    const auto common_seq = Ward(folder.path()).store().heads().at("ward-3f").seq;
    {
        Ward ward(folder.path());
        ward.store().end_awaited_past();
        ward.record(a_whole_check(2)); // under the same numbers
    }

    const auto alone = only_in(kept, folder.path());

    REQUIRE(alone.size() > 2);
    CHECK(alone.front() == "ward-3f " + std::to_string(common_seq + 1));
    CHECK(alone.back() == "pharmacy 1");
    CHECK(only_in(common, folder.path()).empty());
    CHECK(only_in(folder.path(), folder.path()).empty());
    CHECK_THROWS_AS(only_in(folder.path("none.db"), kept), store::StoreFailure);
    CHECK_THROWS_AS(only_in(kept, folder.path("none.db")), store::StoreFailure);
}

} // namespace cartwatch::beside_test
