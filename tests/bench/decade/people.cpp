// What the people of the hospital do at a cart and at the pharmacy's counter.
#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/turn.hpp"
#include "tests/bench/decade/hospital.hpp"
#include "tests/support/builders.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace cartwatch::decade {

using namespace readiness;
using std::chrono::days;
using support::a_control;
using support::a_scan;

namespace {

const Cart& cart_of(const Node& node, const std::string& id) {
    return node.own().carts.at(id);
}

bool is_open(const Node& node, const std::string& cart) {
    return open_check_of(node.own(), cart) != nullptr;
}

// What these people set out to do happens: else it is a fault of this program.
void expect(bool holds, const char* what, const Reply& reply) {
    if (!holds) {
        throw std::logic_error(std::string(what) + ": " + reply.message);
    }
}

const Alert* open_alert_of(const Node& node, const std::string& cart, const std::string& line) {
    const auto found = node.own().alerts.find({cart, line});
    return found == node.own().alerts.end() || !found->second.open() ? nullptr : &found->second;
}

std::vector<Alert> open_alerts_of(const Node& node, const std::string& cart) {
    std::vector<Alert> open;
    for (const auto& [key, alert] : node.own().alerts) {
        if (alert.open() && key.cart == cart) {
            open.push_back(alert);
        }
    }
    return open;
}

} // namespace

