// The tables of present state: written from a State, read back into one. Inside a transaction of
// the caller's.
#pragma once

#include "daemon/readiness/state.hpp"
#include "daemon/store/touched.hpp"

#include <string>

namespace cartwatch::store {

class Connection;

// Rewrites the rows of the objects named, as they are in `after`; those that are not there any more
// lose their rows.
void write_touched(Connection& connection, const Touched& touched, const readiness::State& after);

// Writes everything into empty tables.
void write_all(Connection& connection, const readiness::State& state);

// Reads everything. Throws StoreFailure (corrupt) where rows do not fit together.
[[nodiscard]] readiness::State
load_state(Connection& connection, const std::string& self, const std::string& pharmacy);

// Parts of a state for the keeper of the history: one cart; one open check; one alert; what carts
// are judged by that a node said, or all of them (policy, recalls, substitutes, and its last day).
// Nothing where there is no row.
void load_cart(Connection& connection, readiness::State& state, const ObjectName& cart);
void load_check(Connection& connection, readiness::State& state, const ObjectName& check);
void load_alert(
    Connection& connection,
    readiness::State& state,
    const std::string& node,
    const readiness::AlertKey& key);
void load_standards(Connection& connection, readiness::State& state, const std::string& node);
void load_standards(Connection& connection, readiness::State& state);

} // namespace cartwatch::store
