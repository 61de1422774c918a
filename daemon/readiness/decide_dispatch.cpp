#include "daemon/readiness/alert_clock.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/recall.hpp"
#include "daemon/readiness/substitution.hpp"
#include "daemon/readiness/unit_fault.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

bool is_short_text(const std::string& text) {
    return text.size() <= short_text_max && is_utf8(text);
}

bool are_too_many(const std::vector<DispatchedUnits>& units) {
    return units.size() > parts_max
           || std::any_of(units.begin(), units.end(), [](const DispatchedUnits& one) {
                  const bool texts =
                      std::all_of(one.serials.begin(), one.serials.end(), [](auto& s) {
                          return !s.empty() && is_short_text(s);
                      });
                  return one.quantity < 1 || one.quantity > quantity_max || !texts
                         || !is_short_text(one.lot) || !is_short_text(one.product)
                         || one.serials.size() > static_cast<std::size_t>(one.quantity);
              });
}

// As the ward calls the product; the id where nobody knows it.
Name name_at(const Turn& turn, const std::string& node, const std::string& id) {
    const Product* product = find_product(turn.state, node, id);
    const std::string shown = kept_text(id, short_text_max);
    return product == nullptr ? Name{shown, shown} : product->name;
}

// The line that the alert speaks of, as the ward keeps it; nullptr: there is none any more, or it
// asks for something else now.
const Line* line_asking(const Turn& turn, const DispatchAlert& command, const AlertNeed& need) {
    const auto& carts = node_of(turn.state, command.node).carts;
    const auto cart = carts.find(command.key.cart);
    const Line* line = cart == carts.end() ? nullptr : find_line(cart->second, command.key.subject);
    return line != nullptr && line->product == need.product ? line : nullptr;
}

// Whether the ward has the lot, or gets it, as another product: one lot of a line is one product's.
bool is_lot_taken(
    const Turn& turn,
    const DispatchAlert& command,
    const Alert& alert,
    const DispatchedUnits& one) {
    if (one.lot.empty()) {
        return false; // no name to be mistaken
    }
    const auto is_it = [&](const DispatchedUnits& other) {
        return other.lot == one.lot && other.product != one.product;
    };
    const Line* line = line_asking(turn, command, alert.need);
    const Holding* held = line == nullptr ? nullptr : find_holding(line->holdings, one.lot);
    const std::string& product = one.product.empty() ? alert.need.product : one.product;
    return std::any_of(command.units.begin(), command.units.end(), is_it)
           || std::any_of(alert.dispatched.begin(), alert.dispatched.end(), is_it)
           || (held != nullptr && held->quantity > 0 && product_in(*line, *held) != product);
}

// Whether what is not what was asked for may lie in its place today, by the pharmacy's own word,
// and can be told from it there. False: the reply says why not.
bool may_stand_there(Turn& turn, const DispatchAlert& command, const Alert& alert) {
    const AlertNeed& need = alert.need;
    const Line* line = line_asking(turn, command, need);
    const std::vector<Substitution> words = substitutions_for(turn.state, command.node);
    for (const DispatchedUnits& one : command.units) {
        const bool allowed =
            one.product.empty()
            || (line != nullptr
                && may_stand_in(words, command.key.cart, *line, one.product, turn.context.today));
        if (!allowed) {
            Values values;
            add_name(values, name_at(turn, command.node, one.product), "substitute");
            add_name(
                values,
                name_at(turn, command.node, need.product.empty() ? need.device : need.product));
            turn.say(ReplyKind::reject, "dispatch_not_substitute", std::move(values));
            return false;
        }
        if (is_lot_taken(turn, command, alert, one)) {
            turn.say(ReplyKind::reject, "dispatch_lot_of_another", {{"lot", one.lot}});
            return false;
        }
    }
    return true;
}