void Hospital::check_whole(WardLife& ward, CartLife& cart, Day today) {
    Node& node = *ward.node;
    node.leave();
    node.run(badge(node, number(1, 6)));
    const Reply& opened = node.run(a_scan(cart_of(node, cart.id).tag));
    expect(is_open(node, cart.id), "a full check", opened);
    for (int line = 0; line < size_.lines; ++line) {
        check_line(node, cart.id, static_cast<std::size_t>(line), today);
    }
    for (const Device& device : cart_of(node, cart.id).devices) {
        node.run(a_scan(device.tag));
        const bool passed = !one_in(2'000);
        node.run(a_control(passed ? ControlCode::test_passed : ControlCode::test_failed));
    }
    close(node, cart);
    cart.used = false;
}

void Hospital::check_line(Node& node, const std::string& cart, std::size_t line, Day today) {
    const Line known = cart_of(node, cart).lines.at(line);
    take_out_expired(node, known, today);
    bool anything = false;
    for (const Holding& holding : known.holdings) {
        if (holding.quantity == 0
            || (holding.last_usable_day && *holding.last_usable_day < today)) {
            continue;
        }
        anything = true;
        Pack pack = fresh_pack(known.product, today);
        pack.lot = holding.lot;
        pack.last_usable_day = holding.last_usable_day.value_or(pack.last_usable_day);
        const bool one_is_gone = one_in(250);
        const bool blind = node.run(scan_of(pack)).message.starts_with("blind");
        if (blind || one_is_gone) {
            node.run(EnterQuantity{holding.quantity - (one_is_gone ? 1 : 0), known.id});
        }
    }
    const Alert* alert = open_alert_of(node, cart, known.id);
    if (alert != nullptr && !alert->dispatched.empty()) {
        put_in(node, *alert, today);
    } else if (!anything) {
        node.run(MarkMissing{known.id});
    }
}

void Hospital::take_out_expired(Node& node, const Line& line, Day today) {
    for (const Holding& holding : line.holdings) {
        if (holding.quantity > 0 && holding.last_usable_day && *holding.last_usable_day < today) {
            Pack pack = fresh_pack(line.product, today);
            pack.lot = holding.lot;
            pack.last_usable_day = *holding.last_usable_day;
            node.run(scan_of(pack));
            node.run(TakeOutExpired{line.id});
        }
    }
}

void Hospital::check_seal(WardLife& ward, const CartLife& cart) {
    Node& node = *ward.node;
    const auto& seal = cart_of(node, cart.id).seal;
    if (!seal || !seal->intact || cart.used) {
        return;
    }
    node.leave();
    node.run(a_scan(cart_of(node, cart.id).tag));
    // Refused where the cart is not ready: then nothing happens, as on a ward.
    node.run(EnterSeal{seal->number});
    node.run(badge(node, number(1, 6)));
    if (const Check* open = open_check_of(node.own(), cart.id);
        open != nullptr && open->kind != CheckKind::sealed) {
        node.run(CancelCheck{});
        expect(!is_open(node, cart.id), "giving up a check", node.run(CancelCheck{}));
    }
}

void Hospital::use(WardLife& ward, CartLife& cart, Day today) {
    Node& node = *ward.node;
    if (!cart_of(node, cart.id).last_full_check || is_open(node, cart.id)) {
        return;
    }
    node.leave();
    node.run(BeginUse{});
    node.run(badge(node, number(1, 6)));
    const Reply& opened = node.run(a_scan(cart_of(node, cart.id).tag));
    expect(is_open(node, cart.id), "a use", opened);
    for (int i = number(2, 6); i > 0; --i) {
        const auto at = static_cast<std::size_t>(number(0, size_.lines - 1));
        const Line line = cart_of(node, cart.id).lines.at(at);
        if (line.holdings.empty() || line.holdings.front().quantity == 0) {
            continue;
        }
        Pack pack = fresh_pack(line.product, today);
        pack.lot = line.holdings.front().lot;
        pack.last_usable_day = line.holdings.front().last_usable_day.value_or(today);
        node.run(scan_of(pack));
        if (find_product(node.state(), node.state().self, line.product)->controlled) {
            node.run(EnterLeft{units_of(line.holdings) - 1, line.id});
        }
    }
    sign(node, cart.id);
    cart.used = true;
}

// After an emergency, and where what is there does not do, nobody waits for the week's check.
bool Hospital::needs_check_now(const Node& node, const CartLife& cart) {
    const auto alerts = open_alerts_of(node, cart.id);
    return cart.used || std::any_of(alerts.begin(), alerts.end(), [](const Alert& alert) {
               return alert.need.severity == Severity::critical && !alert.dispatched.empty();
           });
}

// What the pharmacy sent; a lot that lies there already is counted with it.
void Hospital::put_in(Node& node, const Alert& alert, Day today) {
    const std::vector<DispatchedUnits> sent = alert.dispatched;
    const std::string line = alert.need.line;
    const Line known = *find_line(cart_of(node, alert.key.cart), line);
    for (const DispatchedUnits& units : sent) {
        Pack pack = fresh_pack(known.product, today);
        pack.lot = units.lot;
        pack.last_usable_day = units.last_usable_day.value_or(pack.last_usable_day);
        const Holding* there = find_holding(known.holdings, units.lot);
        node.run(scan_of(pack));
        node.run(EnterQuantity{units.quantity + (there == nullptr ? 0 : there->quantity), line});
    }
}

void Hospital::close(Node& node, CartLife& cart) {
    node.run(EnterSeal{std::to_string(100'000'000 + cart.next_seal++)});
    node.run(CloseCheck{});
    sign(node, cart.id);
}

void Hospital::sign(Node& node, const std::string& cart) {
    const Check* check = open_check_of(node.own(), cart);
    if (check == nullptr) {
        throw std::logic_error("there is nothing to sign");
    }
    const std::string checker = check->checker;
    constexpr int tries = 4; // what is missing, what is critical, the signature, the witness
    for (int i = 0; i < tries && is_open(node, cart); ++i) {
        const bool witness = node.session().witness_for == check->id;
        node.run(badge(node, witness ? (checker == "N1" ? 2 : 1) : std::stoi(checker.substr(1))));
    }
    expect(!is_open(node, cart), "a signature", node.run(Help{}));
}

void Hospital::answer_alerts(WardLife& ward, Day today) {
    Node& pharmacy = *pharmacy_;
    const std::string node = ward.node->state().self;
    std::vector<Alert> open;
    for (const auto& [key, alert] : node_of(pharmacy.state(), node).alerts) {
        if (alert.open() && alert.need.quantity > 0 && !alert.need.line.empty()
            && alert.dispatched.empty()) {
            open.push_back(alert);
        }
    }
    pharmacy.set_time(time_of(today, 15, number(0, 59)));
    const std::string badge = pharmacy.own().staff.at("P1").badge;
    answering_ = ward.node.get();
    for (const Alert& alert : open) {
        if (one_in(10)) {
            continue; // tomorrow
        }
        pharmacy.run(AcceptAlert{node, alert.key, alert.episode, badge, std::nullopt});
        const Pack pack = fresh_pack(alert.need.product, today);
        DispatchedUnits units;
        units.lot = pack.lot;
        units.last_usable_day = pack.last_usable_day;
        units.quantity = alert.need.quantity;
        pharmacy.run(DispatchAlert{node, alert.key, alert.episode, badge, {units}, ""});
    }
    answering_ = nullptr;
}

} // namespace cartwatch::decade
