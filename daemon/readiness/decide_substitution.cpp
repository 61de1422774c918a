#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/faults.hpp"
#include "daemon/readiness/limits.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

Values substitution_values(const Turn& turn, const Substitution& substitution) {
    Values values{{"until", day_text(substitution.until)}};
    add_name(values, product_named(turn.state, substitution.product).name);
    add_name(values, product_named(turn.state, substitution.substitute).name, "substitute");
    return values;
}

// Both products are known and two, and the place is one that is named rightly. False: the reply
// says why not.
bool names_products(Turn& turn, const Substitution& substitution) {
    for (const std::string& id : {substitution.product, substitution.substitute}) {
        if (find_product(turn.state, turn.state.self, id) == nullptr) {
            const std::string named = kept_text(id, short_text_max);
            turn.say(ReplyKind::reject, "unknown_product", {{"product", named}});
            return false;
        }
    }
    const bool placed = (substitution.cart.empty() || is_id(substitution.cart))
                        && (substitution.line.empty() || is_id(substitution.line))
                        && (substitution.line.empty() || !substitution.cart.empty());
    if (substitution.product == substitution.substitute || !placed) {
        turn.say(
            ReplyKind::reject, "substitution_refused", substitution_values(turn, substitution));
        return false;
    }
    return true;
}

const PublishedSubstitution* in_force(const Turn& turn, const Substitution& substitution) {
    const auto& all = turn.node.substitutions;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const PublishedSubstitution& known) {
            return !known.withdrawn && is_same_place(known.substitution, substitution);
        });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

void decide_on(Turn& turn, const PublishSubstitution& command) {
    const Staff* person = issuer_with(turn, command.badge);
    const Substitution& what = command.substitution;
    if (person == nullptr || !names_products(turn, what)) {
        return;
    }
    const Day last = turn.context.today + std::chrono::days{substitution_days_max};
    if (what.until < turn.context.today || what.until > last) {
        Values values = substitution_values(turn, what);
        values["last"] = day_text(last);
        return turn.say(ReplyKind::reject, "substitution_day_refused", std::move(values));
    }
    if (what.warning.empty() || !is_text(what.warning, reason_bytes_max)) {
        return turn.say(
            ReplyKind::reject, "warning_refused", {{"limit", std::to_string(reason_bytes_max)}});
    }
    turn.decision.actor = person->id;
    turn.add(SubstitutionPublished{what});
    turn.say(ReplyKind::accept, "substitution_published", substitution_values(turn, what));
}

void decide_on(Turn& turn, const WithdrawSubstitution& command) {
    const Staff* person = issuer_with(turn, command.badge);
    if (person == nullptr || !names_products(turn, command.substitution)) {
        return;
    }
    const PublishedSubstitution* known = in_force(turn, command.substitution);
    if (known == nullptr) {
        return turn.say(
            ReplyKind::reject,
            "substitution_not_in_force",
            substitution_values(turn, command.substitution));
    }
    if (command.reason.empty() || !is_text(command.reason, reason_bytes_max)) {
        return turn.say(
            ReplyKind::reject, "reason_refused", {{"limit", std::to_string(reason_bytes_max)}});
    }
    turn.decision.actor = person->id;
    turn.add(SubstitutionWithdrawn{known->substitution, command.reason});
    turn.say(
        ReplyKind::attention,
        "substitution_withdrawn",
        substitution_values(turn, known->substitution));
}

} // namespace cartwatch::readiness
