// Goal: the calendar is looked at without anybody scanning: what expired is found at midnight, at
// start-up after days off, and within a minute of a clock that was set; never twice for one day.
#include "daemon/node/calendar_watch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::calendar_watch_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;
using namespace std::chrono_literals;

namespace {

// A ward whose carts are judged by a clock that the test moves.
class Watched {
public:
    Watched(const char* zone, const char* start)
        : calendar(*clock::Calendar::of_zone(zone)), clock(instant(start)), ward(a_ward()) {}

    // Starts the daemon, again where it ran before.
    void start() {
        node::CalendarDuties duties;
        duties.last_judged = [this] { return ward.node().last_judged; };
        duties.judge = [this] { judge(); };
        duties.looked = [this] { ++looks; };
        watch.emplace(clock, calendar, std::move(duties));
        watch->look();
    }

    void stop() {
        watch.reset();
    }

    // The days judged since the last time it was asked.
    std::vector<std::string> days() {
        return std::exchange(days_, {});
    }

    clock::Calendar calendar;
    ManualClock clock;
    Ward ward;
    std::optional<node::CalendarWatch> watch;
    int looks = 0;
    std::string last_message;

private:
    void judge() {
        ward.context.now = clock.now();
        ward.context.today = calendar.day_of(clock.now());
        ward.context.working_day = calendar.working_day_of(clock.now(), 6);
        days_.push_back(to_text(ward.context.today));
        last_message = ward.run(JudgeDay{}).message;
    }

    std::vector<std::string> days_;
};

using Days = std::vector<std::string>;

} // namespace

SCENARIO("midnight is judged once, on the minute") {
    // 23:58 on the 22nd in Shanghai.
    Watched ward("Asia/Shanghai", "2026-11-22T15:58:00.000Z");
    ward.start();
    CHECK(ward.days() == Days{"2026-11-22"});

    ward.clock.advance(119s + 999ms);
    CHECK(ward.days().empty());
    ward.clock.advance(1ms);
    CHECK(ward.days() == Days{"2026-11-23"});
    CHECK(ward.ward.node().last_judged == day("2026-11-23"));
    ward.clock.advance(10min);
    CHECK(ward.days().empty());
    CHECK(ward.looks >= 12);
    ward.clock.advance(24h);
    CHECK(ward.days() == Days{"2026-11-24"});
    CHECK(ward.clock.waiting() == 1);
}

SCENARIO("what expires at midnight raises its alert then") {
    Watched ward("Asia/Shanghai", "2026-11-22T15:59:30.000Z");
    ward.ward.stock("OR-1", "epi", a_lot("A1", "2026-11-22", 10));
    ward.start();
    const auto alerts = [&] {
        return std::count_if(
            ward.ward.node().alerts.begin(), ward.ward.node().alerts.end(), [](const auto& alert) {
                const auto& kinds = alert.second.need.kinds;
                return alert.first.subject == "epi"
                       && std::find(kinds.begin(), kinds.end(), FindingKind::expired)
                              != kinds.end();
            });
    };
    CHECK(alerts() == 0);
    ward.clock.advance(29s + 999ms);
    CHECK(alerts() == 0);
    ward.clock.advance(1ms);
    CHECK(alerts() == 1);
}

SCENARIO("a machine that was off judges at start-up, not before") {
    Watched ward("Asia/Shanghai", "2026-11-20T04:00:00.000Z");
    ward.start();
    CHECK(ward.days() == Days{"2026-11-20"});
    ward.stop();
    CHECK(ward.clock.waiting() == 0);
    ward.clock.advance(49h);
    CHECK(ward.days().empty());

    ward.start();
    CHECK(ward.days() == Days{"2026-11-22"}); // the days between are one judgement
    ward.stop();
    ward.start(); // again on the same day
    CHECK(ward.days().empty());
}

