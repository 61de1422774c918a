// Goal: a device is judged by its own tests, each by its own limits and interval, and what is
// impossible to read is not recorded.
#include "daemon/readiness/alert.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "tests/daemon/readiness/evaluate_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::device_tests_test {

using namespace cartwatch::readiness;

namespace {

Amount amount(const char* text) {
    return *parse_amount(text);
}

FunctionTest reading(TestUnit unit, const char* least, const char* most) {
    FunctionTest test;
    test.id = "test";
    test.unit = unit;
    test.least = parse_amount(least);
    test.most = parse_amount(most);
    return test;
}

FunctionTest energy(const char* selected) {
    FunctionTest test = reading(TestUnit::joule, "", "");
    test.selected = amount(selected);
    return test;
}

FunctionTest yes_no() {
    FunctionTest test;
    test.id = "test";
    return test;
}

Device with(FunctionTest test, bool critical = true) {
    Device made = device("defib", critical);
    made.last_test.reset();
    made.tests.push_back(std::move(test));
    return made;
}

Judgement judge_device(const Device& device, Day on = today, const Policy& policy = {}) {
    Cart cart = checked_cart();
    cart.last_full_check = on;
    cart.devices.push_back(device);
    return evaluate(cart, policy, {}, on);
}

std::string said(const Judgement& judgement) {
    std::string text;
    for (const Finding& finding : judgement.findings) {
        text += std::string(text.empty() ? "" : ", ") + std::string(to_text(finding.severity)) + " "
                + std::string(to_text(finding.kind)) + " " + finding.test;
    }
    return text;
}

} // namespace

