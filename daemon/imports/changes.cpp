#include "daemon/imports/fields.hpp"
#include "daemon/imports/import.hpp"
#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/setup.hpp"

#include <algorithm>
#include <set>

namespace cartwatch::imports {

using namespace readiness;

namespace {

template <typename Part>
void take_tags(std::vector<Part>& parts, const std::vector<Part>& known) {
    for (Part& part : parts) {
        const auto same = std::find_if(
            known.begin(), known.end(), [&](const Part& other) { return other.id == part.id; });
        if (same != known.end() && part.tag.empty()) {
            part.tag = same->tag;
        }
    }
}

// A tag or badge that a sheet leaves out is the one already given, and what was found in a cart is
// not the sheet's to say.
struct Kept {
    Event& given;

    void operator()(const StaffDefined& known) const {
        auto& person = std::get<StaffDefined>(given).staff;
        if (person.badge.empty()) {
            person.badge = known.staff.badge;
        }
    }

    void operator()(const CartDefined& known) const {
        auto& cart = std::get<CartDefined>(given).cart;
        cart = list_of(std::move(cart));
        if (cart.tag.empty()) {
            cart.tag = known.cart.tag;
        }
        take_tags(cart.lines, known.cart.lines);
        take_tags(cart.devices, known.cart.devices);
    }

    // Lots, days and quantities alone; how and when they were known does not count.
    void operator()(const StockRecorded& known) const {
        auto& holdings = std::get<StockRecorded>(given).holdings;
        const bool same = std::equal(
            known.holdings.begin(),
            known.holdings.end(),
            holdings.begin(),
            holdings.end(),
            [](const Holding& a, const Holding& b) {
                return a.lot == b.lot && a.last_usable_day == b.last_usable_day
                       && a.quantity == b.quantity;
            });
        if (same) {
            holdings = known.holdings;
        }
    }

    template <typename Other>
    void operator()(const Other&) const {}
};

struct Named {
    Change operator()(const StationDefined& event) const {
        return {"station", event.station.id, event.station.name, Fate::added, {}};
    }

    Change operator()(const ProductDefined& event) const {
        return {"product", event.product.id, event.product.name, Fate::added, {}};
    }

    Change operator()(const StaffDefined& event) const {
        return {"staff", event.staff.id, {event.staff.name, ""}, Fate::added, {}};
    }

    Change operator()(const CartDefined& event) const {
        return {"cart", event.cart.id, event.cart.name, Fate::added, {}};
    }

    Change operator()(const StockRecorded& event) const {
        return {"stock", event.cart + "/" + event.line, {}, Fate::added, {}};
    }

    template <typename Other>
    Change operator()(const Other&) const {
        return {};
    }
};

bool holds_nothing(const Event& known) {
    const auto* stock = std::get_if<StockRecorded>(&known);
    return stock != nullptr && stock->holdings.empty();
}

Change change_of(Event given, const NodeState& node) {
    Change change = std::visit(Named{}, given);
    const std::vector<Event> known = standing(node, {given});
    if (known.empty() || holds_nothing(known.front())) {
        return change;
    }
    std::visit(Kept{given}, known.front());
    change.fate = known.front() == given ? Fate::same : Fate::changed;
    if (change.fate == Fate::changed) {
        change.fields = differences(known.front(), given);
    }
    return change;
}

} // namespace

std::vector<std::string> keep_checked_stock(std::vector<Event>& events, const NodeState& node) {
    std::set<std::string> kept;
    std::erase_if(events, [&](const Event& event) {
        const auto* stock = std::get_if<StockRecorded>(&event);
        const bool checked = stock != nullptr && is_checked(node, stock->cart);
        if (checked) {
            kept.insert(stock->cart);
        }
        return checked;
    });
    return {kept.begin(), kept.end()};
}

namespace {

// Whether a definition says that what it names is retired; nullptr: that is not to say of it.
bool* retired_in(Event& event) {
    if (auto* person = std::get_if<StaffDefined>(&event)) {
        return &person->staff.retired;
    }
    if (auto* product = std::get_if<ProductDefined>(&event)) {
        return &product->product.retired;
    }
    auto* cart = std::get_if<CartDefined>(&event);
    return cart == nullptr ? nullptr : &cart->cart.retired;
}

} // namespace

std::vector<std::string> keep_retired(Definitions& events, const NodeState& node) {
    std::vector<std::string> kept;
    for (Event& event : events) {
        bool* retired = retired_in(event);
        if (retired == nullptr || *retired) {
            continue;
        }
        std::vector<Event> known = standing(node, {event});
        const bool was = !known.empty() && *retired_in(known.front());
        std::string id = std::visit(Named{}, event).id;
        if (was && !events.in_use.contains(id)) {
            *retired = true;
            kept.push_back(std::move(id));
        }
    }
    return kept;
}

std::vector<Change> changes_in(const std::vector<Event>& events, const NodeState& node) {
    std::vector<Change> changes;
    changes.reserve(events.size());
    for (const Event& event : events) {
        changes.push_back(change_of(event, node));
    }
    return changes;
}

Changes changes_of(const std::vector<Event>& events, const NodeState& node) {
    Changes changes;
    for (Change& change : changes_in(events, node)) {
        std::vector<std::string>& ids = change.fate == Fate::added     ? changes.added
                                        : change.fate == Fate::changed ? changes.changed
                                                                       : changes.same;
        ids.push_back(std::move(change.id));
    }
    return changes;
}

} // namespace cartwatch::imports
