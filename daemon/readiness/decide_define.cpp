#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/faults.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/setup.hpp"
#include "daemon/readiness/tags.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <set>

namespace cartwatch::readiness {

namespace {

using Found = std::optional<Fault>;

bool has_undated(
    const Line& line, const std::vector<Holding>& holdings, const std::string& product) {
    return std::any_of(holdings.begin(), holdings.end(), [&](const Holding& holding) {
        return holding.quantity > 0 && !holding.last_usable_day
               && product_in(line, holding) == product;
    });
}

// Whether units of the product lie in one of the node's carts, or were counted in an open check,
// without a day on which they expire; in place of another product, too.
bool lies_undated(const NodeState& node, const std::string& product) {
    for (const auto& [id, cart] : node.carts) {
        const Check* open = open_check_of(node, id);
        for (const Line& line : cart.lines) {
            const auto counted = open == nullptr ? nullptr : open->progress.lines.find(line.id);
            if (has_undated(line, line.holdings, product)
                || (counted != nullptr && has_undated(line, counted->holdings, product))) {
                return true;
            }
        }
    }
    return false;
}

// The codes of a cart, its lines and its devices; each device's own code once.
std::vector<std::string> tags_of(const Cart& cart) {
    std::vector<std::string> tags{cart.tag};
    for (const Line& line : cart.lines) {
        tags.push_back(line.tag);
    }
    for (const Device& device : cart.devices) {
        tags.push_back(device.tag);
        tags.push_back(device.code == device.tag ? "" : device.code);
    }
    std::erase(tags, "");
    return tags;
}

// A trial of all definitions on a copy of the state: the first fault ends it.
class Definition {
public:
    explicit Definition(const Turn& turn);

    [[nodiscard]] Found take(const Event& event);

    // Once all are taken: whether they fit together and with what was there.
    [[nodiscard]] Found fits() const;

    [[nodiscard]] std::vector<Event> events() && {
        return std::move(events_);
    }

private:
    [[nodiscard]] const NodeState& node() const {
        return node_of(trial_, trial_.self);
    }

    [[nodiscard]] std::map<TagSeries, int>& given() {
        return trial_.nodes[trial_.self].tags_given;
    }

    [[nodiscard]] bool give(std::string& tag, const std::string& had, codes::TagType type);
    [[nodiscard]] Found give_tags(Cart& cart);

    [[nodiscard]] Found prepare(StationDefined& event);
    [[nodiscard]] Found prepare(ProductDefined& event);
    [[nodiscard]] Found prepare(StaffDefined& event);
    [[nodiscard]] Found prepare(CartDefined& event);
    [[nodiscard]] Found prepare(StockRecorded& event);
    [[nodiscard]] Found prepare(PolicyChanged& event);

    template <typename Other>
    [[nodiscard]] Found prepare(Other&) {
        return Fault{"", "not_a_definition", ""};
    }

    [[nodiscard]] Found lines_fit() const;
    [[nodiscard]] Found stock_fits() const;
    [[nodiscard]] Found identifiers_fit() const;
    [[nodiscard]] Found tags_fit() const;
    [[nodiscard]] Found badges_fit() const;
    [[nodiscard]] Found nothing_signs() const;