TEST_CASE("a reading is a decimal number of at most three places", "[devices]") {
    struct Case {
        const char* text;
        std::optional<int> thousandths;
        const char* shown;
    };

    const auto [text, thousandths, shown] =
        GENERATE(table<const char*, std::optional<int>, const char*>(
            {{"0", 0, "0"},
             {"15", 15'000, "15"},
             {"15.2", 15'200, "15.2"},
             {"0.04", 40, "0.04"},
             {"0.005", 5, "0.005"},
             {"100.000", 100'000, "100"},
             {"-1", -1'000, "-1"},
             {"-0.5", -500, "-0.5"},
             {"999999.999", 999'999'999, "999999.999"},
             {"1000000", std::nullopt, ""},
             {"0.0001", std::nullopt, ""},
             {"", std::nullopt, ""},
             {"-", std::nullopt, ""},
             {".5", std::nullopt, ""},
             {"5.", std::nullopt, ""},
             {"1e3", std::nullopt, ""},
             {"+1", std::nullopt, ""},
             {" 1", std::nullopt, ""},
             {"1,5", std::nullopt, ""},
             {"--1", std::nullopt, ""},
             {"1.2.3", std::nullopt, ""}}));
    CAPTURE(text);
    const auto parsed = parse_amount(text);
    REQUIRE(parsed.has_value() == thousandths.has_value());
    if (parsed) {
        CHECK(parsed->thousandths == *thousandths);
        CHECK(to_text(*parsed) == shown);
    }
}

TEST_CASE("what a unit cannot reach is no reading", "[devices]") {
    const auto [unit, value, possible] = GENERATE(table<TestUnit, const char*, bool>(
        {{TestUnit::percent, "-0.001", false},
         {TestUnit::percent, "0", true},
         {TestUnit::percent, "100", true},
         {TestUnit::percent, "101", false},
         {TestUnit::megapascal, "-1", false},
         {TestUnit::megapascal, "0", true},
         {TestUnit::megapascal, "40", true},
         {TestUnit::megapascal, "40.001", false},
         {TestUnit::kilopascal, "-40", false},
         {TestUnit::kilopascal, "101.325", true},
         {TestUnit::kilopascal, "101.326", false},
         {TestUnit::kilopascal, "5000", false},
         {TestUnit::joule, "500", true},
         {TestUnit::joule, "500.1", false}}));
    CAPTURE(to_text(unit), value);
    CHECK(is_possible(unit, amount(value)) == possible);
}

TEST_CASE("a reading is judged by its limits, both included", "[devices]") {
    struct Row {
        const char* name;
        FunctionTest test;
        const char* value;
        bool in_order;
    };

    const auto row = GENERATE(values<Row>({
        {"battery just under", reading(TestUnit::percent, "50", ""), "49.999", false},
        {"battery at", reading(TestUnit::percent, "50", ""), "50", true},
        {"battery just over", reading(TestUnit::percent, "50", ""), "50.001", true},
        {"battery empty", reading(TestUnit::percent, "50", ""), "0", false},
        {"oxygen just under", reading(TestUnit::megapascal, "5", "15"), "4.999", false},
        {"oxygen at", reading(TestUnit::megapascal, "5", "15"), "5", true},
        {"oxygen at the top", reading(TestUnit::megapascal, "5", "15"), "15", true},
        {"oxygen just over the top", reading(TestUnit::megapascal, "5", "15"), "15.001", false},
        {"suction just under", reading(TestUnit::kilopascal, "40", ""), "39.9", false},
        {"suction at", reading(TestUnit::kilopascal, "40", ""), "40", true},
        {"leak at most", reading(TestUnit::kilopascal, "", "5"), "5", true},
        {"leak above", reading(TestUnit::kilopascal, "", "5"), "5.001", false},
        {"200 J just under -15 %", energy("200"), "169.999", false},
        {"200 J at -15 %", energy("200"), "170", true},
        {"200 J at +15 %", energy("200"), "230", true},
        {"200 J just over +15 %", energy("200"), "230.001", false},
        {"200 J not delivered", energy("200"), "0", false},
        {"1.111 J just under -15 %", energy("1.111"), "0.944", false},
        {"1.111 J within -15 %", energy("1.111"), "0.945", true},
        {"1.111 J within +15 %", energy("1.111"), "1.277", true},
        {"1.111 J just over +15 %", energy("1.111"), "1.278", false},
    }));
    DYNAMIC_SECTION(row.name) {
        FunctionTest test = row.test;
        // Recorded as passed: the limits as they are now say otherwise.
        test.last = TestResult{today, true, amount(row.value), "N1"};
        CHECK(is_failed(test) != row.in_order);
        const Judgement judgement = judge_device(with(test));
        if (row.in_order) {
            CHECK(judgement.findings.empty());
            CHECK(judgement.readiness == Readiness::ready);
        } else {
            REQUIRE(judgement.findings.size() == 1);
            const Finding& finding = judgement.findings.front();
            CHECK(finding.kind == FindingKind::device_failed);
            CHECK(finding.test == "test");
            CHECK(finding.value == amount(row.value));
            CHECK(finding.unit == test.unit);
            CHECK(finding.least == limits_of(test).least);
            CHECK(finding.most == limits_of(test).most);
            CHECK(judgement.readiness == Readiness::not_ready);
        }
    }
}

TEST_CASE("each test runs out by its own interval", "[devices]") {
    struct Row {
        const char* name;
        std::optional<int> interval;
        const char* on;
        std::string expected;
    };

    const auto row = GENERATE(values<Row>({
        {"today", 1, "2026-11-22", ""},
        {"daily, yesterday", 1, "2026-11-21", ""},
        {"daily, the day before", 1, "2026-11-20", "high device_untested test"},
        {"at each check, seven days ago", std::nullopt, "2026-11-15", ""},
        {"at each check, eight days ago", std::nullopt, "2026-11-14", "high device_untested test"},
        {"monthly, thirty days ago", 30, "2026-10-23", ""},
        {"monthly, thirty-one days ago", 30, "2026-10-22", "high device_untested test"},
        {"a year ago", 366, "2025-11-21", ""},
        {"over a leap day", 366, "2024-02-29", "high device_untested test"},
        {"never", 30, nullptr, "high device_untested test"},
        {"tomorrow", 1, "2026-11-23", ""},
    }));
    DYNAMIC_SECTION(row.name) {
        FunctionTest test = yes_no();
        test.interval_days = row.interval;
        if (row.on != nullptr) {
            test.last = TestResult{day(row.on), true, {}, "N1"};
        }
        const Judgement judgement = judge_device(with(test));
        CHECK(said(judgement) == row.expected);
        if (row.expected.empty()) {
            const int interval = row.interval.value_or(7);
            const Day runs_out = day(row.on) + std::chrono::days{interval};
            const Day due = today + std::chrono::days{7};
            CHECK(judgement.ready_until == std::min(runs_out, due));
            // The day after, it is untested.
            if (runs_out < due) {
                CHECK(
                    said(judge_device(with(test), runs_out + std::chrono::days{1}))
                    == "high device_untested test");
            }
        }
    }
}

TEST_CASE("how grave a test is depends on the device and on itself", "[devices]") {
    const auto [device_critical, test_critical, failed, untested] =
        GENERATE(table<bool, bool, std::string, std::string>(
            {{true, true, "critical device_failed test", "high device_untested test"},
             {true, false, "normal device_failed test", "normal device_untested test"},
             {false, true, "normal device_failed test", "normal device_untested test"},
             {false, false, "normal device_failed test", "normal device_untested test"}}));
    CAPTURE(device_critical, test_critical);
    FunctionTest test = yes_no();
    test.critical = test_critical;
    CHECK(said(judge_device(with(test, device_critical))) == untested);
    test.last = TestResult{today, false, {}, "N1"};
    CHECK(said(judge_device(with(test, device_critical))) == failed);
}

TEST_CASE("findings of several tests are listed by the test's id", "[devices]") {
    Device defib = with(yes_no());
    defib.tests.front().id = "z";
    defib.tests.push_back(reading(TestUnit::percent, "50", ""));
    defib.tests.back().id = "battery";
    defib.tests.back().last = TestResult{today, false, amount("12"), ""};
    CHECK(said(judge_device(defib)) == "critical device_failed battery, high device_untested z");
    defib.tests.back().last.reset();
    CHECK(said(judge_device(defib)) == "high device_untested battery, high device_untested z");
}

TEST_CASE(
    "a failure from before a device had tests of its own stands until it is tested again",
    "[devices]") {
    FunctionTest test = yes_no();
    test.last = TestResult{today, true, {}, ""};
    Device defib = with(test);
    defib.last_test = DeviceTest{today, true};
    CHECK(judge_device(defib).readiness == Readiness::ready);
    defib.last_test = DeviceTest{today, false};
    CHECK(said(judge_device(defib)) == "critical device_failed ");
    defib.last_test = DeviceTest{day("2026-01-01"), true}; // old: its tests say how it is now
    CHECK(judge_device(defib).readiness == Readiness::ready);
}

TEST_CASE("calibration runs out on the day after it is due", "[devices]") {
    const auto [due, expected] = GENERATE(table<const char*, std::string>(
        {{"2026-11-23", ""},
         {"2026-11-22", ""},
         {"2026-11-21", "high calibration_overdue "},
         {"1999-01-01", "high calibration_overdue "},
         {"9999-12-31", ""}}));
    CAPTURE(due);
    Device defib = device("defib", true);
    defib.calibration_due = day(due);
    const Judgement judgement = judge_device(defib);
    CHECK(said(judgement) == expected);
    if (expected.empty()) {
        CHECK(judgement.ready_until == std::min(day(due), today + std::chrono::days{7}));
    }
    defib.critical = false;
    CHECK(
        said(judge_device(defib))
        == (expected.empty() ? "" : std::string("normal calibration_overdue ")));
}

TEST_CASE("the pharmacy's alert names the test and what it read", "[devices][alert]") {
    FunctionTest test = reading(TestUnit::megapascal, "5", "");
    test.name = {"氧气压力", "Oxygen pressure"};
    test.last = TestResult{today, false, amount("2.5"), "N1"};
    Cart cart = checked_cart();
    cart.devices.push_back(with(test));
    const std::vector<AlertNeed> needs = needs_of(cart, judge(cart));
    REQUIRE(needs.size() == 1);
    const FailedTest expected{
        "test", test.name, TestUnit::megapascal, amount("2.5"), amount("5"), {}};
    CHECK(needs.front().failed == std::vector<FailedTest>{expected});
    CHECK(needs.front().severity == Severity::critical);
}

TEST_CASE("a check leaves of a device what it proved, and nothing else", "[devices][check]") {
    Device defib = with(yes_no());
    defib.tests.front().id = "self-test";
    defib.tests.front().last = TestResult{day("2026-11-15"), true, {}, "N1"};
    FunctionTest monthly = energy("200");
    monthly.id = "energy";
    monthly.interval_days = 30;
    monthly.last = TestResult{day("2026-11-01"), true, amount("201"), "N1"};
    defib.tests.push_back(monthly);
    CheckProgress progress;
    const auto take = [&](DeviceTested tested) {
        add_step(progress, Step{1, Instant{}, "N2", std::move(tested), false});
    };

    SECTION("untouched, it loses every result: nobody saw it") {
        CHECK_FALSE(is_settled(defib, progress));
        const Device after = device_after(defib, progress, today);
        CHECK_FALSE(after.tests[0].last);
        CHECK_FALSE(after.tests[1].last);
    }
    SECTION("untouched, it keeps what failed: nobody saw that it works again") {
        defib.tests[0].last->passed = false;
        defib.tests[1].last->passed = false;
        const Device after = device_after(defib, progress, today);
        CHECK(after.tests[0].last == defib.tests[0].last);
        CHECK(after.tests[1].last == defib.tests[1].last);
    }
    SECTION("tested, it keeps the result of a longer interval with its day") {
        take({"defib", true, "self-test"});
        CHECK(is_settled(defib, progress));
        const Device after = device_after(defib, progress, today);
        CHECK(after.tests[0].last == TestResult{today, true, {}, "N2"});
        CHECK(after.tests[1].last == monthly.last);
    }
    SECTION("signed on a later day, the result keeps the day on which it was taken") {
        take({"defib", true, "self-test", {}, day("2026-11-20")});
        CHECK(device_after(defib, progress, today).tests[0].last->on == day("2026-11-20"));
        defib.tests.clear();
        take({"defib", true, "", {}, day("2026-11-20")});
        CHECK(device_after(defib, progress, today).last_test->on == day("2026-11-20"));
    }
    SECTION("a failed result of a longer interval has to be taken again") {
        defib.tests[1].last->value = amount("20");
        take({"defib", true, "self-test"});
        CHECK_FALSE(is_settled(defib, progress));
        take({"defib", true, "energy", amount("199")});
        CHECK(is_settled(defib, progress));
    }
    SECTION("said not to be there, it fails as a whole, whatever passed before") {
        take({"defib", true, "self-test"});
        take({"defib", false});
        CHECK(is_settled(defib, progress));
        Cart cart = checked_cart();
        cart.devices.push_back(device_after(defib, progress, today));
        CHECK(judge(cart).readiness == Readiness::not_ready);
        CHECK_FALSE(cart.devices.front().tests[1].last);
        SECTION("found after all, its tests count again") {
            take({"defib", true, "self-test"});
            take({"defib", true, "energy", amount("200")});
            CHECK_FALSE(device_after(defib, progress, today).last_test);
        }
    }
}

TEST_CASE("results stay with a test that is defined again in the same unit", "[devices][define]") {
    Device before = with(reading(TestUnit::percent, "50", ""));
    before.tests.front().last = TestResult{today, true, amount("80"), "N1"};
    Device now = before;
    now.tests.front().last.reset();
    now.tests.front().least = amount("90");
    keep_results(now, before);
    CHECK(now.tests.front().last == before.tests.front().last);
    CHECK(is_failed(now.tests.front()));
    now.tests.front().unit = TestUnit::megapascal;
    now.tests.front().last.reset();
    keep_results(now, before);
    CHECK_FALSE(now.tests.front().last);
}

} // namespace cartwatch::device_tests_test
