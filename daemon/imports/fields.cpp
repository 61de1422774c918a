#include "daemon/imports/fields.hpp"

#include "daemon/journal/names.hpp"
#include "daemon/readiness/amount.hpp"

#include <map>
#include <utility>
#include <variant>

namespace cartwatch::imports {

using namespace readiness;

namespace {

struct Field {
    std::string part;
    std::string name;
    std::string value;
};

using Fields = std::vector<Field>;

std::string yes_or_no(bool flag) {
    return flag ? "yes" : "no";
}

std::string day_text(const std::optional<Day>& day) {
    return day ? cartwatch::to_text(*day) : "";
}

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts) {
        all += (all.empty() ? "" : "; ") + part;
    }
    return all;
}

std::string identifiers_text(const Product& product, IdentifierKind kind) {
    std::vector<std::string> values;
    for (const Identifier& identifier : product.identifiers) {
        if (identifier.kind == kind) {
            values.push_back(identifier.value);
        }
    }
    return joined(values);
}

Fields fields_of(const StationDefined& event) {
    const Station& station = event.station;
    return {
        {"", "name_zh", station.name.zh},
        {"", "name_en", station.name.en},
        {"", "phone", station.phone}};
}

Fields fields_of(const ProductDefined& event) {
    const Product& product = event.product;
    return {
        {"", "kind", std::string(journal::name_of(product.kind))},
        {"", "name_zh", product.name.zh},
        {"", "name_en", product.name.en},
        {"", "pinyin", product.pinyin},
        {"", "strength", product.strength},
        {"", "form", product.form},
        {"", "unit", product.unit},
        {"", "high_alert", yes_or_no(product.high_alert)},
        {"", "controlled", yes_or_no(product.controlled)},
        {"", "expires", yes_or_no(product.expires)},
        {"", "lasa_group", product.lasa_group},
        {"", "function", product.function},
        {"", "gtins", identifiers_text(product, IdentifierKind::gtin)},
        {"", "trace_prefixes", identifiers_text(product, IdentifierKind::drug_trace_prefix)},
        {"", "drug_codes", identifiers_text(product, IdentifierKind::drug_code)},
        {"", "udi", identifiers_text(product, IdentifierKind::udi_di)},
        {"", "hospital_codes", identifiers_text(product, IdentifierKind::hospital)},
        {"", "retired", yes_or_no(product.retired)}};
}

Fields fields_of(const StaffDefined& event) {
    const Staff& person = event.staff;
    return {
        {"", "name", person.name},
        {"", "role", std::string(journal::name_of(person.role))},
        {"", "badge", person.badge},
        {"", "retired", yes_or_no(person.retired)}};
}

std::string accessories_text(const Device& device) {
    std::vector<std::string> all;
    for (const Accessory& one : device.accessories) {
        all.push_back(one.id + ":" + one.name.zh + ":" + day_text(one.last_usable_day));
    }
    return joined(all);
}

std::string amount_text(const std::optional<Amount>& amount) {
    return amount ? to_text(*amount) : "";
}

std::string tests_text(const Device& device) {
    std::vector<std::string> all;
    for (const FunctionTest& test : device.tests) {
        std::string text = test.id + " " + test.name.zh + (test.critical ? " !" : "");
        text += test.interval_days ? " " + std::to_string(*test.interval_days) + "d" : "";
        text += test.unit ? " " + std::string(to_text(*test.unit)) : "";
        for (const auto& [word, amount] :
             {std::pair(">=", test.least),
              std::pair("<=", test.most),
              std::pair("=", test.selected)}) {
            text += amount ? std::string(" ") + word + amount_text(amount) : "";
        }
        all.push_back(text + " ±" + std::to_string(test.tolerance_percent) + "%");
    }
    return joined(all);
}

void add_line(Fields& fields, const Line& line) {
    const std::string part = "line:" + line.id;
    fields.push_back({part, "product", line.product});
    fields.push_back({part, "par", std::to_string(line.par)});
    fields.push_back({part, "position", line.position});
    fields.push_back({part, "critical", yes_or_no(line.critical)});
    fields.push_back({part, "count_by", std::string(journal::name_of(line.count_by))});
    fields.push_back({part, "function", line.function});
    fields.push_back({part, "tag", line.tag});
}

