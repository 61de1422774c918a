#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/verdict.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

void open_check(Turn& turn, const Cart& cart, const std::string& by) {
    const std::string id = turn.state.self + "/" + std::to_string(turn.node.checks_opened + 1);
    turn.add(CheckOpened{id, cart.id, CheckKind::full, by});
    turn.decision.actor = by;
    Session& session = turn.session();
    session.staff.clear();
    session.cart.clear();
    session.check = id;
    turn.select_line("");
    Values values = cart_values(cart);
    values["by"] = name_of_staff(turn.state, by);
    const auto last = turn.node.last_checks.find(cart.id);
    if (last == turn.node.last_checks.end()
        || last->second.working_day != turn.context.working_day) {
        return turn.say(ReplyKind::accept, "check_opened", std::move(values));
    }
    values["last_by"] = name_of_staff(turn.state, last->second.by);
    values["last_at"] = cartwatch::to_text(last->second.at);
    turn.say(ReplyKind::attention, "check_opened_again", std::move(values));
}

// What is left of a check that goes on: who has it, how far it is.
void resume(Turn& turn, const Check& check, const Cart& cart) {
    Session& session = turn.session();
    const bool here = session.check == check.id;
    const std::string person = session.staff;
    session.staff.clear();
    session.cart.clear();
    session.check = check.id;
    if (!here) {
        turn.select_line(check.progress.last_line, check.progress.last_lot);
    }
    std::string checker = check.checker;
    if (!person.empty() && person != checker) {
        turn.add(CheckTaken{check.id, person});
        checker = person;
    }
    turn.decision.actor = checker;
    const std::size_t required = cart.lines.size() + cart.devices.size();
    Values values = cart_values(cart);
    values["opened_by"] = name_of_staff(turn.state, check.opened_by);
    values["opened_at"] = cartwatch::to_text(check.opened_at);
    values["by"] = name_of_staff(turn.state, checker);
    values["done"] = std::to_string(required - not_scanned(cart, check.progress).size());
    values["required"] = std::to_string(required);
    turn.say(here ? ReplyKind::accept : ReplyKind::attention, "check_resumed", std::move(values));
}

void start(Turn& turn, const Cart& cart, const std::string& by) {
    if (const Check* open = open_check_of(turn.node, cart.id)) {
        return resume(turn, *open, cart);
    }
    open_check(turn, cart, by);
}

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
        values["what"] = "line_counted";
        values["lot"] = step.holding.lot;
        values["quantity"] = std::to_string(step.holding.quantity);
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
};

void undo_step(Turn& turn, const Step& last) {
    turn.add(StepUndone{turn.check->id, last.number, turn.check->checker});
    Values values{{"text", ""}, {"lot", ""}, {"quantity", ""}};
    values["step"] = std::to_string(last.number);
    add_name(values, Name{});
    std::visit(StepWords{turn, values}, last.action);

    std::vector<Step> steps = turn.check->steps;
    steps[static_cast<std::size_t>(last.number) - 1].undone = true;
    turn.progress = progress_of(steps);
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

void take_badge(Turn& turn, const Staff& person) {
    const std::string name = person.name.empty() ? person.id : person.name;
    if (person.retired) {
        return turn.say(ReplyKind::reject, "badge_retired", {{"by", name}});
    }
    if (turn.check == nullptr) {
        const auto cart = turn.node.carts.find(turn.session().cart);
        turn.session().staff = person.id;
        if (cart != turn.node.carts.end() && !cart->second.retired) {
            return start(turn, cart->second, person.id);
        }
        return turn.say(ReplyKind::accept, "badge_known", {{"by", name}});
    }
    if (turn.check->checker == person.id) {
        return sign(turn);
    }
    turn.add(CheckTaken{turn.check->id, person.id});
    turn.decision.actor = person.id;
    turn.say(
        ReplyKind::attention,
        "check_taken",
        {{"by", name}, {"before", name_of_staff(turn.state, turn.check->checker)}});
}

void take_cart(Turn& turn, const Cart& cart, std::string_view raw) {
    if (turn.check != nullptr && turn.check->cart != cart.id) {
        turn.note(Verdict::wrong_cart, raw);
        turn.reply().verdict = Verdict::wrong_cart;
        Values values = cart_values(cart);
        values["open"] = turn.cart->id;
        add_name(values, turn.cart->name, "open_name");
        return turn.say(ReplyKind::reject, "wrong_cart_open", std::move(values));
    }
    if (const Check* open = open_check_of(turn.node, cart.id)) {
        return resume(turn, *open, cart);
    }
    if (cart.retired) {
        return turn.say(ReplyKind::reject, "cart_retired", cart_values(cart));
    }
    const Staff* person = find_staff(turn.state, turn.state.self, turn.session().staff);
    if (person != nullptr && !person->retired) {
        return start(turn, cart, person->id);
    }
    turn.session().staff.clear();
    turn.session().cart = cart.id;
    turn.say(ReplyKind::accept, "cart_known", cart_values(cart));
}

void decide_on(Turn& turn, const EnterSeal& command) {
    if (turn.check == nullptr) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    if (command.number.empty() || command.number.size() > short_text_max
        || !is_utf8(command.number)) {
        return turn.say(
            ReplyKind::reject, "seal_refused", {{"limit", std::to_string(short_text_max)}});
    }
    turn.record(SealRead{command.number});
    // A seal is used once: opening the cart broke the one on file.
    const bool reused = turn.cart->seal && turn.cart->seal->number == command.number;
    turn.say(
        reused ? ReplyKind::attention : ReplyKind::accept,
        reused ? "seal_reused" : "seal_read",
        {{"number", command.number}});
}

void decide_on(Turn& turn, const Undo&) {
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

void decide_on(Turn& turn, const CancelCheck&) {
    if (turn.check == nullptr) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    turn.add(CheckCancelled{turn.check->id, turn.cart->id, turn.check->checker});
    turn.forget_session();
    turn.say(ReplyKind::command, "check_cancelled", cart_values(*turn.cart));
}

} // namespace cartwatch::readiness
