// A hospital in which everything goes wrong, seed by seed; a failure is replayed by its number
// (CARTWATCH_SEED=7 CARTWATCH_SEEDS=1).
#include "tests/simulation/world.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <iostream>

namespace cartwatch::world_test {

using namespace simulation;

namespace {

// Of 200 seeds four have a hundred wards, the others up to eight: a fault of two machines is found
// in small worlds sooner.
int wards_of(int seed) {
    return seed % 50 == 0 ? 100 : 1 + seed % 8;
}

void print(const WorldFigures& all) {
    const DiskFigures& disks = all.disks;
    const CableFigures& cables = all.cables;
    std::cout << "worlds " << all.worlds << ", machines " << all.machines << ", requests "
              << all.requests << " (asked again " << all.repeated << " times, told " << all.told
              << "), alerts answered " << all.alerts_answered << ", entries " << all.entries
              << "\nprograms killed " << all.kills << ", ended " << all.ends
              << ", starts that failed " << all.failed_starts << ", stores opened anew "
              << all.recoveries << ", clocks set " << all.clock_jumps << "\npower cuts "
              << disks.power_cuts << " (at rest " << all.power_cuts_at_rest << ", in a write "
              << disks.power_cuts_in_write << ", in a sync " << disks.power_cuts_in_sync
              << "), sectors lost " << disks.sectors_lost << ", torn " << disks.sectors_torn
              << ", kept unsynced " << disks.sectors_kept << ", files gone or back "
              << disks.files_gone_or_back << "\nwrites " << disks.writes << ", failed "
              << disks.writes_failed << ", torn " << disks.writes_torn << ", without room "
              << disks.writes_without_room << ", syncs " << disks.syncs << ", failed "
              << disks.syncs_failed << "\nconnections " << cables.connections << ", refused "
              << all.refused_calls << ", cut " << cables.cuts << ", ends half open "
              << cables.half_open << ", replaced " << all.replaced << ", bytes " << cables.bytes
              << ", lost " << cables.bytes_lost << ", pieces seconds late " << cables.late_after_cut
              << "\nslowest to agree after the last fault " << all.slowest.count() << " ms\n";
}

} // namespace

TEST_CASE(
    "whatever goes wrong in a hospital, nothing that was told is lost, and all arrives",
    "[simulation]") {
    const int first = support::number_asked("CARTWATCH_SEED", 1);
    const int count = support::number_asked("CARTWATCH_SEEDS", test::sanitized ? 10 : 200);
    WorldFigures all;
    for (int seed = first; seed < first + count; ++seed) {
        INFO("seed " << seed);
        WorldOptions options;
        options.seed = static_cast<std::uint64_t>(seed);
        options.wards = wards_of(seed);
        REQUIRE_NOTHROW(all.add(World(options).run()));
    }
    print(all);
    // A run in which little went wrong would prove little.
    if (count >= 100) {
        CHECK(all.disks.power_cuts > count);
        CHECK(all.disks.sectors_lost > count);
        CHECK(all.disks.syncs_failed > count);
        CHECK(all.disks.writes_without_room > count);
        CHECK(all.disks.writes_torn > 0);
        CHECK(all.cables.cuts > count);
        CHECK(all.cables.half_open > count / 2);
        CHECK(all.cables.late_after_cut > 0);
        CHECK(all.kills > count / 2);
        CHECK(all.replaced > 0);
        CHECK(all.recoveries > 0);
        CHECK(all.clock_jumps > count / 2);
        CHECK(all.told > 10 * count);
        CHECK(all.alerts_answered > count);
    }
}

} // namespace cartwatch::world_test
