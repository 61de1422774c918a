#include "daemon/web/unit_json.hpp"

#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/product_scan.hpp"
#include "daemon/readiness/substitution.hpp"
#include "daemon/readiness/unit_fault.hpp"
#include "daemon/web/view_parts.hpp"
#include "scanner/codes/settle.hpp"

#include <algorithm>

namespace cartwatch::web {

namespace {

// The product that the alert asks for; empty where there is no such alert.
std::string asked_for(const readiness::State& state, const ReadUnitBody& read) {
    const auto& alerts = readiness::node_of(state, read.node).alerts;
    const auto found = alerts.find(read.key);
    return found == alerts.end() ? std::string() : found->second.need.product;
}

// Whether the product may lie there today in place of what the alert asks for.
bool stands_in(const Service& service, const ReadUnitBody& read, const std::string& product) {
    const readiness::State& state = service.state();
    const auto& carts = readiness::node_of(state, read.node).carts;
    const auto cart = carts.find(read.key.cart);
    const readiness::Line* line =
        cart == carts.end() ? nullptr : readiness::find_line(cart->second, read.key.subject);
    return line != nullptr && line->product == asked_for(state, read)
           && readiness::may_stand_in(
               readiness::substitutions_for(state, read.node),
               read.key.cart,
               *line,
               product,
               service.moment().today);
}

// The products that the ward knows by this code.
std::vector<const readiness::Product*>
products_named(const readiness::State& state, std::string_view node, const codes::Reading& code) {
    std::vector<readiness::Identifier> names;
    if (code) {
        for (const codes::ScannedCode& one : codes::readings_of(*code)) {
            const auto found = readiness::identifiers_in(one);
            names.insert(names.end(), found.begin(), found.end());
        }
    }
    const std::string& text = code ? code->raw : code.error().raw;
    names.push_back({readiness::IdentifierKind::hospital, text});
    names.push_back({readiness::IdentifierKind::udi_di, text});
    std::vector<const readiness::Product*> products;
    for (const readiness::Identifier& name : names) {
        const auto* product = readiness::product_with(state, node, name);
        const bool listed = std::find(products.begin(), products.end(), product) != products.end();
        if (product != nullptr && !listed) {
            products.push_back(product);
        }
    }
    return products;
}

// What the code says beside its product.
void put_pack(Json& json, const codes::Reading& reading) {
    json["lot"] = reading ? text_or_null(reading->lot) : Json(nullptr);
    json["last_usable_day"] = reading ? text_or_null(reading->expiry) : Json(nullptr);
    json["serial"] = reading ? text_or_null(readiness::serial_of(*reading)) : Json(nullptr);
}

// Why the pack could not be used at the ward, as the reply to sending it would say; null: it could.
Json refusal_json(
    const Service& service,
    const ReadUnitBody& read,
    const std::string& product,
    const codes::Reading& reading) {
    if (!reading) {
        return nullptr;
    }
    readiness::DispatchedUnits units;
    units.lot = reading->lot;
    units.last_usable_day = reading->expiry;
    const auto fault = readiness::fault_of(
        units, product, readiness::recalls_for(service.state(), read.node), service.moment().today);
    return fault ? Json(readiness::message_of(*fault)) : Json(nullptr);
}

} // namespace

Json unit_json(const Service& service, const ReadUnitBody& read) {
    const readiness::State& state = service.state();
    const codes::Reading reading = service.parse(read.text);
    const std::string asked = asked_for(state, read);
    Json json;
    json["name"] = nullptr;
    json["product"] = nullptr;
    const auto named = products_named(state, read.node, reading);
    // What is asked for goes before what may lie in its place.
    const auto is_asked = [&](const readiness::Product* one) { return one->id == asked; };
    const auto may_lie = [&](const auto* one) { return stands_in(service, read, one->id); };
    auto meant = std::find_if(named.begin(), named.end(), is_asked);
    if (meant == named.end()) {
        meant = std::find_if(named.begin(), named.end(), may_lie);
        json["product"] = meant == named.end() ? Json(nullptr) : Json((*meant)->id);
    }
    json["fits"] = meant != named.end();
    json["refusal"] =
        meant == named.end() ? Json(nullptr) : refusal_json(service, read, (*meant)->id, reading);
    meant = meant == named.end() ? named.begin() : meant;
    json["name"] = meant == named.end() ? Json(nullptr) : name_json((*meant)->name);
    put_pack(json, reading);
    return json;
}

Json pack_json(const Service& service, std::string_view text) {
    const readiness::State& state = service.state();
    const codes::Reading reading = service.parse(text);
    Json json;
    json["products"] = Json::array();
    for (const readiness::Product* product : products_named(state, state.self, reading)) {
        json["products"].push_back(product_json(*product));
    }
    put_pack(json, reading);
    return json;
}

} // namespace cartwatch::web
