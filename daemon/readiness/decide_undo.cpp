#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/device_tests.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// Everything of the step that a person would know it by.
struct StepWords {
    const Turn& turn;
    Values& values;

    void of_line(const std::string& id) const {
        if (const Line* line = find_line(*turn.cart, id)) {
            add_name(values, product_of(turn.state, *line).name);
        }
    }

    void operator()(const LineCounted& step) const {
        values["what"] = is_restock(turn) ? "units_put_in" : "line_counted";
        values["lot"] = step.holding.lot;
        // Of a blind line it is counted again, and by nobody who knows the number.
        values["quantity"] = is_blind(turn.progress, step.line)
                                 ? std::string("?")
                                 : std::to_string(step.holding.quantity);
        of_line(step.line);
    }

    void operator()(const LineMissing& step) const {
        values["what"] = "line_missing";
        of_line(step.line);
    }

    void operator()(const HoldingTakenOut& step) const {
        values["what"] = "holding_taken_out";
        values["lot"] = step.lot;
        values["quantity"] = std::to_string(step.quantity);
        of_line(step.line);
    }

    void operator()(const DeviceTested& step) const {
        values["what"] = "device_tested";
        if (const Device* device = find_device(*turn.cart, step.device)) {
            add_name(values, device->name);
            const FunctionTest* test = find_test(*device, step.test);
            values["text"] = test == nullptr ? "" : reading_text(step.value, test->unit);
        }
    }

    void operator()(const CodeParked& step) const {
        values["what"] = "code_parked";
        values["text"] = step.raw;
    }

    void operator()(const ScanNoted& step) const {
        values["what"] = "scan_noted";
        values["text"] = step.raw;
        of_line(step.line);
    }

    void operator()(const SealRead& step) const {
        values["what"] = "seal_read";
        values["text"] = step.number;
    }

    void operator()(const SealFound& step) const {
        values["what"] = "seal_found";
        values["text"] = step.number;
    }

    void operator()(const UnitsUsed& step) const {
        values["what"] = "units_used";
        values["lot"] = step.lot;
        values["quantity"] = std::to_string(step.quantity);
        of_line(step.line);
    }

    void operator()(const LineLeft& step) const {
        values["what"] = "line_left";
        values["quantity"] = std::to_string(step.quantity);
        of_line(step.line);
    }
};

void undo_step(Turn& turn, const Step& last) {
    turn.add(StepUndone{turn.check->id, last.number, turn.check->checker});
    Values values{{"text", ""}, {"lot", ""}, {"quantity", ""}};
    values["step"] = std::to_string(last.number);
    add_name(values, Name{});
    std::visit(StepWords{turn, values}, last.action);

    Check check = *turn.check;
    check.steps[static_cast<std::size_t>(last.number) - 1].undone = true;
    turn.progress = progress_of(check);
    // A number typed next must not land on a line that the person is no longer looking at.
    const std::string current = turn.session().line;
    const bool stays = !current.empty() && current == turn.progress.last_line;
    turn.select_line(stays ? current : "", stays ? turn.progress.last_lot : "");
    turn.reply().line = turn.session().line;
    if (const auto* tested = std::get_if<DeviceTested>(&last.action)) {
        turn.select_device(tested->device, tested->test);
        turn.reply().device = tested->device;
    }
    turn.say(ReplyKind::command, "undone", std::move(values));
}

} // namespace

void decide_on(Turn& turn, const Undo&) {
    if (drop_digits(turn)) {
        return; // the last thing done were they
    }
    if (turn.check == nullptr) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    const std::vector<Step>& steps = turn.check->steps;
    const auto last =
        std::find_if(steps.rbegin(), steps.rend(), [](const Step& step) { return !step.undone; });
    if (last == steps.rend()) {
        return turn.say(ReplyKind::attention, "nothing_to_undo");
    }
    undo_step(turn, *last);
}

} // namespace cartwatch::readiness
