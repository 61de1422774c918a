// Goal: days begin and end where the law of the place says, in every zone and through every change
// of the clocks: midnights that are skipped, midnights that come twice, days of 23 and 25 hours,
// leap days, ends of years, a day that never was.
#include "daemon/clock/calendar.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

namespace cartwatch::daylight_test {

using namespace std::chrono_literals;
using clock::Calendar;

namespace {

Instant at(const char* text) {
    return *parse_instant(text);
}

// Sets the machine's zone for a while.
class MachineZone {
public:
    explicit MachineZone(const char* zone) {
        if (const char* before = std::getenv("TZ")) {
            before_ = before;
            was_set_ = true;
        }
        setenv("TZ", zone, 1);
        tzset();
    }

    MachineZone(const MachineZone&) = delete;
    MachineZone& operator=(const MachineZone&) = delete;
    MachineZone(MachineZone&&) = delete;
    MachineZone& operator=(MachineZone&&) = delete;

    ~MachineZone() {
        was_set_ ? setenv("TZ", before_.c_str(), 1) : unsetenv("TZ");
        tzset();
    }

private:
    std::string before_;
    bool was_set_ = false;
};

struct Moment {
    const char* what;
    const char* zone;
    const char* at;
    const char* day;
    const char* midnight; // the next
};

// Beside each change: the last instant before it, and the first after it.
const std::vector<Moment> moments = {
    {"Berlin before summer time",
     "Europe/Berlin",
     "2026-03-29T00:59:59.999Z",
     "2026-03-29",
     "2026-03-29T22:00:00.000Z"},
    {"Berlin in summer time",
     "Europe/Berlin",
     "2026-03-29T01:00:00.000Z",
     "2026-03-29",
     "2026-03-29T22:00:00.000Z"},
    {"Berlin, 02:30 the first time",
     "Europe/Berlin",
     "2026-10-25T00:30:00.000Z",
     "2026-10-25",
     "2026-10-25T23:00:00.000Z"},
    {"Berlin, 02:30 the second time",
     "Europe/Berlin",
     "2026-10-25T01:30:00.000Z",
     "2026-10-25",
     "2026-10-25T23:00:00.000Z"},
    {"New York before the change in spring",
     "America/New_York",
     "2026-03-08T06:59:59.999Z",
     "2026-03-08",
     "2026-03-09T04:00:00.000Z"},
    {"New York in autumn, 01:30 the second time",
     "America/New_York",
     "2026-11-01T06:30:00.000Z",
     "2026-11-01",
     "2026-11-02T05:00:00.000Z"},
    {"New York's last instant of a day",
     "America/New_York",
     "2026-11-02T04:59:59.999Z",
     "2026-11-01",
     "2026-11-02T05:00:00.000Z"},
    {"Shanghai has none today",
     "Asia/Shanghai",
     "2026-07-01T15:59:59.999Z",
     "2026-07-01",
     "2026-07-01T16:00:00.000Z"},
    {"Shanghai had one in 1988",
     "Asia/Shanghai",
     "1988-07-01T14:59:59.999Z",
     "1988-07-01",
     "1988-07-01T15:00:00.000Z"},
    {"Beirut skips midnight",
     "Asia/Beirut",
     "2022-03-26T21:59:59.999Z",
     "2022-03-26",
     "2022-03-26T22:00:00.000Z"},
    {"Havana, midnight the first time",
     "America/Havana",
     "2025-11-02T04:00:00.000Z",
     "2025-11-02",
     "2025-11-03T05:00:00.000Z"},
    {"Havana, midnight the second time",
     "America/Havana",
     "2025-11-02T05:00:00.000Z",
     "2025-11-02",
     "2025-11-03T05:00:00.000Z"},
    {"Havana's evening before",
     "America/Havana",
     "2025-11-02T03:59:59.999Z",
     "2025-11-01",
     "2025-11-02T04:00:00.000Z"},
    {"Sao Paulo, 23:30 the second time",
     "America/Sao_Paulo",
     "2018-02-18T02:30:00.000Z",
     "2018-02-17",
     "2018-02-18T03:00:00.000Z"},
    {"Apia leaves out a day",
     "Pacific/Apia",
     "2011-12-30T09:59:59.999Z",
     "2011-12-29",
     "2011-12-30T10:00:00.000Z"},
    {"the day after that is the next but one",
     "Pacific/Apia",
     "2011-12-30T10:00:00.000Z",
     "2011-12-31",
     "2011-12-31T10:00:00.000Z"},
    {"the last instant of a year",
     "Asia/Shanghai",
     "2026-12-31T15:59:59.999Z",
     "2026-12-31",
     "2026-12-31T16:00:00.000Z"},
    {"the first of the next",
     "Asia/Shanghai",
     "2026-12-31T16:00:00.000Z",
     "2027-01-01",
     "2027-01-01T16:00:00.000Z"},
    {"the day before a leap day",
     "Asia/Shanghai",
     "2028-02-28T15:59:59.999Z",
     "2028-02-28",
     "2028-02-28T16:00:00.000Z"},
    {"a leap day",
     "Europe/Berlin",
     "2028-02-29T12:00:00.000Z",
     "2028-02-29",
     "2028-02-29T23:00:00.000Z"},
    {"no leap day in 2100",
     "UTC",
     "2100-02-28T23:59:59.999Z",
     "2100-02-28",
     "2100-03-01T00:00:00.000Z"},
};

} // namespace

TEST_CASE("each instant lies on its day, and the next midnight is right", "[calendar]") {
    for (const Moment& moment : moments) {
        DYNAMIC_SECTION(moment.what) {
            const Calendar calendar = *Calendar::of_zone(moment.zone);
            const Instant now = at(moment.at);
            CHECK(to_text(calendar.day_of(now)) == moment.day);
            CHECK(to_text(calendar.next_midnight(now)) == moment.midnight);
            const MachineZone zone(moment.zone);
            CHECK(to_text(clock::day_of_machine(now)) == moment.day);
        }
    }
}

TEST_CASE(
    "through a year of any zone each midnight ends one day and begins another", "[calendar]") {
    const auto [zone, year] = GENERATE(table<const char*, int>(
        {{"Europe/Berlin", 2026},
         {"America/New_York", 2026},
         {"Asia/Shanghai", 2026},
         {"Asia/Shanghai", 1990},
         {"Europe/Berlin", 2028},
         {"America/Havana", 2025},
         {"America/Santiago", 2026},
         {"America/Sao_Paulo", 2018},
         {"Australia/Lord_Howe", 2026},
         {"Asia/Beirut", 2022},
         {"Asia/Kathmandu", 2026},
         {"Pacific/Apia", 2011}}));
    CAPTURE(zone, year);
    const Calendar calendar = *Calendar::of_zone(zone);
    const MachineZone machine(zone);
    Instant now = calendar.begin_of(Day{std::chrono::year{year} / 1 / 1});
    const Instant end = calendar.begin_of(Day{std::chrono::year{year + 1} / 1 / 1});
    int days = 0;
    while (now < end) {
        const Instant midnight = calendar.next_midnight(now);
        const auto length = midnight - now;
        REQUIRE((length >= 23h && length <= 25h));
        REQUIRE(calendar.day_of(midnight - 1ms) == calendar.day_of(now));
        REQUIRE(calendar.day_of(midnight) > calendar.day_of(now));
        // From any quarter of an hour of the day the same midnight is next.
        for (Instant quarter = now; quarter < midnight; quarter += 15min) {
            REQUIRE(calendar.next_midnight(quarter) == midnight);
            REQUIRE(clock::day_of_machine(quarter) == calendar.day_of(quarter));
        }
        now = midnight;
        ++days;
    }
    const bool leap = std::chrono::year{year}.is_leap();
    const bool lost_one = std::string_view(zone) == "Pacific/Apia";
    CHECK(days == (leap ? 366 : 365) - (lost_one ? 1 : 0));
}

TEST_CASE("the working day begins by the clock on the wall, whatever its night was", "[calendar]") {
    const Calendar berlin = *Calendar::of_zone("Europe/Berlin");
    const auto [now, day] = GENERATE(table<const char*, const char*>(
        {{"2026-03-29T03:59:59.999Z", "2026-03-28"}, // 05:59:59 in summer time
         {"2026-03-29T04:00:00.000Z", "2026-03-29"},
         {"2026-10-25T04:59:59.999Z", "2026-10-24"}, // 05:59:59 in winter time
         {"2026-10-25T05:00:00.000Z", "2026-10-25"},
         {"2027-01-01T04:59:59.999Z", "2026-12-31"},
         {"2028-03-01T04:59:59.999Z", "2028-02-29"}}));
    CAPTURE(now);
    CHECK(to_text(berlin.working_day_of(at(now), 6)) == day);
}

} // namespace cartwatch::daylight_test
