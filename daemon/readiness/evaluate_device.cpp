#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/judge.hpp"

namespace cartwatch::readiness {

namespace {

using std::chrono::days;

// The narrowest band that holds the days left; nullopt where none does.
std::optional<int> band_of(const Policy& policy, int days_left) {
    std::optional<int> narrowest;
    for (const int band : policy.near_expiry_days) {
        if (days_left >= 0 && days_left <= band && (!narrowest || band < *narrowest)) {
            narrowest = band;
        }
    }
    return narrowest;
}

} // namespace

void note_coming_expiry(Judge& judge, Finding named, Day last_usable_day) {
    named.severity = Severity::notice;
    named.last_usable_day = last_usable_day;
    if (judge.due && last_usable_day < *judge.due + days{judge.policy.delivery_days}) {
        judge.findings.push_back(named);
        judge.findings.back().kind = FindingKind::expires_before_next_check;
    }
    const int days_left = days_between(judge.today, last_usable_day);
    if (const auto band = band_of(judge.policy, days_left)) {
        named.kind = FindingKind::near_expiry;
        named.days_left = days_left;
        named.band = band;
        judge.findings.push_back(std::move(named));
    }
}

namespace {

void judge_accessory(Judge& judge, const Device& device, const Accessory& accessory) {
    if (!accessory.last_usable_day) {
        return;
    }
    Finding named;
    named.device = device.id;
    named.accessory = accessory.id;
    if (judge.today > *accessory.last_usable_day) {
        named.kind = FindingKind::accessory_expired;
        named.severity = device.critical ? Severity::critical : Severity::normal;
        judge.findings.push_back(named);
        return;
    }
    note_coming_expiry(judge, std::move(named), *accessory.last_usable_day);
    judge.keep_until(*accessory.last_usable_day);
}

Finding found_on(const Device& device, FindingKind kind, Severity if_critical) {
    Finding finding;
    finding.kind = kind;
    finding.severity = device.critical ? if_critical : Severity::normal;
    finding.device = device.id;
    return finding;
}

// A test that the device can do without never makes it worse than normal.
Finding found_by(const Device& device, const FunctionTest& test, FindingKind kind, Severity worst) {
    Finding finding = found_on(device, kind, test.critical ? worst : Severity::normal);
    finding.test = test.id;
    return finding;
}

void judge_test(Judge& judge, const Device& device, const FunctionTest& test) {
    const days interval{interval_of(test, judge.policy)};
    if (is_failed(test)) {
        Finding finding = found_by(device, test, FindingKind::device_failed, Severity::critical);
        const Limits limits = limits_of(test);
        finding.unit = test.unit;
        finding.value = test.last->value;
        finding.least = limits.least;
        finding.most = limits.most;
        judge.findings.push_back(finding);
    }
    if (!test.last || judge.today - test.last->on > interval) {
        judge.findings.push_back(
            found_by(device, test, FindingKind::device_untested, Severity::high));
    } else {
        judge.keep_until(test.last->on + interval);
    }
}

// The device as a whole: the one test of a device that has none of its own. A failure from before
// it had any stands until it is tested again.
void judge_whole(Judge& judge, const Device& device) {
    const days interval{judge.policy.check_interval_days};
    if (device.last_test && !device.last_test->passed) {
        judge.findings.push_back(found_on(device, FindingKind::device_failed, Severity::critical));
    }
    if (!device.tests.empty()) {
        return;
    }
    if (!device.last_test || judge.today - device.last_test->on > interval) {
        judge.findings.push_back(found_on(device, FindingKind::device_untested, Severity::high));
    } else {
        judge.keep_until(device.last_test->on + interval);
    }
}

void judge_date(
    Judge& judge, const Device& device, const std::optional<Day>& due, FindingKind overdue) {
    if (!due) {
        return;
    }
    if (judge.today > *due) {
        judge.findings.push_back(found_on(device, overdue, Severity::high));
    } else {
        judge.keep_until(*due);
    }
}

} // namespace

void judge_device(Judge& judge, const Device& device) {
    judge_whole(judge, device);
    for (const FunctionTest& test : device.tests) {
        judge_test(judge, device, test);
    }
    judge_date(judge, device, device.service_due, FindingKind::service_overdue);
    judge_date(judge, device, device.calibration_due, FindingKind::calibration_overdue);
    for (const Accessory& accessory : device.accessories) {
        judge_accessory(judge, device, accessory);
    }
}

} // namespace cartwatch::readiness
