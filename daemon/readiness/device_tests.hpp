// The function tests of a device: their limits, when they are out of date, which one is asked for
// next in a check, and what a check leaves of them.
#pragma once

#include "daemon/readiness/check.hpp"
#include "daemon/readiness/policy.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::readiness {

struct Limits { // both included
    std::optional<Amount> least;
    std::optional<Amount> most;
};

// The limits given, narrowed by the tolerance about what was selected.
[[nodiscard]] Limits limits_of(const FunctionTest& test);

[[nodiscard]] bool is_within(const Limits& limits, Amount value);

// "≥ 50 %", "170–230 J", "≤ 5 kPa"; empty for a test that is answered yes or no.
[[nodiscard]] std::string limits_text(const FunctionTest& test);
[[nodiscard]] std::string limits_text(const Limits& limits, const std::optional<TestUnit>& unit);

// "92 %"; empty without a value or a unit.
[[nodiscard]] std::string
reading_text(const std::optional<Amount>& value, const std::optional<TestUnit>& unit);

// Whether the last result says that it does not work, by the limits as they are now.
[[nodiscard]] bool is_failed(const FunctionTest& test);

[[nodiscard]] int interval_of(const FunctionTest& test, const Policy& policy);

[[nodiscard]] const FunctionTest* find_test(const Device& device, std::string_view id);

// The first test that this check has still to take: those of each check, then those of an interval
// of their own that run out before the next check is due. A device that nothing was said of yet is
// asked for one test at least. nullptr: none.
[[nodiscard]] const FunctionTest*
next_test(const Device& device, const CheckProgress& progress, const Policy& policy, Day today);

// Whether the check knows all that it must of the device: it was tested, by every test that has no
// interval of its own or has never passed.
[[nodiscard]] bool is_settled(const Device& device, const CheckProgress& progress);

// The device as the check leaves it. A failure stays until the test is taken again; a result of an
// interval of its own stays; any other that was not taken again is gone, and so is all that passed
// of a device that nobody tested. Results bear the day on which they were taken: the signature may
// be of a later one.
[[nodiscard]] Device device_after(Device device, const CheckProgress& progress, Day working_day);

// Only what the check said of the device, laid over what was known: for checks that are not full.
[[nodiscard]] Device with_results(Device device, const CheckProgress& progress, Day working_day);

// The device as it is defined now with the results of the one before; a result in another unit
// says nothing any more.
void keep_results(Device& device, const Device& before);

} // namespace cartwatch::readiness
