#include "daemon/web/published_view.hpp"

#include "daemon/readiness/recall_view.hpp"
#include "daemon/web/view_parts.hpp"

namespace cartwatch::web {

namespace {

using readiness::RecallPlace;
using readiness::RecallView;
using readiness::RecallWard;
using readiness::State;

// The product's name and strength; its id where nobody knows it any more.
void put_product(Json& json, const State& state, const std::string& id) {
    const readiness::Product* product = readiness::find_product(state, state.self, id);
    json["product"] = id;
    json["name"] = name_json(product == nullptr ? readiness::Name{id, id} : product->name);
    json["strength"] = product == nullptr ? "" : product->strength;
}

Json withdrawal_json(const State& state, const std::optional<readiness::Withdrawal>& withdrawn) {
    if (!withdrawn) {
        return nullptr;
    }
    Json json;
    json["at"] = to_text(withdrawn->at);
    json["by"] = person_json(state, state.pharmacy, withdrawn->by);
    json["reason"] = withdrawn->reason;
    return json;
}

Json place_json(const State& state, const std::string& node, const RecallPlace& place) {
    const auto& carts = readiness::node_of(state, node).carts;
    const auto cart = carts.find(place.cart);
    Json json;
    json["cart"] = place.cart;
    json["cart_name"] = name_json(
        cart == carts.end() ? readiness::Name{place.cart, place.cart} : cart->second.name);
    json["line"] = place.line;
    json["position"] = place.position;
    json["held"] = place.held;
    json["now"] = place.now;
    json["possible"] = place.possible;
    json["removed"] = place.removed;
    json["removed_proved"] = place.removed_proved;
    json["unaccounted"] = place.unaccounted;
    json["removed_at"] = text_or_null(place.removed_at);
    json["removed_by"] = person_json(state, node, place.removed_by);
    return json;
}

Json recall_ward_json(const State& state, const RecallWard& ward) {
    Json json;
    json["node"] = ward.node;
    json["answered_at"] = text_or_null(ward.answered_at);
    json["now"] = ward.now;
    json["possible"] = ward.possible;
    json["removed"] = ward.removed;
    json["unaccounted"] = ward.unaccounted;
    json["places"] = Json::array();
    for (const RecallPlace& place : ward.places) {
        json["places"].push_back(place_json(state, ward.node, place));
    }
    return json;
}

Json recall_json(const State& state, const RecallView& view) {
    Json json;
    json["seq"] = view.issued.seq;
    put_product(json, state, view.issued.recall.product);
    json["lot"] = text_or_null(view.issued.recall.lot);
    json["reason"] = view.issued.reason;
    json["issued_at"] = to_text(view.issued.at);
    json["issued_by"] = person_json(state, state.pharmacy, view.issued.by);
    json["withdrawn"] = withdrawal_json(state, view.issued.withdrawn);
    json["done"] = view.done();
    json["waiting"] = view.waiting;
    json["now"] = view.now;
    json["possible"] = view.possible;
    json["removed"] = view.removed;
    json["unaccounted"] = view.unaccounted;
    json["wards"] = Json::array();
    for (const RecallWard& ward : view.wards) {
        json["wards"].push_back(recall_ward_json(state, ward));
    }
    return json;
}

Json substitution_json(
    const State& state, const readiness::PublishedSubstitution& published, Day today) {
    const readiness::Substitution& what = published.substitution;
    Json substitute;
    put_product(substitute, state, what.substitute);
    Json json;
    put_product(json, state, what.product);
    json["substitute"] = std::move(substitute);
    json["cart"] = text_or_null(what.cart);
    json["line"] = text_or_null(what.line);
    json["until"] = to_text(what.until);
    json["warning"] = what.warning;
    json["published_at"] = to_text(published.at);
    json["published_by"] = person_json(state, state.pharmacy, published.by);
    json["withdrawn"] = withdrawal_json(state, published.withdrawn);
    json["in_force"] = !published.withdrawn && today <= what.until;
    return json;
}

} // namespace

Json products_json(const State& state) {
    Json json;
    json["products"] = Json::array();
    for (const auto& [id, product] : readiness::node_of(state, state.self).products) {
        json["products"].push_back(product_json(product));
    }
    return json;
}

Json substitutions_json(const State& state, Day today) {
    Json json;
    json["substitutions"] = Json::array();
    const auto& all = readiness::node_of(state, state.pharmacy).substitutions;
    for (auto published = all.rbegin(); published != all.rend(); ++published) {
        json["substitutions"].push_back(substitution_json(state, *published, today));
    }
    return json;
}

Json recalls_json(const State& state) {
    Json json;
    json["recalls"] = Json::array();
    for (const RecallView& view : readiness::recall_views(state)) {
        json["recalls"].push_back(recall_json(state, view));
    }
    return json;
}

} // namespace cartwatch::web
