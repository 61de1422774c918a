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

// What is keyed in next is meant for what the person sees: not for the line before, where the last
// scan was refused, nor for a question about it. A place that was pointed at stays, and so does a
// pack that waits for its date while another of its codes cannot be read.
void tell_unseen(Turn& turn) {
    const Reply& reply = turn.reply();
    Session& session = turn.session();
    const bool unknown =
        reply.verdict == Verdict::unreadable || reply.verdict == Verdict::unknown_code;
    const bool elsewhere = reply.verdict == Verdict::wrong_cart
                           || reply.verdict == Verdict::not_on_list
                           || reply.verdict == Verdict::unclear;
    const bool refused = reply.kind == ReplyKind::reject && reply.line.empty();
    const bool asked = !session.pending_readings.empty();
    const bool pointed = session.slot && !session.slot_counted;
    const bool waits = unknown && !asked && !session.pending_raw.empty();
    if (refused && (unknown || elsewhere) && !pointed && !waits) {
        session.line_unseen = !session.line.empty();
    }
}

// A signature that waits for the witness is given up by anything else: not without a word.
void tell_unsigned(Turn& turn, const Session& before) {
    const bool goes_on = turn.check != nullptr && turn.session().check == before.check;
    if (!turn.witness_for.empty() && turn.session().witness_for.empty() && goes_on) {
        Reply& reply = turn.reply();
        reply.warnings.emplace_back("signature_dropped");
        if (reply.kind == ReplyKind::accept) {
            reply.kind = ReplyKind::attention;
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
    tell_unsigned(turn, before);
    tell_unseen(turn);
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
