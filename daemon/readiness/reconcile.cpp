#include "daemon/readiness/reconcile.hpp"

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

// Another product now: what was answered, or is on its way, is none of it.
bool is_of_another(const Alert& alert, const AlertNeed& need) {
    return alert.open() && alert.need.product != need.product;
}

// A count that finds more than there was has found what was sent: at most all of it.
int arrived_units(const Alert& alert, const AlertNeed& need, Closing closing) {
    const int more = closing == Closing::resolved ? need.usable - alert.need.usable : 0;
    return std::clamp(more, 0, units_of(alert.dispatched));
}

void bring_in_line(
    std::vector<Event>& events, const Alert* alert, AlertKey key, AlertNeed need, Closing closing) {
    if (alert == nullptr || !alert->open() || is_of_another(*alert, need)) {
        if (alert != nullptr && alert->open()) {
            events.push_back(AlertClosed{key, alert->episode, false});
        }
        const int episode = alert == nullptr ? 1 : alert->episode + 1;
        events.push_back(AlertRaised{std::move(key), episode, std::move(need)});
    } else if (alert->need != need) {
        const int arrived = arrived_units(*alert, need, closing);
        events.push_back(AlertChanged{std::move(key), alert->episode, std::move(need), arrived});
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
    Closing closing) {
    std::vector<Event> events;
    for (const AlertNeed& need : needs) {
        AlertKey key{cart.id, subject_of(need)};
        const auto found = alerts.find(key);
        const Alert* alert = found == alerts.end() ? nullptr : &found->second;
        const bool doubtful = closing == Closing::not_at_all && alert != nullptr && alert->open()
                              && !is_worse(alert->need, need) && !is_of_another(*alert, need);
        if (!doubtful) {
            bring_in_line(events, alert, std::move(key), need, closing);
        }
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
