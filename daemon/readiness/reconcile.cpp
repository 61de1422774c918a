#include "daemon/readiness/reconcile.hpp"

#include "daemon/readiness/lookup.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

const std::string& subject_of(const AlertNeed& need) {
    return need.line.empty() ? need.device : need.line;
}

bool has_subject(const Cart& cart, const std::string& subject) {
    const auto is_it = [&](const auto& part) { return part.id == subject; };
    return std::any_of(cart.lines.begin(), cart.lines.end(), is_it)
           || std::any_of(cart.devices.begin(), cart.devices.end(), is_it);
}

// What a check found, beside what was on file before it.
struct Counted {
    const Cart* before; // nullptr: nobody counted
    const Cart& after;
    int usable = 0; // units now
};

// Another product now: what was answered, or is on its way, is none of it.
bool is_of_another(const Alert& alert, const AlertNeed& need) {
    return alert.open() && alert.need.product != need.product;
}

// Units on the line of the lot that was sent, and of what was sent.
int units_there(const Cart& cart, const std::string& id, const DispatchedUnits& sent) {
    const Line* line = find_line(cart, id);
    const Holding* held = line == nullptr ? nullptr : find_holding(line->holdings, sent.lot);
    const std::string& product =
        line == nullptr || !sent.product.empty() ? sent.product : line->product;
    return held == nullptr || product_in(*line, *held) != product ? 0 : held->quantity;
}

// A count that finds more than there was has found what was sent: of its lots, or else, where
// more can be used than before, of those that were sent first.
std::vector<DispatchedUnits>
arrived_units(const Alert& alert, const AlertNeed& need, const Counted& counted) {
    std::vector<DispatchedUnits> arrived;
    if (counted.before == nullptr) {
        return arrived;
    }
    std::vector<DispatchedUnits> sent = alert.dispatched;
    const auto arrive = [&](DispatchedUnits& units, int quantity) {
        quantity = std::min(quantity, units.quantity);
        if (quantity > 0) {
            units.quantity -= quantity;
            arrived.push_back(
                {units.lot, units.last_usable_day, quantity, {}, units.sent_seq, units.product});
        }
    };
    for (DispatchedUnits& units : sent) {
        int more = units_there(counted.after, need.line, units)
                   - units_there(*counted.before, need.line, units);
        for (const DispatchedUnits& known : arrived) {
            const bool is_it = known.lot == units.lot && known.product == units.product;
            more -= is_it ? known.quantity : 0;
        }
        arrive(units, more);
    }
    for (DispatchedUnits& units : sent) {
        arrive(units, counted.usable - alert.need.usable - units_of(arrived));
    }
    return arrived;
}

void bring_in_line(
    std::vector<Event>& events,
    const Alert* alert,
    AlertKey key,
    AlertNeed need,
    const Counted& counted) {
    if (alert == nullptr || !alert->open() || is_of_another(*alert, need)) {
        if (alert != nullptr && alert->open()) {
            events.push_back(AlertClosed{key, alert->episode, false});
        }
        const int episode = alert == nullptr ? 1 : alert->episode + 1;
        events.push_back(AlertRaised{std::move(key), episode, std::move(need)});
        return;
    }
    auto arrived = arrived_units(*alert, need, counted);
    if (alert->need != need || !arrived.empty()) {
        events.push_back(
            AlertChanged{std::move(key), alert->episode, std::move(need), std::move(arrived)});
    }
}

void close(std::vector<Event>& events, const Alert& alert, bool required, Closing closing) {
    if (closing == Closing::not_at_all && required) {
        return;
    }
    const bool resolved = required && closing == Closing::resolved;
    events.push_back(AlertClosed{alert.key, alert.episode, resolved});
}

} // namespace

std::vector<Event> reconcile(
    const std::map<AlertKey, Alert>& alerts,
    const Cart& cart,
    const std::vector<AlertNeed>& needs,
    Closing closing,
    const Cart* before) {
    std::vector<Event> events;
    for (const AlertNeed& need : needs) {
        AlertKey key{cart.id, subject_of(need)};
        const auto found = alerts.find(key);
        const Alert* alert = found == alerts.end() ? nullptr : &found->second;
        const bool doubtful = closing == Closing::not_at_all && alert != nullptr && alert->open()
                              && !is_worse(alert->need, need) && !is_of_another(*alert, need);
        // A clock that cannot be trusted eases nothing; what arrived has arrived all the same.
        const AlertNeed& told = doubtful ? alert->need : need;
        bring_in_line(events, alert, std::move(key), told, {before, cart, need.usable});
    }
    for (auto it = alerts.lower_bound(AlertKey{cart.id, ""});
         it != alerts.end() && it->first.cart == cart.id;
         ++it) {
        const std::string& subject = it->first.subject;
        const bool needed = std::any_of(needs.begin(), needs.end(), [&](const AlertNeed& need) {
            return subject_of(need) == subject;
        });
        if (it->second.open() && !needed) {
            close(events, it->second, !cart.retired && has_subject(cart, subject), closing);
        }
    }
    return events;
}

} // namespace cartwatch::readiness
