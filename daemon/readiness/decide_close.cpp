#include "daemon/readiness/blind.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/doubt.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/lots_left.hpp"
#include "daemon/readiness/reconcile.hpp"
#include "daemon/readiness/remarks.hpp"
#include "daemon/readiness/seals.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// Without a word of its own: words are the catalogues'.
Name name_with_lot(const Product& product, const LotLeft& left) {
    const std::string lot = left.lot.empty() ? std::string() : " · " + left.lot;
    return {product.name.zh + lot, product.name.en + lot};
}

// What the signature will say of the cart that a person should have heard before.
struct Review {
    std::vector<Name> missing;  // lines, devices and lots that were not scanned
    bool unread = false;        // the seal on record
    bool unsealed = false;      // no new seal
    std::vector<Name> critical; // lines and devices for which the cart will not be ready

    [[nodiscard]] bool misses() const {
        return !missing.empty() || unread || unsealed;
    }
};

Name name_of_part(const Turn& turn, const std::string& id) {
    const Line* line = find_line(*turn.cart, id);
    return line == nullptr ? find_device(*turn.cart, id)->name : product_of(turn.state, *line).name;
}

Check with_progress(const Turn& turn) {
    Check check = *turn.check;
    check.progress = turn.progress;
    return check;
}

bool is_critical(const Judgement& judgement, const std::string& part) {
    const auto& findings = judgement.findings;
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
        return finding.severity == Severity::critical
               && (finding.line == part || finding.device == part);
    });
}

// What the cart will not be ready for, as far as who signs has looked: a handover at its devices.
// An emergency is not held up, and a restock judges nothing.
std::vector<Name> critical_parts(const Turn& turn) {
    const bool lines = asks_for_lines(turn.check->kind);
    if (!lines && turn.check->kind != CheckKind::handover) {
        return {};
    }
    const Cart after =
        cart_after(*turn.cart, with_progress(turn), turn.context.working_day, turn.context.now);
    const Judgement judgement =
        evaluate(after, turn.policy, turn.recalls, turn.as_of(), turn.substitutions);
    std::vector<Name> names;
    for (const Line& line : after.lines) {
        if (lines && is_critical(judgement, line.id)) {
            names.push_back(product_of(turn.state, line).name);
        }
    }
    for (const Device& device : after.devices) {
        if (is_critical(judgement, device.id)) {
            names.push_back(device.name);
        }
    }
    return names;
}

Review review_of(const Turn& turn) {
    Review review;
    for (const std::string& id : not_scanned(*turn.cart, turn.progress)) {
        review.missing.push_back(name_of_part(turn, id));
    }
    const std::vector<LotLeft> lots = lots_not_scanned(
        *turn.cart, turn.progress, turn.recalls, turn.context.today, turn.cart_substitutions());
    for (const LotLeft& left : lots) {
        review.missing.push_back(
            name_with_lot(product_of(turn.state, *find_line(*turn.cart, left.line)), left));
    }
    review.unread = seal_not_read(*turn.cart, turn.progress);
    review.unsealed = seal_not_put_on(
        *turn.cart, turn.progress, keeps_seal_stock(turn.node.seals, turn.cart->station));
    review.critical = critical_parts(turn);
    return review;
}

void say_missing(Turn& turn, const Review& review) {
    const std::size_t count =
        review.missing.size() + (review.unread ? 1 : 0) + (review.unsealed ? 1 : 0);
    Values values{
        {"count", std::to_string(count)},
        {"number", review.unread ? turn.cart->seal->number : std::string()},
        {"old_number",
         !review.unsealed  ? std::string()
         : turn.cart->seal ? turn.cart->seal->number
                           : "–"}};
    add_names(values, review.missing);
    add_names(values, review.critical, "critical");
    turn.say(ReplyKind::attention, "review_missing", std::move(values));
}

// What will be called missing, and what will make the cart not ready: one question, asked once, and
// again after anything but a badge.
bool asks_once(Turn& turn) {
    if (turn.check->reviewed && turn.review_shown == turn.check->id) {
        return false;
    }
    const Review review = review_of(turn);
    if (!review.misses() && review.critical.empty()) {
        return false;
    }
    turn.session().review_shown = turn.check->id;
    turn.add(CheckReviewed{turn.check->id});
    if (review.misses()) {
        say_missing(turn, review);
    } else {
        Values values;
        add_names(values, review.critical);
        turn.say(ReplyKind::attention, "review_critical", std::move(values));
    }
    return true;
}

