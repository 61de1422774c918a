#include "daemon/figures/readiness_figures.hpp"
#include "tests/daemon/figures/past_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::readiness_figures_test {

using namespace cartwatch::figures;

namespace {

using std::chrono::hours;

Instant noon(std::string_view text) {
    return china_day_begins(day(text)) + hours(12);
}

} // namespace

TEST_CASE("the readiness rate is of the moment, and of what is asked") {
    Diary diary;
    diary.on("2026-11-01").write(a_listed_cart("OR-1", "OR")).write(a_listed_cart("ED-1", "ED"));
    diary.write(a_listed_cart("ED-2", "ED"), "other-ward");
    diary.on("2026-11-02").check("OR-1", {counted("epi", "A1", "2026-11-05", 5)});

    CHECK(readiness_rate(diary.past(), {}, noon("2026-11-01")) == Rate{0, 3});
    CHECK(readiness_rate(diary.past(), {}, noon("2026-11-02")) == Rate{1, 3});
    CHECK(readiness_rate(diary.past(), {"ward", "", ""}, noon("2026-11-02")) == Rate{1, 2});
    CHECK(readiness_rate(diary.past(), {"", "ED", ""}, noon("2026-11-02")) == Rate{0, 2});
    CHECK(readiness_rate(diary.past(), {"", "", "OR-1"}, noon("2026-11-02")) == Rate{1, 1});
    CHECK(readiness_rate(diary.past(), {"", "", "OR-1"}, noon("2026-11-05")) == Rate{1, 1});
    // Nobody wrote anything: it expired by itself.
    CHECK(readiness_rate(diary.past(), {"", "", "OR-1"}, noon("2026-11-06")) == Rate{0, 1});

    Cart retired = a_listed_cart("OR-1").cart;
    retired.retired = true;
    diary.on("2026-11-03").write(CartDefined{retired});
    CHECK(readiness_rate(diary.past(), {"", "", "OR-1"}, noon("2026-11-04")) == Rate{0, 0});
}

TEST_CASE("a cart that expired between two checks was ready until that midnight") {
    Diary diary;
    diary.on("2026-10-30", 0).write(a_listed_cart("OR-1"));
    diary.on("2026-11-02", 6).check("OR-1", {counted("epi", "A1", "2026-11-05", 5)});
    diary.on("2026-11-07", 18).check("OR-1", {counted("epi", "A2", "2027-11-05", 5)});

    struct Example {
        const char* name;
        const char* from;
        const char* to;
        int ready_hours;
        int total_hours;
    };

    const auto example = GENERATE(values<Example>({
        {"before it was listed", "2026-10-01", "2026-10-30", 0, 0},
        {"listed, never checked", "2026-10-30", "2026-11-01", 0, 48},
        {"the day of the check, from six on", "2026-11-02", "2026-11-03", 18, 24},
        {"the last usable day", "2026-11-05", "2026-11-06", 24, 24},
        {"the day after", "2026-11-06", "2026-11-07", 0, 24},
        {"the day of the next check", "2026-11-07", "2026-11-08", 6, 24},
        {"all of it", "2026-10-30", "2026-11-08", 18 + 72 + 6, 9 * 24},
        {"until the next check is due, and a day", "2026-11-14", "2026-11-16", 24, 48},
        {"no days at all", "2026-11-05", "2026-11-05", 0, 0},
        {"backwards", "2026-11-06", "2026-11-05", 0, 0},
    }));

    DYNAMIC_SECTION(example.name) {
        const TimeReady figure =
            time_ready(diary.past(), {}, {day(example.from), day(example.to)}, much_later);
        CHECK(figure.ready == hours(example.ready_hours));
        CHECK(figure.total == hours(example.total_hours));
    }
}

TEST_CASE("time that is still to come is nobody's: a period ends at the question") {
    Diary diary;
    diary.on("2026-11-01", 0).write(a_listed_cart("OR-1"));
    diary.on("2026-11-02", 6).check("OR-1", {counted("epi", "A1", "2026-12-31", 5)});
    const Period two_days{day("2026-11-02"), day("2026-11-04")};

    struct Example {
        const char* name;
        const char* asked; // UTC; the days of the period begin at 16:00 the day before
        int ready_minutes;
        int total_minutes;
    };

    const auto example = GENERATE(values<Example>({
        {"years before", "1990-01-01T00:00:00.000Z", 0, 0},
        {"a minute before it begins", "2026-11-01T15:59:00.000Z", 0, 0},
        {"as it begins", "2026-11-01T16:00:00.000Z", 0, 0},
        {"a minute after", "2026-11-01T16:01:00.000Z", 0, 1},
        {"at the signature", "2026-11-01T22:00:00.000Z", 0, 6 * 60},
        {"a minute after it", "2026-11-01T22:01:00.000Z", 1, 6 * 60 + 1},
        {"a minute before the end", "2026-11-03T15:59:00.000Z", 42 * 60 - 1, 48 * 60 - 1},
        {"at the end", "2026-11-03T16:00:00.000Z", 42 * 60, 48 * 60},
        {"a minute later", "2026-11-03T16:01:00.000Z", 42 * 60, 48 * 60},
        {"years later", "2060-01-01T00:00:00.000Z", 42 * 60, 48 * 60},
    }));

    DYNAMIC_SECTION(example.name) {
        const TimeReady figure = time_ready(diary.past(), {}, two_days, instant(example.asked));
        CHECK(figure.ready == std::chrono::minutes(example.ready_minutes));
        CHECK(figure.total == std::chrono::minutes(example.total_minutes));
    }
}

