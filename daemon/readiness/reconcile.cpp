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

void bring_in_line(std::vector<Event>& events, const Alert* alert, AlertKey key, AlertNeed need) {
    if (alert == nullptr || !alert->open()) {
        const int episode = alert == nullptr ? 1 : alert->episode + 1;
        events.push_back(AlertRaised{std::move(key), episode, std::move(need)});
    } else if (alert->need != need) {
        events.push_back(AlertChanged{std::move(key), alert->episode, std::move(need)});
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
                              && !is_worse(alert->need, need);
        if (!doubtful) {
            bring_in_line(events, alert, std::move(key), need);
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
