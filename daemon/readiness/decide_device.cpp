#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/limits.hpp"

namespace cartwatch::readiness {

namespace {

constexpr int thousandths_of_one = 1'000;

const Device* device_meant(Turn& turn, const std::string& named) {
    if (is_use(turn)) {
        turn.say(ReplyKind::reject, "use_counts_nothing");
        return nullptr;
    }
    if (is_restock(turn)) {
        turn.say(ReplyKind::reject, "restock_no_devices");
        return nullptr;
    }
    if (turn.check == nullptr) {
        turn.say(ReplyKind::reject, "scan_cart_first");
        return nullptr;
    }
    const std::string& id = named.empty() ? turn.session().device : named;
    if (id.empty()) {
        turn.say(ReplyKind::reject, "no_current_device");
        return nullptr;
    }
    const Device* device = find_device(*turn.cart, id);
    if (device == nullptr) {
        turn.say(ReplyKind::reject, "unknown_device", {{"device", kept_text(id, short_text_max)}});
    }
    return device;
}

const FunctionTest* next_of(const Turn& turn, const Device& device) {
    return next_test(device, turn.progress, turn.policy, turn.context.working_day);
}

// The test named, else the current one of the device, else the next that is asked for.
const FunctionTest* test_meant(Turn& turn, const Device& device, const std::string& named) {
    const bool here = turn.session().device == device.id;
    const std::string& id = named.empty() && here ? turn.session().test : named;
    const FunctionTest* test = id.empty() ? next_of(turn, device) : find_test(device, id);
    if (test == nullptr && named.empty()) {
        turn.say(ReplyKind::reject, "tests_done", device_values(device));
    } else if (test == nullptr) {
        turn.say(ReplyKind::reject, "unknown_test", {{"id", kept_text(named, short_text_max)}});
    }
    return test;
}

void speak_of(Turn& turn, const Device& device, const FunctionTest* test) {
    turn.select_device(device.id, test == nullptr ? "" : test->id);
    turn.reply().device = device.id;
}

void ask(Turn& turn, const Device& device, const FunctionTest& test, ReplyKind kind) {
    speak_of(turn, device, &test);
    turn.say(kind, test.unit ? "test_reading" : "test_yes_no", test_values(device, test));
}

// Records the result, and names the test that comes next.
void take_result(
    Turn& turn, const Device& device, const FunctionTest& test, const DeviceTested& result) {
    turn.record(result);
    Values values = test_values(device, test);
    values.erase("unit");
    values["shown"] = reading_text(result.value, test.unit);
    const FunctionTest* next = next_of(turn, device);
    speak_of(turn, device, next);
    add_name(values, next == nullptr ? Name{} : next->name, "next");
    values["next_limits"] = next == nullptr ? "" : limits_text(*next);
    turn.say(
        result.passed ? ReplyKind::accept : ReplyKind::attention,
        result.passed ? "test_passed" : "test_failed",
        std::move(values));
}

void take_reading(Turn& turn, const Device& device, const FunctionTest& test, Amount value) {
    if (!test.unit) {
        return ask(turn, device, test, ReplyKind::reject);
    }
    if (!is_possible(*test.unit, value)) {
        const AmountRange range = possible_range(*test.unit);
        Values values = test_values(device, test);
        values["value"] = to_text(value);
        values["low"] = to_text(range.low);
        values["high"] = to_text(range.high);
        speak_of(turn, device, &test);
        return turn.say(ReplyKind::reject, "reading_refused", std::move(values));
    }
    const bool passed = is_within(limits_of(test), value);
    take_result(
        turn,
        device,
        test,
        DeviceTested{device.id, passed, test.id, value, turn.context.working_day});
}

// A device without tests of its own: one answer for the whole of it.
void take_whole(Turn& turn, const Device& device, bool passed) {
    turn.record(DeviceTested{device.id, passed, "", {}, turn.context.working_day});
    speak_of(turn, device, nullptr);
    turn.say(
        passed ? ReplyKind::accept : ReplyKind::attention,
        passed ? "device_passed" : "device_failed",
        device_values(device));
}

} // namespace

void choose_device(Turn& turn, const Device& device, std::string_view test) {
    if (is_restock(turn)) {
        return turn.say(ReplyKind::reject, "restock_no_devices");
    }
    if (device.tests.empty()) {
        speak_of(turn, device, nullptr);
        return turn.say(ReplyKind::command, "test_device", device_values(device));
    }
    const FunctionTest* meant = test.empty() ? next_of(turn, device) : find_test(device, test);
    // All taken already: scanning the tag again takes them again.
    ask(turn, device, meant == nullptr ? device.tests.front() : *meant, ReplyKind::command);
}

void decide_on(Turn& turn, const SelectDevice& command) {
    const Device* device = device_meant(turn, command.device);
    if (device == nullptr) {
        return;
    }
    if (!command.test.empty() && find_test(*device, command.test) == nullptr) {
        const std::string test = kept_text(command.test, short_text_max);
        return turn.say(ReplyKind::reject, "unknown_test", {{"id", test}});
    }
    choose_device(turn, *device, command.test);
}

void decide_on(Turn& turn, const ReportTest& command) {
    const Device* device = device_meant(turn, command.device);
    if (device == nullptr) {
        return;
    }
    if (device->tests.empty() && command.test.empty()) {
        return take_whole(turn, *device, command.passed);
    }
    const FunctionTest* test = test_meant(turn, *device, command.test);
    if (test == nullptr) {
        return;
    }
    // That it failed can be said of a gauge that shows nothing; that it passed is for the limits to
    // say.
    if (test->unit && command.passed) {
        return ask(turn, *device, *test, ReplyKind::reject);
    }
    take_result(
        turn,
        *device,
        *test,
        DeviceTested{device->id, command.passed, test->id, {}, turn.context.working_day});
}

void decide_on(Turn& turn, const EnterReading& command) {
    const Device* device = device_meant(turn, command.device);
    if (device == nullptr) {
        return;
    }
    if (device->tests.empty() && command.test.empty()) {
        return choose_device(turn, *device);
    }
    if (const FunctionTest* test = test_meant(turn, *device, command.test)) {
        take_reading(turn, *device, *test, command.value);
    }
}

void miss_device(Turn& turn) {
    if (const Device* device = device_meant(turn, "")) {
        take_whole(turn, *device, false);
    }
}

bool took_as_reading(Turn& turn, int number) {
    const Session& session = turn.session();
    if (turn.check == nullptr || !session.line.empty() || session.device.empty()) {
        return false;
    }
    const Device* device = find_device(*turn.cart, session.device);
    if (device == nullptr || device->tests.empty()) {
        return false;
    }
    if (const FunctionTest* test = test_meant(turn, *device, "")) {
        take_reading(turn, *device, *test, Amount{number * thousandths_of_one});
    }
    return true;
}

} // namespace cartwatch::readiness