TEST_CASE("what a clock dated ahead happened no later than the word that put it right") {
    Diary diary;
    diary.on("2026-11-01", 0).write(a_listed_cart("OR-1"));
    diary.on("2026-11-01", 6).check("OR-1", {counted("epi", "A1", "2030-12-31", 5)});
    diary.on("2029-01-01", 0).write(DayJudged{day("2029-01-01")});
    diary.on("2029-01-01", 1).check("OR-1", {counted("epi", "A1", "2030-12-31", 5)});
    diary.on("2026-11-03", 12).correct("2026-11-03");
    diary.on("2026-11-04", 12).check("OR-1", {counted("epi", "A1", "2030-12-31", 5)});

    const auto hours_ready = [&](const char* from, const char* to) {
        const Period period{day(from), day(to)};
        return time_ready(diary.past(), {}, period, much_later).ready / hours(1);
    };
    CHECK(hours_ready("2026-11-01", "2026-11-02") == 18);
    CHECK(hours_ready("2026-11-03", "2026-11-04") == 12); // the check of 2029 is none any more
    CHECK(hours_ready("2026-11-04", "2026-11-05") == 12);
    CHECK(hours_ready("2026-11-05", "2026-11-06") == 24);
    CHECK(hours_ready("2029-01-01", "2029-01-02") == 0);
    CHECK(readiness_rate(diary.past(), {}, noon("2026-11-02")) == Rate{1, 1});
}

TEST_CASE("a substitute is in order, and ahead of its end, while it may lie there") {
    Diary diary;
    diary.on("2026-11-01", 0).write(a_listed_cart("OR-1"));
    Substitution word;
    word.product = "epi";
    word.substitute = "nor";
    word.until = day("2026-11-04");
    diary.write(SubstitutionPublished{word}, "pharmacy");
    LineCounted other = counted("epi", "N1", "2026-11-20", 5);
    other.holding.product = "nor";
    diary.on("2026-11-01", 6).check("OR-1", {other});

    CHECK(readiness_rate(diary.past(), {}, noon("2026-11-03")) == Rate{1, 1});
    CHECK(readiness_rate(diary.past(), {}, noon("2026-11-04")) == Rate{1, 1});
    CHECK(readiness_rate(diary.past(), {}, noon("2026-11-05")) == Rate{0, 1});
    CHECK(
        time_ready(diary.past(), {}, {day("2026-11-01"), day("2026-11-07")}, much_later).ready
        == hours(18 + 3 * 24));
    const auto forecast = expiry_forecast(diary.past(), {}, noon("2026-11-04"));
    REQUIRE(forecast.size() == 1);
    CHECK(forecast[0] == ExpiryAhead{"ward", "OR-1", "nor", "N1", day("2026-11-20"), 5, 30});
    // To be taken out: nothing that could still be used.
    CHECK(expiry_forecast(diary.past(), {}, noon("2026-11-05")).empty());
}

TEST_CASE("months, weeks and leap days are days like any other; a day may have 23 hours") {
    Diary diary;
    // Somewhere the clocks go forward on the night to 2028-03-26.
    diary.day_begins = [](Day asked) {
        return Instant(asked) - hours(asked > day("2028-03-26") ? 2 : 1);
    };
    diary.on("2028-02-01", 0).write(a_listed_cart("OR-1"));
    Policy policy;
    policy.check_interval_days = 300;
    diary.write(PolicyChanged{policy});
    diary.on("2028-02-01", 0).check("OR-1", {counted("epi", "A1", "2028-02-29", 5)});
    diary.on("2028-03-10", 0).check("OR-1", {counted("epi", "A2", "2028-12-31", 5)});

    const auto ready = [&](const char* from, const char* to) {
        return time_ready(diary.past(), {}, {day(from), day(to)}, much_later).ready;
    };
    CHECK(ready("2028-02-01", "2028-03-01") == hours(29 * 24));
    CHECK(ready("2028-02-28", "2028-03-02") == hours(48)); // 28 and 29 February
    CHECK(ready("2028-03-01", "2028-04-01") == hours(22 * 24 - 1));
    CHECK(ready("2028-03-26", "2028-03-27") == hours(23));
}