int list_order_before(const Turn& turn, const Cart& cart) {
    const auto last = turn.node.last_checks.find(cart.id);
    return last == turn.node.last_checks.end() ? 0 : last->second.list_order;
}

CheckClosed
closing_of(const Turn& turn, const Cart& cart, const Check& check, const Judgement& judgement) {
    CheckClosed closed;
    closed.check = check.id;
    closed.cart = cart.id;
    closed.by = check.checker;
    closed.working_day = turn.context.working_day;
    closed.readiness = judgement.readiness;
    closed.in_order = judgement.in_order;
    closed.required = judgement.required;
    closed.ready_until = judgement.ready_until;
    closed.not_scanned = not_scanned(cart, check.progress);
    closed.findings = judgement.findings;
    closed.kind = check.kind;
    if (asks_for_lines(check.kind)) {
        closed.remarks =
            remarks_on(cart, check, turn.policy, turn.context.now, list_order_before(turn, cart));
    }
    return closed;
}

Values closed_values(const Cart& after, const CheckClosed& closed) {
    Values values = cart_values(after);
    values["readiness"] = to_text(closed.readiness);
    values["ready_until"] = day_text(closed.ready_until);
    values["findings"] = std::to_string(closed.findings.size());
    if (asks_for_lines(closed.kind)) {
        values["in_order"] = std::to_string(closed.in_order);
        values["required"] = std::to_string(closed.required);
    } else {
        values["number"] = closed.seal;
    }
    return values;
}

std::string_view message_of(CheckKind kind) {
    switch (kind) {
    case CheckKind::sealed:
        return "sealed_closed";
    case CheckKind::handover:
        return "handover_closed";
    case CheckKind::after_use:
        return "use_closed";
    case CheckKind::restock:
        return "restock_closed";
    case CheckKind::full:
        break;
    }
    return "check_closed";
}

// A cart with something that the policy watches is signed for by two.
bool asks_for_witness(const Turn& turn) {
    if (is_use(turn)) {
        return uses_controlled(turn); // empties of controlled drugs are counted by two
    }
    if (is_restock(turn)) {
        return restocks_controlled(turn);
    }
    const auto& lines = turn.cart->lines;
    return asks_for_lines(turn.check->kind)
           && std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
                  const std::vector<Product> products = products_on(turn, line);
                  return std::any_of(products.begin(), products.end(), [&](const Product& product) {
                      return watches(turn.policy.witness, product);
                  });
              });
}

// What was seen too long ago says nothing of today. An emergency may take its days: it leaves a
// cart that a full check has to go through anyway.
bool refuse_old_check(Turn& turn) {
    const Check& check = *turn.check;
    const auto age = turn.context.now - check.opened_at;
    const bool is_old = age > check_longest || age < -check_longest; // a clock was set
    if (check.kind == CheckKind::after_use || !is_old) {
        return false;
    }
    turn.say(
        ReplyKind::reject,
        "check_too_old",
        {{"opened_at", cartwatch::to_text(check.opened_at)},
         {"opened_by", name_of_staff(turn.state, check.opened_by)}});
    return true;
}

// Another cart was closed with this number since it was read here.
bool refuse_used_seal(Turn& turn) {
    const auto seal = turn.node.seals.find(turn.progress.seal);
    if (!asks_for_lines(turn.check->kind) || seal == turn.node.seals.end()
        || seal->second.state == SealState::issued) {
        return false;
    }
    turn.say(ReplyKind::reject, "seal_reused", {{"number", turn.progress.seal}});
    return true;
}

} // namespace