// Whether a ward could use these units. False: the reply says why not.
bool is_usable(Turn& turn, const DispatchAlert& command, const AlertNeed& need) {
    const std::vector<Recall> recalls = recalls_for(turn.state, command.node);
    for (const DispatchedUnits& one : command.units) {
        const Values lot{{"lot", one.lot}};
        const std::string& id = one.product.empty() ? need.product : one.product;
        const auto product = find_strictly(turn.state, command.node, id);
        if (product && product->expires && !one.last_usable_day) {
            turn.say(ReplyKind::reject, "dispatch_needs_expiry", lot);
            return false;
        }
        if (const auto fault = fault_of(one, id, recalls, turn.context.today)) {
            Values values = lot;
            if (*fault == UnitFault::expired) {
                values["last_usable_day"] = day_text(one.last_usable_day);
            }
            turn.say(ReplyKind::reject, message_of(*fault), std::move(values));
            return false;
        }
        const auto times =
            std::count_if(command.units.begin(), command.units.end(), [&](const auto& other) {
                return other.lot == one.lot;
            });
        if (times > 1) {
            turn.say(ReplyKind::reject, "dispatch_lot_twice", lot);
            return false;
        }
    }
    return true;
}

// Whether what is sent may be sent. False: the reply says why not.
bool may_leave(Turn& turn, const DispatchAlert& command, const Alert& alert) {
    if (alert.state == AlertState::dispatched && alert.unsent() == 0) {
        turn.say(
            ReplyKind::reject,
            "alert_dispatched_already",
            {{"by", name_of_staff(turn.state, alert.dispatched_by)}});
        return false;
    }
    if (are_too_many(command.units) || command.reason.size() > reason_bytes_max
        || !is_utf8(command.reason)) {
        turn.say(ReplyKind::reject, "dispatch_refused", {{"limit", std::to_string(quantity_max)}});
        return false;
    }
    if (command.units.empty() && alert.need.device.empty()) {
        turn.say(ReplyKind::reject, "dispatch_needs_units");
        return false;
    }
    if (!may_stand_there(turn, command, alert) || !is_usable(turn, command, alert.need)) {
        return false;
    }
    const int sent = units_of(command.units);
    if (sent < alert.unsent() && command.reason.empty()) {
        turn.say(
            ReplyKind::reject,
            "dispatch_needs_reason",
            {{"asked", std::to_string(alert.unsent())}, {"quantity", std::to_string(sent)}});
        return false;
    }
    return true;
}

} // namespace

void decide_on(Turn& turn, const DispatchAlert& command) {
    const Alert* alert = alert_meant(turn, command.node, command.key, command.episode);
    const Staff* person = alert == nullptr ? nullptr : answering(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    DispatchAlert sent = command;
    for (DispatchedUnits& units : sent.units) {
        if (units.product == alert->need.product) {
            units.product.clear();
        }
    }
    if (!may_leave(turn, sent, *alert)) {
        return;
    }
    const int quantity = units_of(sent.units);
    const bool fewer = quantity < alert->unsent();
    turn.add(AlertDispatched{
        command.node,
        command.key,
        command.episode,
        person->id,
        sent.units,
        fewer ? command.reason : std::string(),
        alert->worse_seq});
    turn.say(
        fewer ? ReplyKind::attention : ReplyKind::accept,
        "alert_dispatched",
        {{"by", person->name},
         {"asked", std::to_string(alert->unsent())},
         {"quantity", std::to_string(quantity)}});
}

void decide_on(Turn& turn, const SilenceAlert& command) {
    const Alert* alert = alert_meant(turn, command.node, command.key, command.episode);
    const Staff* person = alert == nullptr ? nullptr : answering(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    if (command.reason.empty() || command.reason.size() > reason_bytes_max
        || !is_utf8(command.reason)) {
        return turn.say(
            ReplyKind::reject,
            "silence_needs_reason",
            {{"limit", std::to_string(reason_bytes_max)}});
    }
    if (command.until <= turn.context.now || command.until > turn.context.now + silence_max) {
        return turn.say(
            ReplyKind::reject,
            "silence_needs_end",
            {{"limit", std::to_string(silence_max.count())}});
    }
    turn.add(AlertSilenced{
        command.node,
        command.key,
        command.episode,
        Silence{person->id, command.reason, command.until},
        alert->worse_seq});
    turn.say(
        ReplyKind::accept,
        "alert_silenced",
        {{"by", person->name}, {"until", cartwatch::to_text(command.until)}});
}

void decide_on(Turn& turn, const JudgeClock&) {
    turn.decision.actor = "system";
    const std::vector<AlertEscalated> found =
        run_out(turn.state, turn.context.now, escalations_max);
    for (const AlertEscalated& one : found) {
        turn.add(one);
    }
    turn.say(ReplyKind::accept, "clock_judged", {{"escalated", std::to_string(found.size())}});
}

} // namespace cartwatch::readiness
