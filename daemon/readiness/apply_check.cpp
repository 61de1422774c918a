#include "daemon/readiness/apply.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

Check* open_check(const Application& at, const std::string& id) {
    NodeState& node = at.node();
    const auto found = node.open_checks.find(id);
    return found == node.open_checks.end() ? nullptr : &found->second;
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
    node.open_checks.emplace(event.check, std::move(check));
    ++node.checks_opened;
    if (cart->second.seal) {
        cart->second.seal->intact = false;
    }
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
    check->progress = progress_of(check->steps);
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
    cart = cart_after(cart, *check, event.working_day);
    node.last_checks[cart.id] = LastCheck{event.check, event.by, at.entry.at, event.working_day};
    node.open_checks.erase(event.check);
}

void apply_event(const Application& at, const CheckCancelled& event) {
    at.node().open_checks.erase(event.check);
}

} // namespace cartwatch::readiness
