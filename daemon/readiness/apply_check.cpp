#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/remarks.hpp"
#include "daemon/readiness/sealed.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

Check* open_check(const Application& at, const std::string& id) {
    NodeState& node = at.node();
    const auto found = node.open_checks.find(id);
    return found == node.open_checks.end() ? nullptr : &found->second;
}

// A check that goes through the lines breaks the seal; one that does not has broken none.
void open_or_mend(const Application& at, Check& check) {
    NodeState& node = at.node();
    Cart& cart = node.carts.at(check.cart); // carts are never removed
    const bool used = check.kind == CheckKind::after_use;
    if (used) {
        cart.use = CartUse{check.id, check.opened_by, check.opened_at, false, std::nullopt};
        if (check.broke_seal) {
            mend_seal(node, cart); // it was broken for this, not for a check
        }
    }
    if (opens_cart(check.kind)) {
        if (cart.seal && cart.seal->intact) {
            const SealBreak how = used ? SealBreak::emergency : SealBreak::for_check;
            break_seal(node, cart, how, {check.checker, at.entry.at, check.id});
            check.broke_seal = true;
        }
    } else if (check.broke_seal) {
        mend_seal(node, cart);
        check.broke_seal = false;
    }
}

// How many checks in a row kept to the order of the list, with this one.
int list_order_after(const NodeState& node, const Check& check, const Cart& cart) {
    const auto last = node.last_checks.find(cart.id);
    const int before = last == node.last_checks.end() ? 0 : last->second.list_order;
    return keeps_list_order(cart, check) ? before + 1 : 0;
}

void note_last_check(const Application& at, const Check& check, const CheckClosed& event) {
    NodeState& node = at.node();
    LastCheck last;
    last.id = check.id;
    last.by = event.by;
    last.at = at.entry.at;
    last.working_day = event.working_day;
    last.list_order = list_order_after(node, check, node.carts.at(check.cart));
    last.remarks = event.remarks;
    node.last_checks[check.cart] = std::move(last);
}

} // namespace

void apply_event(const Application& at, const CheckOpened& event) {
    NodeState& node = at.node();
    const auto cart = node.carts.find(event.cart);
    if (cart == node.carts.end() || open_check_of(node, event.cart) != nullptr
        || node.open_checks.contains(event.check)) {
        return;
    }
    Check check;
    check.id = event.check;
    check.cart = event.cart;
    check.kind = event.kind;
    check.opened_at = at.entry.at;
    check.opened_by = event.by;
    check.checker = event.by;
    check.seed = event.seed;
    check.blind = event.blind;
    check.progress = progress_of(check);
    open_or_mend(at, check);
    node.open_checks.emplace(event.check, std::move(check));
    ++node.checks_opened;
}

void apply_event(const Application& at, const CheckTurned& event) {
    Check* check = open_check(at, event.check);
    const bool back = check != nullptr && check->kind == CheckKind::after_use;
    // What was put in is not all that lies there, nor the other way about.
    const bool keeps =
        check != nullptr && asks_for_lines(event.kind) && check->kind != CheckKind::restock;
    if (check == nullptr || back || (!keeps && has_counted(check->steps))) {
        return;
    }
    check->kind = event.kind;
    check->reviewed = false;
    check->progress = progress_of(*check);
    open_or_mend(at, *check);
}

void apply_event(const Application& at, const CheckTaken& event) {
    if (Check* check = open_check(at, event.check)) {
        check->checker = event.by;
        check->reviewed = false; // the list was shown to another person
    }
}

void apply_event(const Application& at, const CheckStepped& event) {
    Check* check = open_check(at, event.check);
    if (check == nullptr || event.step != static_cast<int>(check->steps.size()) + 1) {
        return;
    }
    check->steps.push_back(Step{event.step, at.entry.at, event.by, event.action, false});
    check->reviewed = false;
    add_step(check->progress, check->steps.back());
}

void apply_event(const Application& at, const StepUndone& event) {
    Check* check = open_check(at, event.check);
    if (check == nullptr) {
        return;
    }
    const auto step = std::find_if(check->steps.begin(), check->steps.end(), [&](const Step& s) {
        return s.number == event.step;
    });
    if (step == check->steps.end()) {
        return;
    }
    step->undone = true;
    check->reviewed = false;
    check->progress = progress_of(*check);
}

void apply_event(const Application& at, const CheckReviewed& event) {
    if (Check* check = open_check(at, event.check)) {
        check->reviewed = true;
    }
}

void apply_event(const Application& at, const CheckClosed& event) {
    Check* check = open_check(at, event.check);
    if (check == nullptr || check->cart != event.cart) {
        return;
    }
    NodeState& node = at.node();
    Cart& cart = node.carts.at(check->cart); // carts are never removed
    const SealDeed deed{event.by, at.entry.at, check->id};
    if (seal_not_read(cart, check->progress)) {
        break_seal(node, cart, SealBreak::unexplained, deed);
    }
    if (asks_for_lines(check->kind)) {
        note_last_check(at, *check, event);
    }
    cart = cart_after(cart, *check, event.working_day, at.entry.at);
    if (asks_for_lines(check->kind) && cart.use && !cart.use->ready_at
        && event.readiness == Readiness::ready) {
        cart.use->ready_at = at.entry.at;
    }
    const bool closes = asks_for_lines(check->kind) || !opens_cart(check->kind);
    if (cart.seal && closes) {
        // What was bound to a seal holds while nothing is owed but looks.
        const bool holds = !asks_for_lines(check->kind) && open_findings(event.findings) == 0;
        if (event.ready_until || !holds) {
            cart.seal->ready_until = event.ready_until;
        }
        if (asks_for_lines(check->kind)) {
            put_on_seal(node, cart, deed);
        }
    }
    node.open_checks.erase(event.check);
}

void apply_event(const Application& at, const CheckCancelled& event) {
    at.node().open_checks.erase(event.check);
}

} // namespace cartwatch::readiness