void close_check(Turn& turn, const Cart& cart, const Check& check, const std::string& witness) {
    const Cart after = cart_after(cart, check, turn.context.working_day, turn.context.now);
    Judgement judgement =
        evaluate(after, turn.policy, turn.recalls, turn.as_of(), turn.substitutions);
    if (is_behind_pharmacy(turn.state, turn.state.self, turn.context.today)) {
        judgement = in_doubt(std::move(judgement));
    }
    if (counts_packs(check.kind)) {
        record_recalled_units(turn);
    }
    CheckClosed closed = closing_of(turn, cart, check, judgement);
    closed.witness = witness;
    closed.seal = after.seal && after.seal->intact ? after.seal->number : std::string();
    const std::vector<AlertNeed> needs = needs_of(after, judgement);
    Values values = closed_values(after, closed);
    if (check.kind == CheckKind::after_use) {
        const std::vector<Finding> unexplained = unexplained_of(turn, check);
        closed.findings.insert(closed.findings.end(), unexplained.begin(), unexplained.end());
        values = use_values(cart, check);
    } else if (check.kind == CheckKind::restock) {
        values = restock_values(turn, cart, check, closed);
    }
    turn.add(std::move(closed));
    // With the clock set back no alert ends.
    const Closing closing = turn.clock_back() ? Closing::not_at_all : Closing::resolved;
    const Cart* counted = counts_packs(check.kind) ? &cart : nullptr;
    for (Event& event : reconcile(turn.node.alerts, after, needs, closing, counted)) {
        turn.add(std::move(event));
    }
    values["alerts"] = std::to_string(needs.size());
    if (check.kind == CheckKind::restock) {
        add_resolved(turn, values);
    }
    turn.forget_session();
    const bool ready = judgement.readiness == Readiness::ready;
    turn.say(
        ready ? ReplyKind::accept : ReplyKind::attention,
        message_of(check.kind),
        std::move(values));
}

namespace {

// The open check's cart, with the break of its seal that nobody has answered for.
Cart cart_signed_for(Turn& turn) {
    Cart cart = *turn.cart;
    if (note_unanswered_break(turn)) {
        cart.seal->intact = false;
        cart.seal->how = SealBreak::unexplained;
    }
    return cart;
}

std::size_t steps_told(const Check& check) {
    const auto undone = std::count_if(
        check.steps.begin(), check.steps.end(), [](const Step& step) { return step.undone; });
    return check.steps.size() + static_cast<std::size_t>(undone);
}

void ask_for_signature(Turn& turn) {
    turn.session().review_shown = turn.review_shown;
    turn.say(
        ReplyKind::command,
        "sign_with_badge",
        {{"by", name_of_staff(turn.state, turn.check->checker)}});
}

void wait_for_witness(Turn& turn) {
    turn.session().witness_for = turn.check->id;
    turn.session().review_shown = turn.review_shown;
    turn.session().signed_by = turn.check->checker;
    turn.session().signed_steps = steps_told(*turn.check);
}

} // namespace

bool waits_for_witness(const Turn& turn) {
    return turn.check != nullptr && turn.witness_for == turn.check->id
           && turn.decision.session.signed_by == turn.check->checker;
}

void sign(Turn& turn) {
    if (refuse_use(turn) || refuse_restock(turn) || refuse_old_check(turn) || asks_once(turn)
        || refuse_used_seal(turn)) {
        return;
    }
    if (asks_for_witness(turn)) {
        wait_for_witness(turn);
        return turn.say(
            ReplyKind::command,
            "witness_badge",
            {{"by", name_of_staff(turn.state, turn.check->checker)}});
    }
    close_check(turn, cart_signed_for(turn), with_progress(turn), "");
}

void take_witness(Turn& turn, const Staff& person) {
    if (person.id == turn.check->checker) {
        wait_for_witness(turn);
        return turn.say(ReplyKind::reject, "witness_is_checker", {{"by", person.name}});
    }
    if (turn.session().signed_steps != steps_told(*turn.check)) {
        return ask_for_signature(turn); // another place went on with it: nobody signed for that
    }
    if (refuse_use(turn) || refuse_restock(turn) || refuse_old_check(turn) || asks_once(turn)
        || refuse_used_seal(turn)) {
        return;
    }
    close_check(turn, cart_signed_for(turn), with_progress(turn), person.id);
}

void decide_on(Turn& turn, const CloseCheck&) {
    if (turn.check == nullptr) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    if (refuse_use(turn) || refuse_restock(turn) || refuse_old_check(turn) || asks_once(turn)) {
        return;
    }
    ask_for_signature(turn);
}

} // namespace cartwatch::readiness
