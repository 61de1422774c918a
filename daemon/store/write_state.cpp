#include "daemon/store/present_state.hpp"
#include "daemon/store/rows.hpp"

namespace cartwatch::store {

namespace {

using namespace readiness;

// The element with this key, or nullptr.
template <typename Map, typename Key>
const typename Map::mapped_type* found_in(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

// Every entry comes by here and few change anything: a page that stays as it is, is not written.
void write_node(Connection& connection, const std::string& node, const NodeState& state) {
    connection.run(
        "INSERT INTO node (node, checks_opened, last_judged, confirmed_day) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (node) DO UPDATE SET checks_opened = excluded.checks_opened, "
        "last_judged = excluded.last_judged, confirmed_day = excluded.confirmed_day "
        "WHERE checks_opened <> excluded.checks_opened OR last_judged IS NOT excluded.last_judged "
        "OR confirmed_day IS NOT excluded.confirmed_day",
        node,
        state.checks_opened,
        state.last_judged,
        state.confirmed_day);
}

void write_policy(Connection& connection, const std::string& node, const NodeState& state) {
    if (state.policy) {
        put(connection, *state.policy, node);
    }
}

void write_product(Connection& connection, const std::string& node, const Product& product) {
    connection.run("DELETE FROM product WHERE node = ? AND id = ?", node, product.id);
    put(connection, product, node);
    for (std::size_t i = 0; i < product.identifiers.size(); ++i) {
        put(connection, product.identifiers[i], node, product.id, i);
    }
}

void write_recalls(Connection& connection, const std::string& node, const NodeState& state) {
    connection.run("DELETE FROM recall WHERE node = ?", node);
    for (std::size_t i = 0; i < state.recalls.size(); ++i) {
        put(connection, state.recalls[i], node, i);
    }
    for (const auto& [seq, answer] : state.recall_answers) {
        put(connection, answer, node);
    }
    for (std::size_t i = 0; i < state.recall_removals.size(); ++i) {
        put(connection, state.recall_removals[i], node, i);
    }
}

void write_substitutions(Connection& connection, const std::string& node, const NodeState& state) {
    connection.run("DELETE FROM substitution WHERE node = ?", node);
    for (std::size_t i = 0; i < state.substitutions.size(); ++i) {
        put(connection, state.substitutions[i], node, i);
    }
}

// A link is never changed and never taken back: those that are there stay as they are, of tens of
// thousands.
void write_links(Connection& connection, const std::string& node, const NodeState& state) {
    std::size_t there = 0;
    connection.each(
        "SELECT coalesce(max(place) + 1, 0) FROM code_link WHERE node = ?",
        [&](Row& row) { row(there); },
        node);
    for (std::size_t i = there; i < state.links.size(); ++i) {
        put(connection, state.links[i], node, i);
    }
}

void write_tags(Connection& connection, const std::string& node, const NodeState& state) {
    connection.run("DELETE FROM tag_series WHERE node = ?", node);
    for (const auto& [series, highest] : state.tags_given) {
        connection.run(
            "INSERT INTO tag_series (node, type, block, highest) VALUES (?, ?, ?, ?)",
            node,
            static_cast<int>(series.type),
            series.block,
            highest);
    }
}

void write_line(
    Connection& connection, const ObjectName& cart, const Line& line, std::size_t place) {
    const auto& [node, id] = cart;
    put(connection, line, node, id, place);
    for (std::size_t i = 0; i < line.holdings.size(); ++i) {
        put(connection, line.holdings[i], node, id, line.id, i);
        const std::vector<std::string>& serials = line.holdings[i].serials;
        for (std::size_t k = 0; k < serials.size(); ++k) {
            connection.run(
                "INSERT INTO holding_serial (node, cart, line, holding, place, serial) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                node,
                id,
                line.id,
                i,
                k,
                serials[k]);
        }
    }
}

void write_cart(Connection& connection, const std::string& node, const Cart& cart) {
    connection.run("DELETE FROM cart WHERE node = ? AND id = ?", node, cart.id);
    put(connection, cart, node);
    for (std::size_t i = 0; i < cart.lines.size(); ++i) {
        write_line(connection, {node, cart.id}, cart.lines[i], i);
    }
    for (std::size_t i = 0; i < cart.devices.size(); ++i) {
        const Device& device = cart.devices[i];
        put(connection, device, node, cart.id, i);
        for (std::size_t k = 0; k < device.accessories.size(); ++k) {
            put(connection, device.accessories[k], node, cart.id, device.id, k);
        }
        for (std::size_t k = 0; k < device.tests.size(); ++k) {
            put(connection, device.tests[k], node, cart.id, device.id, k);
        }
    }
}

void write_check(Connection& connection, const std::string& node, const Check& check) {
    connection.run("DELETE FROM open_check WHERE node = ? AND id = ?", node, check.id);
    put(connection, check, node);
    for (const Step& step : check.steps) {
        put(connection, step, node, check.id);
    }
}

// What can change of a check while its steps stay as they are.
void write_check_header(Connection& connection, const std::string& node, const Check& check) {
    const int changed = connection.run(
        "UPDATE open_check SET checker = ?, reviewed = ?, kind = ?, broke_seal = ? "
        "WHERE node = ? AND id = ?",
        check.checker,
        check.reviewed,
        check.kind,
        check.broke_seal,
        node,
        check.id);
    if (changed == 0) {
        put(connection, check, node);
    }
}

void write_step(Connection& connection, const std::string& node, const Check& check, int number) {
    for (const Step& step : check.steps) {
        if (step.number == number) {
            put(connection, step, node, check.id);
        }
    }
}

void write_node_parts(Connection& connection, const Touched& touched, const State& after) {
    for (const std::string& node : touched.nodes) {
        if (const NodeState* state = found_in(after.nodes, node)) {
            write_node(connection, node, *state);
        }
    }
    for (const std::string& node : touched.policies) {
        write_policy(connection, node, node_of(after, node));
    }
    for (const std::string& node : touched.recalls) {
        write_recalls(connection, node, node_of(after, node));
    }
    for (const std::string& node : touched.substitutions) {
        write_substitutions(connection, node, node_of(after, node));
    }
    for (const std::string& node : touched.links) {
        write_links(connection, node, node_of(after, node));
    }
    for (const std::string& node : touched.tags) {
        write_tags(connection, node, node_of(after, node));
    }
}

void write_master_data(Connection& connection, const Touched& touched, const State& after) {
    for (const auto& [node, id] : touched.stations) {
        if (const Station* station = found_in(node_of(after, node).stations, id)) {
            put(connection, *station, node);
        }
    }
    for (const auto& [node, id] : touched.products) {
        if (const Product* product = found_in(node_of(after, node).products, id)) {
            write_product(connection, node, *product);
        }
    }
    for (const auto& [node, id] : touched.staff) {
        if (const Staff* staff = found_in(node_of(after, node).staff, id)) {
            put(connection, *staff, node);
        }
    }
}

void write_seals(Connection& connection, const Touched& touched, const State& after) {
    for (const auto& [node, number] : touched.seals) {
        if (const SealRecord* seal = found_in(node_of(after, node).seals, number)) {
            put(connection, *seal, node, number);
        } else {
            connection.run("DELETE FROM seal WHERE node = ? AND number = ?", node, number);
        }
    }
}

void write_carts(Connection& connection, const Touched& touched, const State& after) {
    for (const auto& [node, id] : touched.carts) {
        const NodeState& state = node_of(after, node);
        if (const Cart* cart = found_in(state.carts, id)) {
            write_cart(connection, node, *cart);
        }
        if (const LastCheck* last = found_in(state.last_checks, id)) {
            put(connection, *last, node, id);
        }
    }
}

void write_checks(Connection& connection, const Touched& touched, const State& after) {
    for (const auto& [node, id] : touched.checks) {
        if (const Check* check = found_in(node_of(after, node).open_checks, id)) {
            write_check(connection, node, *check);
        } else {
            connection.run("DELETE FROM open_check WHERE node = ? AND id = ?", node, id);
        }
    }
    for (const auto& [node, id] : touched.check_headers) {
        if (const Check* check = found_in(node_of(after, node).open_checks, id)) {
            write_check_header(connection, node, *check);
        }
    }
    for (const auto& [node, id, number] : touched.steps) {
        if (const Check* check = found_in(node_of(after, node).open_checks, id)) {
            write_step(connection, node, *check, number);
        }
    }
}

} // namespace

void write_touched(Connection& connection, const Touched& touched, const State& after) {
    write_node_parts(connection, touched, after);
    write_master_data(connection, touched, after);
    write_carts(connection, touched, after);
    write_seals(connection, touched, after);
    write_checks(connection, touched, after);
    for (const auto& [node, key] : touched.alerts) {
        if (const Alert* alert = found_in(node_of(after, node).alerts, key)) {
            put(connection, *alert, node);
        }
    }
}

void write_all(Connection& connection, const State& state) {
    for (const auto& [node, part] : state.nodes) {
        write_node(connection, node, part);
        write_policy(connection, node, part);
        write_recalls(connection, node, part);
        write_substitutions(connection, node, part);
        write_links(connection, node, part);
        write_tags(connection, node, part);
        for (const auto& [id, station] : part.stations) {
            put(connection, station, node);
        }
        for (const auto& [id, product] : part.products) {
            write_product(connection, node, product);
        }
        for (const auto& [id, staff] : part.staff) {
            put(connection, staff, node);
        }
        for (const auto& [id, cart] : part.carts) {
            write_cart(connection, node, cart);
        }
        for (const auto& [id, last] : part.last_checks) {
            put(connection, last, node, id);
        }
        for (const auto& [number, seal] : part.seals) {
            put(connection, seal, node, number);
        }
        for (const auto& [id, check] : part.open_checks) {
            write_check(connection, node, check);
        }
        for (const auto& [key, alert] : part.alerts) {
            put(connection, alert, node);
        }
    }
}

} // namespace cartwatch::store
