#include "daemon/figures/check_figures.hpp"
#include "tests/daemon/figures/past_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::check_figures_test {

using namespace cartwatch::figures;

namespace {

// Listed and checked on 1 November, a Sunday; due a week later.
Diary checked_on(const std::vector<const char*>& days) {
    Diary diary;
    diary.on("2026-11-01", 7).write(a_listed_cart("OR-1", "OR"));
    for (const char* text : days) {
        diary.on(text, 9).check("OR-1", {counted("epi", "A1", "2027-12-31", 5)});
    }
    return diary;
}

const Period november{day("2026-11-01"), day("2026-12-01")};

} // namespace

TEST_CASE("a check is on time until its due date is over, then late, then missed") {
    struct Example {
        const char* name;
        std::vector<const char*> checks;
        const char* today;
        OnTime expected; // on time, late, missed, open
    };

    const auto example = GENERATE(values<Example>({
        {"on the due date", {"2026-11-01", "2026-11-08"}, "2026-11-09", {2, 0, 0, 0}},
        {"a day after", {"2026-11-01", "2026-11-09"}, "2026-11-10", {1, 1, 0, 0}},
        {"on the last day before it counts as missed",
         {"2026-11-01", "2026-11-15"},
         "2026-11-16",
         {1, 1, 0, 0}},
        {"a day later: one missed, one late",
         {"2026-11-01", "2026-11-16"},
         "2026-11-17",
         {1, 1, 1, 0}},
        {"not due yet: the due date is today", {"2026-11-01"}, "2026-11-08", {1, 0, 0, 0}},
        {"past due, nothing lost yet", {"2026-11-01"}, "2026-11-09", {1, 0, 0, 1}},
        {"on the day on which it may still be late", {"2026-11-01"}, "2026-11-15", {1, 0, 0, 1}},
        {"missed, and the next past due", {"2026-11-01"}, "2026-11-16", {1, 0, 1, 1}},
        {"every day: one due date a week",
         {"2026-11-01",
          "2026-11-02",
          "2026-11-03",
          "2026-11-04",
          "2026-11-05",
          "2026-11-06",
          "2026-11-07",
          "2026-11-08"},
         "2026-11-09",
         {2, 0, 0, 0}},
        {"never: due on the day on which it was listed", {}, "2026-11-02", {0, 0, 0, 1}},
        {"first checked the day after", {"2026-11-02"}, "2026-11-03", {0, 1, 0, 0}},
    }));

    DYNAMIC_SECTION(example.name) {
        const Diary diary = checked_on(example.checks);
        CHECK(on_time_checks(diary.past(), {}, november, day(example.today)) == example.expected);
        CHECK(
            on_time_checks(diary.past(), {"", "ED", ""}, november, day(example.today)) == OnTime{});
    }
}

TEST_CASE("a due date belongs to the period that holds it") {
    const Diary diary =
        checked_on({"2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22", "2026-11-29"});
    const Day today = day("2027-01-01");
    CHECK(on_time_checks(diary.past(), {}, november, today) == OnTime{5, 0, 0, 0});
    CHECK(
        on_time_checks(diary.past(), {}, {day("2026-11-08"), day("2026-11-15")}, today)
        == OnTime{1, 0, 0, 0});
    CHECK(
        on_time_checks(diary.past(), {}, {day("2026-11-09"), day("2026-11-15")}, today)
        == OnTime{});
    CHECK(
        on_time_checks(diary.past(), {}, {day("2026-11-08"), day("2026-11-09")}, today)
        == OnTime{1, 0, 0, 0});
    CHECK(
        on_time_checks(diary.past(), {}, {day("2026-11-15"), day("2026-11-08")}, today)
        == OnTime{});
    // Asked before anything was: nothing was due.
    CHECK(on_time_checks(diary.past(), {}, november, day("1990-01-01")) == OnTime{});
    // 6, 13 and 20 December are over; that of the 27th may still be late.
    CHECK(
        on_time_checks(diary.past(), {}, {day("2026-12-01"), day("2027-01-01")}, today)
        == OnTime{0, 0, 3, 1});
}

TEST_CASE("a retired cart owes nothing, and the interval is the one in force") {
    Diary diary = checked_on({"2026-11-01"});
    Policy monthly;
    monthly.check_interval_days = 30;
    SECTION("retired before the due date") {
        Cart gone = a_listed_cart("OR-1", "OR").cart;
        gone.retired = true;
        diary.on("2026-11-05").write(CartDefined{gone});
        CHECK(on_time_checks(diary.past(), {}, november, day("2026-12-01")) == OnTime{1, 0, 0, 0});
    }
    SECTION("the pharmacy publishes another interval") {
        diary.on("2026-11-08", 8).write(PolicyChanged{monthly}, "pharmacy");
        diary.on("2026-11-08", 9).check("OR-1", {counted("epi", "A1", "2027-12-31", 5)});
        CHECK(on_time_checks(diary.past(), {}, november, day("2026-12-01")) == OnTime{2, 0, 0, 0});
        CHECK(
            on_time_checks(diary.past(), {}, {november.from, day("2027-01-01")}, day("2026-12-09"))
            == OnTime{2, 0, 0, 1});
    }
}

