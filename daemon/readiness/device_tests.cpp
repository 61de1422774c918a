#include "daemon/readiness/device_tests.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

using std::chrono::days;

// A share of an amount in percent: the least thousandths at or above it, the most at or below it.
int share_up(Amount amount, int percent) {
    const std::int64_t hundredfold = std::int64_t{amount.thousandths} * percent;
    return static_cast<int>((hundredfold + 99) / 100);
}

int share_down(Amount amount, int percent) {
    return static_cast<int>(std::int64_t{amount.thousandths} * percent / 100);
}

const TestTaken*
taken(const CheckProgress& progress, const std::string& device, const std::string& test) {
    const auto tests = progress.tests.find(device);
    if (tests == progress.tests.end()) {
        return nullptr;
    }
    const auto found = tests->second.find(test);
    return found == tests->second.end() ? nullptr : &found->second;
}

// Somebody said that the whole of it does not work, or is not there.
bool failed_whole(const CheckProgress& progress, const Device& device) {
    const TestTaken* whole = taken(progress, device.id, "");
    return whole != nullptr && !whole->passed;
}

// Taken at every full check, whatever its last result.
bool is_of_each_check(const FunctionTest& test) {
    return !test.interval_days || !test.last || is_failed(test);
}

bool runs_out(const FunctionTest& test, const Policy& policy, Day today) {
    return test.last->on + days{interval_of(test, policy)}
           < today + days{policy.check_interval_days};
}

} // namespace

Limits limits_of(const FunctionTest& test) {
    Limits limits{test.least, test.most};
    if (test.selected) {
        const Amount low{share_up(*test.selected, 100 - test.tolerance_percent)};
        const Amount high{share_down(*test.selected, 100 + test.tolerance_percent)};
        limits.least = limits.least ? std::max(*limits.least, low) : low;
        limits.most = limits.most ? std::min(*limits.most, high) : high;
    }
    return limits;
}

bool is_within(const Limits& limits, Amount value) {
    return (!limits.least || *limits.least <= value) && (!limits.most || value <= *limits.most);
}

std::string limits_text(const FunctionTest& test) {
    return limits_text(limits_of(test), test.unit);
}

std::string limits_text(const Limits& limits, const std::optional<TestUnit>& unit) {
    if (!unit) {
        return "";
    }
    const std::string name = " " + std::string(to_text(*unit));
    if (limits.least && limits.most) {
        return to_text(*limits.least) + "–" + to_text(*limits.most) + name;
    }
    if (limits.least) {
        return "≥ " + to_text(*limits.least) + name;
    }
    return limits.most ? "≤ " + to_text(*limits.most) + name : std::string();
}

std::string reading_text(const std::optional<Amount>& value, const std::optional<TestUnit>& unit) {
    return value && unit ? to_text(*value) + " " + std::string(to_text(*unit)) : std::string();
}

bool is_failed(const FunctionTest& test) {
    if (!test.last) {
        return false;
    }
    return !test.last->passed
           || (test.last->value && !is_within(limits_of(test), *test.last->value));
}

int interval_of(const FunctionTest& test, const Policy& policy) {
    return test.interval_days.value_or(policy.check_interval_days);
}

const FunctionTest* find_test(const Device& device, std::string_view id) {
    const auto found =
        std::find_if(device.tests.begin(), device.tests.end(), [&](const FunctionTest& t) {
            return t.id == id;
        });
    return found == device.tests.end() ? nullptr : &*found;
}

const FunctionTest*
next_test(const Device& device, const CheckProgress& progress, const Policy& policy, Day today) {
    for (const bool of_each : {true, false}) {
        for (const FunctionTest& test : device.tests) {
            const bool asked = is_of_each_check(test) || runs_out(test, policy, today);
            if (asked && is_of_each_check(test) == of_each
                && taken(progress, device.id, test.id) == nullptr) {
                return &test;
            }
        }
    }
    const bool untouched = !progress.devices.contains(device.id);
    return untouched && !device.tests.empty() ? &device.tests.front() : nullptr;
}

bool is_settled(const Device& device, const CheckProgress& progress) {
    if (failed_whole(progress, device)) {
        return true;
    }
    return progress.devices.contains(device.id)
           && std::all_of(device.tests.begin(), device.tests.end(), [&](const FunctionTest& test) {
                  return !is_of_each_check(test) || taken(progress, device.id, test.id) != nullptr;
              });
}

Device device_after(Device device, const CheckProgress& progress, Day working_day) {
    const bool unseen = !progress.devices.contains(device.id) || failed_whole(progress, device);
    // That it works has to be seen anew; that it does not stands until somebody sees that it does.
    if (device.last_test && device.last_test->passed) {
        device.last_test.reset();
    }
    for (FunctionTest& test : device.tests) {
        if ((unseen || !test.interval_days) && test.last && test.last->passed) {
            test.last.reset();
        }
    }
    return with_results(std::move(device), progress, working_day);
}

Device with_results(Device device, const CheckProgress& progress, Day working_day) {
    const TestTaken* whole = taken(progress, device.id, "");
    if (whole != nullptr && (device.tests.empty() || !whole->passed)) {
        device.last_test = DeviceTest{whole->on.value_or(working_day), whole->passed};
    } else if (progress.devices.contains(device.id)) {
        device.last_test.reset(); // its tests say it now
    }
    for (FunctionTest& test : device.tests) {
        if (const TestTaken* result = taken(progress, device.id, test.id)) {
            test.last = TestResult{
                result->on.value_or(working_day), result->passed, result->value, result->by};
        }
    }
    return device;
}

void keep_results(Device& device, const Device& before) {
    device.last_test = before.last_test;
    for (FunctionTest& test : device.tests) {
        const FunctionTest* known = find_test(before, test.id);
        if (known != nullptr && known->unit == test.unit) {
            test.last = known->last;
        }
    }
}

} // namespace cartwatch::readiness