void add_device(Fields& fields, const Device& device) {
    const std::string part = "device:" + device.id;
    fields.push_back({part, "name_zh", device.name.zh});
    fields.push_back({part, "name_en", device.name.en});
    fields.push_back({part, "position", device.position});
    fields.push_back({part, "critical", yes_or_no(device.critical)});
    fields.push_back({part, "function", device.function});
    fields.push_back({part, "code", device.code});
    fields.push_back({part, "service_due", day_text(device.service_due)});
    fields.push_back({part, "calibration_due", day_text(device.calibration_due)});
    fields.push_back({part, "accessories", accessories_text(device)});
    fields.push_back({part, "tests", tests_text(device)});
    fields.push_back({part, "tag", device.tag});
}

template <typename Part>
std::string order_text(const std::vector<Part>& parts) {
    std::vector<std::string> ids;
    for (const Part& part : parts) {
        ids.push_back(part.id);
    }
    return joined(ids);
}

std::string number_text(const std::optional<int>& number) {
    return number ? std::to_string(*number) : "";
}

Fields fields_of(const CartDefined& event) {
    const Cart& cart = event.cart;
    Fields fields{
        {"", "name_zh", cart.name.zh},
        {"", "name_en", cart.name.en},
        {"", "station", cart.station},
        {"", "building", cart.place.building},
        {"", "floor", number_text(cart.place.floor)},
        {"", "order", number_text(cart.place.order)},
        {"", "neighbours", joined(cart.place.neighbours)},
        {"", "tag", cart.tag},
        {"", "retired", yes_or_no(cart.retired)}};
    for (const Line& line : cart.lines) {
        add_line(fields, line);
    }
    for (const Device& device : cart.devices) {
        add_device(fields, device);
    }
    // Last: of lists that differ in more than their order, what comes and goes says enough.
    fields.push_back({"", "line_order", order_text(cart.lines)});
    fields.push_back({"", "device_order", order_text(cart.devices)});
    return fields;
}

Fields fields_of(const StockRecorded& event) {
    std::vector<std::string> lots;
    for (const Holding& holding : event.holdings) {
        std::string lot = holding.lot.empty() ? "" : holding.lot + " ";
        lot += holding.last_usable_day ? day_text(holding.last_usable_day) + " " : "";
        lots.push_back(lot + "× " + std::to_string(holding.quantity));
    }
    return {{"", "stock", joined(lots)}};
}

template <typename Other>
Fields fields_of(const Other&) {
    return {};
}

// Values by part and name.
using Index = std::map<std::pair<std::string, std::string>, std::string>;

Index index_of(const Fields& fields) {
    Index index;
    for (const Field& field : fields) {
        index.emplace(std::pair(field.part, field.name), field.value);
    }
    return index;
}

// Parts that only one of both has, each once, as its first field: the product of a line, the name
// of a device.
void add_parts(
    const Fields& here, const Index& other, bool added, std::vector<FieldChange>& changes) {
    std::string last;
    for (const Field& field : here) {
        const bool first = !field.part.empty() && field.part != last;
        if (first && !other.contains({field.part, field.name})) {
            const std::string& text = field.value;
            changes.push_back(
                {field.part, added ? "added" : "removed", added ? "" : text, added ? text : ""});
        }
        last = field.part;
    }
}

} // namespace

std::vector<FieldChange> differences(const Event& before, const Event& after) {
    if (before.index() != after.index()) {
        return {};
    }
    const auto fields = [](const Event& event) {
        return std::visit([](const auto& what) { return fields_of(what); }, event);
    };
    const Fields old_fields = fields(before);
    const Fields new_fields = fields(after);
    std::vector<FieldChange> changes;
    const Index known = index_of(old_fields);
    add_parts(new_fields, known, true, changes);
    add_parts(old_fields, index_of(new_fields), false, changes);
    const bool same_parts = changes.empty();
    for (const Field& field : new_fields) {
        const bool order = field.name == "line_order" || field.name == "device_order";
        const auto old = known.find({field.part, field.name});
        if (old != known.end() && old->second != field.value && (same_parts || !order)) {
            changes.push_back({field.part, field.name, old->second, field.value});
        }
    }
    return changes;
}

} // namespace cartwatch::imports
