#include "daemon/figures/alert_figures.hpp"
#include "tests/daemon/figures/past_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::alert_figures_test {

using namespace cartwatch::figures;

namespace {

using std::chrono::minutes;

const AlertKey key{"OR-1", "epi"};
const Period november{day("2026-11-01"), day("2026-12-01")};

AlertNeed a_need(Severity severity) {
    AlertNeed need;
    need.line = "epi";
    need.severity = severity;
    need.quantity = 1;
    return need;
}

Diary with_cart() {
    Diary diary;
    diary.on("2026-10-01").write(a_listed_cart("OR-1", "OR"));
    return diary;
}

} // namespace

TEST_CASE("the median and the 90th percentile of so many restocks") {
    struct Example {
        const char* name;
        std::vector<int> taken; // minutes, in the order of the alerts
        int median;             // seconds
        int ninetieth;          // minutes
    };

    const auto example = GENERATE(values<Example>({
        {"one", {7}, 420, 7},
        {"two: the mean of both", {7, 4}, 330, 7},
        {"three, in no order", {9, 1, 5}, 300, 9},
        {"nine: the last is the 90th percentile", {9, 8, 7, 6, 5, 4, 3, 2, 1}, 300, 9},
        {"ten: the ninth is", {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 330, 9},
        {"eleven: the tenth is", {11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 360, 10},
    }));

    DYNAMIC_SECTION(example.name) {
        Diary diary = with_cart();
        Instant start = instant("2026-11-10T00:00:00.000Z");
        int episode = 0;
        for (const int taken : example.taken) {
            diary.at(start).write(AlertRaised{key, ++episode, a_need(Severity::high)});
            diary.at(start + minutes(taken)).write(AlertClosed{key, episode, true});
            start += minutes(60);
        }
        const Waiting waiting =
            alert_times(diary.past(), {}, november).to_restock.at(Severity::high);
        CHECK(waiting.over == static_cast<int>(example.taken.size()));
        CHECK(waiting.still == 0);
        CHECK(waiting.median == std::chrono::seconds(example.median));
        CHECK(waiting.ninetieth == minutes(example.ninetieth));
    }
}

TEST_CASE("an alert is accepted once, restocked once, and each severity is its own") {
    Diary diary = with_cart();
    const Instant start = instant("2026-11-10T00:00:00.000Z");
    diary.at(start).write(AlertRaised{key, 1, a_need(Severity::critical)});
    diary.at(start + minutes(5)).write(AlertAccepted{"ward", key, 1, "P1", {}, 0}, "pharmacy");
    diary.at(start + minutes(6)).write(AlertHandedBack{"ward", key, 1, "P1"}, "pharmacy");
    diary.at(start + minutes(9)).write(AlertAccepted{"ward", key, 1, "P2", {}, 0}, "pharmacy");
    diary.at(start + minutes(10)).write(AlertChanged{key, 1, a_need(Severity::normal)});

    AlertTimes times = alert_times(diary.past(), {}, november);
    CHECK(times.to_accept.at(Severity::critical) == Waiting{1, 0, minutes(5), minutes(5)});
    CHECK(times.to_restock.at(Severity::critical) == Waiting{0, 1, {}, {}});
    CHECK(times.to_accept.size() == 1);

    SECTION("withdrawn: nobody restocked anything, and nobody waits") {
        diary.at(start + minutes(20)).write(AlertClosed{key, 1, false});
        times = alert_times(diary.past(), {}, november);
        CHECK(times.to_restock.empty());
        CHECK(times.to_accept.at(Severity::critical).over == 1);
    }
    SECTION("an answer to another episode is none to this one") {
        diary.at(start + minutes(20)).write(AlertClosed{key, 2, true});
        times = alert_times(diary.past(), {}, november);
        CHECK(times.to_restock.at(Severity::critical).still == 1);
    }
    SECTION("resolved before anybody accepted it") {
        diary.at(start + minutes(20)).write(AlertClosed{key, 1, true});
        diary.at(start + minutes(30)).write(AlertRaised{key, 2, a_need(Severity::normal)});
        diary.at(start + minutes(31)).write(AlertClosed{key, 2, true});
        times = alert_times(diary.past(), {}, november);
        CHECK_FALSE(times.to_accept.contains(Severity::normal));
        CHECK(times.to_restock.at(Severity::normal) == Waiting{1, 0, minutes(1), minutes(1)});
    }
    SECTION("a clock that went back stands still") {
        diary.at(start - minutes(20)).write(AlertClosed{key, 1, true});
        times = alert_times(diary.past(), {}, november);
        CHECK(times.to_restock.at(Severity::critical).median == minutes(10));
    }
    SECTION("a pharmacy whose clock is behind makes no negative time") {
        diary.at(start).write(AlertRaised{{"OR-1", "blade"}, 1, a_need(Severity::high)});
        diary.at(start - minutes(20));
        diary.write(AlertAccepted{"ward", {"OR-1", "blade"}, 1, "P1", {}, 0}, "late pharmacy");
        times = alert_times(diary.past("late pharmacy"), {}, november);
        CHECK(times.to_accept.at(Severity::high) == Waiting{1, 0, minutes(0), minutes(0)});
    }
}

TEST_CASE("an alert belongs to the period in which it was raised") {
    Diary diary = with_cart();
    diary.on("2026-10-31", 23).write(AlertRaised{key, 1, a_need(Severity::high)});
    diary.on("2026-11-01", 0).write(AlertClosed{key, 1, true});
    diary.write(AlertRaised{key, 2, a_need(Severity::high)});
    diary.on("2026-12-01", 0).write(AlertClosed{key, 2, true});
    diary.write(AlertRaised{key, 3, a_need(Severity::high)});

    const AlertTimes times = alert_times(diary.past(), {}, november);
    CHECK(times.to_restock.at(Severity::high).over == 1);
    CHECK(times.to_restock.at(Severity::high).median == std::chrono::hours(24 * 30));
    CHECK(
        alert_times(diary.past(), {}, {november.from, november.from + std::chrono::days(1)})
            .to_restock.at(Severity::high)
            .over
        == 1);
    CHECK(alert_times(diary.past(), {}, {november.from, november.from}) == AlertTimes{});
    CHECK(alert_times(diary.past(), {}, {november.to, november.from}) == AlertTimes{});
    CHECK(alert_times(diary.past(), {"", "ED", ""}, november) == AlertTimes{});
    CHECK(alert_times(diary.past(), {"other", "", ""}, november) == AlertTimes{});
}

TEST_CASE("what is sent unasked is accepted by being sent; what was not seen is not answered") {
    Diary diary = with_cart();
    const Instant start = instant("2026-11-10T00:00:00.000Z");
    diary.at(start).write(AlertRaised{key, 1, a_need(Severity::high)});
    AlertNeed worse = a_need(Severity::high);
    worse.quantity = 4;
    diary.at(start + minutes(2)).write(AlertChanged{key, 1, worse});
    const std::int64_t seen = diary.entries.back().seq;
    // The pharmacy had not heard that it got worse.
    diary.at(start + minutes(3))
        .write(AlertAccepted{"ward", key, 1, "P1", {}, seen - 1}, "pharmacy");
    CHECK(
        alert_times(diary.past(), {}, november).to_accept.at(Severity::high)
        == Waiting{0, 1, {}, {}});

    AlertDispatched sent;
    sent.node = "ward";
    sent.key = key;
    sent.episode = 1;
    sent.by = "P1";
    sent.seen_seq = seen;
    diary.at(start + minutes(7)).write(sent, "pharmacy");
    CHECK(
        alert_times(diary.past(), {}, november).to_accept.at(Severity::high)
        == Waiting{1, 0, minutes(7), minutes(7)});
}

} // namespace cartwatch::alert_figures_test
