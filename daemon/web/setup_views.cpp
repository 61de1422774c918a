// What is defined here, as pages edit it.
#include "daemon/crypto/sha256.hpp"
#include "daemon/journal/body.hpp"
#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/setup.hpp"
#include "daemon/web/setup_parts.hpp"
#include "daemon/web/setup_version.hpp"
#include "daemon/web/view_parts.hpp"

#include <utility>

namespace cartwatch::web {

using namespace readiness;

// Of a badge whether there is one, as pages are told: who guesses it must not see that he did.
std::string version_of(const Event& event) {
    if (const auto* defined = std::get_if<StaffDefined>(&event)) {
        StaffDefined shown = *defined;
        shown.staff.badge = shown.staff.badge.empty() ? "" : "…";
        return crypto::sha256(journal::body_of(shown)).substr(0, version_digits);
    }
    return crypto::sha256(journal::body_of(event)).substr(0, version_digits);
}

namespace {

Json row_of(const Event& event) {
    Json row;
    row["version"] = version_of(event);
    row["body"] = Json::parse(journal::body_of(event));
    return row;
}

// The node's own, which can be changed here, and those of the pharmacy that it does not define.
template <typename Things, typename Row>
Json rows_of(const State& state, Things NodeState::*things, Row row) {
    Json rows = Json::array();
    const NodeState* own = &node_of(state, state.self);
    for (const NodeState* source : sources_for(state, state.self)) {
        for (const auto& [id, thing] : source->*things) {
            if (source == own || !(own->*things).contains(id)) {
                Json one = row(thing);
                one["own"] = source == own;
                rows.push_back(std::move(one));
            }
        }
    }
    return rows;
}

Json staff_row(const Staff& person) {
    Json row = row_of(StaffDefined{person});
    row["has_badge"] = !person.badge.empty();
    row["body"]["badge"] = "";
    return row;
}

} // namespace

Json products_setup_json(const State& state) {
    Json json;
    json["products"] = rows_of(state, &NodeState::products, [](const Product& product) {
        return row_of(ProductDefined{product});
    });
    return json;
}

Json staff_setup_json(const State& state) {
    Json json;
    json["needs_badge"] = !knows_no_staff(state);
    json["staff"] = rows_of(state, &NodeState::staff, staff_row);
    return json;
}

Json carts_setup_json(const State& state) {
    const NodeState& node = node_of(state, state.self);
    Json json;
    json["stations"] = Json::array();
    for (const auto& [id, station] : node.stations) {
        json["stations"].push_back(row_of(StationDefined{station}));
    }
    json["carts"] = Json::array();
    for (const auto& [id, cart] : node.carts) {
        Json row;
        row["id"] = id;
        row["name"] = name_json(cart.name);
        row["station"] = cart.station;
        row["lines"] = cart.lines.size();
        row["devices"] = cart.devices.size();
        row["retired"] = cart.retired;
        row["counted"] = is_checked(node, id);
        json["carts"].push_back(std::move(row));
    }
    json["bounds"] = bounds_json();
    return json;
}

namespace {

Json range_json(const WholeRange& range) {
    return {{"low", range.low}, {"high", range.high}};
}

// What every line of the cart holds, as stock.recorded has it; null once a check said so.
Json stock_json(const NodeState& node, const Cart& cart) {
    if (is_checked(node, cart.id)) {
        return nullptr;
    }
    Json rows = Json::array();
    for (const Line& line : cart.lines) {
        rows.push_back(row_of(StockRecorded{cart.id, line.id, line.holdings}));
    }
    return rows;
}

} // namespace

Json bounds_json() {
    Json json;
    json["par"] = range_json(par_range);
    json["quantity"] = range_json(stock_range);
    json["floor"] = range_json(floor_range);
    json["order"] = range_json(floor_order_range);
    json["interval_days"] = range_json(interval_range);
    json["tolerance_percent"] = range_json(tolerance_range);
    json["units"] = Json::array();
    for (const TestUnit unit : test_units) {
        const AmountRange possible = possible_range(unit);
        json["units"].push_back(
            {{"unit", to_text(unit)},
             {"low", to_text(possible.low)},
             {"high", to_text(possible.high)}});
    }
    json["name_bytes"] = readiness::name_bytes_max;
    json["code_bytes"] = readiness::short_text_max;
    return json;
}

std::optional<Json> cart_setup_json(const State& state, const std::string& cart) {
    const NodeState& node = node_of(state, state.self);
    const auto found = node.carts.find(cart);
    if (found == node.carts.end()) {
        return std::nullopt;
    }
    Json json = row_of(CartDefined{list_of(found->second)});
    json["stock"] = stock_json(node, found->second);
    return json;
}

void note_ticket(std::vector<std::string>& tickets, const std::string& text) {
    if (text.starts_with(ticket_prefix)) {
        tickets.push_back(text);
    }
}

Result<std::string>
badge_scanned(const Service& service, const Listener& page, std::string_view text, BadgeUse use) {
    if (text.starts_with(ticket_prefix)) {
        const auto& badge_of = service.scanner_checks.badge_of;
        const auto badge = badge_of ? badge_of(page, text, use) : std::nullopt;
        if (!badge) {
            return refused(ErrorCode::bad_input, "/badge: read too long ago; scan it again");
        }
        return *badge;
    }
    const codes::Reading reading = service.parse_scan && service.role == NodeRole::ward
                                       ? service.parse_scan(page.station, text)
                                       : service.parse(text);
    const Meaning meaning = meaning_of(service.state(), reading);
    const auto* known = std::get_if<MeansStaff>(&meaning);
    return known != nullptr ? known->person->badge : badge_text(reading);
}

} // namespace cartwatch::web
