// Goal: a file whose devices have tests of their own is judged by them, and what is absurd in it is
// refused with the place where it stands.
#include "daemon/commands/evaluate_file.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::evaluate_devices_test {

using namespace cartwatch::commands;

namespace {

std::string with_tests(const std::string& tests) {
    return R"({"cart":{"id":"c","last_full_check":"2026-11-22"},"lines":[],"devices":[{"id":"d","critical":true,"tests":[)"
           + tests + "]}]}";
}

std::string judged(const std::string& text) {
    const auto file = parse_evaluate_file(text);
    if (!file) {
        return file.error().text;
    }
    return judgement_line(
        readiness::evaluate(file->cart, file->policy, file->recalls, *parse_day("2026-11-22")));
}

} // namespace

TEST_CASE("a reading out of its limits is a finding with value and limits", "[evaluate]") {
    CHECK(
        judged(with_tests(
            R"({"id":"energy","unit":"J","selected":200,"last":{"on":"2026-11-22","value":169.5}},)"
            R"({"id":"self","critical":false,"last":{"on":"2026-11-01","passed":true}})"))
        == R"({"as_of":"2026-11-22","readiness":"not_ready","functions":{},"ready_until":null,"rate":{"in_order":0,"required":1},"findings":[{"kind":"device_failed","severity":"critical","device":"d","test":"energy","value":169.5,"unit":"J","least":170,"most":230},{"kind":"device_untested","severity":"normal","device":"d","test":"self"}]})");
}

TEST_CASE("tests in order leave the cart ready until the first of them runs out", "[evaluate]") {
    CHECK(
        judged(with_tests(
            R"({"id":"o2","unit":"MPa","least":5,"interval_days":3,"last":{"on":"2026-11-21","value":5.0}},)"
            R"({"id":"self","last":{"on":"2026-11-22","passed":true}})"))
        == R"({"as_of":"2026-11-22","readiness":"ready","functions":{},"ready_until":"2026-11-24","rate":{"in_order":1,"required":1},"findings":[]})");
}

TEST_CASE("calibration is judged as service is", "[evaluate]") {
    CHECK(
        judged(
            R"({"cart":{"id":"c","last_full_check":"2026-11-22"},"lines":[],"devices":[{"id":"d","last_test":{"on":"2026-11-22","passed":true},"calibration_due":"2026-11-21"}]})")
        == R"({"as_of":"2026-11-22","readiness":"degraded","functions":{},"ready_until":null,"rate":{"in_order":0,"required":1},"findings":[{"kind":"calibration_overdue","severity":"normal","device":"d"}]})");
}

TEST_CASE("a test that cannot be is refused with its place", "[evaluate]") {
    const auto [test, says] = GENERATE(table<std::string, std::string>({
        {R"({"id":"b","unit":"%","least":101})", "/least: is beyond what the unit can reach"},
        {R"({"id":"b","unit":"%"})", "/least: is missing"},
        {R"({"id":"b","least":5})", "/unit: is missing"},
        {R"({"id":"b","unit":"bar","least":5})", "/unit: must be %, MPa, kPa or J"},
        {R"({"id":"b","unit":"%","least":50,"most":40})", "/most: is below"},
        {R"({"id":"b","unit":"%","least":0.0001})", "/least: must be a number"},
        {R"({"id":"b","unit":"%","least":1e300})", "/least: must be a number"},
        {R"({"id":"b","unit":"%","least":"50"})", "/least: must be a number"},
        {R"({"id":"b","unit":"%","least":50,"interval_days":0})", "/interval_days: must be"},
        {R"({"id":"b","unit":"%","least":50,"interval_days":367})", "/interval_days: must be"},
        {R"({"id":"b","unit":"J","selected":200,"tolerance_percent":101})",
         "/tolerance_percent: must be"},
        {R"({"id":"b","unit":"%","least":50,"last":{"on":"2026-11-22","value":101}})",
         "/last/value: is no possible reading: 101 %"},
        {R"({"id":"b","unit":"MPa","least":5,"last":{"on":"2026-11-22","value":-1}})",
         "/last/value: is no possible reading: -1 MPa"},
        {R"({"id":"b","unit":"%","least":50,"last":{"on":"2026-11-22","passed":true}})",
         "/last/value: is missing"},
        {R"({"id":"b","unit":"%","least":50,"last":{"on":"2026-11-22"}})",
         "/last/passed: is missing"},
        {R"({"id":"b","last":{"on":"2026-11-22","passed":true,"value":5}})",
         "/last/value: belongs to a test with a unit"},
        {R"({"id":"b"},{"id":"b"})", "/tests/1/id: \"b\" is another test of this device"},
    }));
    CAPTURE(test);
    CHECK_THAT(judged(with_tests(test)), Catch::Matchers::Contains(says));
}

} // namespace cartwatch::evaluate_devices_test
