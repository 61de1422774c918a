#include "scanner/codes/pack.hpp"

#include "scanner/codes/gs1_identifiers.hpp"
#include "scanner/codes/settle.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes {

namespace {

bool is_gs1(Family family) {
    return family == Family::gs1 || family == Family::gs1_digital_link || family == Family::ean_upc;
}

bool has_element(const ScannedCode& code, const gs1::Identifier& identifier) {
    return !identifier.field.empty() && !code.field(identifier.field).empty();
}

// A key names something of its own: a carton, a place, a piece of equipment.
bool names_by_key(const ScannedCode& code) {
    const auto all = gs1::all_identifiers();
    return std::any_of(all.begin(), all.end(), [&](const gs1::Identifier& identifier) {
        return !identifier.link_key.empty() && has_element(code, identifier);
    });
}

// An element that the rules require another one beside.
bool has_dependent_element(const ScannedCode& code) {
    const auto all = gs1::all_identifiers();
    return std::any_of(all.begin(), all.end(), [&](const gs1::Identifier& identifier) {
        return !identifier.needs.empty() && has_element(code, identifier);
    });
}

// Takes the other's value where this one has none; false where both have one and they differ.
bool take(std::string& mine, const std::string& other) {
    if (mine.empty()) {
        mine = other;
    }
    return other.empty() || mine == other;
}

bool take(std::optional<Day>& mine, const std::optional<Day>& other) {
    if (!mine) {
        mine = other;
    }
    return !other || mine == other;
}

// How a code arrived, rather than what the pack says.
bool is_of_the_scan(const Field& field) {
    constexpr std::array names =
        std::to_array<std::string_view>({"gs_substitute", "url", "format", "paired"});
    return std::find(names.begin(), names.end(), field.name) != names.end();
}

bool take_fields(ScannedCode& mine, const ScannedCode& other) {
    for (const Field& field : other.fields) {
        const std::string_view known = mine.field(field.name);
        if (is_of_the_scan(field) && !known.empty()) {
            continue;
        }
        if (!known.empty() && known != field.value) {
            return false;
        }
        if (known.empty()) {
            mine.fields.push_back(field);
        }
    }
    return true;
}

// One symbol names the product, the other does not: which families may stand beside each other.
bool may_belong_to(const ScannedCode& part, const ScannedCode& product) {
    if (part.family == Family::hibc) {
        return product.family == Family::hibc && !product.field("link").empty()
               && product.field("link") == part.field("link");
    }
    return part.family == Family::gs1 && is_gs1(product.family) && !product.gtin.empty();
}

// Links differ by design once a label is whole, so that they say nothing more.
std::optional<ScannedCode> joined(const ScannedCode& product, const ScannedCode& other) {
    ScannedCode item = product;
    const bool agrees = take(item.gtin, other.gtin) && take(item.lot, other.lot)
                        && take(item.serial, other.serial) && take(item.expiry, other.expiry)
                        && take(item.production, other.production) && take_fields(item, other);
    if (!agrees) {
        return std::nullopt;
    }
    for (const std::string& warning : other.warnings) {
        if (std::find(item.warnings.begin(), item.warnings.end(), warning) == item.warnings.end()) {
            item.warnings.push_back(warning);
        }
    }
    if (other.raw != product.raw) {
        item.text += " " + other.text;
        item.fields.push_back({"paired", other.raw});
    }
    return item;
}

struct Item {
    Reading reading;
    bool is_waiting = false; // a part whose pack is not known yet
};

// A part alone is refused for what it needs beside it, save for an HIBC secondary.
bool needs_another(const Reading& reading) {
    return reading ? is_part_of_pack(*reading) : reading.error().rule == "required_ai_missing";
}

bool names_pack(const Item& item) {
    return !item.is_waiting && item.reading
           && (!product_named_by(*item.reading).empty() || !item.reading->candidates.empty());
}

// Whether the code is one more of a pack that is known already.
bool merges(std::vector<Item>& items, const Reading& reading) {
    for (Item& item : items) {
        if (!names_pack(item) || !reading || product_named_by(*reading).empty()) {
            continue;
        }
        if (auto both = paired(*item.reading, *reading)) {
            item.reading = std::move(*both);
            return true;
        }
    }
    return false;
}

Reading read_after(const std::string& raw, const ScannedCode& pack, ReadOptions options) {
    options.after = &pack;
    return read(raw, options);
}

const std::string& raw_of(const Reading& reading) {
    return reading ? reading->raw : reading.error().raw;
}

Reading unpaired(const Reading& part) {
    ScanRefusal refusal;
    refusal.raw = raw_of(part);
    refusal.family = part ? part->family : part.error().family.value_or(Family::gs1);
    refusal.rule = "unpaired_code";
    refusal.text =
        "nothing tells of which pack this code is, or it contradicts that pack's other codes";
    return tl::make_unexpected(refusal);
}

// Gives the part to the one pack that it can be of. An HIBC link chooses among packs; lot and
// expiry of GS1 choose none, so that there must be but one.
void place(std::vector<Item>& items, Item& part, const ReadOptions& options) {
    const auto packs = std::count_if(items.begin(), items.end(), names_pack);
    std::vector<std::pair<Item*, ScannedCode>> matches;
    std::optional<ScanRefusal> refusal;
    bool contradicts = false;
    for (Item& item : items) {
        if (!names_pack(item)) {
            continue;
        }
        const Reading again = read_after(raw_of(part.reading), *item.reading, options);
        contradicts = contradicts || (again && again->family == Family::gs1);
        if (!again) {
            refusal = again.error();
        } else if (auto both = paired(*item.reading, *again)) {
            matches.emplace_back(&item, std::move(*both));
        }
    }
    const bool is_linked = part.reading && part.reading->family == Family::hibc;
    if (matches.size() == 1 && (packs == 1 || is_linked)) {
        matches.front().first->reading = std::move(matches.front().second);
        part.is_waiting = true; // it is told with its pack
        return;
    }
    part.is_waiting = false;
    if (packs == 1 && refusal) {
        part.reading = tl::make_unexpected(*refusal);
    } else if (packs > 1 || contradicts) {
        part.reading = unpaired(part.reading);
    }
}

} // namespace

