// What all figures together are asked of: a period that is over, one that is not, and its last day.
#include "daemon/figures/summary.hpp"
#include "tests/daemon/figures/past_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::summary_test {

using namespace cartwatch::figures;
using std::chrono::hours;

namespace {

// Due again on the 8th, checked on the 9th; what it holds is good through the 30th.
Diary late_in_november() {
    Diary diary;
    diary.on("2026-11-01", 7).write(a_listed_cart("OR-1"));
    diary.check("OR-1", {counted("epi", "A1", "2026-11-30", 5)});
    diary.on("2026-11-09", 7).check("OR-1", {counted("epi", "A1", "2026-11-30", 5)});
    return diary;
}

} // namespace

TEST_CASE("what is of a moment is of the last one of the days, or of now") {
    const Diary diary = late_in_november();
    const Period november{day("2026-11-01"), day("2026-12-01")};
    const Instant end = china_day_begins(day("2026-12-01"));

    struct Example {
        const char* name;
        Instant now;
        Instant as_of;
        int in_order;
    };

    const std::chrono::milliseconds moment(1);
    const auto example = GENERATE_COPY(values<Example>({
        {"long over", end + hours(1'000), end - moment, 1},
        {"over", end, end - moment, 1},
        {"its last moment", end - moment, end - moment, 1},
        {"the moment before that", end - 2 * moment, end - 2 * moment, 1},
        {"its first moment", end - hours(30 * 24), end - hours(30 * 24), 0},
    }));

    DYNAMIC_SECTION(example.name) {
        const Summary summary = summary_of(diary.past(), {}, november, example.now);
        CHECK(summary.as_of == example.as_of);
        // Good through the 30th, and that is still it.
        CHECK(summary.rate.in_order == example.in_order);
        CHECK(summary.forecast.size() == static_cast<std::size_t>(example.in_order));
        CHECK(summary.proved.scanned == example.in_order);
    }
}

TEST_CASE("what a check was in the end is told of days that are over") {
    const Diary diary = late_in_november();
    const Period week{day("2026-11-02"), day("2026-11-09")};
    const auto asked = [&](const char* text, int hour) {
        const Instant now = china_day_begins(day(text)) + hours(hour);
        return summary_of(diary.past(), {}, week, now).on_time;
    };
    CHECK(asked("2026-11-08", 23) == OnTime{});
    CHECK(asked("2026-11-10", 0) == OnTime{0, 1, 0, 0}); // done on the 9th, when the days were over
}

TEST_CASE("a summary holds every figure as it is for itself") {
    const Diary diary = late_in_november();
    const Past past = diary.past();
    const Period days{day("2026-11-01"), day("2026-11-20")};
    const Scope scope{"", "", "OR-1"};
    const Instant now = china_day_begins(day("2026-11-15"));
    const Summary summary = summary_of(past, scope, days, now);
    CHECK(summary.rate == readiness_rate(past, scope, now));
    CHECK(summary.time_ready == time_ready(past, scope, days, now));
    CHECK(summary.time_ready.total == hours(14 * 24 - 7));
    CHECK(summary.on_time == on_time_checks(past, scope, days, day("2026-11-15")));
    CHECK(summary.proved == proved_share(past, scope, now));
    CHECK(summary.overrides == overrides(past, scope, days));
    CHECK(summary.alerts == alert_times(past, scope, days));
    CHECK(summary.forecast == expiry_forecast(past, scope, now));
}

} // namespace cartwatch::summary_test
