#include "daemon/web/unit_json.hpp"

#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/product_scan.hpp"
#include "daemon/web/view_parts.hpp"
#include "scanner/codes/settle.hpp"

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
        if (const auto* product = readiness::product_with(state, node, name)) {
            products.push_back(product);
        }
    }
    return products;
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
    json["lot"] = reading ? text_or_null(reading->lot) : Json(nullptr);
    json["last_usable_day"] = reading ? text_or_null(reading->expiry) : Json(nullptr);
    json["serial"] = reading ? text_or_null(readiness::serial_of(*reading)) : Json(nullptr);
    return json;
}

} // namespace cartwatch::web