TEST_CASE("a cart that a shift did not hand over was ready until that shift's end") {
    Policy policy;
    policy.shift_hours = {0, 8, 16};
    policy.handover_each_shift = true;
    policy.check_interval_days = 60;
    policy.near_expiry_days = {};
    Diary diary;
    diary.shifts_at = china_shifts;
    diary.on("2026-11-01", 0).write(PolicyChanged{policy}, "pharmacy").write(a_listed_cart("OR-1"));
    diary.on("2026-11-01", 7)
        .check("OR-1", {counted("epi", "A1", "2027-12-31", 5), SealRead{"S1"}});
    const Period that_day{day("2026-11-01"), day("2026-11-02")};
    const auto hours_ready = [&] {
        return time_ready(diary.past(), {}, that_day, much_later).ready / hours(1);
    };
    SECTION("nobody did") {
        CHECK(hours_ready() == 9); // from seven to sixteen
    }
    SECTION("the next one did") {
        diary.on("2026-11-01", 15).check_seal("OR-1", "S1", CheckKind::handover);
        CHECK(hours_ready() == 17);
    }
    SECTION("the one after it did, an hour late") {
        diary.on("2026-11-01", 17).check_seal("OR-1", "S1", CheckKind::handover);
        CHECK(hours_ready() == 16);
    }
    SECTION("no shift was asked to") {
        diary.on("2026-11-01", 8).write(PolicyChanged{Policy{}}, "pharmacy");
        CHECK(hours_ready() == 17);
    }
}

TEST_CASE("lines are proved as well as the weakest of their lots") {
    Diary diary;
    Cart cart = a_cart("OR-1");
    for (const char* id : {"a", "b", "c", "d", "e"}) {
        cart.lines.push_back(a_line("epi", id));
    }
    diary.on("2026-11-01").write(CartDefined{cart});
    diary.on("2026-11-02")
        .check(
            "OR-1",
            {counted("a", "A1", "2027-01-01", 1),
             counted("b", "A1", "2027-01-01", 1),
             counted("b", "A2", "2027-01-01", 1, Evidence::slot),
             counted("c", "A1", "2027-01-01", 1, Evidence::typed),
             counted("c", "A2", "2027-01-01", 1, Evidence::slot),
             counted("d", "A1", "2027-01-01", 1, Evidence::sealed)},
            {"e"});

    CHECK(proved_share(diary.past(), {}, noon("2026-11-02")) == ProvedShare{1, 1, 1, 1, 1});
    CHECK(proved_share(diary.past(), {}, noon("2026-11-01")) == ProvedShare{0, 0, 0, 0, 5});
    CHECK(proved_share(diary.past(), {"", "", "ED-1"}, noon("2026-11-02")) == ProvedShare{});
}

TEST_CASE("an unbroken seal proves what lies behind it, from then on") {
    Diary diary;
    diary.on("2026-11-01").write(a_listed_cart("OR-1"));
    diary.on("2026-11-02")
        .check(
            "OR-1",
            {counted("epi", "A1", "2027-01-01", 1, Evidence::slot),
             counted(
                 "epi", "A0", "2027-01-01", 0, Evidence::typed), // a lot without units proves none
             SealRead{"S1"}});
    diary.on("2026-11-03").check_seal("OR-1", "S1");

    CHECK(proved_share(diary.past(), {}, noon("2026-11-02")) == ProvedShare{0, 1, 0, 0, 0});
    CHECK(proved_share(diary.past(), {}, noon("2026-11-03")) == ProvedShare{0, 0, 0, 1, 0});
}

