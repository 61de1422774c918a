#include "daemon/store/standings.hpp"

#include "daemon/store/rows.hpp"
#include "daemon/store/touched.hpp"

#include <algorithm>

namespace cartwatch::store {

namespace {

using namespace readiness;

// When the entry counts: never before what the same node said before.
Instant counted_at(Connection& connection, const Recorded& entry) {
    Instant at = entry.at;
    if (!std::holds_alternative<DayCorrected>(entry.event)) {
        const auto known =
            connection.one<Instant>("SELECT at_ms FROM standing_clock WHERE node = ?", entry.node);
        at = std::max(at, known.value_or(at));
    }
    connection.run(
        "INSERT OR REPLACE INTO standing_clock (node, at_ms) VALUES (?, ?)", entry.node, at);
    return at;
}

struct Held {
    Instant at;
    CartStanding standing;
};

std::optional<Held> last_standing(Connection& connection, const ObjectName& cart) {
    static const std::string sql = "SELECT at_ms, " + std::string(table_of<StandingThen>.values)
                                   + " FROM cart_standing WHERE node = ? AND cart = ? "
                                     "ORDER BY at_ms DESC LIMIT 1";
    std::optional<Held> last;
    connection.each(
        sql,
        [&](Row& row) {
            Held& held = last.emplace();
            row(held.at);
            StandingThen then;
            columns(row, then);
            held.standing = std::move(then.standing);
        },
        cart.first,
        cart.second);
    return last;
}

void record_standing(
    Connection& connection,
    const State& state,
    const std::string& source,
    Instant at,
    const ObjectName& name) {
    const auto& carts = node_of(state, name.first).carts;
    const auto cart = carts.find(name.second);
    if (cart == carts.end()) {
        return;
    }
    std::optional<Held> last = last_standing(connection, name);
    if (source != name.first && last) {
        at = std::max(at, last->at);
    }
    const StandingThen then{source, standing_of(state, name.first, cart->second, at)};
    connection.run(
        "DELETE FROM cart_standing WHERE node = ? AND cart = ? AND at_ms >= ?",
        name.first,
        name.second,
        at);
    if (last && last->at >= at) {
        last = last_standing(connection, name);
    }
    if (!last || last->standing != then.standing) {
        put(connection, then, name.first, name.second, at);
    }
}

// Whether it concerns carts of other nodes than its own.
bool is_for_all(const State& state, const Recorded& entry) {
    return entry.node == state.pharmacy && !std::holds_alternative<DayCorrected>(entry.event);
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

bool tells_time(const Event& event) {
    return std::holds_alternative<DayJudged>(event) || changes_standings(event);
}

std::size_t carts_judged(const State& state, const Recorded& entry) {
    const Effect effect = standing_effect(entry.event);
    if (!effect.judged_anew || !effect.cart.empty()) {
        return 0;
    }
    if (!is_for_all(state, entry)) {
        return node_of(state, entry.node).carts.size();
    }
    std::size_t count = 0;
    for (const auto& [name, node] : state.nodes) {
        count += node.carts.size();
    }
    return count;
}

void record_standings(
    Connection& connection, const State& state, const Recorded& entry, const Effect& effect) {
    if (!tells_time(entry.event)) {
        return;
    }
    const Instant at = counted_at(connection, entry);
    if (effect.judged_anew && !effect.cart.empty()) {
        record_standing(connection, state, entry.node, at, {entry.node, effect.cart});
    }
    if (!effect.judged_anew || !effect.cart.empty()) {
        return;
    }
    for (const auto& [name, node] : state.nodes) {
        for (const auto& [id, cart] : node.carts) {
            if (name == entry.node || is_for_all(state, entry)) {
                record_standing(connection, state, entry.node, at, {name, id});
            }
        }
    }
}

} // namespace cartwatch::store