TEST_CASE("a cart that is listed again owes nothing for the time between") {
    Diary diary = checked_on({"2026-11-01"});
    Cart cart = a_listed_cart("OR-1", "OR").cart;
    cart.retired = true;
    diary.on("2026-11-05").write(CartDefined{cart});
    const char* again = GENERATE("2026-11-06", "2026-11-08", "2026-11-09", "2027-06-01");
    diary.on(again).write(a_listed_cart("OR-1", "OR"));
    DYNAMIC_SECTION("again on " << again) {
        // Its check of the 1st holds until the 8th; later than that it is due at once.
        const Day due = std::max(day(again), day("2026-11-08"));
        const Period ever{day("2026-01-01"), day("2028-01-01")};
        CHECK(on_time_checks(diary.past(), {}, ever, due) == OnTime{1, 0, 0, 0});
        const OnTime later = on_time_checks(diary.past(), {}, ever, due + std::chrono::days(1));
        CHECK(later == OnTime{1, 0, 0, 1});
        CHECK(later.due() == 2);
    }
}

TEST_CASE("a cart that moves owes to the station where it stands") {
    Diary diary = checked_on({"2026-11-01"});
    diary.on("2026-11-08", 7).write(a_listed_cart("OR-1", "ED"));
    const Day today = day("2026-11-10");
    CHECK(on_time_checks(diary.past(), {"", "OR", ""}, november, today) == OnTime{1, 0, 0, 0});
    CHECK(on_time_checks(diary.past(), {"", "ED", ""}, november, today) == OnTime{0, 0, 0, 1});
    CHECK(on_time_checks(diary.past(), {}, november, today) == OnTime{1, 0, 0, 1});
}

TEST_CASE("a check on a day that never was is none") {
    Diary diary = checked_on({"2026-11-01"});
    diary.on("2029-01-01", 9).check("OR-1", {counted("epi", "A1", "2030-12-31", 5)});
    diary.on("2026-11-07", 9).correct("2026-11-07");
    const Period ever{day("2026-01-01"), day("2030-01-01")};
    CHECK(on_time_checks(diary.past(), {}, ever, day("2026-11-10")) == OnTime{1, 0, 0, 1});
    CHECK(overrides(diary.past(), {}, ever).lines == 1);
    diary.on("2026-11-08", 9).check("OR-1", {counted("epi", "A1", "2030-12-31", 5)});
    CHECK(on_time_checks(diary.past(), {}, ever, day("2026-11-10")) == OnTime{2, 0, 0, 0});
    CHECK(overrides(diary.past(), {}, ever).lines == 2);
}

TEST_CASE("the end of a check that never began is none") {
    Diary diary = checked_on({"2026-11-01"});
    CheckClosed closed;
    closed.check = "ward/unheard-of";
    closed.cart = "OR-1";
    closed.by = "N1";
    closed.working_day = day("2026-11-08");
    diary.on("2026-11-08").write(closed);
    CHECK(on_time_checks(diary.past(), {}, november, day("2026-11-10")) == OnTime{1, 0, 0, 1});
    CHECK(overrides(diary.past(), {}, november).lines == 1);
}

TEST_CASE("a check counts on the day that was right, and not on a later one") {
    for (const auto& [right, checks] :
         {std::pair("2026-11-07", 1), {"2026-11-08", 2}, {"2026-11-09", 2}}) {
        DYNAMIC_SECTION("it is " << right) {
            Diary diary = checked_on({"2026-11-01", "2026-11-08"});
            diary.on(right, 10).correct(right);
            CHECK(on_time_checks(diary.past(), {}, november, day("2026-11-09")).on_time == checks);
            CHECK(overrides(diary.past(), {}, november).lines == checks);
        }
    }
}

TEST_CASE("a check belongs to the period of its working day") {
    struct Example {
        const char* name;
        const char* from;
        const char* to; // not in it
        int lines;
    };

    const auto example = GENERATE(values<Example>({
        {"ends the day before", "2026-11-01", "2026-11-08", 0},
        {"ends with it", "2026-11-01", "2026-11-09", 1},
        {"begins with it", "2026-11-08", "2026-12-01", 1},
        {"begins the day after", "2026-11-09", "2026-12-01", 0},
        {"no days", "2026-11-08", "2026-11-08", 0},
        {"backwards", "2026-11-09", "2026-11-08", 0},
        {"centuries", "1900-01-01", "2100-01-01", 1},
    }));

    DYNAMIC_SECTION(example.name) {
        const Diary diary = checked_on({"2026-11-08"});
        const Period period{day(example.from), day(example.to)};
        CHECK(overrides(diary.past(), {}, period).lines == example.lines);
    }
}

