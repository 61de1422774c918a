#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/faults.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/setup.hpp"

#include <algorithm>
#include <map>

namespace cartwatch::readiness {

namespace {

Values recall_values(const Product& product, const Recall& recall) {
    Values values{{"strength", product.strength}, {"lot", recall.lot}};
    add_name(values, product.name);
    return values;
}

// The recall's product, if what is said of it can be recorded. nullptr: the reply says why not.
const Product* product_recalled(Turn& turn, const Recall& recall, const std::string& reason) {
    const Product* product = find_product(turn.state, turn.state.self, recall.product);
    if (product == nullptr) {
        const std::string id = kept_text(recall.product, short_text_max);
        turn.say(ReplyKind::reject, "unknown_product", {{"product", id}});
        return nullptr;
    }
    const bool is_blank = !recall.lot.empty() && is_same_lot(recall.lot, "");
    if (is_blank || !is_text(recall.lot, short_text_max) || !is_text(reason, reason_bytes_max)) {
        turn.say(
            ReplyKind::reject, "recall_refused", {{"limit", std::to_string(reason_bytes_max)}});
        return nullptr;
    }
    return product;
}

bool is_recalled(const Turn& turn, const std::string& product, const std::string& lot) {
    return std::any_of(turn.recalls.begin(), turn.recalls.end(), [&](const Recall& recall) {
        return names(recall, product, lot);
    });
}

// Whether the lot's own code was read in this check.
Evidence evidence_of(const Check& check, const std::string& line, const std::string& lot) {
    const bool scanned = std::any_of(check.steps.begin(), check.steps.end(), [&](const Step& step) {
        const auto* counted = std::get_if<LineCounted>(&step.action);
        return !step.undone && counted != nullptr && counted->line == line
               && counted->holding.lot == lot && !counted->raw.empty()
               && counted->holding.evidence == Evidence::scanned;
    });
    return scanned ? Evidence::scanned : Evidence::typed;
}

// What the lot on file or in this check is a lot of: the line's own product or a substitute.
std::string product_of_lot(const Check& check, const Line& line, const std::string& lot) {
    std::string product = line.product;
    const auto look = [&](const Holding& holding) {
        if (holding.lot == lot && !holding.product.empty()) {
            product = holding.product;
        }
    };
    std::for_each(line.holdings.begin(), line.holdings.end(), look);
    for (const Step& step : check.steps) {
        const auto* counted = std::get_if<LineCounted>(&step.action);
        if (counted != nullptr && !step.undone && counted->line == line.id) {
            look(counted->holding);
        }
    }
    return product;
}

void record_line(Turn& turn, const Line& line, const LineProgress& known) {
    std::map<std::string, int> units;
    for (const HoldingTakenOut& taken : known.taken_out) {
        if (taken.quantity > 0
            && is_recalled(turn, product_of_lot(*turn.check, line, taken.lot), taken.lot)) {
            units[taken.lot] += taken.quantity;
        }
    }
    for (const auto& [lot, quantity] : units) {
        RecallRemoval removal;
        removal.check = turn.check->id;
        removal.cart = turn.cart->id;
        removal.line = line.id;
        removal.position = line.position;
        removal.product = product_of_lot(*turn.check, line, lot);
        removal.lot = lot;
        removal.quantity = quantity;
        removal.evidence = evidence_of(*turn.check, line.id, lot);
        removal.by = turn.check->checker;
        turn.add(RecallUnitsRemoved{std::move(removal)});
    }
}

} // namespace

const Staff* issuer_with(Turn& turn, const std::string& badge) {
    const Staff* person = find_badge(turn.state, turn.state.self, badge);
    if (person == nullptr || badge.empty()) {
        turn.say(ReplyKind::reject, "unknown_badge", {{"text", masked_badge(badge)}});
        return nullptr;
    }
    if (!answers_alerts(person->role)) {
        turn.say(ReplyKind::reject, "not_allowed", {{"by", person->name}});
        return nullptr;
    }
    return person;
}

void decide_on(Turn& turn, const IssueRecall& command) {
    const Staff* person = issuer_with(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    const Product* product = product_recalled(turn, command.recall, command.reason);
    if (product == nullptr) {
        return;
    }
    Values values = recall_values(*product, command.recall);
    if (recall_in_force(turn.node, command.recall) != nullptr) {
        return turn.say(ReplyKind::attention, "recall_known", std::move(values));
    }
    turn.decision.actor = person->id;
    turn.add(RecallIssued{command.recall, command.reason});
    turn.say(ReplyKind::accept, "recall_issued", std::move(values));
}

void decide_on(Turn& turn, const WithdrawRecall& command) {
    const Staff* person = issuer_with(turn, command.badge);
    if (person == nullptr) {
        return;
    }
    const Product* product = product_recalled(turn, command.recall, command.reason);
    if (product == nullptr) {
        return;
    }
    Values values = recall_values(*product, command.recall);
    if (recall_in_force(turn.node, command.recall) == nullptr) {
        return turn.say(ReplyKind::reject, "recall_not_in_force", std::move(values));
    }
    if (command.reason.empty()) {
        return turn.say(ReplyKind::reject, "withdrawal_needs_reason", std::move(values));
    }
    turn.decision.actor = person->id;
    turn.add(RecallWithdrawn{command.recall, command.reason});
    turn.say(ReplyKind::attention, "recall_withdrawn", std::move(values));
}

void answer_recalls(Turn& turn) {
    if (turn.state.self == turn.state.pharmacy) {
        return;
    }
    for (const IssuedRecall& issued : node_of(turn.state, turn.state.pharmacy).recalls) {
        if (issued.withdrawn || turn.node.recall_answers.contains(issued.seq)) {
            continue;
        }
        RecallAnswered answer{issued.seq, issued.recall, {}};
        const std::vector<Recall> reach = reach_of(turn.state, turn.state.self, {issued.recall});
        for (const auto& [id, cart] : turn.node.carts) {
            const std::vector<HeldUnits> held = held_by(cart, reach);
            answer.held.insert(answer.held.end(), held.begin(), held.end());
        }
        turn.add(std::move(answer));
    }
}

void record_recalled_units(Turn& turn) {
    for (const Line& line : turn.cart->lines) {
        record_line(turn, line, progress_of_line(turn.progress, line.id));
    }
}

} // namespace cartwatch::readiness
