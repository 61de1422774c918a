#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/sealed.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::readiness {

namespace {

std::string_view refusal_of(NotSealed why) {
    static constexpr std::array<std::string_view, 7> messages = {
        "sealed_no_seal",
        "sealed_seal_broken",
        "sealed_never_checked",
        "sealed_full_too_old",
        "sealed_not_ready",
        "sealed_past_ready",
        "sealed_findings_open"};
    return messages.at(static_cast<std::size_t>(why));
}

Values
refusal_values(const Turn& turn, const Cart& cart, const Judgement& judgement, NotSealed why) {
    Values values = cart_values(cart);
    if (why == NotSealed::full_too_old) {
        values["day"] = day_text(cart.last_full_check);
        values["limit"] = std::to_string(turn.policy.sealed_within_days);
    } else if (why == NotSealed::past_ready) {
        values["day"] = day_text(cart.seal->ready_until);
    } else if (why == NotSealed::findings_open) {
        values["count"] = std::to_string(open_findings(judgement.findings));
    }
    return values;
}

// There is no seal on this cart that could be checked.
void say_no_seal(Turn& turn, const Cart& cart) {
    const NotSealed why = cart.seal ? NotSealed::seal_broken : NotSealed::no_seal;
    turn.say(ReplyKind::reject, refusal_of(why), cart_values(cart));
}

// Whether the seal alone is no check of this cart today; the reply says why.
[[nodiscard]] bool refuse_sealed(Turn& turn, const Cart& cart) {
    const Judgement judgement =
        evaluate(cart, turn.policy, turn.recalls, turn.as_of(), turn.substitutions);
    const auto why =
        why_not_sealed(cart, turn.policy, judgement, turn.context.today, turn.context.working_day);
    if (why) {
        turn.say(ReplyKind::reject, refusal_of(*why), refusal_values(turn, cart, judgement, *why));
    }
    return why.has_value();
}

Values mismatch_values(const Cart& cart, const std::string& number) {
    Values values = cart_values(cart);
    values["number"] = number;
    values["expected"] = cart.seal->number;
    return values;
}

// Without a badge nobody stands for what was read, and only this place remembers it; within a check
// it is a step like any other.
void refuse_mismatch(Turn& turn, const Cart& cart, const std::string& number) {
    if (turn.check == nullptr) {
        turn.session().seal = number;
        turn.session().seal_said.reset();
    } else {
        turn.record(SealFound{number});
    }
    turn.say(ReplyKind::reject, "seal_mismatch", mismatch_values(cart, number));
}

// A seal beside a cart, no badge yet: the check of the seal alone.
void read_before_check(Turn& turn, const std::string& number) {
    const auto found = turn.node.carts.find(turn.session().cart);
    if (found == turn.node.carts.end()) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    if (turn.session().kind == CheckKind::after_use) {
        return turn.say(ReplyKind::reject, "use_seal_later");
    }
    if (turn.session().kind == CheckKind::restock) {
        return turn.say(ReplyKind::reject, "restock_seal_later");
    }
    const Cart& cart = found->second;
    turn.session().seal.clear();
    if (!cart.seal || !cart.seal->intact) {
        return say_no_seal(turn, cart);
    }
    if (number != cart.seal->number) {
        return refuse_mismatch(turn, cart, number);
    }
    const bool handover = turn.session().kind == CheckKind::handover;
    if (handover || !refuse_sealed(turn, cart)) {
        turn.session().seal = number;
        Values values = cart_values(cart);
        values["number"] = number;
        values["ready_until"] = day_text(cart.seal->ready_until);
        turn.say(ReplyKind::accept, "seal_matches", std::move(values));
    }
}

// The cart as it was before this check was opened: its seal is on it.
Cart with_seal_on(const Cart& cart) {
    Cart mended = cart;
    mended.seal->intact = true;
    mended.seal->how = SealBreak::for_check;
    return mended;
}

// The seal on record is there: any other number was misread.
void take_back_misreading(Turn& turn) {
    Check check = *turn.check;
    for (Step& step : check.steps) {
        if (!step.undone && std::holds_alternative<SealFound>(step.action)) {
            step.undone = true;
            turn.add(StepUndone{check.id, step.number, check.checker});
        }
    }
    turn.progress = progress_of(check);
}

// The seal on record before anything was counted: a check of the seal was meant. Where that is not
// enough the check goes on as it was.
void turn_to_sealed(Turn& turn, const std::string& number) {
    const Cart cart = with_seal_on(*turn.cart);
    if (refuse_sealed(turn, cart)) {
        return take_back_misreading(turn);
    }
    turn.add(CheckTurned{turn.check->id, CheckKind::sealed, turn.check->checker});
    turn.progress.kind = CheckKind::sealed;
    turn.record(SealRead{number});
    Check check = *turn.check;
    check.kind = CheckKind::sealed;
    check.progress = turn.progress;
    close_check(turn, cart, check, "");
}

SealBreak break_of(std::optional<SealSaid> said) {
    if (!said) {
        return SealBreak::unexplained;
    }
    return *said == SealSaid::emergency ? SealBreak::emergency : SealBreak::mistake;
}

void note_break_in_check(Turn& turn, std::optional<SealSaid> said) {
    turn.add(SealBroken{
        turn.cart->id,
        turn.cart->seal->number,
        turn.progress.seal_found,
        break_of(said),
        turn.check->checker});
}

bool awaits_old_seal(const Turn& turn) {
    return asks_for_lines(turn.check->kind) && turn.check->broke_seal && turn.cart->seal
           && !has_counted(turn.check->steps) && !was_opened(turn.check->steps);
}

// The seal that will close the cart.
void put_on(Turn& turn, const std::string& number) {
    const auto& seals = turn.node.seals;
    const auto known = seals.find(number);
    if (known != seals.end() && known->second.state != SealState::issued) {
        const bool voided = known->second.state == SealState::voided;
        return turn.say(
            ReplyKind::reject, voided ? "seal_is_void" : "seal_reused", {{"number", number}});
    }
    if (known == seals.end() && keeps_seal_stock(seals, turn.cart->station)) {
        return turn.say(ReplyKind::reject, "seal_not_issued", {{"number", number}});
    }
    turn.record(SealRead{number});
    const std::vector<std::string> left = seals_left_out(seals, number);
    if (known != seals.end() && known->second.station != turn.cart->station) {
        const std::string& station = known->second.station;
        return turn.say(
            ReplyKind::attention,
            "seal_of_other_station",
            {{"number", number}, {"station", station}});
    }
    if (!left.empty()) {
        return turn.say(
            ReplyKind::attention,
            "seal_left_out",
            {{"number", number}, {"count", std::to_string(left.size())}, {"first", left.front()}});
    }
    turn.say(ReplyKind::accept, "seal_read", {{"number", number}});
}

void read_in_handover(Turn& turn, const std::string& number) {
    if (!turn.cart->seal || !turn.cart->seal->intact) {
        return say_no_seal(turn, *turn.cart);
    }
    if (number != turn.cart->seal->number) {
        return refuse_mismatch(turn, *turn.cart, number);
    }
    turn.record(SealRead{number});
    turn.say(ReplyKind::accept, "seal_confirmed", {{"number", number}});
}

// What the person does next, once it is said why the seal is another.
std::string_view word_asked_of(SealSaid said) {
    switch (said) {
    case SealSaid::emergency:
        return "seal_said_used";
    case SealSaid::mistake:
        return "seal_said_broken";
    case SealSaid::record_wrong:
        break;
    }
    return "seal_said_wrong";
}

// What stands in the books is put right, by somebody who answers for the place. False: the reply
// says why not.
bool correct_record(Turn& turn, const Cart& cart, const Staff& person, const std::string& number) {
    if (!answers_for_place(person.role)) {
        turn.say(ReplyKind::reject, "seal_correction_refused", {{"by", person.name}});
        return false;
    }
    const auto known = turn.node.seals.find(number);
    if (known != turn.node.seals.end() && known->second.state != SealState::issued) {
        turn.say(ReplyKind::reject, "seal_reused", {{"number", number}});
        return false;
    }
    turn.decision.actor = person.id;
    turn.add(SealCorrected{cart.id, cart.seal->number, number, person.id});
    Values values = cart_values(cart);
    values["number"] = number;
    values["before"] = cart.seal->number;
    turn.say(ReplyKind::attention, "seal_corrected", std::move(values));
    return true;
}

// The cart was opened for an emergency: what was used is scanned out before anything is counted.
void say_used_in_check(Turn& turn) {
    if (has_counted(turn.check->steps)) {
        return turn.say(ReplyKind::reject, "use_too_late", cart_values(*turn.cart));
    }
    note_break_in_check(turn, SealSaid::emergency);
    turn_to_use(turn);
}

void say_in_check(Turn& turn, SealSaid said) {
    if (said == SealSaid::emergency) {
        return say_used_in_check(turn);
    }
    if (said == SealSaid::record_wrong) {
        const Staff* person = find_staff(turn.state, turn.state.self, turn.check->checker);
        if (person != nullptr) {
            correct_record(turn, *turn.cart, *person, turn.progress.seal_found);
        }
        return;
    }
    note_break_in_check(turn, said);
    if (!asks_for_lines(turn.check->kind)) {
        turn.add(CheckTurned{turn.check->id, CheckKind::full, turn.check->checker});
    }
    turn.say(ReplyKind::attention, "seal_break_noted", cart_values(*turn.cart));
}

} // namespace

