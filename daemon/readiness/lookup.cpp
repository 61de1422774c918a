#include "daemon/readiness/lookup.hpp"

#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/product_scan.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <set>

namespace cartwatch::readiness {

namespace {

// The text without the AIM identifier "]cm" that a scanner may put before it.
std::string_view without_aim(std::string_view raw) {
    return raw.size() > 3 && raw.front() == ']' ? raw.substr(3) : raw;
}

// The texts under which a hospital may know what was scanned, each once.
std::vector<std::string> names_of(const codes::Reading& reading) {
    std::vector<std::string> names;
    const auto add = [&](std::string_view text) {
        if (!text.empty() && std::find(names.begin(), names.end(), text) == names.end()) {
            names.emplace_back(text);
        }
    };
    if (!reading) {
        add(reading.error().raw);
        add(without_aim(reading.error().raw));
        return names;
    }
    add(reading->raw);
    add(without_aim(reading->raw));
    if (reading->family == codes::Family::own_tag || reading->family == codes::Family::other) {
        add(reading->text);
    }
    // Keys of GS1 that name a thing or a person: the same in whatever symbol they stand.
    for (const char* key : {"giai", "grai", "gsrn_provider", "gsrn_recipient"}) {
        add(reading->field(key));
    }
    return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
    return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

bool is_same(const Identifier& one, const Identifier& other) {
    return one.kind == other.kind && key_of(one) == key_of(other);
}

// Whether the index knows all of them: where it does not, each of them is looked at.
template <typename Things>
bool is_complete(const Bearers& bearers, const Things& things) {
    return bearers.size() == things.size();
}

// Those of the things that may bear one of the texts, in the order of their ids, until `visit`
// says that it has seen enough.
template <typename Things, typename Visit>
void each_with(
    const Things& things,
    const Bearers& bearers,
    const std::vector<std::string>& texts,
    const Visit& visit) {
    if (!is_complete(bearers, things)) {
        for (const auto& [id, thing] : things) {
            if (visit(thing)) {
                return;
            }
        }
        return;
    }
    std::vector<std::string> ids;
    for (const std::string& text : texts) {
        const std::vector<std::string>& found = bearers.with(text);
        ids.insert(ids.end(), found.begin(), found.end());
    }
    std::ranges::sort(ids);
    for (const std::string& id : ids) {
        if (visit(things.at(id))) {
            return;
        }
    }
}

const Staff* staff_with(const State& state, const std::vector<std::string>& badges) {
    const Staff* found = nullptr;
    for (const NodeState* source : sources_for(state, state.self)) {
        each_with(source->staff, source->index.staff, badges, [&](const Staff& person) {
            if (has(badges, person.badge) && !is_shadowed(state, *source, person.id)) {
                found = &person;
            }
            return found != nullptr && !found->retired;
        });
        if (found != nullptr && !found->retired) {
            break;
        }
    }
    return found;
}

// Carts, their lines and their devices, by the codes that they bear.
std::optional<Meaning> part_of_cart(const Cart& cart, const std::vector<std::string>& names) {
    if (has(names, cart.tag)) {
        return MeansCart{&cart};
    }
    if (cart.retired) {
        return std::nullopt;
    }
    for (const Line& line : cart.lines) {
        if (has(names, line.tag)) {
            return MeansLine{&cart, &line};
        }
    }
    for (const Device& device : cart.devices) {
        if (has(names, device.tag) || has(names, device.code)) {
            return MeansDevice{&cart, &device};
        }
    }
    return std::nullopt;
}

Meaning meaning_of_tag(const codes::OwnTag& tag, const std::string& text) {
    switch (tag.type) {
    case codes::TagType::seal:
        return MeansSeal{text};
    case codes::TagType::quantity:
        return MeansQuantity{tag.number};
    case codes::TagType::command:
        if (const auto code = control_code(tag.number)) {
            return MeansControl{*code};
        }
        break;
    case codes::TagType::cart:
    case codes::TagType::position:
    case codes::TagType::line:
    case codes::TagType::device:
    case codes::TagType::staff:
    case codes::TagType::delivery:
    case codes::TagType::scanner_test:
        break;
    }
    return MeansUnknownTag{tag.type};
}

const Product* product_in(const NodeState& source, const Identifier& identifier) {
    const Product* found = nullptr;
    const auto look = [&](const Product& product) {
        const bool bears = std::any_of(
            product.identifiers.begin(), product.identifiers.end(), [&](const Identifier& own) {
                return is_same(own, identifier);
            });
        found = bears ? &product : nullptr;
        return bears;
    };
    each_with(source.products, source.index.products, {key_of(identifier)}, look);
    return found;
}

bool holds_pack(const Cart& cart, std::string_view product, std::string_view serial) {
    return std::ranges::any_of(cart.lines, [&](const Line& line) {
        return holding_with(line, line.holdings, product, serial) != nullptr;
    });
}

// The product that the code was linked to first; empty: none.
std::string product_linked(const NodeState& source, const Identifier& identifier) {
    if (!source.index.links.empty()) {
        const auto found = source.index.links.find(key_of(identifier));
        return found == source.index.links.end() ? std::string() : found->second;
    }
    const auto found = std::ranges::find_if(
        source.links, [&](const CodeLinked& link) { return is_same(link.identifier, identifier); });
    return found == source.links.end() ? std::string() : found->product;
}

// The identifiers by which this node knows the product.
std::vector<Identifier>
identifiers_of(const State& state, std::string_view node, std::string_view product) {
    std::vector<Identifier> found;
    for (const NodeState* source : sources_for(state, node)) {
        if (const auto known = source->products.find(std::string(product));
            known != source->products.end()) {
            const std::vector<Identifier>& own = known->second.identifiers;
            found.insert(found.end(), own.begin(), own.end());
        }
        for (const CodeLinked& link : source->links) {
            if (link.product == product) {
                found.push_back(link.identifier);
            }
        }
    }
    return found;
}

// Every product of the source that bears the identifier.
void add_bearers(
    const NodeState& source, const Identifier& identifier, std::set<std::string>& bearers) {
    const std::string key = key_of(identifier);
    each_with(source.products, source.index.products, {key}, [&](const Product& product) {
        const bool bears = std::ranges::any_of(
            product.identifiers, [&](const Identifier& own) { return is_same(own, identifier); });
        if (bears) {
            bearers.insert(product.id);
        }
        return false;
    });
    if (std::string linked = product_linked(source, identifier); !linked.empty()) {
        bearers.insert(std::move(linked));
    }
}

} // namespace

std::vector<std::string>
same_packs(const State& state, std::string_view node, std::string_view product) {
    std::set<std::string> bearers;
    for (const Identifier& identifier : identifiers_of(state, node, product)) {
        for (const NodeState* source : sources_for(state, node)) {
            add_bearers(*source, identifier, bearers);
        }
    }
    bearers.erase(std::string(product));
    return {bearers.begin(), bearers.end()};
}

std::string serial_of(const codes::ScannedCode& code) {
    if (code.family == codes::Family::drug_trace) {
        return std::string(code.field("product_id")) + code.serial;
    }
    return code.serial;
}

Identifier identifier_to_link(const codes::Reading& reading) {
    if (reading) {
        const auto named = identifiers_in(*reading);
        if (!named.empty()) {
            return named.front();
        }
    }
    const std::string& raw = reading ? reading->raw : reading.error().raw;
    return {IdentifierKind::hospital, std::string(without_aim(raw))};
}

const Product*
product_with(const State& state, std::string_view node, const Identifier& identifier) {
    for (const NodeState* source : sources_for(state, node)) {
        if (const Product* product = product_in(*source, identifier)) {
            return find_product(state, node, product->id);
        }
    }
    for (const NodeState* source : sources_for(state, node)) {
        if (const std::string linked = product_linked(*source, identifier); !linked.empty()) {
            return find_product(state, node, linked);
        }
    }
    return nullptr;
}

const Cart* other_cart_with(
    const NodeState& node, const Cart& cart, std::string_view product, std::string_view serial) {
    if (serial.empty()) {
        return nullptr;
    }
    const Cart* found = nullptr;
    const auto look = [&](const Cart& other) {
        if (other.id != cart.id && !other.retired && holds_pack(other, product, serial)) {
            found = &other;
        }
        return found != nullptr;
    };
    each_with(node.carts, node.index.packs, {std::string(serial)}, look);
    for (const auto& [id, check] : node.open_checks) {
        const auto other = node.carts.find(check.cart);
        if (found == nullptr && other != node.carts.end() && other->first != cart.id
            && counted_with(other->second, check.progress, product, serial) != nullptr) {
            found = &other->second;
        }
    }
    return found;
}

const Holding* holding_with(
    const Line& line,
    const std::vector<Holding>& holdings,
    std::string_view product,
    std::string_view serial) {
    const auto found = std::ranges::find_if(holdings, [&](const Holding& holding) {
        return product_in(line, holding) == product
               && std::ranges::find(holding.serials, serial) != holding.serials.end();
    });
    return found == holdings.end() ? nullptr : &*found;
}

const Holding* counted_with(
    const Cart& cart,
    const CheckProgress& progress,
    std::string_view product,
    std::string_view serial) {
    for (const auto& [id, known] : progress.lines) {
        const bool bears = std::ranges::any_of(known.holdings, [&](const Holding& holding) {
            return std::ranges::find(holding.serials, serial) != holding.serials.end();
        });
        const Line* line = bears ? find_line(cart, id) : nullptr;
        const Holding* found =
            line == nullptr ? nullptr : holding_with(*line, known.holdings, product, serial);
        if (found != nullptr) {
            return found;
        }
    }
    return nullptr;
}

const Line* find_line(const Cart& cart, std::string_view id) {
    const auto found = std::find_if(
        cart.lines.begin(), cart.lines.end(), [&](const Line& line) { return line.id == id; });
    return found == cart.lines.end() ? nullptr : &*found;
}

const Device* find_device(const Cart& cart, std::string_view id) {
    const auto found =
        std::find_if(cart.devices.begin(), cart.devices.end(), [&](const Device& device) {
            return device.id == id;
        });
    return found == cart.devices.end() ? nullptr : &*found;
}

const Holding* find_holding(const std::vector<Holding>& holdings, std::string_view lot) {
    const auto found = std::find_if(
        holdings.begin(), holdings.end(), [&](const Holding& held) { return held.lot == lot; });
    return found == holdings.end() ? nullptr : &*found;
}

namespace {

// A seal by the number that the hospital's own seals bear: issued, or seen on a cart.
const std::string* seal_with(const NodeState& node, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (const auto seal = node.seals.find(name); seal != node.seals.end()) {
            return &seal->first;
        }
    }
    return nullptr;
}

} // namespace

Meaning meaning_of(const State& state, const codes::Reading& reading, const Cart* on) {
    const std::vector<std::string> names = names_of(reading);
    const NodeState& node = node_of(state, state.self);
    std::optional<Meaning> part;
    each_with(node.carts, node.index.carts, names, [&](const Cart& cart) {
        part = part_of_cart(cart, names);
        return part.has_value();
    });
    if (part) {
        return *part;
    }
    if (const Staff* person = staff_with(state, names)) {
        return MeansStaff{person};
    }
    if (const std::string* seal = seal_with(node_of(state, state.self), names)) {
        return MeansSeal{*seal};
    }
    std::vector<const Product*> products = products_meant(state, reading, names, on);
    if (!products.empty()) {
        return MeansProducts{std::move(products)};
    }
    for (const std::string& name : names) {
        if (const auto tag = codes::parse_own_tag(name)) {
            return meaning_of_tag(*tag, name);
        }
    }
    return MeansNothing{};
}

} // namespace cartwatch::readiness
