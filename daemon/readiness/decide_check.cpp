#include "daemon/readiness/blind.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/restock.hpp"
#include "daemon/readiness/verdict.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// A full check of a cart that was checked on this working day says so.
void say_opened(Turn& turn, const Cart& cart, const std::string& by) {
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
    session.seal.clear();
    session.seal_said.reset();
    session.kind = CheckKind::full;
    session.check = check.id;
    if (!here) {
        turn.select_line(check.progress.last_line, check.progress.last_lot);
        const Line* line = find_line(cart, session.line);
        session.line_product = line == nullptr ? std::string() : line->product;
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
    const ReplyKind kind = here ? ReplyKind::accept : ReplyKind::attention;
    if (check.kind == CheckKind::restock) {
        values["units"] = std::to_string(restock_sum(cart, check.progress).units);
        return turn.say(kind, "restock_resumed", std::move(values));
    }
    values["done"] = std::to_string(required - not_scanned(cart, check.progress).size());
    values["required"] = std::to_string(required);
    turn.say(kind, "check_resumed", std::move(values));
}

void start(Turn& turn, const Cart& cart, const std::string& by) {
    if (const Check* open = open_check_of(turn.node, cart.id)) {
        return resume(turn, *open, cart);
    }
    if (turn.session().kind == CheckKind::restock && refuse_unknown_cart(turn, cart)) {
        return;
    }
    if (!turn.session().seal.empty()) {
        return start_with_seal(turn, cart, by);
    }
    open_check(turn, cart, by);
}

} // namespace

std::string next_check_id(const Turn& turn) {
    return turn.state.self + "/" + std::to_string(turn.node.checks_opened + 1);
}

void open_check(Turn& turn, const Cart& cart, const std::string& by) {
    const std::string id = next_check_id(turn);
    const CheckKind kind = turn.session().kind;
    const std::int64_t seed = turn.context.seed;
    turn.add(CheckOpened{id, cart.id, kind, by, seed, blind_lines_of(turn, cart, seed)});
    turn.decision.actor = by;
    turn.forget_session();
    turn.session().check = id;
    if (kind == CheckKind::full) {
        return say_opened(turn, cart, by);
    }
    if (kind == CheckKind::restock) {
        return say_restock_opened(turn, cart, by);
    }
    const bool used = kind == CheckKind::after_use;
    Values values = cart_values(cart);
    values["by"] = name_of_staff(turn.state, by);
    turn.say(ReplyKind::accept, used ? "use_opened" : "handover_opened", std::move(values));
}

bool refuse_lines(Turn& turn) {
    if (turn.check == nullptr || counts_packs(turn.check->kind)) {
        return false;
    }
    turn.say(ReplyKind::reject, is_use(turn) ? "use_counts_nothing" : "lines_not_asked");
    return true;
}

void take_badge(Turn& turn, const Staff& person) {
    const std::string name = person.name.empty() ? person.id : person.name;
    const bool witness = waits_for_witness(turn);
    if (person.retired) {
        turn.session().witness_for = witness ? turn.witness_for : std::string();
        return turn.say(ReplyKind::reject, "badge_retired", {{"by", name}});
    }
    if (witness) {
        return take_witness(turn, person);
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
        if (turn.rested) {
            return resume(turn, *turn.check, *turn.cart);
        }
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
    if (turn.session().cart != cart.id) {
        turn.session().seal.clear(); // it was on another cart
        turn.session().seal_said.reset();
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

void decide_on(Turn& turn, const TurnCheck& command) {
    const bool handover = command.kind == CheckKind::handover;
    if (turn.check == nullptr) {
        turn.session().kind = handover ? CheckKind::handover : CheckKind::full;
        return turn.say(ReplyKind::command, handover ? "handover_chosen" : "full_chosen");
    }
    if (turn.check->kind == command.kind) {
        return turn.say(ReplyKind::attention, handover ? "handover_goes_on" : "full_goes_on");
    }
    if (is_use(turn)) {
        return turn.say(ReplyKind::attention, "use_goes_on", cart_values(*turn.cart));
    }
    if (is_restock(turn) && has_counted(turn.check->steps)) {
        return turn.say(ReplyKind::attention, "restock_goes_on", cart_values(*turn.cart));
    }
    if (handover && (has_counted(turn.check->steps) || was_opened(turn.check->steps))) {
        return turn.say(ReplyKind::reject, "handover_too_late");
    }
    const CheckKind kind = handover ? CheckKind::handover : CheckKind::full;
    turn.add(CheckTurned{turn.check->id, kind, turn.check->checker});
    turn.session().seal.clear();
    turn.say(
        ReplyKind::attention,
        handover ? "handover_turned" : "full_turned",
        cart_values(*turn.cart));
}

void ask_to_cancel(Turn& turn) {
    if (turn.check == nullptr || !has_counted(turn.check->steps)) {
        return decide_on(turn, CancelCheck{});
    }
    // However long a label stays before the scanner, it is one scan.
    const auto asked = turn.cancel_asked;
    if (asked && turn.context.uptime - *asked > held_label_repeat) {
        return decide_on(turn, CancelCheck{});
    }
    turn.session().cancel_asked = turn.context.uptime;
    turn.say(ReplyKind::attention, "cancel_again", cart_values(*turn.cart));
}

void decide_on(Turn& turn, const CancelCheck&) {
    if (turn.check == nullptr) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    note_unanswered_break(turn);
    turn.add(CheckCancelled{turn.check->id, turn.cart->id, turn.check->checker});
    turn.forget_session();
    turn.say(ReplyKind::command, "check_cancelled", cart_values(*turn.cart));
}

} // namespace cartwatch::readiness
