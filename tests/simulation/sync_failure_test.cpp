// A failed sync is final: what it should have written may be lost although it is read as if it were
// there, and the next sync says nothing of it. So nothing is recorded on it any more; the store is
// opened anew.
#include "tests/simulation/lone_ward.hpp"
#include "tests/support/sanitizers.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::sync_failure_test {

using namespace simulation;

namespace {

void furnish(LoneWard& ward) {
    REQUIRE(ward.machine().start());
    REQUIRE(ward.run(furnish_ward()));
    REQUIRE(ward.take_stock(4, "before"));
}

} // namespace

SCENARIO(
    "after a failed sync nothing is recorded until the store was opened anew", "[simulation]") {
    GIVEN("a ward") {
        LoneWard ward(1);
        furnish(ward);
        Machine& machine = ward.machine();

        WHEN("the sync of a commit fails") {
            const std::string database = machine.disk().image().at("cartwatch.db");
            machine.disk().break_at(Fault::sync_fails, 1);
            CHECK_FALSE(ward.take_stock(3, "refused"));

            THEN("the database is left alone: the log that could mend it may be lost in part") {
                CHECK(machine.disk().image().at("cartwatch.db") == database);
            }
            THEN("whoever waits is refused, and whoever comes then, though the disk works again") {
                CHECK_FALSE(machine.ledger().recording());
                CHECK(machine.failures().size() == 1);
                CHECK_FALSE(ward.take_stock(3, "refused too"));
            }
            THEN("the store that was opened anew holds what was told; what was refused may be in "
                 "the log") {
                REQUIRE(machine.ledger().try_to_recover());
                machine.check_promises();
                CHECK(ward.refused_and_there() <= 1);
                CHECK(machine.verify().empty());
                CHECK(ward.take_stock(3, "after"));
            }
        }
        WHEN("a sync of a checkpoint fails, that of the log or that of the database") {
            const int which = GENERATE(1, 2);
            machine.disk().break_at(Fault::sync_fails, which);
            ward.checkpoint();
            REQUIRE(machine.disk().is_broken());

            THEN("it is no other than a commit's") {
                CHECK_FALSE(machine.ledger().recording());
                CHECK(machine.failures().size() == 1);
                CHECK_FALSE(ward.take_stock(3, "refused"));
            }
            THEN("the store that was opened anew goes on") {
                REQUIRE(machine.ledger().try_to_recover());
                machine.check_promises();
                CHECK(machine.verify().empty());
                CHECK(ward.take_stock(3, "after"));
            }
        }
        WHEN("a checkpoint finds no room") {
            machine.disk().set_full(true);
            ward.checkpoint();

            THEN("it is noted, and the log may have room still") {
                CHECK(machine.ledger().recording());
                CHECK(machine.failures().size() == 1);
                machine.disk().set_full(false);
                CHECK(ward.take_stock(3, "after"));
            }
        }
    }
}

SCENARIO("what a failed sync lost is not built upon", "[simulation]") {
    GIVEN("a ward whose disk syncs nothing for a while, though it can be read") {
        const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, test::sanitized ? 4 : 30)));
        LoneWard ward(seed);
        furnish(ward);
        Machine& machine = ward.machine();
        machine.disk().set_syncs_fail(true);
        REQUIRE_FALSE(ward.take_stock(3, "refused"));

        WHEN("the daemon opens its store anew, the disk works again, and then the power fails") {
            const bool starts_anew = GENERATE(false, true);
            if (starts_anew) {
                machine.kill();
            }
            machine.disk().set_syncs_fail(false);
            REQUIRE((starts_anew ? machine.start() : machine.ledger().try_to_recover()));
            REQUIRE(ward.take_stock(2, "after"));
            machine.cut_power();

            THEN("what was told in between is there") {
                REQUIRE(machine.start()); // which checks it
                ward.refused_and_there();
                CHECK(machine.verify().empty());
            }
        }
    }
}

} // namespace cartwatch::sync_failure_test
