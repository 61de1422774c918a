#include "daemon/imports/device_tests.hpp"

#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/limits.hpp"
#include "scanner/values/text.hpp"

namespace cartwatch::imports {

using namespace readiness;

namespace {

std::optional<TestUnit> unit_of(RowReader& row) {
    const std::string given = row.text("unit");
    const auto unit = parse_test_unit(given == "％" ? "%" : given);
    if (!given.empty() && !unit) {
        row.fault("unit", "none_of", {{"value", quotable(given)}, {"words", "%, MPa, kPa, J"}});
    }
    return unit;
}

std::optional<Amount>
amount_of(RowReader& row, std::string_view column, const std::optional<TestUnit>& unit) {
    const std::string given = row.text(column);
    if (given.empty()) {
        return std::nullopt;
    }
    const auto amount = parse_amount(given);
    if (!amount) {
        row.fault_of(column, "amount_malformed", given);
    } else if (!unit) {
        row.fault(column, "unit_missing");
    } else if (!is_possible(*unit, *amount)) {
        const AmountRange range = possible_range(*unit);
        row.fault(
            column,
            "amount_out_of_range",
            {{"value", quotable(given)},
             {"low", to_text(range.low)},
             {"high", to_text(range.high)},
             {"unit", std::string(to_text(*unit))}});
    }
    return amount;
}

void check_limits(RowReader& row, const FunctionTest& test) {
    const Limits limits = limits_of(test);
    if (test.unit && !limits.least && !limits.most) {
        row.fault("least", "limits_missing");
    } else if (limits.least && limits.most && *limits.most < *limits.least) {
        row.fault("most", "limits_crossed");
    }
}

} // namespace

FunctionTest read_function_test(RowReader& row) {
    FunctionTest test;
    test.id = row.id("test");
    test.name = {row.required("name_zh"), row.text("name_en")};
    test.critical = row.boolean("critical", true);
    if (!row.text("interval_days").empty()) {
        test.interval_days = row.integer("interval_days", interval_range.low, interval_range.high);
    }
    test.unit = unit_of(row);
    test.least = amount_of(row, "least", test.unit);
    test.most = amount_of(row, "most", test.unit);
    test.selected = amount_of(row, "selected", test.unit);
    if (!row.text("tolerance_percent").empty()) {
        test.tolerance_percent =
            row.integer("tolerance_percent", tolerance_range.low, tolerance_range.high);
    }
    check_limits(row, test);
    return test;
}

} // namespace cartwatch::imports
