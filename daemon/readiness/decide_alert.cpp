#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"

namespace cartwatch::readiness {

const Staff* answering(Turn& turn, const std::string& badge) {
    const Staff* person = issuer_with(turn, badge);
    if (person != nullptr) {
        turn.decision.actor = person->id;
    }
    return person;
}

const Alert* alert_meant(Turn& turn, const std::string& node, const AlertKey& key, int episode) {
    if (turn.state.self != turn.state.pharmacy) {
        turn.say(ReplyKind::reject, "only_at_pharmacy");
        return nullptr;
    }
    const NodeState& ward = node_of(turn.state, node);
    const auto found = ward.alerts.find(key);
    if (found == ward.alerts.end() || found->second.episode != episode || !found->second.open()) {
        turn.say(ReplyKind::reject, "alert_gone");
        return nullptr;
    }
    return &found->second;
}

bool answers_alerts(Role role) {
    return role == Role::pharmacist || role == Role::manager || role == Role::administrator;
}

void decide_on(Turn& turn, const AcceptAlert& command) {
    const Alert* alert = alert_meant(turn, command.node, command.key, command.episode);
    const Staff* person = alert == nullptr ? nullptr : answering(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    if (alert->state == AlertState::dispatched) {
        return turn.say(
            ReplyKind::reject,
            "alert_dispatched_already",
            {{"by", name_of_staff(turn.state, alert->dispatched_by)}});
    }
    if (alert->state == AlertState::accepted) {
        return turn.say(
            ReplyKind::reject,
            "alert_accepted_already",
            {{"by", name_of_staff(turn.state, alert->accepted_by)}});
    }
    if (command.expected_at && *command.expected_at < turn.context.now) {
        return turn.say(ReplyKind::reject, "expected_in_the_past");
    }
    turn.add(AlertAccepted{
        command.node,
        command.key,
        command.episode,
        person->id,
        command.expected_at,
        alert->worse_seq});
    const std::string at =
        command.expected_at ? cartwatch::to_text(*command.expected_at) : std::string();
    turn.say(ReplyKind::accept, "alert_accepted", {{"by", person->name}, {"expected_at", at}});
}

void decide_on(Turn& turn, const HandBackAlert& command) {
    const Alert* alert = alert_meant(turn, command.node, command.key, command.episode);
    const Staff* person = alert == nullptr ? nullptr : answering(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    if (alert->state == AlertState::raised) {
        return turn.say(ReplyKind::reject, "alert_not_accepted");
    }
    turn.add(AlertHandedBack{
        command.node,
        command.key,
        command.episode,
        person->id,
        alert->state == AlertState::dispatched});
    turn.say(ReplyKind::accept, "alert_handed_back", {{"by", person->name}});
}

} // namespace cartwatch::readiness
