#include "daemon/readiness/recall_view.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace cartwatch::readiness {

namespace {

using Places = std::map<std::pair<std::string, std::string>, RecallPlace>;

RecallPlace& place_of(Places& places, const HeldUnits& units) {
    RecallPlace& place = places[{units.cart, units.line}];
    place.cart = units.cart;
    place.line = units.line;
    place.position = units.position;
    return place;
}

void add_removals(
    Places& places, const NodeState& node, Instant since, std::span<const Recall> reach) {
    for (const RecallRemoval& removal : node.recall_removals) {
        const bool named = std::ranges::any_of(reach, [&](const Recall& recall) {
            return names(recall, removal.product, removal.lot);
        });
        if (removal.at < since || !named) {
            continue;
        }
        RecallPlace& place = place_of(
            places,
            {removal.cart, removal.line, removal.position, removal.lot, removal.quantity, false});
        place.removed += removal.quantity;
        place.removed_proved += removal.evidence == Evidence::scanned ? removal.quantity : 0;
        place.removed_at = removal.at;
        place.removed_by = removal.by;
    }
}

RecallWard ward_of(const State& state, const std::string& name, const IssuedRecall& issued) {
    const NodeState& node = node_of(state, name);
    const std::vector<Recall> reach = reach_of(state, name, {issued.recall});
    RecallWard ward;
    ward.node = name;
    Places places;
    if (const auto answer = node.recall_answers.find(issued.seq);
        answer != node.recall_answers.end()) {
        ward.answered_at = answer->second.at;
        for (const HeldUnits& units : answer->second.held) {
            place_of(places, units).held += units.possible ? 0 : units.quantity;
        }
    }
    for (const auto& [id, cart] : node.carts) {
        for (const HeldUnits& units : held_by(cart, reach)) {
            RecallPlace& place = place_of(places, units);
            (units.possible ? place.possible : place.now) += units.quantity;
        }
    }
    add_removals(places, node, issued.at, reach);
    for (auto& [key, place] : places) {
        place.unaccounted = std::max(0, place.held - place.now - place.removed);
        ward.now += place.now;
        ward.possible += place.possible;
        ward.removed += place.removed;
        ward.unaccounted += place.unaccounted;
        ward.places.push_back(std::move(place));
    }
    return ward;
}

RecallView view_of(const State& state, const IssuedRecall& issued) {
    RecallView view;
    view.issued = issued;
    for (const auto& [name, node] : state.nodes) {
        if (name == state.pharmacy) {
            continue;
        }
        RecallWard ward = ward_of(state, name, issued);
        view.waiting += ward.answered_at ? 0 : 1;
        view.now += ward.now;
        view.possible += ward.possible;
        view.removed += ward.removed;
        view.unaccounted += ward.unaccounted;
        view.wards.push_back(std::move(ward));
    }
    return view;
}

} // namespace

std::vector<RecallView> recall_views(const State& state) {
    std::vector<RecallView> views;
    const std::vector<IssuedRecall>& recalls = node_of(state, state.pharmacy).recalls;
    for (auto issued = recalls.rbegin(); issued != recalls.rend(); ++issued) {
        views.push_back(view_of(state, *issued));
    }
    return views;
}

} // namespace cartwatch::readiness
