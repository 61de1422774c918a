#include "daemon/clock/calendar.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

namespace cartwatch::calendar_test {

using clock::Calendar;

namespace {

Instant instant(const char* text) {
    return *parse_instant(text);
}

} // namespace

TEST_CASE("a day begins at the hospital's midnight, not at Greenwich's", "[calendar]") {
    const Calendar shanghai = *Calendar::of_zone("Asia/Shanghai");

    CHECK(to_text(shanghai.day_of(instant("2026-11-22T15:59:59.999Z"))) == "2026-11-22");
    CHECK(to_text(shanghai.day_of(instant("2026-11-22T16:00:00.000Z"))) == "2026-11-23");
    CHECK(
        to_text(Calendar::of_zone("UTC")->day_of(instant("2026-11-22T16:00:00.000Z")))
        == "2026-11-22");
}

TEST_CASE("the working day begins at its hour", "[calendar]") {
    const Calendar shanghai = *Calendar::of_zone("Asia/Shanghai");

    // 05:59 and 06:00 in Shanghai
    CHECK(to_text(shanghai.working_day_of(instant("2026-11-21T21:59:59.000Z"), 6)) == "2026-11-21");
    CHECK(to_text(shanghai.working_day_of(instant("2026-11-21T22:00:00.000Z"), 6)) == "2026-11-22");
    CHECK(to_text(shanghai.working_day_of(instant("2026-11-21T21:59:59.000Z"), 0)) == "2026-11-22");
}

TEST_CASE("the next midnight is the first instant of the next day", "[calendar]") {
    struct Example {
        const char* zone;
        const char* at;
        const char* midnight;
    };

    const auto example = GENERATE(values<Example>({
        {"Asia/Shanghai", "2026-11-22T02:00:00.000Z", "2026-11-22T16:00:00.000Z"},
        {"Asia/Shanghai", "2026-11-22T16:00:00.000Z", "2026-11-23T16:00:00.000Z"},
        // Daylight saving ends: the day has 25 hours.
        {"Europe/Berlin", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"},
        // Midnight itself is skipped in Santiago.
        {"America/Santiago", "2026-09-05T12:00:00.000Z", "2026-09-06T04:00:00.000Z"},
    }));

    DYNAMIC_SECTION(example.zone << " " << example.at) {
        const Calendar calendar = *Calendar::of_zone(example.zone);
        const Instant midnight = calendar.next_midnight(instant(example.at));
        CHECK(to_text(midnight) == example.midnight);
        CHECK(calendar.day_of(midnight) > calendar.day_of(instant(example.at)));
        CHECK(
            calendar.day_of(midnight - std::chrono::milliseconds{1})
            == calendar.day_of(instant(example.at)));
    }
}

TEST_CASE("a shift begins at its hour of the local day", "[calendar]") {
    struct Example {
        const char* zone;
        const char* at;
        const char* before_began;
        const char* previous_began;
        const char* began;
        const char* ends;
        const char* next_ends;
    };

    const std::vector<int> hours = {16, 0, 8}; // as typed, in any order
    const auto example = GENERATE(values<Example>({
        // 07:59:59.999 and 08:00 in Shanghai
        {"Asia/Shanghai",
         "2026-11-21T23:59:59.999Z",
         "2026-11-21T00:00:00.000Z",
         "2026-11-21T08:00:00.000Z",
         "2026-11-21T16:00:00.000Z",
         "2026-11-22T00:00:00.000Z",
         "2026-11-22T08:00:00.000Z"},
        {"Asia/Shanghai",
         "2026-11-22T00:00:00.000Z",
         "2026-11-21T08:00:00.000Z",
         "2026-11-21T16:00:00.000Z",
         "2026-11-22T00:00:00.000Z",
         "2026-11-22T08:00:00.000Z",
         "2026-11-22T16:00:00.000Z"},
        // The night in which daylight saving ends has nine hours.
        {"Europe/Berlin",
         "2026-10-25T00:30:00.000Z",
         "2026-10-24T06:00:00.000Z",
         "2026-10-24T14:00:00.000Z",
         "2026-10-24T22:00:00.000Z",
         "2026-10-25T07:00:00.000Z",
         "2026-10-25T15:00:00.000Z"},
        // Midnight itself is skipped in Santiago: the shift begins when the clock is put forward.
        {"America/Santiago",
         "2026-09-06T04:00:00.000Z",
         "2026-09-05T12:00:00.000Z",
         "2026-09-05T20:00:00.000Z",
         "2026-09-06T04:00:00.000Z",
         "2026-09-06T11:00:00.000Z",
         "2026-09-06T19:00:00.000Z"},
    }));
    DYNAMIC_SECTION(example.zone << " " << example.at) {
        const auto shifts = Calendar::of_zone(example.zone)->shifts_at(instant(example.at), hours);
        REQUIRE(shifts);
        CHECK(to_text(shifts->now) == example.at);
        CHECK(to_text(shifts->before_began) == example.before_began);
        CHECK(to_text(shifts->previous_began) == example.previous_began);
        CHECK(to_text(shifts->began) == example.began);
        CHECK(to_text(shifts->ends) == example.ends);
        CHECK(to_text(shifts->next_ends) == example.next_ends);
    }
}

TEST_CASE(
    "two shifts of a day are found all year, and none where there are no hours", "[calendar]") {
    const Calendar berlin = *Calendar::of_zone("Europe/Berlin");
    const std::vector<int> hours = {2, 3}; // one of them is skipped in March
    CHECK_FALSE(berlin.shifts_at(instant("2026-03-29T12:00:00.000Z"), {}));
    Instant last = instant("2026-01-01T00:00:00.000Z");
    for (Instant at = last; at < instant("2027-01-01T00:00:00.000Z"); at += std::chrono::hours(1)) {
        const auto shifts = berlin.shifts_at(at, hours);
        REQUIRE(shifts);
        REQUIRE(shifts->before_began < shifts->previous_began);
        REQUIRE(shifts->previous_began < shifts->began);
        REQUIRE(shifts->began <= at);
        REQUIRE(at < shifts->ends);
        REQUIRE(shifts->ends < shifts->next_ends);
    }
}

TEST_CASE("a clock on the wall says the hospital's time", "[calendar]") {
    const Calendar shanghai = *Calendar::of_zone("Asia/Shanghai");
    CHECK(shanghai.wall_clock(instant("2026-11-22T16:05:09.999Z")) == "2026-11-23 00:05:09");
    CHECK(shanghai.wall_clock(instant("1969-12-31T23:59:58.000Z")) == "1970-01-01 07:59:58");
    const Calendar berlin = *Calendar::of_zone("Europe/Berlin");
    CHECK(berlin.wall_clock(instant("2026-03-29T01:00:00.000Z")) == "2026-03-29 03:00:00");
}

TEST_CASE("a zone that does not exist is refused by name", "[calendar]") {
    const auto calendar = Calendar::of_zone("Asia/Shangai");
    REQUIRE_FALSE(calendar);
    CHECK_THAT(calendar.error().text, Catch::Matchers::Contains("Asia/Shangai"));
}

TEST_CASE("without a hospital's zone the machine's own counts", "[calendar]") {
    const char* before = std::getenv("TZ");
    const std::string kept = before == nullptr ? "" : before;
    const auto day_in = [](const char* zone) {
        setenv("TZ", zone, 1);
        tzset();
        return to_text(clock::day_of_machine(instant("2026-11-22T16:00:00.000Z")));
    };
    CHECK(day_in("Asia/Shanghai") == "2026-11-23");
    CHECK(day_in("UTC") == "2026-11-22");
    CHECK(day_in("America/New_York") == "2026-11-22");
    before == nullptr ? unsetenv("TZ") : setenv("TZ", kept.c_str(), 1);
    tzset();
}

TEST_CASE("the time since the machine's start never goes back", "[calendar]") {
    const auto before = clock::uptime();
    CHECK(before > std::chrono::milliseconds{0});
    CHECK(clock::uptime() >= before);
}

} // namespace cartwatch::calendar_test
