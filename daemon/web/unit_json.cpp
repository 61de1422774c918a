#include "daemon/web/unit_json.hpp"

#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/product_scan.hpp"
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

} // namespace

Json unit_json(const Service& service, const ReadUnitBody& read) {
    const readiness::State& state = service.state();
    const codes::Reading reading = service.parse(read.text);
    const std::string asked = asked_for(state, read);
    Json json;
    json["fits"] = false;
    json["name"] = nullptr;
    for (const readiness::Product* product : products_named(state, read.node, reading)) {
        const bool fits = product->id == asked;
        if (fits || json["name"].is_null()) {
            json["name"] = name_json(product->name);
        }
        json["fits"] = json["fits"].get<bool>() || fits;
    }
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
