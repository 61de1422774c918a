#include "daemon/store/present_state.hpp"
#include "daemon/store/rows.hpp"

#include <algorithm>

namespace cartwatch::store {

namespace {

using namespace readiness;

// The part a row belongs to; a row without it cannot be.
template <typename Map, typename Key>
typename Map::mapped_type& owner_in(Map& map, const Key& key, const char* what) {
    const auto found = map.find(key);
    if (found == map.end()) {
        throw StoreFailure(
            FailureKind::corrupt, std::string("a row belongs to no ") + what + ": run verify");
    }
    return found->second;
}

template <typename Part>
Part& part_of(std::vector<Part>& parts, const std::string& id, const char* what) {
    const auto found = std::ranges::find_if(parts, [&](const Part& part) { return part.id == id; });
    if (found == parts.end()) {
        throw StoreFailure(
            FailureKind::corrupt, std::string("a row belongs to no ") + what + ": run verify");
    }
    return *found;
}

NodeState& node_in(State& state, const std::string& node) {
    return owner_in(state.nodes, node, "node");
}

Cart& cart_in(State& state, const std::string& node, const std::string& cart) {
    return owner_in(node_in(state, node).carts, cart, "cart");
}

// Nodes that fit `where`, with their policies.
template <typename... Key>
void load_nodes(Connection& connection, State& state, std::string_view where, const Key&... keys) {
    connection.each(
        "SELECT node, checks_opened, last_judged, confirmed_day FROM node"
            + std::string(where.empty() ? "" : " WHERE ") + std::string(where) + " ORDER BY node",
        [&](Row& row) {
            NodeState& node = state.nodes[row.take<std::string>()];
            row(node.checks_opened, node.last_judged, node.confirmed_day);
        },
        keys...);
    Rows<Policy, std::string>::each(
        connection,
        where,
        [&](const std::string& node, Policy policy) {
            node_in(state, node).policy = std::move(policy);
        },
        keys...);
}

// What nodes that fit `where` said of recalls and substitutes, ended ones too.
template <typename... Key>
void load_words(Connection& connection, State& state, std::string_view where, const Key&... keys) {
    Rows<IssuedRecall, std::string, int>::each(
        connection,
        where,
        [&](const std::string& node, int, IssuedRecall recall) {
            node_in(state, node).recalls.push_back(std::move(recall));
        },
        keys...);
    Rows<PublishedSubstitution, std::string, int>::each(
        connection,
        where,
        [&](const std::string& node, int, PublishedSubstitution published) {
            node_in(state, node).substitutions.push_back(std::move(published));
        },
        keys...);
}

void load_master_data(Connection& connection, State& state) {
    Rows<Station, std::string>::each(connection, "", [&](const std::string& node, Station station) {
        std::string id = station.id;
        node_in(state, node).stations.emplace(std::move(id), std::move(station));
    });
    Rows<Product, std::string>::each(connection, "", [&](const std::string& node, Product product) {
        std::string id = product.id;
        node_in(state, node).products.emplace(std::move(id), std::move(product));
    });
    Rows<Identifier, std::string, std::string, int>::each(
        connection,
        "",
        [&](const std::string& node, const std::string& product, int, Identifier identifier) {
            owner_in(node_in(state, node).products, product, "product")
                .identifiers.push_back(std::move(identifier));
        });
    Rows<Staff, std::string>::each(connection, "", [&](const std::string& node, Staff staff) {
        std::string id = staff.id;
        node_in(state, node).staff.emplace(std::move(id), std::move(staff));
    });
}

void load_lists(Connection& connection, State& state) {
    Rows<CodeLinked, std::string, int>::each(
        connection, "", [&](const std::string& node, int, CodeLinked link) {
            node_in(state, node).links.push_back(std::move(link));
        });
    load_words(connection, state, "");
    Rows<RecallAnswer, std::string>::each(
        connection, "", [&](const std::string& node, RecallAnswer answer) {
            node_in(state, node).recall_answers.emplace(answer.seq, std::move(answer));
        });
    Rows<RecallRemoval, std::string, int>::each(
        connection, "", [&](const std::string& node, int, RecallRemoval removal) {
            node_in(state, node).recall_removals.push_back(std::move(removal));
        });
    connection.each(
        "SELECT node, type, block, highest FROM tag_series ORDER BY node, type, block",
        [&](Row& row) {
            NodeState& node = node_in(state, row.take<std::string>());
            TagSeries series;
            series.type = static_cast<codes::TagType>(row.take<int>());
            series.block = row.take<int>();
            node.tags_given[series] = row.take<int>();
        });
    Rows<SealRecord, std::string, std::string>::each(
        connection, "", [&](const std::string& node, const std::string& number, SealRecord seal) {
            node_in(state, node).seals.emplace(number, std::move(seal));
        });
    Rows<LastCheck, std::string, std::string>::each(
        connection, "", [&](const std::string& node, const std::string& cart, LastCheck last) {
            node_in(state, node).last_checks.emplace(cart, std::move(last));
        });
}

// Carts that fit `where`, without what hangs on them.
template <typename... Key>
void load_cart_rows(
    Connection& connection, State& state, std::string_view where, const Key&... keys) {
    Rows<Cart, std::string>::each(
        connection,
        where,
        [&](const std::string& node, Cart cart) {
            std::string id = cart.id;
            state.nodes[node].carts.emplace(std::move(id), std::move(cart));
        },
        keys...);
}

// What hangs on carts, of carts that fit `where`.
template <typename... Key>
void load_contents(
    Connection& connection, State& state, std::string_view where, const Key&... keys) {
    using Text = std::string;
    Rows<Line, Text, Text, int>::each(
        connection,
        where,
        [&](const Text& node, const Text& cart, int, Line line) {
            cart_in(state, node, cart).lines.push_back(std::move(line));
        },
        keys...);
    Rows<Holding, Text, Text, Text, int>::each(
        connection,
        where,
        [&](const Text& node, const Text& cart, const Text& line, int, Holding holding) {
            part_of(cart_in(state, node, cart).lines, line, "line")
                .holdings.push_back(std::move(holding));
        },
        keys...);
    Rows<Device, Text, Text, int>::each(
        connection,
        where,
        [&](const Text& node, const Text& cart, int, Device device) {
            cart_in(state, node, cart).devices.push_back(std::move(device));
        },
        keys...);
    Rows<Accessory, Text, Text, Text, int>::each(
        connection,
        where,
        [&](const Text& node, const Text& cart, const Text& device, int, Accessory accessory) {
            part_of(cart_in(state, node, cart).devices, device, "device")
                .accessories.push_back(std::move(accessory));
        },
        keys...);
    Rows<FunctionTest, Text, Text, Text, int>::each(
        connection,
        where,
        [&](const Text& node, const Text& cart, const Text& device, int, FunctionTest test) {
            part_of(cart_in(state, node, cart).devices, device, "device")
                .tests.push_back(std::move(test));
        },
        keys...);
}

template <typename... Key>
void load_serials(
    Connection& connection, State& state, std::string_view where, const Key&... keys) {
    connection.each(
        "SELECT node, cart, line, holding, serial FROM holding_serial" + std::string(where)
            + " ORDER BY node, cart, line, holding, place",
        [&](Row& row) {
            const auto node = row.take<std::string>();
            const auto cart = row.take<std::string>();
            Line& line = part_of(cart_in(state, node, cart).lines, row.take<std::string>(), "line");
            const auto place = row.take<std::size_t>();
            if (place >= line.holdings.size()) {
                throw StoreFailure(FailureKind::corrupt, "a row belongs to no holding: run verify");
            }
            line.holdings[place].serials.push_back(row.take<std::string>());
        },
        keys...);
}

template <typename... Key>
void load_checks(
    Connection& connection,
    State& state,
    std::string_view where_check,
    std::string_view where_step,
    const Key&... keys) {
    Rows<Check, std::string>::each(
        connection,
        where_check,
        [&](const std::string& node, Check check) {
            std::string id = check.id;
            state.nodes[node].open_checks.emplace(std::move(id), std::move(check));
        },
        keys...);
    Rows<Step, std::string, std::string>::each(
        connection,
        where_step,
        [&](const std::string& node, const std::string& check, Step step) {
            owner_in(node_in(state, node).open_checks, check, "open check")
                .steps.push_back(std::move(step));
        },
        keys...);
}

template <typename... Key>
void load_alerts(Connection& connection, State& state, std::string_view where, const Key&... keys) {
    Rows<Alert, std::string>::each(
        connection,
        where,
        [&](const std::string& node, Alert alert) {
            AlertKey key = alert.key;
            state.nodes[node].alerts.emplace(std::move(key), std::move(alert));
        },
        keys...);
}

} // namespace

State load_state(Connection& connection, const std::string& self, const std::string& pharmacy) {
    State state;
    state.self = self;
    state.pharmacy = pharmacy;
    load_nodes(connection, state, "");
    load_master_data(connection, state);
    load_lists(connection, state);
    load_cart_rows(connection, state, "");
    load_contents(connection, state, "");
    load_serials(connection, state, "");
    load_checks(connection, state, "", "");
    load_alerts(connection, state, "");
    for (auto& [name, node] : state.nodes) {
        for (auto& [id, check] : node.open_checks) {
            check.progress = progress_of(check);
        }
        index_codes(node);
    }
    return state;
}

void load_cart(Connection& connection, State& state, const ObjectName& cart) {
    const auto& [node, id] = cart;
    load_cart_rows(connection, state, "node = ? AND id = ?", node, id);
    load_contents(connection, state, "node = ? AND cart = ?", node, id);
    load_serials(connection, state, " WHERE node = ? AND cart = ?", node, id);
}

void load_check(Connection& connection, State& state, const ObjectName& check) {
    const auto& [node, id] = check;
    load_checks(connection, state, "node = ? AND id = ?", "node = ? AND check_id = ?", node, id);
    const auto part = state.nodes.find(node);
    if (part == state.nodes.end()) {
        return;
    }
    const auto loaded = part->second.open_checks.find(id);
    if (loaded != part->second.open_checks.end()) {
        loaded->second.progress = progress_of(loaded->second);
    }
}

void load_alert(
    Connection& connection, State& state, const std::string& node, const AlertKey& key) {
    load_alerts(
        connection, state, "node = ? AND cart = ? AND subject = ?", node, key.cart, key.subject);
}

void load_standards(Connection& connection, State& state) {
    load_nodes(connection, state, "");
    load_words(connection, state, "");
}

void load_standards(Connection& connection, State& state, const std::string& node) {
    load_nodes(connection, state, "node = ?", node);
    load_words(connection, state, "node = ?", node);
}

} // namespace cartwatch::store
