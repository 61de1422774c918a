#include "daemon/readiness/nearest.hpp"

#include "daemon/readiness/use.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <tuple>

namespace cartwatch::readiness {

namespace {

constexpr int far = std::numeric_limits<int>::max();

int steps_between(const std::optional<int>& one, const std::optional<int>& other) {
    return one && other ? std::abs(*one - *other) : far;
}

// The less, the nearer. Where the building is another one, or not known, floors and places say
// nothing.
auto distance_of(const JudgedCart& from, const JudgedCart& to) {
    const CartPlace& here = from.cart->place;
    const CartPlace& there = to.cart->place;
    const auto neighbour = std::find(here.neighbours.begin(), here.neighbours.end(), to.cart->id);
    const bool listed = neighbour != here.neighbours.end() && from.node == to.node;
    const int rank = listed ? static_cast<int>(neighbour - here.neighbours.begin()) : far;
    const bool same_building = !here.building.empty() && here.building == there.building;
    const int floors = same_building ? steps_between(here.floor, there.floor) : far;
    const int along = floors == 0 ? steps_between(here.order, there.order) : far;
    return std::tuple(
        rank,
        same_building ? 0 : 1,
        floors,
        along,
        from.cart->station == to.cart->station && from.node == to.node ? 0 : 1,
        from.node == to.node ? 0 : 1,
        std::string_view(to.node),
        std::string_view(to.cart->id));
}

template <typename Fit>
const JudgedCart* nearest(const JudgedCart& from, const std::vector<JudgedCart>& carts, Fit fits) {
    const JudgedCart* best = nullptr;
    for (const JudgedCart& one : carts) {
        const bool itself = one.node == from.node && one.cart->id == from.cart->id;
        if (!itself && fits(one)
            && (best == nullptr || distance_of(from, one) < distance_of(from, *best))) {
            best = &one;
        }
    }
    return best;
}

void judge_node(
    std::vector<JudgedCart>& judged,
    const State& state,
    const std::string& name,
    const AsOf& as_of) {
    const Policy policy = policy_for(state, name);
    const std::vector<Recall> recalls = recalls_for(state, name);
    const std::vector<Substitution> substitutions = substitutions_for(state, name);
    const AsOf then = latest_day(node_of(state, name), as_of);
    for (const auto& [id, cart] : node_of(state, name).carts) {
        if (!cart.retired) {
            // While an emergency is being scanned out, what was used is gone already.
            const Cart now = present_cart(node_of(state, name), cart);
            Judgement judgement = evaluate(now, policy, recalls, then, substitutions);
            if (std::ranges::any_of(judgement.findings, makes_overdue)) {
                judgement.functions.clear();
            }
            judged.push_back({name, &cart, judgement.readiness, std::move(judgement.functions)});
        }
    }
}

} // namespace

std::vector<JudgedCart> judged_carts(const State& state, const AsOf& as_of) {
    std::vector<JudgedCart> judged;
    for (const auto& [name, node] : state.nodes) {
        if (state.self == state.pharmacy || name == state.self) {
            judge_node(judged, state, name, as_of);
        }
    }
    return judged;
}

const JudgedCart* nearest_ready(const JudgedCart& from, const std::vector<JudgedCart>& carts) {
    return nearest(
        from, carts, [](const JudgedCart& one) { return one.readiness == Readiness::ready; });
}

// A cart that nobody checked in time is worth nothing, whatever its lines say.
const JudgedCart* nearest_ready_for(
    const JudgedCart& from, std::string_view function, const std::vector<JudgedCart>& carts) {
    return nearest(from, carts, [&](const JudgedCart& one) {
        const auto found = one.functions.find(std::string(function));
        return found != one.functions.end() && found->second == Readiness::ready
               && one.readiness != Readiness::overdue;
    });
}

} // namespace cartwatch::readiness