TEST_CASE("overrides are lines typed or left out, per hundred lines") {
    Diary diary;
    Cart cart = a_cart("OR-1");
    for (const char* id : {"a", "b", "c", "d"}) {
        cart.lines.push_back(a_line("epi", id));
    }
    diary.on("2026-10-31").write(CartDefined{cart});
    diary.on("2026-11-30", 23)
        .check(
            "OR-1",
            {counted("a", "A1", "2027-01-01", 1),
             counted("a", "A0", "2027-01-01", 0, Evidence::typed), // nothing of it is there
             counted("b", "A1", "2027-01-01", 1, Evidence::typed),
             counted("c", "A1", "2027-01-01", 1, Evidence::slot)},
            {"d"});

    const Overrides figure = overrides(diary.past(), {}, november);
    CHECK(figure == Overrides{1, 1, 4});
    CHECK(overrides(diary.past(), {"", "", "ED-1"}, november) == Overrides{});
    CHECK(figure.per_hundred_lines() == Approx(50.0));
    CHECK(
        overrides(diary.past(), {}, {day("2026-12-01"), day("2027-01-01")}) == Overrides{0, 0, 0});
    CHECK(Overrides{}.per_hundred_lines() == Approx(0.0));
}

TEST_CASE("a check of the seal puts the due date off where the policy has it count") {
    for (const bool counts : {false, true}) {
        Diary diary;
        Policy policy;
        policy.sealed_counts_as_weekly = counts;
        policy.sealed_within_days = 10;
        diary.on("2026-11-01", 7).write(a_listed_cart("OR-1")).write(PolicyChanged{policy});
        diary.check("OR-1", {counted("epi", "A1", "2027-12-31", 5), SealRead{"S1"}});
        diary.on("2026-11-07", 7).check_seal("OR-1", "S1");
        DYNAMIC_SECTION((counts ? "it counts" : "it does not")) {
            // Due on the 8th; or kept on the 7th, and due when the full check is ten days old.
            CHECK(
                on_time_checks(diary.past(), {}, november, day("2026-11-10"))
                == (counts ? OnTime{2, 0, 0, 0} : OnTime{1, 0, 0, 1}));
            CHECK(
                on_time_checks(diary.past(), {}, november, day("2026-11-12"))
                == (counts ? OnTime{2, 0, 0, 1} : OnTime{1, 0, 0, 1}));
            CHECK(overrides(diary.past(), {}, november) == Overrides{0, 0, 1});
        }
    }
}

TEST_CASE("checks of the seal and handovers that the policy asks for are on time, late or missed") {
    struct Example {
        const char* name;
        std::vector<const char*> checks; // of the kind, after the full one of 1 November
        const char* today;
        OnTime expected; // on time, late, missed, open
    };

    // Asked for every other day.
    const auto example = GENERATE(values<Example>({
        {"the due date is today", {}, "2026-11-03", {0, 0, 0, 0}},
        {"its day is over", {}, "2026-11-04", {0, 0, 0, 1}},
        {"on the due date", {"2026-11-03"}, "2026-11-05", {1, 0, 0, 0}},
        {"a day after", {"2026-11-04"}, "2026-11-06", {0, 1, 0, 0}},
        {"on the last day before it counts as missed", {"2026-11-05"}, "2026-11-06", {0, 1, 0, 0}},
        {"a day later", {"2026-11-06"}, "2026-11-07", {0, 1, 1, 0}},
        {"twice on the due date", {"2026-11-03", "2026-11-03"}, "2026-11-05", {1, 0, 0, 0}},
        {"each day", {"2026-11-02", "2026-11-03", "2026-11-04"}, "2026-11-06", {2, 0, 0, 0}},
        {"never in a month", {}, "2026-12-01", {0, 0, 13, 1}},
    }));
    const bool seal = GENERATE(true, false);
    const CheckKind kind = seal ? CheckKind::sealed : CheckKind::handover;
    const CheckKind other = seal ? CheckKind::handover : CheckKind::sealed;
    Policy policy;
    (seal ? policy.sealed_interval_days : policy.handover_interval_days) = 2;
    policy.check_interval_days = 60;

    DYNAMIC_SECTION(to_text(kind) << ": " << example.name) {
        Diary diary;
        diary.on("2026-11-01", 7).write(PolicyChanged{policy}, "pharmacy");
        diary.write(a_listed_cart("OR-1", "OR"));
        diary.check("OR-1", {counted("epi", "A1", "2027-12-31", 5), SealRead{"S1"}});
        int hour = 8;
        for (const char* on : example.checks) {
            diary.on(on, ++hour).check_seal("OR-1", "S1", kind);
        }
        const Day today = day(example.today);
        CHECK(checks_between(diary.past(), {}, november, today, kind) == example.expected);
        CHECK(checks_between(diary.past(), {}, november, today, other) == OnTime{});
        CHECK(checks_between(diary.past(), {"", "ED", ""}, november, today, kind) == OnTime{});
    }
}

