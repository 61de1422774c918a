#include "daemon/readiness/faults.hpp"

#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/one_line.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace cartwatch::readiness {

namespace {

using Found = std::optional<Fault>;

Found fault(const std::string& id, std::string_view what, std::string_view value = "") {
    return Fault{shortened(id), std::string(what), shortened(value)};
}

bool within(int value, int least, int most) {
    return value >= least && value <= most;
}

bool within(int value, const WholeRange& range) {
    return within(value, range.low, range.high);
}

Found name_fault(const std::string& id, const Name& name) {
    if (name.zh.empty() && name.en.empty()) {
        return fault(id, "name_missing");
    }
    if (!is_text(name.zh, name_bytes_max) || !is_text(name.en, name_bytes_max)) {
        return fault(id, "text_too_long_or_not_utf8", name.zh);
    }
    for (const std::string_view text : {std::string_view(name.zh), std::string_view(name.en)}) {
        if (!is_one_line(text)) {
            return Fault{shortened(id), "text_with_control", quotable(text)};
        }
    }
    return std::nullopt;
}

Found texts_fault(const std::string& id, std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) {
        if (!is_text(text, name_bytes_max)) {
            return fault(id, "text_too_long_or_not_utf8", text);
        }
        if (!is_one_line(text)) {
            return Fault{shortened(id), "text_with_control", quotable(text)};
        }
    }
    return std::nullopt;
}

Found code_fault(const std::string& id, std::string_view code) {
    if (is_text(code, short_text_max) && !is_one_line(code)) {
        return Fault{shortened(id), "text_with_control", quotable(code)};
    }
    return is_text(code, short_text_max) ? std::nullopt : fault(id, "code_malformed", code);
}

bool has_check_digit(std::string_view digits) {
    return is_all_digits(digits)
           && gs1_check_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

bool is_gtin(std::string_view value) {
    const std::size_t digits = value.size();
    return (digits == 8 || digits == 12 || digits == 13 || digits == 14) && has_check_digit(value);
}

Found line_fault(const Line& line) {
    if (!is_id(line.product)) {
        return fault(line.id, "unknown_product", line.product);
    }
    if (!within(line.par, par_range)) {
        return fault(line.id, "par_out_of_range", std::to_string(line.par));
    }
    if (Found found = code_fault(line.id, line.tag)) {
        return found;
    }
    return texts_fault(line.id, {line.position, line.function});
}

// Limits that a reading can meet and can miss.
Found reading_fault(const std::string& id, const FunctionTest& test) {
    const Limits limits = limits_of(test);
    if (!limits.least && !limits.most) {
        return fault(id, "limits_missing", test.id);
    }
    for (const auto& amount : {test.least, test.most, test.selected}) {
        if (amount && !is_possible(*test.unit, *amount)) {
            return fault(id, "limit_not_possible", to_text(*amount));
        }
    }
    if (limits.least && limits.most && *limits.most < *limits.least) {
        return fault(id, "limits_crossed", test.id);
    }
    return std::nullopt;
}

Found test_fault(const Device& device, const FunctionTest& test) {
    if (!is_id(test.id)) {
        return fault(device.id, "id_malformed", test.id);
    }
    if (Found found = name_fault(test.id, test.name)) {
        return found;
    }
    if (test.interval_days && !within(*test.interval_days, interval_range)) {
        return fault(device.id, "interval_out_of_range", std::to_string(*test.interval_days));
    }
    if (!within(test.tolerance_percent, tolerance_range)) {
        return fault(device.id, "tolerance_out_of_range", std::to_string(test.tolerance_percent));
    }
    if (test.unit) {
        return reading_fault(device.id, test);
    }
    const bool limited = test.least || test.most || test.selected;
    return limited ? fault(device.id, "unit_missing", test.id) : std::nullopt;
}

Found tests_fault(const Device& device) {
    if (device.tests.size() > tests_max) {
        return fault(device.id, "too_many", std::to_string(device.tests.size()));
    }
    std::set<std::string> seen;
    for (const FunctionTest& test : device.tests) {
        if (Found found = test_fault(device, test)) {
            return found;
        }
        if (!seen.insert(test.id).second) {
            return fault(device.id, "id_twice", test.id);
        }
    }
    return std::nullopt;
}

Found device_fault(const Device& device) {
    if (device.accessories.size() > parts_max) {
        return fault(device.id, "too_many", std::to_string(device.accessories.size()));
    }
    if (Found found = name_fault(device.id, device.name)) {
        return found;
    }
    for (const std::string& code : {device.tag, device.code}) {
        if (Found found = code_fault(device.id, code)) {
            return found;
        }
    }
    for (const Accessory& accessory : device.accessories) {
        if (Found found = name_fault(accessory.id, accessory.name)) {
            return found;
        }
    }
    if (Found found = tests_fault(device)) {
        return found;
    }
    return texts_fault(device.id, {device.position, device.function});
}

// The ids of lines, devices and accessories: well-formed, each once.
Found part_ids_fault(const Cart& cart) {
    std::vector<std::string> ids;
    for (const Line& line : cart.lines) {
        ids.push_back(line.id);
    }
    for (const Device& device : cart.devices) {
        ids.push_back(device.id);
        for (const Accessory& accessory : device.accessories) {
            ids.push_back(accessory.id);
        }
    }
    std::set<std::string> seen;
    for (const std::string& id : ids) {
        if (!is_id(id)) {
            return fault(cart.id, "id_malformed", id);
        }
        if (!seen.insert(id).second) {
            return fault(cart.id, "id_twice", id);
        }
    }
    return std::nullopt;
}

Found place_fault(const Cart& cart) {
    const CartPlace& place = cart.place;
    if (place.neighbours.size() > parts_max) {
        return fault(cart.id, "too_many", std::to_string(place.neighbours.size()));
    }
    for (const std::string& neighbour : place.neighbours) {
        if (!is_id(neighbour) || neighbour == cart.id) {
            return fault(cart.id, "neighbour_refused", neighbour);
        }
    }
    if (place.floor && !within(*place.floor, floor_range)) {
        return fault(cart.id, "place_out_of_range", std::to_string(*place.floor));
    }
    if (place.order && !within(*place.order, floor_order_range)) {
        return fault(cart.id, "place_out_of_range", std::to_string(*place.order));
    }
    return texts_fault(cart.id, {place.building});
}

Found holding_fault(const std::string& line, const Holding& holding) {
    if (!is_text(holding.lot, short_text_max)) {
        return fault(line, "lot_malformed", holding.lot);
    }
    if (!within(holding.quantity, stock_range)) {
        return fault(line, "quantity_out_of_range", std::to_string(holding.quantity));
    }
    if (holding.damaged < 0 || holding.damaged > holding.quantity) {
        return fault(line, "damaged_out_of_range", std::to_string(holding.damaged));
    }
    if (!holding.product.empty() && !is_id(holding.product)) {
        return fault(line, "unknown_product", holding.product);
    }
    for (const std::string& serial : holding.serials) {
        if (serial.empty() || !is_text(serial, short_text_max)) {
            return fault(line, "serial_malformed", serial);
        }
    }
    return std::nullopt;
}

} // namespace

