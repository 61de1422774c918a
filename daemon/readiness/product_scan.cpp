#include "daemon/readiness/product_scan.hpp"

#include "scanner/codes/hibc.hpp"
#include "scanner/codes/settle.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// The forms in which lists of device identifiers give one.
void add_device(std::vector<Identifier>& found, const codes::ScannedCode& code) {
    const std::string di(code.field("di"));
    if (di.empty()) {
        return;
    }
    found.push_back({IdentifierKind::udi_di, di});
    if (code.family == codes::Family::hibc) {
        const std::string label = "+" + di;
        found.push_back({IdentifierKind::udi_di, label});
        found.push_back({IdentifierKind::udi_di, label + codes::hibc::check_character(label)});
    } else if (code.family == codes::Family::isbt128) {
        found.push_back({IdentifierKind::udi_di, "=/" + di});
    }
}

// A German number names the same product as the GTIN that holds it (NTIN).
void add_pharmacy_number(std::vector<Identifier>& found, const codes::ScannedCode& code) {
    const std::string pzn(code.field("pzn"));
    if (pzn.empty()) {
        return;
    }
    const std::string ntin = "04150" + pzn;
    found.push_back({IdentifierKind::gtin, ntin + gs1_check_digit(ntin)});
    found.push_back({IdentifierKind::hospital, pzn});
    found.push_back({IdentifierKind::hospital, "-" + pzn});
    if (const std::string_view ppn = code.field("ppn"); !ppn.empty()) {
        found.push_back({IdentifierKind::udi_di, std::string(ppn)});
    }
}

bool is_on(const Cart& cart, const Product& product) {
    return std::any_of(cart.lines.begin(), cart.lines.end(), [&](const Line& line) {
        return line.product == product.id;
    });
}

} // namespace

std::vector<Identifier> identifiers_in(const codes::ScannedCode& code) {
    std::vector<Identifier> found;
    if (!code.gtin.empty()) {
        found.push_back({IdentifierKind::gtin, as_gtin14(code.gtin)});
    }
    if (const std::string_view prefix = code.field("product_id");
        code.family == codes::Family::drug_trace && !prefix.empty()) {
        found.push_back({IdentifierKind::drug_trace_prefix, std::string(prefix)});
    }
    if (const std::string_view told = code.field("drug_code"); !told.empty()) {
        found.push_back({IdentifierKind::drug_code, std::string(told)});
    }
    add_device(found, code);
    add_pharmacy_number(found, code);
    return found;
}

std::vector<const Product*> products_meant(
    const State& state,
    const codes::Reading& reading,
    const std::vector<std::string>& names,
    const Cart* on) {
    std::vector<const Product*> products;
    const auto look_up = [&](const Identifier& identifier) {
        const Product* product = product_with(state, state.self, identifier);
        if (product != nullptr
            && std::find(products.begin(), products.end(), product) == products.end()) {
            products.push_back(product);
        }
    };
    if (reading) {
        for (const codes::ScannedCode& one : codes::readings_of(*reading)) {
            const std::vector<Identifier> found = identifiers_in(one);
            std::for_each(found.begin(), found.end(), look_up);
        }
    }
    for (const std::string& name : names) {
        if (reading && reading->family != codes::Family::own_tag) {
            look_up({IdentifierKind::udi_di, name});
        }
        look_up({IdentifierKind::hospital, name});
    }
    std::vector<const Product*> listed;
    std::copy_if(
        products.begin(), products.end(), std::back_inserter(listed), [&](const Product* product) {
            return on != nullptr && is_on(*on, *product);
        });
    return listed.empty() ? products : listed;
}

} // namespace cartwatch::readiness
