// Which objects of the state an entry may have changed: what has to be written after it. Pure; too
// many is slow, too few is wrong (the tests compare the tables with the fold of the journal).
#pragma once

#include "daemon/readiness/state.hpp"

#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace cartwatch::store {

// An object's node and its id.
using ObjectName = std::pair<std::string, std::string>;

struct Touched {
    std::set<std::string> nodes; // the node's own numbers
    std::set<std::string> policies;
    std::set<std::string> recalls;       // all of a node's, with answers and removals
    std::set<std::string> substitutions; // all of a node's
    std::set<std::string> links;
    std::set<std::string> tags;
    std::set<ObjectName> stations;
    std::set<ObjectName> products;
    std::set<ObjectName> staff;
    std::set<ObjectName> carts;
    std::set<ObjectName> seals;                                // node, number
    std::set<ObjectName> checks;                               // with all steps
    std::set<ObjectName> check_headers;                        // without steps
    std::set<std::tuple<std::string, std::string, int>> steps; // node, check, number
    std::set<std::pair<std::string, readiness::AlertKey>> alerts;
};

// `after` is the state once the entry is applied.
void touch(Touched& touched, const readiness::Recorded& entry, const readiness::State& after);

} // namespace cartwatch::store
