#include "daemon/readiness/recall_view.hpp"

#include <algorithm>
#include <map>
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

void add_removals(Places& places, const NodeState& node, const IssuedRecall& issued) {
    for (const RecallRemoval& removal : node.recall_removals) {
        if (removal.at < issued.at || !names(issued.recall, removal.product, removal.lot)) {
            continue;
        }
        RecallPlace& place = place_of(
            places, {removal.cart, removal.line, removal.position, removal.lot, removal.quantity});
        place.removed += removal.quantity;
        place.removed_proved += removal.evidence == Evidence::scanned ? removal.quantity : 0;
        place.removed_at = removal.at;
        place.removed_by = removal.by;
    }
}

RecallWard ward_of(const std::string& name, const NodeState& node, const IssuedRecall& issued) {
    RecallWard ward;
    ward.node = name;
    Places places;
    if (const auto answer = node.recall_answers.find(issued.seq);
        answer != node.recall_answers.end()) {
        ward.answered_at = answer->second.at;
        for (const HeldUnits& units : answer->second.held) {
            place_of(places, units).held += units.quantity;
        }
    }
    for (const auto& [id, cart] : node.carts) {
        for (const HeldUnits& units : held_by(cart, issued.recall)) {
            place_of(places, units).now += units.quantity;
        }
    }
    add_removals(places, node, issued);
    for (auto& [key, place] : places) {
        place.unaccounted = std::max(0, place.held - place.now - place.removed);
        ward.now += place.now;
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
        RecallWard ward = ward_of(name, node, issued);
        view.waiting += ward.answered_at ? 0 : 1;
        view.now += ward.now;
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