TEST_CASE("the forecast holds what will expire, by the narrowest of its spans") {
    struct Example {
        const char* name;
        int days_left;
        int within; // 0: not in the forecast
    };

    const auto example = GENERATE(values<Example>({
        {"expired yesterday", -1, 0},
        {"ends today", 0, 30},
        {"29 days", 29, 30},
        {"30 days", 30, 30},
        {"31 days", 31, 60},
        {"60 days", 60, 60},
        {"61 days", 61, 90},
        {"90 days", 90, 90},
        {"91 days", 91, 180},
        {"180 days", 180, 180},
        {"181 days", 181, 0},
        {"a century", 36'500, 0},
    }));

    DYNAMIC_SECTION(example.name) {
        const Day today = day("2028-02-01"); // 29 February lies ahead
        const Day last = today + std::chrono::days(example.days_left);
        Diary diary;
        diary.on("2028-01-30").write(a_listed_cart("OR-1"));
        diary.on("2028-02-01").check("OR-1", {counted("epi", "A1", cartwatch::to_text(last), 4)});
        const auto forecast = expiry_forecast(diary.past(), {}, noon("2028-02-01"));
        REQUIRE(forecast.size() == (example.within == 0 ? 0 : 1));
        if (example.within != 0) {
            CHECK(
                forecast.front()
                == ExpiryAhead{"ward", "OR-1", "epi", "A1", last, 4, example.within});
        }
    }
}

TEST_CASE("a forecast counts what can still be used, in the order in which it ends") {
    Diary diary;
    diary.on("2026-11-01").write(a_listed_cart("OR-1")).write(a_listed_cart("OR-2"));
    LineCounted part_damaged = counted("epi", "B", "2026-11-20", 5);
    part_damaged.holding.damaged = 3;
    diary.check("OR-1", {counted("epi", "A", "2026-12-20", 2), part_damaged});
    diary.check(
        "OR-2", {counted("epi", "B", "2026-11-20", 1), counted("epi", "C", "2026-11-05", 9)});
    diary.write(RecallIssued{{"epi", "C"}, "glass"}, "pharmacy");

    const auto forecast = expiry_forecast(diary.past(), {}, noon("2026-11-01"));
    REQUIRE(forecast.size() == 3);
    CHECK(forecast[0] == ExpiryAhead{"ward", "OR-1", "epi", "B", day("2026-11-20"), 2, 30});
    CHECK(forecast[1] == ExpiryAhead{"ward", "OR-2", "epi", "B", day("2026-11-20"), 1, 30});
    CHECK(forecast[2] == ExpiryAhead{"ward", "OR-1", "epi", "A", day("2026-12-20"), 2, 60});
}

TEST_CASE("what an emergency takes counts from the scan on, signed for or not") {
    Diary diary;
    diary.on("2026-11-01", 0).write(a_listed_cart("OR-1"));
    diary.check("OR-1", {counted("epi", "A1", "2027-12-31", 5)});
    diary.on("2026-11-02", 6).write(CheckOpened{"use", "OR-1", CheckKind::after_use, "N1"});
    UnitsUsed used;
    used.line = "epi";
    used.quantity = 1;
    diary.on("2026-11-02", 8).write(CheckStepped{"use", 1, "N1", used});

    CHECK(readiness_rate(diary.past(), {}, noon("2026-11-01")) == Rate{1, 1});
    CHECK(readiness_rate(diary.past(), {}, noon("2026-11-02")) == Rate{0, 1});
    const auto forecast = expiry_forecast(diary.past(), {}, noon("2027-12-01"));
    REQUIRE(forecast.size() == 1);
    CHECK(forecast.front().quantity == 4);
    // Opened for an emergency and not gone through since: nobody knows.
    const Period monday{day("2026-11-02"), day("2026-11-03")};
    CHECK(time_ready(diary.past(), {}, monday, much_later).ready == hours(6));
}

TEST_CASE("a check that turns into one of the seal has not broken it: ready from then on") {
    Diary diary;
    diary.on("2026-11-01", 0).write(a_listed_cart("OR-1"));
    diary.check("OR-1", {counted("epi", "A1", "2027-12-31", 5), SealRead{"S1"}});
    diary.on("2026-11-03", 6).write(CheckOpened{"c", "OR-1", CheckKind::full, "N1"});
    diary.on("2026-11-03", 8).write(CheckTurned{"c", CheckKind::sealed, "N1"});
    diary.on("2026-11-03", 10).write(CheckStepped{"c", 1, "N1", SealRead{"S1"}});
    diary.on("2026-11-03", 11).write(CheckCancelled{"c", "OR-1", "N1"});
    const Period that_day{day("2026-11-03"), day("2026-11-04")};
    CHECK(time_ready(diary.past(), {}, that_day, much_later).ready == hours(22));
}

TEST_CASE("what a ward without a link recorded counts when it happened, not when it arrived") {
    Diary diary;
    diary.on("2026-11-01", 0).write(a_listed_cart("OR-1"));
    diary.write(a_listed_cart("ED-1"), "far-ward");
    diary.on("2026-11-05", 0).check("OR-1", {counted("epi", "A1", "2027-12-31", 5)});
    Diary far;
    far.on("2026-11-02", 0).check("ED-1", {counted("epi", "A1", "2027-12-31", 5)});
    for (Recorded& entry : far.entries) {
        entry.node = "far-ward";
        diary.entries.push_back(std::move(entry)); // the link is back
    }

    const Scope far_cart{"", "", "ED-1"};
    CHECK(
        time_ready(diary.past(), far_cart, {day("2026-11-01"), day("2026-11-05")}, much_later).ready
        == hours(3 * 24));
    CHECK(readiness_rate(diary.past(), far_cart, noon("2026-11-03")) == Rate{1, 1});
    CHECK(readiness_rate(diary.past(), far_cart, noon("2026-11-01")) == Rate{0, 1});
}

} // namespace cartwatch::readiness_figures_test
