#include "daemon/store/standings.hpp"

#include "daemon/store/rows.hpp"
#include "daemon/store/touched.hpp"

#include <algorithm>

namespace cartwatch::store {

namespace {

using namespace readiness;

struct Held {
    Instant at;
    StandingThen then;
};

// The last rows of a cart, the last first, until `wanted` has seen enough.
template <typename F>
void each_back(Connection& connection, const std::string& node, const std::string& cart, F wanted) {
    static const std::string sql = "SELECT at_ms, " + std::string(table_of<StandingThen>.values)
                                   + " FROM cart_standing WHERE node = ? AND cart = ? "
                                     "ORDER BY at_ms DESC";
    connection.each_while(
        sql,
        [&](Row& row) {
            Held held;
            row(held.at);
            columns(row, held.then);
            return wanted(held);
        },
        node,
        cart);
}

// When the entry counts for this cart: never before what the same node said of it last.
Instant counted_at(Connection& connection, const Recorded& entry, const ObjectName& cart) {
    Instant at = entry.at;
    if (std::holds_alternative<DayCorrected>(entry.event)) {
        return at;
    }
    each_back(connection, cart.first, cart.second, [&](const Held& held) {
        const bool own = held.then.source == entry.node;
        at = own ? std::max(at, held.at) : at;
        return !own;
    });
    return at;
}

void record_standing(
    Connection& connection, const State& state, const Recorded& entry, const ObjectName& name) {
    const auto& carts = node_of(state, name.first).carts;
    const auto cart = carts.find(name.second);
    if (cart == carts.end()) {
        return;
    }
    const Instant at = counted_at(connection, entry, name);
    const StandingThen then{entry.node, standing_of(state, name.first, cart->second, at)};
    connection.run(
        "DELETE FROM cart_standing WHERE node = ? AND cart = ? AND at_ms >= ?",
        name.first,
        name.second,
        at);
    bool same = false;
    each_back(connection, name.first, name.second, [&](const Held& held) {
        same = held.then.standing == then.standing;
        return false;
    });
    if (!same) {
        put(connection, then, name.first, name.second, at);
    }
}

} // namespace

bool changes_standings(const Event& event) {
    if (std::holds_alternative<CheckTurned>(event)) {
        return true; // of the cart whose check it is
    }
    return standing_effect(event).judged_anew;
}

Effect standing_effect(const Event& event) {
    static const NodeState nothing;
    return standing_effect(nothing, event);
}

Effect standing_effect(const NodeState& node, const Event& event) {
    return std::holds_alternative<DayJudged>(event) ? Effect{} : effect_of(node, event);
}

void record_standings(
    Connection& connection, const State& state, const Recorded& entry, const Effect& effect) {
    if (!effect.judged_anew) {
        return;
    }
    if (!effect.cart.empty()) {
        record_standing(connection, state, entry, {entry.node, effect.cart});
        return;
    }
    for (const auto& [name, node] : state.nodes) {
        const bool concerned = name == entry.node || entry.node == state.pharmacy;
        for (const auto& [id, cart] : node.carts) {
            if (concerned) {
                record_standing(connection, state, entry, {name, id});
            }
        }
    }
}

} // namespace cartwatch::store
