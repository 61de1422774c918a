#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/faults.hpp"

namespace cartwatch::readiness {

void decide_on(Turn& turn, const SetPolicy& command) {
    if (turn.state.self != turn.state.pharmacy) {
        return turn.say(ReplyKind::reject, "only_at_pharmacy");
    }
    const Staff* person = issuer_with(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    if (const auto fault = fault_of(command.policy)) {
        return turn.say(ReplyKind::reject, "policy_refused", {{"member", fault->value}});
    }
    if (command.before != turn.policy) {
        return turn.say(ReplyKind::reject, "policy_changed_meanwhile");
    }
    if (command.policy == turn.policy) {
        return turn.say(ReplyKind::reject, "policy_same");
    }
    turn.decision.actor = person->id;
    turn.add(PolicyChanged{command.policy});
    turn.say(ReplyKind::accept, "policy_set", {{"by", person->name}});
}

} // namespace cartwatch::readiness