void decide_on(Turn& turn, const EnterSeal& command) {
    if (command.number.empty() || command.number.size() > short_text_max
        || !is_utf8(command.number)) {
        return turn.say(
            ReplyKind::reject, "seal_refused", {{"limit", std::to_string(short_text_max)}});
    }
    if (turn.check == nullptr) {
        return read_before_check(turn, command.number);
    }
    if (is_use(turn)) {
        return turn.say(ReplyKind::reject, "use_seal_later");
    }
    if (is_restock(turn)) {
        return turn.say(ReplyKind::reject, "restock_seal_later");
    }
    if (!asks_for_lines(turn.check->kind)) {
        return read_in_handover(turn, command.number);
    }
    if (!awaits_old_seal(turn)) {
        return put_on(turn, command.number);
    }
    if (command.number == turn.cart->seal->number) {
        return turn_to_sealed(turn, command.number);
    }
    refuse_mismatch(turn, *turn.cart, command.number);
}

void decide_on(Turn& turn, const SaySeal& command) {
    if (!awaits_word_on_seal(turn)) {
        return turn.say(ReplyKind::reject, "no_seal_to_explain");
    }
    if (turn.check != nullptr) {
        return say_in_check(turn, command.said);
    }
    turn.session().seal_said = command.said;
    turn.say(ReplyKind::command, word_asked_of(command.said));
}