std::string product_named_by(const ScannedCode& code) {
    if (!code.gtin.empty()) {
        return "gtin:" + code.gtin;
    }
    for (const char* name : {"di", "pzn", "ppn", "product_id", "drug_code", "din"}) {
        if (const std::string_view value = code.field(name); !value.empty()) {
            return std::string(name) + ":" + std::string(value);
        }
    }
    return {};
}

bool is_part_of_pack(const ScannedCode& code) {
    const bool tells = !code.lot.empty() || !code.serial.empty() || code.expiry || code.production;
    if (!code.candidates.empty() || !product_named_by(code).empty()) {
        return false;
    }
    if (code.family == Family::gs1) {
        return (tells || has_dependent_element(code)) && !names_by_key(code);
    }
    return tells && code.family == Family::hibc;
}

std::optional<ScannedCode> paired(const ScannedCode& one, const ScannedCode& other) {
    if (!one.candidates.empty() || !other.candidates.empty()) {
        return std::nullopt;
    }
    const std::string first = product_named_by(one);
    const std::string second = product_named_by(other);
    if (!first.empty() && first == second) {
        const bool other_tells_more = !is_gs1(one.family) && is_gs1(other.family);
        return other_tells_more ? joined(other, one) : joined(one, other);
    }
    if (is_part_of_pack(other) && !first.empty() && may_belong_to(other, one)) {
        return joined(one, other);
    }
    if (is_part_of_pack(one) && !second.empty() && may_belong_to(one, other)) {
        return joined(other, one);
    }
    return std::nullopt;
}

std::optional<ScannedCode> part_without_product(const Reading& reading, ReadOptions options) {
    if (reading) {
        const bool is_part = reading->family == Family::hibc && is_part_of_pack(*reading);
        return is_part ? std::optional(*reading) : std::nullopt;
    }
    const ScanRefusal& refusal = reading.error();
    if (refusal.rule != "required_ai_missing" || !refusal.raw.starts_with(']')) {
        return std::nullopt;
    }
    ScannedCode product; // any: what is required is that there is one
    product.family = Family::gs1;
    product.gtin = std::string(14, '0');
    options.after = &product;
    const Reading again = read(refusal.raw, options);
    if (!again) {
        return std::nullopt;
    }
    const std::vector<ScannedCode> readings = readings_of(*again);
    const bool is_part = std::all_of(readings.begin(), readings.end(), is_part_of_pack);
    return is_part ? std::optional(*again) : std::nullopt;
}

std::optional<ScannedCode> paired_readings(const ScannedCode& product, const ScannedCode& part) {
    std::vector<ScannedCode> items;
    for (const ScannedCode& reading : readings_of(part)) {
        if (!is_part_of_pack(reading)) {
            return std::nullopt;
        }
        if (auto item = paired(product, reading)) {
            items.push_back(std::move(*item));
        }
    }
    if (items.size() < 2) {
        return items.empty() ? std::nullopt : std::optional(items.front());
    }
    ScannedCode several = product;
    several.text += " " + part.text;
    several.warnings = items.front().warnings;
    several.warnings.emplace_back("ambiguous");
    std::transform(
        items.begin(), items.end(), std::back_inserter(several.candidates), as_candidate);
    return several;
}

std::vector<Reading> items_of(std::span<const std::string> texts, const ReadOptions& options) {
    std::vector<Item> items;
    for (const std::string& text : texts) {
        Item item{read(text, options), false};
        item.is_waiting = needs_another(item.reading);
        if (item.is_waiting || !merges(items, item.reading)) {
            items.push_back(std::move(item));
        }
    }
    for (Item& item : items) {
        if (item.is_waiting) {
            place(items, item, options);
        }
    }
    std::vector<Reading> readings;
    for (Item& item : items) {
        if (!item.is_waiting) {
            readings.push_back(std::move(item.reading));
        }
    }
    return readings;
}

} // namespace cartwatch::codes
