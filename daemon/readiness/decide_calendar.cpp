#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/reconcile.hpp"
#include "daemon/readiness/use.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

struct Count {
    int raised = 0;
    int changed = 0;
    int closed = 0;
};

// A cart that was put on the list and never looked into: nobody knows what it lacks, so its whole
// list is no alarm. Its readiness says so (check_overdue), and its first check tells the pharmacy.
bool was_never_looked_into(const NodeState& node, const Cart& cart) {
    const bool opened = cart.use && !cart.use->checked;
    // A check whose day was taken back was made all the same.
    return !cart.last_full_check && !node.last_checks.contains(cart.id) && !opened
           && std::all_of(cart.lines.begin(), cart.lines.end(), [](const Line& line) {
                  return line.holdings.empty();
              });
}

void judge_cart(Turn& turn, const Cart& filed, Count& count) {
    const Cart cart = present_cart(turn.node, filed);
    std::vector<AlertNeed> needs;
    if (!cart.retired) {
        needs = needs_of(
            cart, evaluate(cart, turn.policy, turn.recalls, turn.as_of(), turn.substitutions));
    }
    if (was_never_looked_into(turn.node, cart)) {
        // What is known of its devices was seen by somebody, in a handover or on their papers.
        std::erase_if(needs, [](const AlertNeed& need) { return need.device.empty(); });
    }
    const Closing closing = turn.clock_back() ? Closing::not_at_all : Closing::withdrawn;
    for (Event& event : reconcile(turn.node.alerts, cart, needs, closing)) {
        count.raised += std::holds_alternative<AlertRaised>(event) ? 1 : 0;
        count.changed += std::holds_alternative<AlertChanged>(event) ? 1 : 0;
        count.closed += std::holds_alternative<AlertClosed>(event) ? 1 : 0;
        turn.add(std::move(event));
    }
}

// A day that a badge confirmed has been lived, and so has the one that the pharmacy's machine
// judged last: two clocks are not wrong in the same way. Entries of this node prove nothing, for
// they bear the time of the clock in question. One day is allowed for a midnight that one of the
// machines has not reached yet.
bool can_be(Turn& turn, Day day) {
    if (turn.node.confirmed_day && day < *turn.node.confirmed_day) {
        turn.say(
            ReplyKind::reject,
            "day_before_confirmed",
            {{"day", day_text(day)}, {"last", day_text(turn.node.confirmed_day)}});
        return false;
    }
    const bool ward = turn.state.self != turn.state.pharmacy;
    const auto& judged = node_of(turn.state, turn.state.pharmacy).last_judged;
    if (ward && judged && day + std::chrono::days{1} < *judged) {
        turn.say(
            ReplyKind::reject,
            "day_before_pharmacy",
            {{"day", day_text(day)}, {"last", day_text(judged)}});
        return false;
    }
    return true;
}

// Whether there is a wrong day to take back, and this is today. False: the reply says why not.
bool is_open_question(Turn& turn, Day day) {
    if (!turn.clock_back()) {
        turn.say(ReplyKind::command, "clock_is_right", {{"day", day_text(turn.context.today)}});
        return false;
    }
    if (day != turn.clock_day) {
        turn.say(ReplyKind::reject, "day_is_another", {{"day", day_text(turn.clock_day)}});
        return false;
    }
    return can_be(turn, day);
}

} // namespace

// Not whoever happens to be at the scanner.
bool answers_for_place(Role role) {
    return role == Role::head_nurse || answers_alerts(role);
}

void decide_on(Turn& turn, const JudgeDay&) {
    turn.decision.actor = "system";
    const Day today = turn.context.today;
    Count count;
    answer_recalls(turn);
    for (const auto& [id, cart] : turn.node.carts) {
        judge_cart(turn, cart, count);
    }
    if (turn.clock_back()) {
        return turn.say(
            ReplyKind::attention,
            "clock_went_back",
            {{"day", day_text(turn.clock_day)}, {"last", day_text(today)}});
    }
    if (turn.node.last_judged != today) {
        turn.add(DayJudged{today});
    }
    turn.say(
        ReplyKind::accept,
        "day_judged",
        {{"day", day_text(today)},
         {"raised", std::to_string(count.raised)},
         {"changed", std::to_string(count.changed)},
         {"closed", std::to_string(count.closed)}});
}

void decide_on(Turn& turn, const ConfirmDay& command) {
    if (!is_open_question(turn, command.day)) {
        return;
    }
    turn.session().day_to_confirm = command.day;
    turn.say(ReplyKind::command, "scan_badge_for_day", {{"day", day_text(command.day)}});
}

void confirm_day(Turn& turn, Day day, const Staff& person) {
    if (!is_open_question(turn, day)) {
        return;
    }
    if (person.retired) {
        return turn.say(ReplyKind::reject, "badge_retired", {{"by", person.name}});
    }
    if (!answers_for_place(person.role)) {
        return turn.say(ReplyKind::reject, "not_allowed", {{"by", person.name}});
    }
    turn.decision.actor = person.id;
    turn.add(DayCorrected{day, person.id});
    turn.say(
        ReplyKind::attention,
        "day_corrected",
        {{"by", person.name}, {"day", day_text(day)}, {"last", day_text(turn.context.today)}});
}

} // namespace cartwatch::readiness
