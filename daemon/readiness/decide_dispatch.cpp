#include "daemon/readiness/alert_clock.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/recall.hpp"
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
                         || !is_short_text(one.lot)
                         || one.serials.size() > static_cast<std::size_t>(one.quantity);
              });
}

bool is_recalled(
    const std::vector<Recall>& recalls, const std::string& product, const std::string& lot) {
    return std::any_of(recalls.begin(), recalls.end(), [&](const Recall& recall) {
        return names(recall, product, lot);
    });
}

// Whether a ward could use these units. False: the reply says why not.
bool is_usable(Turn& turn, const DispatchAlert& command, const AlertNeed& need) {
    const Product* product = find_product(turn.state, command.node, need.product);
    const std::vector<Recall> recalls = recalls_for(turn.state, command.node);
    for (const DispatchedUnits& one : command.units) {
        const Values lot{{"lot", one.lot}};
        if (product != nullptr && product->expires && !one.last_usable_day) {
            turn.say(ReplyKind::reject, "dispatch_needs_expiry", lot);
            return false;
        }
        if (one.last_usable_day && turn.context.today > *one.last_usable_day) {
            turn.say(
                ReplyKind::reject,
                "dispatch_expired",
                {{"lot", one.lot}, {"last_usable_day", day_text(one.last_usable_day)}});
            return false;
        }
        if (is_recalled(recalls, need.product, one.lot)) {
            turn.say(ReplyKind::reject, "dispatch_recalled", lot);
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
    if (!is_usable(turn, command, alert.need)) {
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
    if (person == nullptr || !may_leave(turn, command, *alert)) {
        return;
    }
    const int sent = units_of(command.units);
    const bool fewer = sent < alert->unsent();
    turn.add(AlertDispatched{
        command.node,
        command.key,
        command.episode,
        person->id,
        command.units,
        fewer ? command.reason : std::string(),
        alert->worse_seq});
    turn.say(
        fewer ? ReplyKind::attention : ReplyKind::accept,
        "alert_dispatched",
        {{"by", person->name},
         {"asked", std::to_string(alert->unsent())},
         {"quantity", std::to_string(sent)}});
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
    const std::vector<AlertEscalated> found = run_out(turn.state, turn.context.now);
    for (const AlertEscalated& one : found) {
        turn.add(one);
    }
    turn.say(ReplyKind::accept, "clock_judged", {{"escalated", std::to_string(found.size())}});
}

} // namespace cartwatch::readiness
