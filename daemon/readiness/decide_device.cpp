#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"

namespace cartwatch::readiness {

namespace {

const Device* device_meant(Turn& turn, const std::string& named) {
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

} // namespace

void choose_device(Turn& turn, const Device& device) {
    turn.select_device(device.id);
    turn.reply().device = device.id;
    turn.say(ReplyKind::command, "test_device", device_values(device));
}

void decide_on(Turn& turn, const SelectDevice& command) {
    if (const Device* device = device_meant(turn, command.device)) {
        choose_device(turn, *device);
    }
}

void decide_on(Turn& turn, const ReportTest& command) {
    const Device* device = device_meant(turn, command.device);
    if (device == nullptr) {
        return;
    }
    turn.record(DeviceTested{device->id, command.passed});
    turn.select_device(device->id);
    turn.reply().device = device->id;
    turn.say(
        command.passed ? ReplyKind::accept : ReplyKind::attention,
        command.passed ? "device_passed" : "device_failed",
        device_values(*device));
}

} // namespace cartwatch::readiness