    const Context& context_;
    const State& known_; // before; the pharmacy knows its wards' carts
    State trial_;
    std::vector<Event> events_;
    // Defined here: what is wrong with others stops nobody from mending these.
    std::set<std::string> carts_;
    std::set<std::string> products_;
    std::set<std::string> people_;
    std::set<std::string> stocked_; // carts
};

Definition::Definition(const Turn& turn) : context_(turn.context), known_(turn.state) {
    trial_.self = turn.state.self;
    trial_.pharmacy = turn.state.pharmacy;
    for (const std::string& name : {turn.state.self, turn.state.pharmacy}) {
        trial_.nodes[name] = node_of(turn.state, name);
    }
}

Found Definition::take(const Event& event) {
    Event prepared = event;
    Found fault = std::visit([&](auto& what) { return prepare(what); }, prepared);
    if (!fault) {
        apply(trial_, Recorded{trial_.self, 0, context_.now, "system", prepared});
        events_.push_back(std::move(prepared));
    }
    return fault;
}

Found Definition::fits() const {
    for (const auto fit :
         {&Definition::lines_fit,
          &Definition::stock_fits,
          &Definition::identifiers_fit,
          &Definition::tags_fit,
          &Definition::badges_fit,
          &Definition::nothing_signs}) {
        if (Found fault = (this->*fit)()) {
            return fault;
        }
    }
    return std::nullopt;
}

// Keeps a tag that is stated, else the one it had, else gives a new one. False: no number is left.
bool Definition::give(std::string& tag, const std::string& had, codes::TagType type) {
    if (tag.empty()) {
        tag = had.empty() ? give_tag(given(), type, context_.tag_block) : had;
    }
    return !tag.empty();
}

Found Definition::give_tags(Cart& cart) {
    const auto found = node().carts.find(cart.id);
    const Cart before = found == node().carts.end() ? Cart{} : found->second;
    note_tags(given(), cart);
    bool all = give(cart.tag, before.tag, codes::TagType::cart);
    for (Line& line : cart.lines) {
        const Line* had = find_line(before, line.id);
        all = give(line.tag, had == nullptr ? "" : had->tag, codes::TagType::line) && all;
    }
    for (Device& device : cart.devices) {
        const Device* had = find_device(before, device.id);
        all = give(device.tag, had == nullptr ? "" : had->tag, codes::TagType::device) && all;
    }
    return all ? std::nullopt : Found(Fault{cart.id, "tags_used_up", ""});
}

Found Definition::prepare(StationDefined& event) {
    return fault_of(event.station);
}

Found Definition::prepare(ProductDefined& event) {
    if (Found fault = fault_of(event.product)) {
        return fault;
    }
    const std::string& id = event.product.id;
    products_.insert(id);
    if (const std::string_view looser = looser_than_pharmacy(trial_, event.product);
        !looser.empty()) {
        return Fault{id, "looser_than_pharmacy", std::string(looser)};
    }
    // What lies there without a day would count as usable for ever.
    const Product* before = find_product(trial_, trial_.self, id);
    if (event.product.expires && before != nullptr && !before->expires) {
        for (const auto& [name, part] : known_.nodes) {
            if (lies_undated(part, id)) {
                return Fault{id, "expiry_missing", name};
            }
        }
    }
    return std::nullopt;
}

Found Definition::prepare(StaffDefined& event) {
    if (Found fault = fault_of(event.staff)) {
        return fault;
    }
    people_.insert(event.staff.id);
    const auto before = node().staff.find(event.staff.id);
    const std::string had = before == node().staff.end() ? "" : before->second.badge;
    if (const std::string& badge = event.staff.badge; !badge.empty() && badge != had) {
        if (const std::string_view why = no_badge(trial_, badge, context_.today); !why.empty()) {
            return Fault{event.staff.id, std::string(why), masked_badge(badge)};
        }
    }
    return give(event.staff.badge, had, codes::TagType::staff)
               ? std::nullopt
               : Found(Fault{event.staff.id, "tags_used_up", ""});
}

Found Definition::prepare(CartDefined& event) {
    if (Found fault = fault_of(event.cart)) {
        return fault;
    }
    if (is_cart_too_many(node(), event)) {
        return Fault{event.cart.id, "too_many_carts", std::to_string(node().carts.size())};
    }
    event.cart = list_of(std::move(event.cart));
    carts_.insert(event.cart.id);
    return give_tags(event.cart);
}

Found Definition::prepare(StockRecorded& event) {
    const auto cart = node().carts.find(event.cart);
    if (cart == node().carts.end()) {
        return Fault{shortened(event.cart), "unknown_cart", shortened(event.cart)};
    }
    if (find_line(cart->second, event.line) == nullptr) {
        return Fault{shortened(event.cart), "unknown_line", shortened(event.line)};
    }
    stocked_.insert(event.cart);
    return fault_of(event);
}

Found Definition::prepare(PolicyChanged& event) {
    return fault_of(event.policy);
}

// Every line asks for a product that is defined, every cart stands at a station that is.
Found Definition::lines_fit() const {
    for (const std::string& id : carts_) {
        const Cart& cart = node().carts.at(id);
        for (const Line& line : cart.lines) {
            if (find_product(trial_, trial_.self, line.product) == nullptr) {
                return Fault{id, "unknown_product", line.product};
            }
        }
        bool placed = cart.station.empty();
        for (const NodeState* source : sources_for(trial_, trial_.self)) {
            placed = placed || source->stations.contains(cart.station);
        }
        if (!placed) {
            return Fault{id, "unknown_station", shortened(cart.station)};
        }
    }
    return std::nullopt;
}

// A lot of something that expires says when; without that it would count as usable for ever.
Found Definition::stock_fits() const {
    for (const auto& [id, cart] : node().carts) {
        for (const Line& line : cart.lines) {
            if (!carts_.contains(id) && !stocked_.contains(id)
                && !products_.contains(line.product)) {
                continue;
            }
            const auto product = find_strictly(trial_, trial_.self, line.product);
            const bool expires = !product || product->expires;
            for (const Holding& holding : line.holdings) {
                if (expires && !holding.last_usable_day && holding.quantity > 0) {
                    return Fault{id, "expiry_missing", line.id};
                }
            }
        }
    }
    return std::nullopt;
}

// A GTIN is the same code with and without the zeros in front of it.
std::pair<IdentifierKind, std::string> code_of(const Identifier& identifier) {
    return {
        identifier.kind,
        identifier.kind == IdentifierKind::gtin ? as_gtin14(identifier.value) : identifier.value};
}

// One code, one product. A node's own definition of a product stands in for the pharmacy's.
Found Definition::identifiers_fit() const {
    std::map<std::pair<IdentifierKind, std::string>, std::string> owners;
    const auto clash = [&](const std::string& id, const Identifier& identifier) -> Found {
        const auto [owner, fresh] = owners.emplace(code_of(identifier), id);
        const bool told = products_.contains(id);
        if (fresh || owner->second == id || !(told || products_.contains(owner->second))) {
            return std::nullopt;
        }
        return Fault{told ? id : owner->second, "identifier_twice", identifier.value};
    };
    for (const NodeState* source : sources_for(trial_, trial_.self)) {
        for (const auto& [id, product] : source->products) {
            for (const Identifier& identifier : product.identifiers) {
                if (Found fault = clash(id, identifier)) {
                    return fault;
                }
            }
        }
    }
    return std::nullopt;
}

// One code, one cart, slot or device.
Found Definition::tags_fit() const {
    std::map<std::string, std::string> owners;
    for (const auto& [id, cart] : node().carts) {
        for (const std::string& tag : tags_of(cart)) {
            const auto [owner, fresh] = owners.emplace(tag, id);
            if (!fresh && (carts_.contains(id) || carts_.contains(owner->second))) {
                return Fault{carts_.contains(id) ? id : owner->second, "tag_twice", tag};
            }
        }
    }
    return std::nullopt;
}

// One badge, one person who is not retired.
Found Definition::badges_fit() const {
    std::map<std::string, std::string> owners;
    for (const NodeState* source : sources_for(trial_, trial_.self)) {
        for (const auto& [id, person] : source->staff) {
            if (person.retired || is_shadowed(trial_, *source, id)) {
                continue;
            }
            const auto [owner, fresh] = owners.emplace(person.badge, id);
            if (!fresh && (people_.contains(id) || people_.contains(owner->second))) {
                return Fault{
                    people_.contains(id) ? id : owner->second,
                    "badge_twice",
                    masked_badge(person.badge)};
            }
        }
    }
    return std::nullopt;
}

// No code that is defined here for a thing is somebody's badge: it would sign for that person, and
// the thing could be scanned no more. The reverse is no_badge.
Found Definition::nothing_signs() const {
    const Badges badges = badges_of(trial_);
    for (const std::string& id : carts_) {
        for (const std::string& tag : tags_of(node().carts.at(id))) {
            if (is_badge(badges, tag)) {
                return Fault{id, "code_of_badge", masked_badge(tag)};
            }
        }
    }
    for (const std::string& id : products_) {
        for (const Identifier& identifier : node().products.at(id).identifiers) {
            if (is_badge(badges, identifier)) {
                return Fault{id, "code_of_badge", masked_badge(identifier.value)};
            }
        }
    }
    return std::nullopt;
}

void refuse(Turn& turn, const Fault& fault) {
    turn.say(
        ReplyKind::reject,
        "definition_refused",
        {{"id", fault.id}, {"what", fault.what}, {"value", fault.value}});
}

} // namespace

bool define(Turn& turn, const std::vector<Event>& events) {
    if (events.size() > definitions_max) {
        refuse(turn, Fault{"", "too_many", std::to_string(events.size())});
        return false;
    }
    if (turn.context.tag_block < 0 || turn.context.tag_block > tag_block_max) {
        refuse(turn, Fault{"", "tags_used_up", std::to_string(turn.context.tag_block)});
        return false;
    }
    if (const std::string* id = kept_by_pharmacy(turn.state, events)) {
        refuse(turn, Fault{shortened(*id), "id_of_pharmacy", shortened(*id)});
        return false;
    }
    Definition definition(turn);
    for (const Event& event : events) {
        if (const Found fault = definition.take(event)) {
            refuse(turn, *fault);
            return false;
        }
    }
    if (const Found fault = definition.fits()) {
        refuse(turn, *fault);
        return false;
    }
    turn.decision.events = std::move(definition).events();
    return true;
}

void decide_on(Turn& turn, const Define& command) {
    if (define(turn, command.events)) {
        turn.decision.actor = command.actor.empty() ? "system" : command.actor;
        turn.say(ReplyKind::accept, "defined", {{"count", std::to_string(command.events.size())}});
    }
}

} // namespace cartwatch::readiness
