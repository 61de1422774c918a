#include "daemon/readiness/apply.hpp"

namespace cartwatch::readiness {

namespace {

// The cart with this seal on record, or nullptr.
Cart* cart_with_seal(NodeState& node, const std::string& cart, const std::string& number) {
    const auto found = node.carts.find(cart);
    return found != node.carts.end() && found->second.seal && found->second.seal->number == number
               ? &found->second
               : nullptr;
}

void end_seal(SealRecord& record, const SealDeed& deed) {
    record.ended_at = deed.at;
    record.ended_by = deed.by;
}

} // namespace

void break_seal(NodeState& node, Cart& cart, SealBreak how, const SealDeed& deed) {
    cart.seal->intact = false;
    cart.seal->how = how;
    SealRecord& record = node.seals[cart.seal->number];
    record.state = SealState::broken;
    record.cart = cart.id;
    record.how = how;
    end_seal(record, deed);
}

void mend_seal(NodeState& node, Cart& cart) {
    if (!cart.seal) {
        return;
    }
    cart.seal->intact = true;
    cart.seal->how = SealBreak::for_check;
    SealRecord& record = node.seals[cart.seal->number];
    record.state = SealState::on_cart;
    record.how = SealBreak::for_check;
    record.ended_at.reset();
    record.ended_by.clear();
}

void put_on_seal(NodeState& node, const Cart& cart, const SealDeed& deed) {
    SealRecord& record = node.seals[cart.seal->number];
    record.state = SealState::on_cart;
    record.cart = cart.id;
    record.put_on_at = deed.at;
    record.put_on_by = deed.by;
    record.put_on_check = deed.check;
    record.ended_at.reset();
    record.ended_by.clear();
}

void apply_event(const Application& at, const SealsIssued& event) {
    for (const std::string& number : event.numbers) {
        const auto [seal, fresh] = at.node().seals.try_emplace(number);
        if (fresh) {
            seal->second.station = event.station;
            seal->second.issued_at = at.entry.at;
            seal->second.issued_by = event.by;
        }
    }
}

void apply_event(const Application& at, const SealVoided& event) {
    const auto seal = at.node().seals.find(event.number);
    if (seal != at.node().seals.end() && seal->second.state == SealState::issued) {
        seal->second.state = SealState::voided;
        seal->second.reason = event.reason;
        end_seal(seal->second, {event.by, at.entry.at, ""});
    }
}

void apply_event(const Application& at, const SealBroken& event) {
    if (Cart* cart = cart_with_seal(at.node(), event.cart, event.number)) {
        break_seal(at.node(), *cart, event.how, {event.by, at.entry.at, ""});
        for (auto& [id, check] : at.node().open_checks) {
            // It was broken before this check, which therefore cannot leave it whole.
            check.broke_seal = check.broke_seal && check.cart != event.cart;
        }
    }
}

void apply_event(const Application& at, const SealCorrected& event) {
    NodeState& node = at.node();
    Cart* cart = cart_with_seal(node, event.cart, event.number);
    if (cart == nullptr || event.found == event.number) {
        return;
    }
    const SealRecord wrong = node.seals[event.number];
    SealRecord& right = node.seals[event.found];
    right.state = wrong.state;
    right.cart = wrong.cart;
    right.put_on_at = wrong.put_on_at;
    right.put_on_by = wrong.put_on_by;
    right.put_on_check = wrong.put_on_check;
    right.ended_at = wrong.ended_at;
    right.ended_by = wrong.ended_by;
    right.how = wrong.how;
    SealRecord unused; // as it was issued; one that nobody issued was never there
    unused.station = wrong.station;
    unused.issued_at = wrong.issued_at;
    unused.issued_by = wrong.issued_by;
    if (unused.issued_at) {
        node.seals[event.number] = unused;
    } else {
        node.seals.erase(event.number);
    }
    cart->seal->number = event.found;
}

} // namespace cartwatch::readiness
