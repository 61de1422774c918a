#include "daemon/readiness/unclear.hpp"

#include "daemon/readiness/limits.hpp"
#include "scanner/codes/settle.hpp"

#include <algorithm>
#include <vector>

namespace cartwatch::readiness {

namespace {

using codes::ScannedCode;

// A lot as the line's holdings know it.
bool is_in_cart(const LineView& view, const std::string& lot, std::optional<Day> day) {
    const auto is_it = [&](const Holding* holding) {
        return holding != nullptr && (!day || holding->last_usable_day == day);
    };
    const Holding* known = view.restocking ? view.expected(lot) : view.filed(lot);
    return !lot.empty() && (is_it(view.counted(lot)) || is_it(known));
}

bool is_of_product(const LineView& view, const ScannedCode& reading) {
    if (reading.gtin.empty()) {
        return true;
    }
    const Turn& turn = view.turn;
    const Product* product =
        product_with(turn.state, turn.state.self, {IdentifierKind::gtin, as_gtin14(reading.gtin)});
    return product != nullptr && product->id == view.product.id;
}

// Those of this product, each lot and date once; the first of them is the code as it stands.
std::vector<ScannedCode> distinct_readings(const LineView& view, const ScannedCode& code) {
    std::vector<ScannedCode> distinct;
    for (ScannedCode& reading : codes::readings_of(code)) {
        const bool is_new =
            std::none_of(distinct.begin(), distinct.end(), [&](const ScannedCode& known) {
                return known.lot == reading.lot && known.expiry == reading.expiry;
            });
        if (is_new && is_of_product(view, reading)) {
            distinct.push_back(std::move(reading));
        }
    }
    return distinct;
}

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same_but_for_case(const std::string& one, const std::string& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](char a, char b) {
        return small(a) == small(b);
    });
}

// Whether the lot of a reading beside the first one proves itself: its date is one that the first
// does not have, or it differs in nothing but case.
bool proves_itself(const ScannedCode& reading, const ScannedCode& first) {
    return reading.expiry
           && (reading.expiry != first.expiry || is_same_but_for_case(reading.lot, first.lot));
}

} // namespace

std::optional<ScannedCode> meant_reading(const LineView& view, const ScannedCode& code) {
    const std::vector<ScannedCode> readings = distinct_readings(view, code);
    if (readings.size() < 2) {
        return readings.empty() ? code : readings.front();
    }
    const ScannedCode& first = readings.front();
    if (is_in_cart(view, first.lot, first.expiry)) {
        return first;
    }
    std::optional<ScannedCode> meant;
    for (const ScannedCode& reading : readings) {
        if (proves_itself(reading, first) && is_in_cart(view, reading.lot, reading.expiry)) {
            if (meant) {
                return std::nullopt;
            }
            meant = reading;
        }
    }
    return meant;
}

std::vector<PackReading> pack_readings(const LineView& view, const ScannedCode& code) {
    std::vector<PackReading> readings;
    for (const ScannedCode& reading : distinct_readings(view, code)) {
        readings.push_back(
            {kept_text(reading.lot, short_text_max),
             reading.expiry,
             kept_text(serial_of(reading), short_text_max)});
    }
    return readings;
}

std::string readings_text(const std::vector<PackReading>& readings) {
    std::string text;
    int number = 0;
    for (const PackReading& reading : readings) {
        text += text.empty() ? "" : " / ";
        text += std::to_string(++number) + ") " + reading.lot;
        text += reading.last_usable_day ? " " + cartwatch::to_text(*reading.last_usable_day) : "";
    }
    return text;
}

} // namespace cartwatch::readiness
