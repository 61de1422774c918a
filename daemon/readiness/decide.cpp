#include "daemon/readiness/decide.hpp"

#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"

#include <utility>

namespace cartwatch::readiness {

Command::Command() = default;
Command::Command(const Command& other) = default;
Command::Command(Command&& other) noexcept = default;
Command& Command::operator=(const Command& other) = default;
Command& Command::operator=(Command&& other) noexcept = default;
Command::~Command() = default;

bool operator==(const Command& left, const Command& right) {
    return static_cast<const CommandKinds&>(left) == static_cast<const CommandKinds&>(right);
}

std::string_view to_text(ReplyKind kind) {
    switch (kind) {
    case ReplyKind::accept:
        return "accept";
    case ReplyKind::attention:
        return "attention";
    case ReplyKind::reject:
        return "reject";
    case ReplyKind::command:
        break;
    }
    return "command";
}

namespace {

// The expected number of a blind line is told to nobody before one was entered.
void hide_expected(Turn& turn) {
    Reply& reply = turn.reply();
    const Line* line = turn.cart == nullptr ? nullptr : find_line(*turn.cart, reply.line);
    if (line == nullptr || !is_blind(turn.progress, line->id) || is_settled(*line, turn.progress)) {
        return;
    }
    for (const char* key : {"par", "quantity", "total"}) {
        if (const auto value = reply.values.find(key); value != reply.values.end()) {
            value->second = "?";
        }
    }
}

} // namespace

Decision
decide(const State& state, const Session& session, const Command& command, const Context& context) {
    Turn turn(state, session, context);
    const Session before = turn.session();
    std::visit([&](const auto& what) { decide_on(turn, what); }, command);
    alert_use(turn);
    hide_expected(turn);
    tell_dropped(turn);
    const bool stepped =
        turn.check != nullptr && turn.steps > static_cast<int>(turn.check->steps.size());
    if (stepped && turn.steps > steps_max) {
        Turn refusal(state, before, context);
        refusal.say(ReplyKind::reject, "check_full", {{"limit", std::to_string(steps_max)}});
        return std::move(refusal.decision);
    }
    return std::move(turn.decision);
}

} // namespace cartwatch::readiness