bool awaits_word_on_seal(const Turn& turn) {
    if (turn.check != nullptr) {
        return has_unanswered_break(*turn.cart, *turn.check, turn.progress);
    }
    const Session& session = turn.decision.session;
    const std::string& read = session.seal;
    const auto cart = turn.node.carts.find(session.cart);
    return !read.empty() && cart != turn.node.carts.end() && cart->second.seal
           && cart->second.seal->number != read;
}

bool note_unanswered_break(Turn& turn) {
    const bool unanswered = has_unanswered_break(*turn.cart, *turn.check, turn.progress);
    if (unanswered) {
        note_break_in_check(turn, std::nullopt);
    }
    return unanswered;
}

namespace {

// Nobody has said why the cart bears another seal, and it may have been misread: the check begins
// with what was read, and the seal on record, read before anything is counted, takes that back.
void open_with_seal_found(Turn& turn, const Cart& cart, const std::string& by) {
    const std::string number = turn.session().seal;
    const std::string id = next_check_id(turn);
    open_check(turn, cart, by);
    turn.add(CheckStepped{id, 1, by, SealFound{number}});
    Values values = mismatch_values(cart, number);
    values["by"] = name_of_staff(turn.state, by);
    turn.say(ReplyKind::attention, "check_opened_other_seal", std::move(values));
}

// The cart bore another seal before it was opened, and it was said why.
void open_with_seal_broken(Turn& turn, const Cart& cart, const std::string& by) {
    const std::optional<SealSaid> said = turn.session().seal_said;
    turn.add(SealBroken{cart.id, cart.seal->number, turn.session().seal, break_of(said), by});
    turn.session().kind = said == SealSaid::emergency ? CheckKind::after_use : CheckKind::full;
    open_check(turn, cart, by);
}

void start_with_other_seal(Turn& turn, const Cart& cart, const std::string& by) {
    if (!turn.session().seal_said) {
        return open_with_seal_found(turn, cart, by);
    }
    if (turn.session().seal_said != SealSaid::record_wrong) {
        return open_with_seal_broken(turn, cart, by);
    }
    const Staff& person = *find_staff(turn.state, turn.state.self, by);
    const std::string number = turn.session().seal;
    const bool corrected = correct_record(turn, cart, person, number);
    turn.session().staff.clear();
    turn.session().seal_said.reset();
    turn.session().seal = corrected ? number : std::string();
}

} // namespace

void start_with_seal(Turn& turn, const Cart& cart, const std::string& by) {
    const std::string number = turn.session().seal;
    if (!cart.seal || !cart.seal->intact) { // opened elsewhere meanwhile
        turn.session().seal.clear();
        return open_check(turn, cart, by);
    }
    if (number != cart.seal->number) {
        return start_with_other_seal(turn, cart, by);
    }
    turn.session().seal.clear();
    const std::string id = next_check_id(turn);
    if (turn.session().kind == CheckKind::handover) {
        open_check(turn, cart, by);
        return turn.add(CheckStepped{id, 1, by, SealRead{number}});
    }
    if (refuse_sealed(turn, cart)) {
        return turn.session().staff.clear();
    }
    Check check;
    check.id = id;
    check.cart = cart.id;
    check.kind = CheckKind::sealed;
    check.opened_at = turn.context.now;
    check.checker = by;
    check.steps.push_back({1, turn.context.now, by, SealRead{number}, false});
    check.progress = progress_of(check);
    turn.decision.actor = by;
    turn.add(CheckOpened{id, cart.id, CheckKind::sealed, by});
    turn.add(CheckStepped{id, 1, by, SealRead{number}});
    close_check(turn, cart, check, "");
}

} // namespace cartwatch::readiness
