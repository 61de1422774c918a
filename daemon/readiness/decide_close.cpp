#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/reconcile.hpp"

namespace cartwatch::readiness {

namespace {

// What will be called missing is shown once, and again after any further step.
void show_missing(Turn& turn, const std::vector<std::string>& missing) {
    std::vector<Name> names;
    for (const std::string& id : missing) {
        if (const Line* line = find_line(*turn.cart, id)) {
            names.push_back(product_of(turn.state, *line).name);
        } else {
            names.push_back(find_device(*turn.cart, id)->name);
        }
    }
    turn.add(CheckReviewed{turn.check->id});
    Values values{{"count", std::to_string(missing.size())}};
    add_names(values, names);
    turn.say(ReplyKind::attention, "review_missing", std::move(values));
}

CheckClosed
closing_of(const Turn& turn, const Judgement& judgement, std::vector<std::string> missing) {
    CheckClosed closed;
    closed.check = turn.check->id;
    closed.cart = turn.cart->id;
    closed.by = turn.check->checker;
    closed.working_day = turn.context.working_day;
    closed.readiness = judgement.readiness;
    closed.in_order = judgement.in_order;
    closed.required = judgement.required;
    closed.ready_until = judgement.ready_until;
    closed.not_scanned = std::move(missing);
    closed.findings = judgement.findings;
    return closed;
}

void close(Turn& turn, std::vector<std::string> missing) {
    const Cart after = cart_after(*turn.cart, *turn.check, turn.context.working_day);
    const Judgement judgement = evaluate(after, turn.policy, turn.recalls, turn.context.today);
    record_recalled_units(turn);
    turn.add(closing_of(turn, judgement, std::move(missing)));
    const std::vector<AlertNeed> needs = needs_of(after, judgement);
    // With the clock set back no alert ends.
    const Closing closing = turn.clock_back() ? Closing::not_at_all : Closing::resolved;
    for (Event& event : reconcile(turn.node.alerts, after, needs, closing)) {
        turn.add(std::move(event));
    }
    Values values = cart_values(after);
    values["readiness"] = to_text(judgement.readiness);
    values["in_order"] = std::to_string(judgement.in_order);
    values["required"] = std::to_string(judgement.required);
    values["ready_until"] = day_text(judgement.ready_until);
    values["findings"] = std::to_string(judgement.findings.size());
    values["alerts"] = std::to_string(needs.size());
    turn.forget_session();
    const bool ready = judgement.readiness == Readiness::ready;
    turn.say(ready ? ReplyKind::accept : ReplyKind::attention, "check_closed", std::move(values));
}

} // namespace

void sign(Turn& turn) {
    std::vector<std::string> missing = not_scanned(*turn.cart, turn.progress);
    if (!missing.empty() && !turn.check->reviewed) {
        return show_missing(turn, missing);
    }
    close(turn, std::move(missing));
}

void decide_on(Turn& turn, const CloseCheck&) {
    if (turn.check == nullptr) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    const std::vector<std::string> missing = not_scanned(*turn.cart, turn.progress);
    if (!missing.empty() && !turn.check->reviewed) {
        return show_missing(turn, missing);
    }
    turn.say(
        ReplyKind::command,
        "sign_with_badge",
        {{"by", name_of_staff(turn.state, turn.check->checker)}});
}

} // namespace cartwatch::readiness