bool is_id(std::string_view id) {
    const auto allowed = [](char c) {
        return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.'
               || c == '_' || c == '-';
    };
    return !id.empty() && id.size() <= short_text_max && std::all_of(id.begin(), id.end(), allowed);
}

bool is_text(std::string_view text, std::size_t bytes_max) {
    return text.size() <= bytes_max && is_utf8(text);
}

std::optional<Fault> fault_of(const std::string& id, const Identifier& identifier) {
    constexpr std::size_t trace_prefix_digits = 7;
    constexpr std::size_t drug_code_digits = 14;
    const std::string& value = identifier.value;
    bool good = !value.empty() && is_text(value, short_text_max);
    switch (identifier.kind) {
    case IdentifierKind::gtin:
        good = is_gtin(value);
        break;
    case IdentifierKind::drug_trace_prefix:
        good = value.size() == trace_prefix_digits && is_all_digits(value);
        break;
    case IdentifierKind::drug_code:
        good = value.size() == drug_code_digits && has_check_digit(value);
        break;
    case IdentifierKind::udi_di:
    case IdentifierKind::hospital:
        break;
    }
    return good ? std::nullopt : fault(id, "identifier_malformed", value);
}

std::optional<Fault> fault_of(const Station& station) {
    if (!is_id(station.id)) {
        return fault(station.id, "id_malformed", station.id);
    }
    if (Found found = name_fault(station.id, station.name)) {
        return found;
    }
    return texts_fault(station.id, {station.phone});
}

std::optional<Fault> fault_of(const Product& product) {
    if (!is_id(product.id)) {
        return fault(product.id, "id_malformed", product.id);
    }
    if (product.identifiers.size() > parts_max) {
        return fault(product.id, "too_many", std::to_string(product.identifiers.size()));
    }
    if (Found found = name_fault(product.id, product.name)) {
        return found;
    }
    for (const Identifier& identifier : product.identifiers) {
        if (Found found = fault_of(product.id, identifier)) {
            return found;
        }
    }
    return texts_fault(
        product.id,
        {product.pinyin,
         product.strength,
         product.form,
         product.unit,
         product.lasa_group,
         product.function});
}

