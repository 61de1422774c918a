#include "daemon/imports/import.hpp"

#include <algorithm>

namespace cartwatch::imports {

using namespace readiness;

namespace {

// The list alone: what stands in the cart and what its tests said is not the sheet's to say, and a
// tag that the sheet leaves out is the one already given.
Cart list_of(Cart cart, const Cart* known) {
    cart.seal.reset();
    cart.last_full_check.reset();
    if (known && cart.tag.empty()) {
        cart.tag = known->tag;
    }
    for (Line& line : cart.lines) {
        line.holdings.clear();
        const auto same = known ? std::find_if(
                              known->lines.begin(),
                              known->lines.end(),
                              [&](const Line& other) { return other.id == line.id; })
                                : std::vector<Line>::const_iterator{};
        if (known && same != known->lines.end() && line.tag.empty()) {
            line.tag = same->tag;
        }
    }
    for (Device& device : cart.devices) {
        device.last_test.reset();
        for (FunctionTest& test : device.tests) {
            test.last.reset();
        }
        const auto same = known ? std::find_if(
                              known->devices.begin(),
                              known->devices.end(),
                              [&](const Device& other) { return other.id == device.id; })
                                : std::vector<Device>::const_iterator{};
        if (known && same != known->devices.end() && device.tag.empty()) {
            device.tag = same->tag;
        }
    }
    return cart;
}

void count(const std::string& id, bool known, bool same, Changes& changes) {
    (!known ? changes.added : same ? changes.same : changes.changed).push_back(id);
}

template <typename Thing>
const Thing* find(const std::map<std::string, Thing>& things, const std::string& id) {
    const auto found = things.find(id);
    return found == things.end() ? nullptr : &found->second;
}

const Line* line_of(const Cart& cart, const std::string& id) {
    const auto found = std::find_if(
        cart.lines.begin(), cart.lines.end(), [&](const Line& line) { return line.id == id; });
    return found == cart.lines.end() ? nullptr : &*found;
}

// Lots, days and quantities alike; how and when they were known does not count.
bool same_stock(const std::vector<Holding>& known, const std::vector<Holding>& given) {
    return std::equal(
        known.begin(),
        known.end(),
        given.begin(),
        given.end(),
        [](const Holding& a, const Holding& b) {
            return a.lot == b.lot && a.last_usable_day == b.last_usable_day
                   && a.quantity == b.quantity;
        });
}

struct Counter {
    const NodeState& node;
    Changes& changes;

    void operator()(const StationDefined& event) const {
        const Station* known = find(node.stations, event.station.id);
        count(event.station.id, known, known && *known == event.station, changes);
    }

    void operator()(const ProductDefined& event) const {
        const Product* known = find(node.products, event.product.id);
        count(event.product.id, known, known && *known == event.product, changes);
    }

    void operator()(const StaffDefined& event) const {
        const Staff* known = find(node.staff, event.staff.id);
        Staff given = event.staff;
        if (known && given.badge.empty()) {
            given.badge = known->badge;
        }
        count(event.staff.id, known, known && *known == given, changes);
    }

    void operator()(const CartDefined& event) const {
        const Cart* known = find(node.carts, event.cart.id);
        count(
            event.cart.id,
            known,
            known && list_of(*known, known) == list_of(event.cart, known),
            changes);
    }

    void operator()(const StockRecorded& event) const {
        const Cart* cart = find(node.carts, event.cart);
        const Line* line = cart ? line_of(*cart, event.line) : nullptr;
        count(
            event.cart + "/" + event.line,
            line && !line->holdings.empty(),
            line && same_stock(line->holdings, event.holdings),
            changes);
    }

    template <typename Other>
    void operator()(const Other&) const {}
};

} // namespace

Changes changes_of(const std::vector<Event>& events, const NodeState& node) {
    Changes changes;
    for (const Event& event : events) {
        std::visit(Counter{node, changes}, event);
    }
    return changes;
}

} // namespace cartwatch::imports
