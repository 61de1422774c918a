#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/faults.hpp"
#include "daemon/readiness/limits.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::readiness {

const Staff* person_here(Turn& turn) {
    const std::string& id = turn.check != nullptr ? turn.check->checker : turn.session().staff;
    const Staff* person = find_staff(turn.state, turn.state.self, id);
    if (person == nullptr || person->retired) {
        turn.say(ReplyKind::reject, "scan_badge_first");
        return nullptr;
    }
    return person;
}

namespace {

Values product_values(const Product& product) {
    Values values{{"strength", product.strength}};
    add_name(values, product.name);
    return values;
}

const Product* product_meant(Turn& turn, const std::string& id) {
    const Product* product = find_product(turn.state, turn.state.self, id);
    if (product == nullptr) {
        turn.say(
            ReplyKind::reject, "unknown_product", {{"product", kept_text(id, short_text_max)}});
    }
    return product;
}

void link(Turn& turn, const Product& product, const Identifier& identifier) {
    Values values = product_values(product);
    values["code"] = identifier.value;
    const Product* owner = product_with(turn.state, turn.state.self, identifier);
    if (owner == nullptr) {
        turn.add(CodeLinked{product.id, identifier});
        return turn.say(ReplyKind::accept, "code_linked", std::move(values));
    }
    if (owner->id == product.id) {
        return turn.say(ReplyKind::attention, "code_linked_already", std::move(values));
    }
    Values taken = product_values(*owner);
    taken["code"] = identifier.value;
    turn.say(ReplyKind::reject, "code_taken", std::move(taken));
}

} // namespace

bool links_codes(Role role) {
    return role != Role::nurse;
}

void decide_on(Turn& turn, const LinkCode& command) {
    const Staff* person = person_here(turn);
    if (person == nullptr) {
        return;
    }
    if (!links_codes(person->role)) {
        return turn.say(ReplyKind::reject, "not_allowed", {{"by", person->name}});
    }
    const Product* product = product_meant(turn, command.product);
    if (product == nullptr) {
        return;
    }
    if (!command.fault.empty()) {
        return turn.say(
            ReplyKind::reject,
            "code_broken",
            {{"code", kept_text(command.raw_code, short_text_max)}, {"rule", command.fault}});
    }
    if (fault_of(product->id, command.identifier) || codes::parse_own_tag(command.raw_code)
        || codes::parse_own_tag(command.identifier.value)) {
        const std::string code = kept_text(command.identifier.value, short_text_max);
        return turn.say(ReplyKind::reject, "code_refused", {{"code", code}});
    }
    turn.decision.actor = person->id;
    link(turn, *product, command.identifier);
}

} // namespace cartwatch::readiness
