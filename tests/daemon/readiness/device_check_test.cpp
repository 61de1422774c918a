// Goal: at the ward a device's tests are asked for in turn and answered by scans alone, and what is
// impossible to read is refused with a sentence.
#include "daemon/readiness/device_tests.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::device_check_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

FunctionTest a_reading(const char* id, TestUnit unit, const char* least) {
    FunctionTest test;
    test.id = id;
    test.name = {id, std::string(id) + " en"};
    test.unit = unit;
    test.least = parse_amount(least);
    return test;
}

// OR-1's defibrillator has a self-test, a battery and a monthly energy; the rest is as it was.
Ward a_ward_with_tests() {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    FunctionTest self;
    self.id = "self";
    self.name = {"自检", "Self-test"};
    FunctionTest energy = a_reading("energy", TestUnit::joule, "");
    energy.selected = parse_amount("200");
    energy.interval_days = 30;
    cart.devices.front().tests = {self, a_reading("battery", TestUnit::percent, "50"), energy};
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    return ward;
}

Reply scan_device(Ward& ward, const std::string& id = "defib") {
    return ward.run(a_scan(find_device(ward.cart("OR-1"), id)->tag));
}

const Device& defib(const Ward& ward) {
    return *find_device(ward.cart("OR-1"), "defib");
}

} // namespace

SCENARIO("a device's tests are taken by scans and numbers alone", "[devices]") {
    Ward ward = a_ward_with_tests();
    ward.open();
    GIVEN("the device's tag was scanned") {
        const Reply asked = scan_device(ward);
        CHECK(asked.message == "test_yes_no");
        CHECK(asked.values.at("test_en") == "Self-test");
        CHECK(asked.device == "defib");
        WHEN("it is answered by command code and by a number") {
            const Reply passed = ward.run(a_control(ControlCode::test_passed));
            CHECK(passed.message == "test_passed");
            CHECK(passed.kind == ReplyKind::accept);
            CHECK(passed.values.at("next") == "battery");
            CHECK(passed.values.at("next_limits") == "≥ 50 %");
            const Reply read = ward.run(a_quantity(50));
            CHECK(read.message == "test_passed");
            CHECK(read.values.at("shown") == "50 %");
            const Reply last = ward.run(EnterReading{*parse_amount("169.9"), "", ""});
            THEN("each answer is one step, and a reading out of limits says so") {
                CHECK(last.message == "test_failed");
                CHECK(last.kind == ReplyKind::attention);
                CHECK(last.values.at("limits") == "170–230 J");
                CHECK(last.values.at("next").empty());
                CHECK(
                    ward.first<CheckStepped>().action
                    == StepAction{DeviceTested{
                        "defib",
                        false,
                        "energy",
                        parse_amount("169.9"),
                        ward.context.working_day}});
                CHECK(is_settled(defib(ward), ward.check().progress));
                CHECK(ward.run(a_control(ControlCode::test_passed)).message == "tests_done");
            }
            AND_THEN("undo asks the same test again") {
                const Reply undone = ward.run(Undo{});
                CHECK(undone.values.at("text") == "169.9 J");
                CHECK(ward.session.test == "energy");
                CHECK(
                    ward.run(EnterReading{*parse_amount("170"), "", ""}).message == "test_passed");
            }
            AND_THEN("the signature keeps value, day and person, and the alert names the reading") {
                ward.run(Undo{});
                ward.run(EnterReading{*parse_amount("20"), "", ""});
                REQUIRE(ward.sign().message == "check_closed");
                const TestResult& kept = *defib(ward).tests.at(2).last;
                CHECK(kept.value == parse_amount("20"));
                CHECK(kept.by == "N1");
                CHECK(kept.on == ward.context.working_day);
                const Alert& alert = ward.node().alerts.at({"OR-1", "defib"});
                REQUIRE(alert.need.failed.size() == 1);
                CHECK(alert.need.failed.front().value == parse_amount("20"));
                CHECK(alert.need.failed.front().least == parse_amount("170"));
            }
        }
    }
}

TEST_CASE(
    "a test of a long interval is asked for when it runs out before the next check", "[devices]") {
    Ward ward = a_ward_with_tests();
    const auto take_all = [&] {
        ward.open();
        scan_device(ward);
        ward.run(a_control(ControlCode::test_passed));
        return ward.run(a_quantity(50));
    };
    CHECK(take_all().values.at("next") == "energy");
    ward.run(EnterReading{*parse_amount("200")});
    REQUIRE(ward.sign().message == "check_closed");
    const auto [later, next] = GENERATE(table<int, std::string>(
        {{7, ""}, {14, ""}, {23, ""}, {24, "energy"}, {30, "energy"}, {31, "energy"}}));
    CAPTURE(later);
    ward.let_pass(std::chrono::days{later});
    ward.context.today += std::chrono::days{later};
    ward.context.working_day = ward.context.today;
    CHECK(take_all().values.at("next") == next);
}

