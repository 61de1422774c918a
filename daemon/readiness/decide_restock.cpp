#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/restock.hpp"

#include <algorithm>

namespace cartwatch::readiness {

bool is_restock(const Turn& turn) {
    return turn.check != nullptr && turn.check->kind == CheckKind::restock;
}

// Names the seal that stood unbroken until now: it counts as opened.
void say_restock_opened(Turn& turn, const Cart& cart, const std::string& by) {
    const bool sealed =
        cart.seal && (cart.seal->intact || (turn.check != nullptr && turn.check->broke_seal));
    Values values = cart_values(cart);
    values["by"] = name_of_staff(turn.state, by);
    values["number"] = sealed ? cart.seal->number : std::string();
    turn.say(
        sealed ? ReplyKind::attention : ReplyKind::accept, "restock_opened", std::move(values));
}

bool refuse_unknown_cart(Turn& turn, const Cart& cart) {
    if (cart.last_full_check || cart.use) {
        return false;
    }
    turn.session().kind = CheckKind::full;
    turn.say(ReplyKind::reject, "restock_never_checked", cart_values(cart));
    return true;
}

void decide_on(Turn& turn, const BeginRestock&) {
    if (awaits_word_on_seal(turn)) {
        return turn.say(ReplyKind::reject, "restock_seal_first");
    }
    if (turn.check == nullptr) {
        turn.session().kind = CheckKind::restock;
        turn.session().seal.clear(); // no check of the seal is wanted
        return turn.say(ReplyKind::command, "restock_chosen");
    }
    if (is_use(turn)) {
        return turn.say(ReplyKind::attention, "use_goes_on", cart_values(*turn.cart));
    }
    if (is_restock(turn)) {
        return turn.say(ReplyKind::attention, "restock_goes_on", cart_values(*turn.cart));
    }
    if (has_counted(turn.check->steps)) {
        return turn.say(ReplyKind::reject, "restock_too_late", cart_values(*turn.cart));
    }
    if (refuse_unknown_cart(turn, *turn.cart)) {
        return;
    }
    turn.add(CheckTurned{turn.check->id, CheckKind::restock, turn.check->checker});
    turn.session().seal.clear();
    turn.select_line("");
    say_restock_opened(turn, *turn.cart, turn.check->checker);
}

bool refuse_restock(Turn& turn) {
    if (!is_restock(turn)) {
        return false;
    }
    const RestockSum sum = restock_sum(*turn.cart, turn.progress);
    if (sum.units + sum.out > 0) {
        return false;
    }
    turn.say(ReplyKind::reject, "restock_empty", cart_values(*turn.cart));
    return true;
}

bool restocks_controlled(const Turn& turn) {
    return std::any_of(turn.cart->lines.begin(), turn.cart->lines.end(), [&](const Line& line) {
        if (!progress_of_line(turn.progress, line.id).done()) {
            return false;
        }
        const std::vector<Product> products = products_on(turn, line);
        return std::any_of(products.begin(), products.end(), [](const Product& product) {
            return product.controlled;
        });
    });
}

Values
restock_values(const Turn& turn, const Cart& cart, const Check& check, const CheckClosed& closed) {
    const RestockSum sum = restock_sum(cart, check.progress);
    const bool opened = turn.cart->seal && !turn.cart->seal->intact;
    Values values = cart_values(cart);
    values["lines"] = std::to_string(sum.lines);
    values["units"] = std::to_string(sum.units);
    values["out"] = sum.out > 0 ? std::to_string(sum.out) : std::string();
    values["readiness"] = to_text(closed.readiness);
    values["number"] = opened ? turn.cart->seal->number : std::string();
    return values;
}

void add_resolved(const Turn& turn, Values& values) {
    int resolved = 0;
    std::chrono::milliseconds longest{};
    for (const Event& event : turn.decision.events) {
        const auto* closed = std::get_if<AlertClosed>(&event);
        const auto alert =
            closed == nullptr ? turn.node.alerts.end() : turn.node.alerts.find(closed->key);
        if (alert != turn.node.alerts.end() && closed->resolved) {
            ++resolved;
            longest = std::max(longest, turn.context.now - alert->second.raised_at);
        }
    }
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(longest);
    values["resolved"] = resolved > 0 ? std::to_string(resolved) : std::string();
    values["minutes"] = resolved > 0 ? std::to_string(minutes.count()) : std::string();
}

} // namespace cartwatch::readiness
