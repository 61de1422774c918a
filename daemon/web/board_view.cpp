#include "daemon/crypto/sha256.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/use.hpp"
#include "daemon/web/published_view.hpp"
#include "daemon/web/view_parts.hpp"

#include <algorithm>
#include <tuple>

namespace cartwatch::web {

namespace {

using readiness::Alert;
using readiness::AlertState;
using readiness::Cart;
using readiness::NodeState;
using readiness::Readiness;
using readiness::Severity;

// An open alert with the node whose it is.
struct OpenAlert {
    std::string_view node;
    const Alert* alert;
};

// Worst first, then what nobody has accepted, then the oldest; the rest only makes it definite.
auto rank_of(const OpenAlert& open) {
    const Alert& alert = *open.alert;
    const bool taken = alert.state != AlertState::raised;
    return std::tuple(alert.need.severity, taken, alert.raised_at, open.node, alert.key);
}

std::vector<OpenAlert> open_alerts(const readiness::State& state) {
    std::vector<OpenAlert> open;
    for (const auto& [name, node] : state.nodes) {
        for (const auto& [key, alert] : node.alerts) {
            if (alert.open()) {
                open.push_back({name, &alert});
            }
        }
    }
    std::sort(open.begin(), open.end(), [](const OpenAlert& a, const OpenAlert& b) {
        return rank_of(a) < rank_of(b);
    });
    return open;
}

Json station_of(const NodeState& node, const std::string& id) {
    const auto found = node.stations.find(id);
    Json json;
    json["id"] = id;
    json["name"] =
        name_json(found == node.stations.end() ? readiness::Name{id, id} : found->second.name);
    json["phone"] = found == node.stations.end() ? "" : found->second.phone;
    return json;
}

Json kinds_json(const Alert& alert) {
    Json json = Json::array();
    for (const readiness::FindingKind kind : alert.need.kinds) {
        json.push_back(to_text(kind));
    }
    return json;
}

// Tests of a device that failed, with what was read.
Json failed_json(const Alert& alert) {
    Json json = Json::array();
    for (const readiness::FailedTest& failed : alert.need.failed) {
        const readiness::Limits limits{failed.least, failed.most};
        Json row;
        row["test"] = failed.test;
        row["name"] = name_json(failed.name);
        row["reading"] = text_or_null(readiness::reading_text(failed.value, failed.unit));
        row["limits"] = text_or_null(readiness::limits_text(limits, failed.unit));
        json.push_back(std::move(row));
    }
    return json;
}

// What is known of the product or device and its place.
void put_subject(Json& json, const CartView& view, const Alert& alert) {
    const auto held = readiness::find_strictly(view.state, view.node, alert.need.product);
    const readiness::Product* product = held ? &*held : nullptr;
    const readiness::Line* line = find_line(view.cart, alert.key.subject);
    const readiness::Device* device = find_device(view.cart, alert.key.subject);
    Json name = subject_name(view, alert.key.subject);
    if (name.is_null()) {
        name = product == nullptr ? name_json({alert.key.subject, alert.key.subject})
                                  : name_json(product->name);
    }
    json["name"] = std::move(name);
    json["strength"] = product == nullptr ? "" : product->strength;
    json["unit"] = product == nullptr ? "" : product->unit;
    json["kind"] = alert.need.device.empty() ? "line" : "device";
    json["high_alert"] = product != nullptr && product->high_alert;
    json["lasa_twin"] = lasa_twin(view, product);
    json["position"] = line != nullptr ? line->position : device != nullptr ? device->position : "";
}

void put_life(Json& json, const CartView& view, const Alert& alert) {
    const readiness::State& state = view.state;
    const Json person = person_json(state, state.pharmacy, alert.accepted_by);
    json["episode"] = alert.episode;
    json["state"] = to_text(alert.state);
    json["raised_at"] = to_text(alert.raised_at);
    json["changed_at"] = to_text(alert.changed_at);
    json["accepted_by"] = person.is_null() ? Json(nullptr) : person["name"];
    json["accepted_at"] = text_or_null(alert.accepted_at);
    json["expected_at"] = text_or_null(alert.expected_at);
    json["unsent"] = alert.unsent();
    put_dispatch(json, view, alert);
}

Json alert_json(const Facts& facts, const OpenAlert& open) {
    static const Cart gone; // a cart that its ward no longer lists
    const Alert& alert = *open.alert;
    const NodeState& node = readiness::node_of(facts.state, open.node);
    const auto found = node.carts.find(alert.key.cart);
    const Cart& cart = found == node.carts.end() ? gone : found->second;
    const CartView view{facts.state, open.node, cart, facts.moment.today, facts.moment.shifts};
    Json json;
    json["node"] = open.node;
    json["cart"] = alert.key.cart;
    json["cart_name"] = name_json(
        found == node.carts.end() ? readiness::Name{alert.key.cart, alert.key.cart} : cart.name);
    json["station"] = station_of(node, cart.station);
    json["subject"] = alert.key.subject;
    put_subject(json, view, alert);
    json["severity"] = to_text(alert.need.severity);
    json["quantity"] = alert.need.quantity;
    json["par"] = alert.need.par;
    json["usable"] = alert.need.usable;
    json["reasons"] = reasons_json(alert.need.reasons);
    json["kinds"] = kinds_json(alert);
    json["failed"] = failed_json(alert);
    put_life(json, view, alert);
    return json;
}

Json board_cart_json(const CartView& view, const NodeState& node, Readiness readiness) {
    const auto due = readiness::next_due(view.cart, readiness::policy_for(view.state, view.node));
    Json json;
    json["node"] = view.node;
    json["id"] = view.cart.id;
    json["name"] = name_json(view.cart.name);
    json["station"] = station_of(node, view.cart.station);
    json["readiness"] = to_text(readiness);
    json["ready_until"] = nullptr;
    json["next_due"] = text_or_null(due);
    json["due"] = due_json(view);
    json["last_full_check"] = text_or_null(view.cart.last_full_check);
    json["use"] = use_json(view);
    return json;
}

// Every cart in use, worst first.
Json board_carts_json(const Facts& facts) {
    std::vector<std::pair<Readiness, Json>> rows;
    const auto carts = judged_carts(facts);
    for (const auto& [name, node] : facts.state.nodes) {
        // The ward's own last day counts as well: a pharmacy whose clock is behind must not call
        // ready what has expired there.
        const readiness::AsOf known = readiness::latest_day(node, facts.moment.as_of());
        for (const auto& [id, cart] : node.carts) {
            if (cart.retired) {
                continue;
            }
            const Cart now = readiness::present_cart(node, cart);
            const CartView view{
                facts.state, name, now, known.day, known.shifts, facts.past.has_value()};
            const readiness::Judgement judgement = judged(view);
            Json row = board_cart_json(view, node, judgement.readiness);
            row["ready_until"] = text_or_null(judgement.ready_until);
            row["functions"] = functions_json(judgement);
            put_nearest(row, view, carts);
            rows.emplace_back(judgement.readiness, std::move(row));
        }
    }
    std::stable_sort(
        rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    Json json = Json::array();
    for (auto& row : rows) {
        json.push_back(std::move(row.second));
    }
    return json;
}

Json wards_json(const Facts& facts) {
    Json json = Json::array();
    for (const WardStatus& ward : facts.wards) {
        Json row;
        row["node"] = ward.node;
        row["stations"] = Json::array();
        for (const auto& [id, station] : readiness::node_of(facts.state, ward.node).stations) {
            row["stations"].push_back(name_json(station.name));
        }
        row["connected"] = ward.connected;
        row["last_contact"] = text_or_null(ward.last_contact);
        row["last_entry_at"] = text_or_null(ward.last_entry_at);
        row["entries"] = ward.entries;
        row["problem"] = problem_json(ward.problem);
        json.push_back(std::move(row));
    }
    return json;
}

Json counts_json(const std::vector<OpenAlert>& open, const Json& carts) {
    const auto carts_that_are = [&](Readiness readiness) {
        return std::count_if(carts.begin(), carts.end(), [&](const Json& cart) {
            return cart["readiness"] == to_text(readiness);
        });
    };
    Json json;
    json["not_ready"] = carts_that_are(Readiness::not_ready);
    json["overdue"] = carts_that_are(Readiness::overdue);
    json["open_critical"] = std::count_if(open.begin(), open.end(), [](const OpenAlert& item) {
        return item.alert->need.severity == Severity::critical;
    });
    json["open"] = open.size();
    return json;
}

} // namespace

Json board_view(const Facts& facts) {
    const std::vector<OpenAlert> open = open_alerts(facts.state);
    Json carts = board_carts_json(facts);
    Json json;
    json["role"] = to_text(NodeRole::pharmacy);
    json["node"] = facts.state.self;
    json["now"] = to_text(facts.moment.now);
    json["today"] = to_text(facts.moment.today);
    json["clock_back"] = clock_back_json(facts);
    json["recording"] = facts.recording;
    json["past"] = past_json(facts.past);
    json["session"]["staff"] = person_json(facts.state, facts.state.self, facts.session.staff);
    json["counts"] = counts_json(open, carts);
    json["alerts"] = Json::array();
    for (const OpenAlert& alert : open) {
        json["alerts"].push_back(alert_json(facts, alert));
    }
    json["carts"] = std::move(carts);
    json["wards"] = wards_json(facts);
    json["recalls_mark"] = crypto::sha256(dumped(recalls_json(facts.state)));
    return json;
}

} // namespace cartwatch::web