TEST_CASE("what cannot be read is refused and nothing is recorded", "[devices]") {
    Ward ward = a_ward_with_tests();
    ward.open();
    const auto [test, value, message] = GENERATE(table<const char*, const char*, const char*>(
        {{"battery", "100", "test_passed"},
         {"battery", "100.001", "reading_refused"},
         {"battery", "101", "reading_refused"},
         {"battery", "-1", "reading_refused"},
         {"energy", "999999.999", "reading_refused"},
         {"energy", "500", "test_failed"},
         {"self", "1", "test_yes_no"},
         {"no-such", "1", "unknown_test"}}));
    CAPTURE(test, value);
    const Reply reply = ward.run(EnterReading{*parse_amount(value), "defib", test});
    CHECK(reply.message == message);
    const bool recorded = std::string(message).starts_with("test_") && reply.step > 0;
    CHECK(ward.brought<CheckStepped>() == (recorded ? 1 : 0));
    CHECK((reply.kind == ReplyKind::reject) == !recorded);
    if (reply.message == "reading_refused") {
        CHECK_FALSE(reply.values.at("low").empty());
        CHECK_FALSE(reply.values.at("high").empty());
        CHECK(ward.session.test == test); // the next number is for it again
    }
}

TEST_CASE("a reading cannot be passed without its value, but can fail without one", "[devices]") {
    Ward ward = a_ward_with_tests();
    ward.open();
    ward.run(SelectDevice{"defib", "battery"});
    CHECK(ward.session.test == "battery");
    CHECK(ward.run(a_control(ControlCode::test_passed)).message == "test_reading");
    CHECK(ward.last.reply.kind == ReplyKind::reject);
    CHECK(ward.run(a_control(ControlCode::test_failed)).message == "test_failed");
    CHECK(
        ward.first<CheckStepped>().action
        == StepAction{DeviceTested{"defib", false, "battery", {}, ward.context.working_day}});
}

TEST_CASE("a device that is missing fails as a whole", "[devices]") {
    Ward ward = a_ward_with_tests();
    ward.open();
    scan_device(ward);
    ward.run(a_control(ControlCode::test_passed));
    CHECK(ward.run(a_control(ControlCode::missing)).message == "device_failed");
    ward.sign();
    CHECK(defib(ward).last_test == DeviceTest{ward.context.working_day, false});
    CHECK(ward.node().alerts.at({"OR-1", "defib"}).need.severity == Severity::critical);
}

TEST_CASE("a device that is not tested through is listed before the signature", "[devices]") {
    Ward ward = a_ward_with_tests();
    ward.open();
    const auto listed = [&] {
        const auto ids = not_scanned(ward.cart("OR-1"), ward.check().progress);
        return std::find(ids.begin(), ids.end(), "defib") != ids.end();
    };
    CHECK(listed());
    ward.run(ReportTest{true, "defib"});
    CHECK(listed());
    ward.run(EnterReading{*parse_amount("90"), "defib"});
    CHECK(listed()); // its energy was never taken
    ward.run(EnterReading{*parse_amount("200"), "defib"});
    CHECK_FALSE(listed());
}

TEST_CASE("a test that asks for another unit is taken back in an open check", "[devices][define]") {
    Ward ward = a_ward_with_tests();
    ward.open();
    ward.run(EnterReading{*parse_amount("90"), "defib", "battery"});
    Cart cart = ward.cart("OR-1");
    cart.devices.front().tests[1] = a_reading("battery", TestUnit::megapascal, "5");
    const std::string check = ward.session.check;
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    CHECK(ward.node().open_checks.at(check).progress.tests.empty());
}

TEST_CASE("a test that no reading could meet, or miss, is not defined", "[devices][define]") {
    Ward ward = a_ward();
    const auto [what, change] = GENERATE(table<std::string, void (*)(FunctionTest&)>({
        {"limits_missing", [](FunctionTest& t) { t.least.reset(); }},
        {"limit_not_possible", [](FunctionTest& t) { t.most = parse_amount("101"); }},
        {"limit_not_possible", [](FunctionTest& t) { t.least = parse_amount("-1"); }},
        {"limits_crossed", [](FunctionTest& t) { t.most = parse_amount("49"); }},
        {"unit_missing", [](FunctionTest& t) { t.unit.reset(); }},
        {"interval_out_of_range", [](FunctionTest& t) { t.interval_days = 0; }},
        {"interval_out_of_range", [](FunctionTest& t) { t.interval_days = 367; }},
        {"tolerance_out_of_range", [](FunctionTest& t) { t.tolerance_percent = 0; }},
        {"tolerance_out_of_range", [](FunctionTest& t) { t.tolerance_percent = 101; }},
        {"id_malformed", [](FunctionTest& t) { t.id = "no id"; }},
        {"name_missing", [](FunctionTest& t) { t.name = {}; }},
    }));
    CAPTURE(what);
    Cart cart = ward.cart("OR-1");
    FunctionTest test = a_reading("battery", TestUnit::percent, "50");
    cart.devices.front().tests = {test};
    CHECK(ward.define({CartDefined{cart}}).message == "defined");
    change(test);
    cart.devices.front().tests = {test};
    const Reply reply = ward.define({CartDefined{cart}});
    CHECK(reply.message == "definition_refused");
    CHECK(reply.values.at("what") == what);
    cart.devices.front().tests = {
        a_reading("battery", TestUnit::percent, "50"),
        a_reading("battery", TestUnit::percent, "50")};
    CHECK(ward.define({CartDefined{cart}}).values.at("what") == "id_twice");
}

} // namespace cartwatch::device_check_test