TEST_CASE("where each shift is asked, a day counts once all of its shifts had their check") {
    struct Example {
        const char* name;
        std::vector<int> hours; // of the handovers of the 2nd, local time
        OnTime expected;        // of the days up to the 3rd
    };

    const auto example = GENERATE(values<Example>({
        {"in every shift", {7, 9, 17}, {1, 0, 0, 0}},
        {"twice in one", {7, 9, 10, 17}, {1, 0, 0, 0}},
        {"in two of them", {7, 9}, {0, 0, 1, 0}},
        {"in one, three times", {9, 10, 11}, {0, 0, 1, 0}},
        {"in none", {}, {0, 0, 1, 0}},
    }));
    Policy policy;
    policy.shift_hours = {0, 8, 16};
    policy.handover_each_shift = true;
    policy.working_day_begins_hour = 0;
    policy.check_interval_days = 60;
    DYNAMIC_SECTION(example.name) {
        Diary diary;
        diary.shifts_at = china_shifts;
        diary.on("2026-11-01", 7).write(PolicyChanged{policy}, "pharmacy");
        diary.write(a_listed_cart("OR-1", "OR"));
        diary.check("OR-1", {counted("epi", "A1", "2027-12-31", 5), SealRead{"S1"}});
        for (const int hour : example.hours) {
            diary.on("2026-11-02", hour).check_seal("OR-1", "S1", CheckKind::handover);
        }
        const Period second{day("2026-11-02"), day("2026-11-03")};
        CHECK(
            checks_between(diary.past(), {}, second, day("2026-11-05"), CheckKind::handover)
            == example.expected);
    }
}

TEST_CASE("nothing is due between full checks before the first, without a seal, or unasked") {
    Policy policy;
    policy.sealed_interval_days = 1;
    policy.handover_interval_days = 1;
    policy.check_interval_days = 60;
    Diary diary;
    diary.on("2026-11-01", 7).write(PolicyChanged{policy}, "pharmacy");
    diary.write(a_listed_cart("OR-1", "OR"));
    const auto sealed = [&](std::string_view today) {
        return checks_between(diary.past(), {}, november, day(today), CheckKind::sealed);
    };
    const auto handover = [&](std::string_view today) {
        return checks_between(diary.past(), {}, november, day(today), CheckKind::handover);
    };
    CHECK(handover("2026-11-05") == OnTime{});
    // Closed without a seal: the handovers begin, the checks of a seal do not.
    diary.on("2026-11-05").check("OR-1", {counted("epi", "A1", "2027-12-31", 5)});
    CHECK(handover("2026-11-07") == OnTime{0, 0, 0, 1});
    CHECK(sealed("2026-11-07") == OnTime{});
    // A full check keeps the due date of both, and its seal is asked about from then on.
    diary.on("2026-11-06").check("OR-1", {counted("epi", "A1", "2027-12-31", 5), SealRead{"S1"}});
    CHECK(handover("2026-11-07") == OnTime{1, 0, 0, 0});
    CHECK(sealed("2026-11-08") == OnTime{0, 0, 0, 1});
    SECTION("a full check opens the cart on the day on which its seal is due") {
        diary.on("2026-11-07")
            .check("OR-1", {counted("epi", "A1", "2027-12-31", 5), SealRead{"S2"}});
        CHECK(sealed("2026-11-08") == OnTime{1, 0, 0, 0});
    }
    SECTION("asked for no more") {
        diary.on("2026-11-08").write(PolicyChanged{Policy{}}, "pharmacy");
        CHECK(sealed("2026-11-30") == OnTime{0, 0, 0, 1});
        CHECK(handover("2026-11-30") == OnTime{1, 0, 0, 1});
    }
    SECTION("the days had never been") {
        diary.on("2026-11-08").correct("2026-11-04");
        CHECK(handover("2026-11-30") == OnTime{});
        CHECK(sealed("2026-11-30") == OnTime{});
    }
}

} // namespace cartwatch::check_figures_test
