#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/device_tests.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

int units_of_lot(const std::vector<Holding>& holdings, const std::string& lot) {
    const Holding* found = find_holding(holdings, lot);
    return found == nullptr ? 0 : found->quantity;
}

int units_used(const LineProgress& known) {
    int units = 0;
    for (const auto& [lot, used] : known.used) {
        units += used;
    }
    return units;
}

// Everything of the step that a person would know it by. The progress of the turn is the one
// without the step.
struct StepWords {
    const Turn& turn;
    Values& values;

    // Of units that add up the step holds the sum: said is what it brought, and what stands now.
    // One that brought none was a correction downwards.
    void of_units(int sum, int before, int now) const {
        values["quantity"] = sum > before ? std::to_string(sum - before) : std::string();
        values["now"] = std::to_string(now);
    }

    void of_line(const std::string& id) const {
        if (const Line* line = find_line(*turn.cart, id)) {
            add_name(values, product_of(turn.state, *line).name);
        }
    }

    void operator()(const LineCounted& step) const {
        values["lot"] = step.holding.lot;
        of_line(step.line);
        if (is_restock(turn)) {
            const LineProgress known = progress_of_line(turn.progress, step.line);
            const int before = units_of_lot(known.holdings, step.holding.lot);
            values["what"] = "units_put_in";
            return of_units(step.holding.quantity, before, units_of(known.holdings));
        }
        values["what"] = "line_counted";
        // Of a blind line it is counted again, and by nobody who knows the number.
        values["quantity"] = is_blind(turn.progress, step.line)
                                 ? std::string("?")
                                 : std::to_string(step.holding.quantity);
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
        const LineProgress known = progress_of_line(turn.progress, step.line);
        const auto before = known.used.find(step.lot);
        values["what"] = "units_used";
        values["lot"] = step.lot;
        of_line(step.line);
        of_units(step.quantity, before == known.used.end() ? 0 : before->second, units_used(known));
    }

    void operator()(const LineLeft& step) const {
        values["what"] = "line_left";
        values["quantity"] = std::to_string(step.quantity);
        of_line(step.line);
    }
};

void undo_step(Turn& turn, const Step& last) {
    turn.add(StepUndone{turn.check->id, last.number, turn.check->checker});
    Check check = *turn.check;
    check.steps[static_cast<std::size_t>(last.number) - 1].undone = true;
    turn.progress = progress_of(check);
    Values values{{"text", ""}, {"lot", ""}, {"quantity", ""}, {"now", ""}};
    values["step"] = std::to_string(last.number);
    add_name(values, Name{});
    std::visit(StepWords{turn, values}, last.action);

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
