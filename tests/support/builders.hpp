// Words to build a hospital with in tests: products, carts, people, scans. Only values; whoever
// drives the rules with them is in ward.hpp.
#pragma once

#include "daemon/readiness/decide.hpp"
#include "scanner/values/text.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace cartwatch::support {

// "2026-11-22" as a day; a test that misspells one fails at once.
inline Day day(std::string_view text) {
    const auto parsed = parse_day(text);
    if (!parsed) {
        throw std::invalid_argument("no such day: " + std::string(text));
    }
    return *parsed;
}

inline Instant instant(std::string_view text) {
    const auto parsed = parse_instant(text);
    if (!parsed) {
        throw std::invalid_argument("no such instant: " + std::string(text));
    }
    return *parsed;
}

// A valid GTIN of 14 digits, another one for each number 0 to 999.
inline std::string gtin_of(int number) {
    std::string digits = "0690000000" + std::to_string(1000 + number).substr(1);
    return digits + gs1_check_digit(digits);
}

struct ProductBuilder {
    readiness::Product product;

    ProductBuilder& named(std::string zh, std::string en) {
        product.name = {std::move(zh), std::move(en)};
        return *this;
    }

    ProductBuilder& strength(std::string text) {
        product.strength = std::move(text);
        return *this;
    }

    ProductBuilder& with(readiness::IdentifierKind kind, std::string value) {
        product.identifiers.push_back({kind, std::move(value)});
        return *this;
    }

    ProductBuilder& gtin(std::string digits) {
        return with(readiness::IdentifierKind::gtin, std::move(digits));
    }

    ProductBuilder& lasa(std::string group) {
        product.lasa_group = std::move(group);
        return *this;
    }

    ProductBuilder& not_expiring() {
        product.expires = false;
        return *this;
    }

    operator readiness::Product() const { // NOLINT: reads as the product itself
        return product;
    }
};

inline ProductBuilder a_product(std::string id) {
    ProductBuilder builder;
    builder.product.name = {id, id};
    builder.product.unit = "支";
    builder.product.id = std::move(id);
    return builder;
}

inline readiness::Holding a_lot(std::string lot, std::string_view last_usable_day, int quantity) {
    readiness::Holding holding;
    holding.lot = std::move(lot);
    if (!last_usable_day.empty()) {
        holding.last_usable_day = day(last_usable_day);
    }
    holding.quantity = quantity;
    return holding;
}

struct LineBuilder {
    readiness::Line line;

    LineBuilder& par(int units) {
        line.par = units;
        return *this;
    }

    LineBuilder& critical() {
        line.critical = true;
        return *this;
    }

    LineBuilder& by_unit() {
        line.count_by = readiness::CountBy::unit;
        return *this;
    }

    LineBuilder& with(readiness::Holding holding) {
        line.holdings.push_back(std::move(holding));
        return *this;
    }

    operator readiness::Line() const { // NOLINT
        return line;
    }
};

// A line of one product; its id is the product's unless named.
inline LineBuilder a_line(std::string product, std::string id = "") {
    LineBuilder builder;
    builder.line.id = id.empty() ? product : std::move(id);
    builder.line.product = std::move(product);
    builder.line.par = 10;
    return builder;
}

struct DeviceBuilder {
    readiness::Device device;

    DeviceBuilder& critical() {
        device.critical = true;
        return *this;
    }

    DeviceBuilder& code(std::string text) {
        device.code = std::move(text);
        return *this;
    }

    DeviceBuilder& tested(std::string_view on, bool passed) {
        device.last_test = readiness::DeviceTest{day(on), passed};
        return *this;
    }

    DeviceBuilder& with_accessory(std::string id, std::string_view last_usable_day) {
        device.accessories.push_back({id, {id, id}, day(last_usable_day)});
        return *this;
    }

    operator readiness::Device() const { // NOLINT
        return device;
    }
};

inline DeviceBuilder a_device(std::string id) {
    DeviceBuilder builder;
    builder.device.name = {id, id};
    builder.device.id = std::move(id);
    return builder;
}

struct CartBuilder {
    readiness::Cart cart;

    CartBuilder& with(readiness::Line line) {
        cart.lines.push_back(std::move(line));
        return *this;
    }

    CartBuilder& with(readiness::Device device) {
        cart.devices.push_back(std::move(device));
        return *this;
    }

    CartBuilder& checked_on(std::string_view on) {
        cart.last_full_check = day(on);
        return *this;
    }

    CartBuilder& retired() {
        cart.retired = true;
        return *this;
    }

    operator readiness::Cart() const { // NOLINT
        return cart;
    }
};

inline CartBuilder a_cart(std::string id) {
    CartBuilder builder;
    builder.cart.name = {id, id};
    builder.cart.id = std::move(id);
    return builder;
}

inline readiness::Staff
a_person(std::string id, readiness::Role role, std::string badge = "", bool retired = false) {
    return {id, "name of " + id, role, std::move(badge), retired};
}

// --- scans ----------------------------------------------------------------------------------

struct ScanBuilder {
    codes::ScannedCode code;
    bool typed = false;

    ScanBuilder& lot(std::string text) {
        code.lot = std::move(text);
        return *this;
    }

    ScanBuilder& expiry(std::string_view text) {
        code.expiry = day(text);
        return *this;
    }

    ScanBuilder& serial(std::string text) {
        code.serial = std::move(text);
        return *this;
    }

    ScanBuilder& keyed_in() {
        typed = true;
        return *this;
    }

    operator readiness::Command() const { // NOLINT
        return readiness::Scan{code, typed};
    }
};

inline ScanBuilder a_gs1_scan(std::string gtin) {
    ScanBuilder builder;
    builder.code.raw = "]d201" + gtin;
    builder.code.symbology = "]d2";
    builder.code.family = codes::Family::gs1;
    builder.code.text = "(01)" + gtin;
    builder.code.gtin = std::move(gtin);
    return builder;
}

// A scan of a text of this family, as the scanner wing hands it over.
inline ScanBuilder a_scan(std::string text, codes::Family family = codes::Family::other) {
    ScanBuilder builder;
    builder.code.raw = text;
    builder.code.family = codes::parse_own_tag(text) ? codes::Family::own_tag : family;
    if (family == codes::Family::drug_code) {
        builder.code.fields.push_back({"drug_code", text});
    }
    builder.code.text = std::move(text);
    return builder;
}

inline ScanBuilder a_trace_scan(std::string digits) {
    ScanBuilder builder = a_scan(digits, codes::Family::drug_trace);
    builder.code.serial = digits.substr(7);
    builder.code.fields.push_back({"product_id", digits.substr(0, 7)});
    return builder;
}

inline readiness::Command an_unreadable_scan(std::string raw) {
    codes::ScanRefusal refusal;
    refusal.raw = std::move(raw);
    refusal.rule = "bad_check_digit";
    refusal.text = "The check digit does not fit.";
    return readiness::Scan{tl::unexpected(refusal), false};
}

inline readiness::Command a_control(readiness::ControlCode code) {
    return a_scan(codes::own_tag(codes::TagType::command, static_cast<int>(code)));
}

inline readiness::Command a_quantity(int units) {
    return a_scan(codes::own_tag(codes::TagType::quantity, units));
}

} // namespace cartwatch::support
