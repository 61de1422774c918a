#include "daemon/figures/dues.hpp"
#include "tests/daemon/figures/past_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::dues_test {

using namespace cartwatch::figures;

namespace {

// Listed on 1 November; each check asks for the next one a week later.
Duty checked_on(const std::vector<const char*>& checks) {
    Duty duty{day("2026-11-01"), day("2026-11-01"), {}, {}};
    for (const char* text : checks) {
        duty.checked[day(text)] = day(text) + std::chrono::days(7);
    }
    return duty;
}

} // namespace

SCENARIO("each due date is told with what became of it and the check that kept it") {
    GIVEN("a cart whose second check came late and whose third never came") {
        const Duty duty = checked_on({"2026-11-01", "2026-11-10"});

        WHEN("five weeks are asked for") {
            const auto dates = due_dates(duty, {}, day("2026-12-05"));

            THEN("every due date is there, those that nobody kept too") {
                CHECK(
                    dates
                    == std::vector<DueDate>{
                        {day("2026-11-01"), Fate::on_time, day("2026-11-01")},
                        {day("2026-11-08"), Fate::late, day("2026-11-10")},
                        {day("2026-11-17"), Fate::missed, {}},
                        {day("2026-11-24"), Fate::missed, {}},
                        {day("2026-12-01"), Fate::open, {}}});
            }
        }

        WHEN("the next due date is today") {
            const auto dates = due_dates(duty, {}, day("2026-11-17"));

            THEN("it is none yet") {
                CHECK(dates.back().due == day("2026-11-08"));
            }
        }
    }

    GIVEN("a cart that is checked more often than it has to be") {
        const Duty duty = checked_on({"2026-11-01", "2026-11-04", "2026-11-06"});

        THEN("the last check before a due date keeps it and moves the next one on") {
            const auto dates = due_dates(duty, {}, day("2026-11-14"));
            REQUIRE(dates.size() == 3);
            CHECK(dates[1] == DueDate{day("2026-11-08"), Fate::on_time, day("2026-11-06")});
            CHECK(dates[2] == DueDate{day("2026-11-13"), Fate::open, {}});
        }
    }

    GIVEN("an interval that the hospital shortened") {
        const Intervals intervals{{day("2026-11-01"), 7}, {day("2026-11-05"), 2}};

        THEN("a due date is missed by the interval in force on it") {
            const auto dates = due_dates(checked_on({"2026-11-01"}), intervals, day("2026-11-12"));
            REQUIRE(dates.size() == 3);
            CHECK(dates[1] == DueDate{day("2026-11-08"), Fate::missed, {}});
            CHECK(dates[2] == DueDate{day("2026-11-10"), Fate::open, {}});
        }
    }
}

} // namespace cartwatch::dues_test
