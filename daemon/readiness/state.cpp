#include "daemon/readiness/state.hpp"

#include "daemon/readiness/lookup.hpp"

#include <algorithm>

namespace cartwatch::readiness {

void index_codes(NodeState& node) {
    node.index = {};
    for (const auto& [id, cart] : node.carts) {
        node.index.put(cart);
    }
    for (const auto& [id, person] : node.staff) {
        node.index.put(person);
    }
    for (const auto& [id, product] : node.products) {
        node.index.put(product);
    }
    for (const CodeLinked& link : node.links) {
        node.index.put(link);
    }
}

Sources sources_for(const State& state, std::string_view node) {
    return {node_of(state, node), node_of(state, state.pharmacy)};
}

const NodeState& node_of(const State& state, std::string_view node) {
    static const NodeState nothing;
    const auto found = state.nodes.find(std::string(node));
    return found == state.nodes.end() ? nothing : found->second;
}

const Product* find_product(const State& state, std::string_view node, std::string_view id) {
    for (const NodeState* source : sources_for(state, node)) {
        const auto found = source->products.find(std::string(id));
        if (found != source->products.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

Product held_strictly(const State& state, std::string_view node, Product product) {
    for (const NodeState* source : sources_for(state, node)) {
        const auto found = source->products.find(product.id);
        if (found == source->products.end()) {
            continue;
        }
        const Product& held = found->second;
        product.high_alert = product.high_alert || held.high_alert;
        product.controlled = product.controlled || held.controlled;
        product.expires = product.expires || held.expires;
    }
    product.lasa_group = lasa_group_of(state, node, product);
    return product;
}

const std::string&
lasa_group_of(const State& state, std::string_view node, const Product& product) {
    const std::string* group = &product.lasa_group;
    for (const NodeState* source : sources_for(state, node)) {
        const auto found = source->products.find(product.id);
        if (found != source->products.end() && !found->second.lasa_group.empty()) {
            group = &found->second.lasa_group; // the pharmacy's, which comes last
        }
    }
    return *group;
}

std::optional<Product>
find_strictly(const State& state, std::string_view node, std::string_view id) {
    const Product* product = find_product(state, node, id);
    return product == nullptr ? std::nullopt : std::optional(held_strictly(state, node, *product));
}

const Staff* find_staff(const State& state, std::string_view node, std::string_view id) {
    for (const NodeState* source : sources_for(state, node)) {
        const auto found = source->staff.find(std::string(id));
        if (found != source->staff.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

const Staff* find_badge(const State& state, std::string_view node, std::string_view badge) {
    for (const NodeState* source : sources_for(state, node)) {
        for (const auto& [id, person] : source->staff) {
            if (person.badge == badge && !person.retired
                && find_staff(state, node, id) == &person) {
                return &person;
            }
        }
    }
    return nullptr;
}

bool is_shadowed(const State& state, const NodeState& source, const std::string& person) {
    const NodeState& own = node_of(state, state.self);
    return &source != &own && own.staff.contains(person);
}

Day latest_day(const NodeState& node, Day today) {
    Day latest = std::max(node.last_judged.value_or(today), today);
    for (const auto& [id, cart] : node.carts) {
        for (const std::optional<Day>& on :
             {cart.last_full_check, cart.last_sealed_check, cart.last_handover}) {
            latest = std::max(latest, on.value_or(today));
        }
    }
    return latest;
}

AsOf latest_day(const NodeState& node, const AsOf& as_of) {
    const Day day = latest_day(node, as_of.day);
    return {day, day == as_of.day ? as_of.shifts : std::nullopt};
}

bool is_behind_pharmacy(const State& state, std::string_view node, Day today) {
    const std::optional<Day>& judged = node_of(state, state.pharmacy).last_judged;
    return node != state.pharmacy && judged
           && latest_day(node_of(state, node), today) + std::chrono::days{1} < *judged;
}

const Check* open_check_of(const NodeState& node, std::string_view cart) {
    for (const auto& [id, check] : node.open_checks) {
        if (check.cart == cart) {
            return &check;
        }
    }
    return nullptr;
}

std::vector<Recall>
reach_of(const State& state, std::string_view node, std::vector<Recall> recalls) {
    for (std::size_t i = 0; i < recalls.size(); ++i) { // it grows: those of those are meant too
        for (std::string& product : same_packs(state, node, recalls[i].product)) {
            Recall same{std::move(product), recalls[i].lot};
            if (std::ranges::find(recalls, same) == recalls.end()) {
                recalls.push_back(std::move(same));
            }
        }
    }
    return recalls;
}

std::vector<Recall> recalls_for(const State& state, std::string_view node) {
    std::vector<Recall> recalls;
    for (const NodeState* source : sources_for(state, node)) {
        for (const IssuedRecall& issued : source->recalls) {
            if (!issued.withdrawn) {
                recalls.push_back(issued.recall);
            }
        }
    }
    return reach_of(state, node, std::move(recalls));
}

const IssuedRecall* recall_in_force(const NodeState& node, const Recall& recall) {
    const auto found =
        std::find_if(node.recalls.begin(), node.recalls.end(), [&](const IssuedRecall& issued) {
            return !issued.withdrawn && issued.recall == recall;
        });
    return found == node.recalls.end() ? nullptr : &*found;
}

std::vector<Substitution> substitutions_for(const State& state, std::string_view node) {
    std::vector<Substitution> found;
    for (const NodeState* source : sources_for(state, node)) {
        for (const PublishedSubstitution& published : source->substitutions) {
            if (!published.withdrawn) {
                found.push_back(published.substitution);
            }
        }
    }
    return found;
}

Policy policy_for(const State& state, std::string_view node) {
    const NodeState& pharmacy = node_of(state, state.pharmacy);
    if (pharmacy.policy) {
        return *pharmacy.policy;
    }
    return node_of(state, node).policy.value_or(Policy{});
}

} // namespace cartwatch::readiness
