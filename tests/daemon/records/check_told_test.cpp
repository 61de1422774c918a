// Goal: a check of the past is told from its node's journal, with what was taken back and with the
// entries that say so; and where an entry cannot be read, it is not called whole.
#include "daemon/records/check_told.hpp"
#include "daemon/records/history_rows.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::check_told_test {

using namespace cartwatch::records;
using namespace cartwatch::store_kit;
using namespace cartwatch::readiness;

namespace {

// A cart that was checked twice: entries 6 to 15 and 16 to 25 of its node's journal.
struct CheckedTwice {
    CheckedTwice() {
        ward.record(a_stocked_cart());
        ward.record(a_whole_check(1));
        ward.record(a_whole_check(2));
    }

    CheckTold told(const std::string& check) {
        store::Reader reader(folder.path());
        std::optional<store::ClosedCheck> closed;
        const Day day = *parse_day("2026-11-22");
        reader.checks({day, day}, [&](const store::CheckReport& report) {
            if (report.check.id == check) {
                closed = report.check;
            }
        });
        REQUIRE(closed);
        return told_of(reader, *closed);
    }

    Folder folder{Place::memory};
    Ward ward{folder.path()};
};

} // namespace

SCENARIO("a check of the past is told from the journal", "[records]") {
    GIVEN("a cart that was checked twice") {
        CheckedTwice past;

        WHEN("the first check is asked for") {
            const CheckTold told = past.told("ward-3f/1");

            THEN("it is whole: its steps with what was taken back, and its signature") {
                CHECK(told.whole);
                REQUIRE(told.check.steps.size() == 5);
                CHECK(told.check.steps[1].undone);
                CHECK_FALSE(told.check.steps[2].undone);
                REQUIRE(told.closed);
                CHECK(told.closed->not_scanned == std::vector<std::string>{"gloves"});
            }
            THEN("the entries are named from its opening to its signature, and the last one's "
                 "hash") {
                CHECK(told.first == 6);
                CHECK(told.last.seq == 14);
                CHECK(
                    told.last.hash
                    == asked(
                        past.folder.path(),
                        "SELECT hash FROM entry WHERE node = 'ward-3f' AND seq = 14"));
            }
        }

        WHEN("an entry between opening and signature does not read") {
            tamper(past.folder.path(), "UPDATE entry SET body = '{}' WHERE seq = 17");

            THEN("its check is not called whole; what reads of it is told") {
                const CheckTold told = past.told("ward-3f/2");
                CHECK_FALSE(told.whole);
                CHECK(told.check.steps.size() == 4);
                CHECK(told.closed);
            }
            THEN("the check before it still is") {
                CHECK(past.told("ward-3f/1").whole);
            }
        }

        WHEN("the entry of the opening does not read") {
            tamper(past.folder.path(), "UPDATE entry SET body = '{}' WHERE seq = 6");

            THEN("the check is not called whole") {
                CHECK_FALSE(past.told("ward-3f/1").whole);
            }
        }
    }
}

TEST_CASE("a check that counts for no figure is told so", "[records]") {
    const bool voided = GENERATE(true, false);
    store::CheckReport report;
    report.check.id = "ward-3f/1";
    report.check.voided = voided;
    CHECK(check_json(report).at("voided") == voided);
}

} // namespace cartwatch::check_told_test
