#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/faults.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/setup.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// The person behind a badge, or at the place. nullptr: the reply says why not.
const Staff* holder_of(Turn& turn, const std::string& badge) {
    if (badge.empty()) {
        return person_here(turn);
    }
    const Staff* person = find_badge(turn.state, turn.state.self, badge);
    if (person == nullptr) {
        turn.say(ReplyKind::reject, "unknown_badge", {{"text", masked_badge(badge)}});
    }
    return person;
}

// That person, if the role may change the stock. nullptr: the reply says why not.
const Staff* keeper(Turn& turn, const std::string& badge) {
    const Staff* person = holder_of(turn, badge);
    if (person == nullptr) {
        return nullptr;
    }
    if (!answers_for_place(person->role)) {
        turn.say(ReplyKind::reject, "not_allowed", {{"by", person->name}});
        return nullptr;
    }
    turn.decision.actor = person->id;
    return person;
}

bool has_station(const Turn& turn, const std::string& id) {
    const Sources sources = sources_for(turn.state, turn.state.self);
    return std::any_of(sources.begin(), sources.end(), [&](const NodeState* source) {
        return source->stations.contains(id);
    });
}

} // namespace

void decide_on(Turn& turn, const IssueSeals& command) {
    const Staff* person = keeper(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    if (!has_station(turn, command.station)) {
        const std::string station = kept_text(command.station, short_text_max);
        return turn.say(ReplyKind::reject, "unknown_station", {{"station", station}});
    }
    const bool texts =
        is_text(command.first, short_text_max) && is_text(command.last, short_text_max);
    const std::vector<std::string> numbers =
        texts ? seal_range(command.first, command.last) : std::vector<std::string>{};
    if (numbers.empty()) {
        return turn.say(
            ReplyKind::reject, "seal_range_refused", {{"limit", std::to_string(seals_issued_max)}});
    }
    const auto known = std::find_if(numbers.begin(), numbers.end(), [&](const std::string& one) {
        return turn.node.seals.contains(one);
    });
    if (known != numbers.end()) {
        return turn.say(ReplyKind::reject, "seal_issued_before", {{"number", *known}});
    }
    const Badges badges = badges_of(turn.state);
    const bool signs = std::any_of(numbers.begin(), numbers.end(), [&](const std::string& one) {
        return is_badge(badges, one);
    });
    if (signs) {
        return turn.say(ReplyKind::reject, "seal_number_is_badge");
    }
    turn.add(SealsIssued{command.station, numbers, person->id});
    turn.say(
        ReplyKind::accept,
        "seals_issued",
        {{"count", std::to_string(numbers.size())},
         {"first", numbers.front()},
         {"last", numbers.back()},
         {"station", command.station}});
}

void decide_on(Turn& turn, const VoidSeal& command) {
    const Staff* person = keeper(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    const std::string number = kept_text(command.number, short_text_max);
    const auto seal = turn.node.seals.find(command.number);
    if (seal == turn.node.seals.end() || seal->second.state != SealState::issued) {
        return turn.say(ReplyKind::reject, "seal_not_in_stock", {{"number", number}});
    }
    if (command.reason.empty() || !is_text(command.reason, reason_bytes_max)) {
        return turn.say(
            ReplyKind::reject, "reason_refused", {{"limit", std::to_string(reason_bytes_max)}});
    }
    turn.add(SealVoided{command.number, command.reason, person->id});
    turn.say(ReplyKind::accept, "seal_voided", {{"number", number}, {"reason", command.reason}});
}

} // namespace cartwatch::readiness