SCENARIO("a clock that was set is noticed within a minute") {
    Watched ward("Asia/Shanghai", "2026-11-22T04:00:00.000Z");
    ward.start();
    CHECK(ward.days() == Days{"2026-11-22"});
    ward.clock.advance(10s);

    WHEN("it was set forward over days") {
        ward.clock.set(instant("2026-12-25T04:00:00.000Z"));
        CHECK(ward.days().empty());
        ward.clock.advance(50s);
        CHECK(ward.days() == Days{"2026-12-25"});
        CHECK(ward.last_message == "day_judged");
    }
    WHEN("it was set forward to just before midnight") {
        ward.clock.set(instant("2026-11-22T15:59:59.000Z"));
        ward.clock.advance(50s);
        CHECK(ward.days() == Days{"2026-11-23"});
    }
    WHEN("it was set back") {
        ward.clock.set(instant("2026-11-19T04:00:00.000Z"));
        ward.clock.advance(50s);
        THEN("it is said, and the day that was judged stands") {
            CHECK(ward.days() == Days{"2026-11-19"});
            CHECK(ward.last_message == "clock_went_back");
            CHECK(ward.ward.node().last_judged == day("2026-11-22"));
        }
        THEN("it is said until it is mended, then all is as it was") {
            ward.clock.advance(60s);
            CHECK(ward.days().size() == 2);
            ward.clock.set(instant("2026-11-22T05:00:00.000Z"));
            ward.clock.advance(60s);
            CHECK(ward.days().empty());
            ward.clock.advance(24h);
            CHECK(ward.days() == Days{"2026-11-23"});
        }
    }
    WHEN("it was set back within the day") {
        ward.clock.set(instant("2026-11-22T01:00:00.000Z"));
        ward.clock.advance(10min);
        THEN("there is nothing to say") {
            CHECK(ward.days().empty());
        }
    }
}

TEST_CASE("each day of a year is judged once, through leap days and changes of the clock") {
    struct Example {
        const char* zone;
        const char* start; // noon, local time
        int days;
        const char* last;
    };

    const auto example = GENERATE(values<Example>({
        {"Asia/Shanghai", "2028-02-27T04:00:00.000Z", 3, "2028-03-01"},
        {"Asia/Shanghai", "2027-02-27T04:00:00.000Z", 2, "2027-03-01"},
        {"Asia/Shanghai", "2027-12-30T04:00:00.000Z", 2, "2028-01-01"},
        {"Europe/Berlin", "2026-03-28T11:00:00.000Z", 2, "2026-03-30"},     // a day of 23 hours
        {"Europe/Berlin", "2026-10-24T10:00:00.000Z", 2, "2026-10-26"},     // a day of 25 hours
        {"America/Sao_Paulo", "2018-11-03T15:00:00.000Z", 2, "2018-11-05"}, // no 00:00 on the 4th
        {"Pacific/Apia", "2011-12-28T22:00:00.000Z", 2, "2011-12-31"},      // the 30th never was
    }));

    DYNAMIC_SECTION(example.zone << " to " << example.last) {
        Watched ward(example.zone, example.start);
        ward.start();
        ward.days();
        for (int minute = 0; minute < example.days * 24 * 60; ++minute) {
            const Day before = ward.calendar.day_of(ward.clock.now());
            ward.clock.advance(1min);
            const Day after = ward.calendar.day_of(ward.clock.now());
            const Days judged = ward.days();
            REQUIRE(judged.size() == (before == after ? 0U : 1U));
            REQUIRE(ward.ward.node().last_judged == after);
        }
        CHECK(to_text(*ward.ward.node().last_judged) == example.last);
    }
}

TEST_CASE("the day in force is the one where the hospital stands") {
    Watched east("Asia/Shanghai", "2026-11-22T15:59:59.999Z");
    Watched west("Europe/London", "2026-11-22T15:59:59.999Z");
    east.start();
    west.start();
    CHECK(east.days() == Days{"2026-11-22"});
    CHECK(west.days() == Days{"2026-11-22"});
    east.clock.advance(1ms);
    west.clock.advance(1ms);
    CHECK(east.days() == Days{"2026-11-23"});
    CHECK(west.days().empty());
}

} // namespace cartwatch::calendar_watch_test