std::optional<Fault> fault_of(const Staff& staff) {
    if (!is_id(staff.id)) {
        return fault(staff.id, "id_malformed", staff.id);
    }
    if (Found found = code_fault(staff.id, staff.badge)) {
        return found;
    }
    return texts_fault(staff.id, {staff.name});
}

std::optional<Fault> fault_of(const Cart& cart) {
    if (!is_id(cart.id)) {
        return fault(cart.id, "id_malformed", cart.id);
    }
    if (Found found = place_fault(cart)) {
        return found;
    }
    if (cart.lines.size() > lines_max || cart.devices.size() > lines_max) {
        return fault(cart.id, "too_many", std::to_string(cart.lines.size()));
    }
    if (Found found = name_fault(cart.id, cart.name)) {
        return found;
    }
    if (Found found = code_fault(cart.id, cart.tag)) {
        return found;
    }
    if (Found found = part_ids_fault(cart)) {
        return found;
    }
    for (const Line& line : cart.lines) {
        if (Found found = line_fault(line)) {
            return found;
        }
    }
    for (const Device& device : cart.devices) {
        if (Found found = device_fault(device)) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<Fault> fault_of(const StockRecorded& stock) {
    if (stock.holdings.size() > parts_max) {
        return fault(stock.line, "too_many", std::to_string(stock.holdings.size()));
    }
    std::set<std::string> lots;
    for (const Holding& holding : stock.holdings) {
        if (Found found = holding_fault(stock.line, holding)) {
            return found;
        }
        if (!lots.insert(holding.lot).second) {
            return fault(stock.line, "lot_twice", holding.lot);
        }
    }
    return std::nullopt;
}

namespace {

// Hours of a day that part it, and none where nothing is asked for by shift. More than six would be
// shorter than a round with the carts.
bool shift_hours_hold(const Policy& policy) {
    const std::vector<int>& hours = policy.shift_hours;
    const std::set<int> each(hours.begin(), hours.end());
    const bool good = each.size() == hours.size() && hours.size() != 1 && hours.size() <= shifts_max
                      && std::ranges::all_of(hours, [](int hour) { return within(hour, 0, 23); });
    return good && (!hours.empty() || !(policy.sealed_each_shift || policy.handover_each_shift));
}

} // namespace

std::optional<Fault> fault_of(const Policy& policy) {
    constexpr int years_in_days = 3'660; // ten years: longer than any drug keeps
    constexpr int week_in_minutes = 10'080;
    const std::string id = "policy";
    const bool bands = policy.near_expiry_days.size() <= 10
                       && std::all_of(
                           policy.near_expiry_days.begin(),
                           policy.near_expiry_days.end(),
                           [&](int days) { return within(days, 0, years_in_days); });
    const std::pair<const char*, bool> rules[] = {
        {"check_interval_days", within(policy.check_interval_days, 1, interval_days_max)},
        {"delivery_days", within(policy.delivery_days, 0, 60)},
        {"near_expiry_days", bands},
        {"shortest_life_days", within(policy.shortest_life_days, 0, years_in_days)},
        {"working_day_begins_hour", within(policy.working_day_begins_hour, 0, 23)},
        {"accept_within_minutes", within(policy.accept_within_minutes, 1, week_in_minutes)},
        {"resolve_critical_within_hours", within(policy.resolve_critical_within_hours, 1, 168)},
        {"restock_within_hours", within(policy.restock_within_hours, 1, 168)},
        {"sealed_within_days", within(policy.sealed_within_days, 0, 366)},
        {"sealed_interval_days", within(policy.sealed_interval_days, 0, 366)},
        {"handover_interval_days", within(policy.handover_interval_days, 0, 366)},
        {"shift_hours", shift_hours_hold(policy)},
        {"blind_lines", within(policy.blind_lines, 0, 10)},
        {"pace_seconds_per_line", within(policy.pace_seconds_per_line, 0, 60)},
        {"same_label_times", within(policy.same_label_times, 0, 100)},
        {"list_order_checks", within(policy.list_order_checks, 0, 100)},
    };
    for (const auto& [name, good] : rules) {
        if (!good) {
            return fault(id, "policy_out_of_range", name);
        }
    }
    return std::nullopt;
}

bool is_cart_too_many(const NodeState& node, const Event& event, std::size_t most) {
    const auto* defined = std::get_if<CartDefined>(&event);
    return defined != nullptr && node.carts.size() >= most
           && !node.carts.contains(defined->cart.id);
}

} // namespace cartwatch::readiness
