// The keeper of the history tables: applies entries to a state and writes down, once, what a signed
// check found and each step in the life of an alert. Entries that change nothing leave nothing.
#pragma once

#include "daemon/readiness/state.hpp"

#include <span>

namespace cartwatch::store {

class Connection;

// Applies the entry to the state and records what it made of checks and alerts. The state must hold
// what the entry speaks of (its check, cart, alert); the rest may be missing.
void apply_and_record(
    Connection& connection, readiness::State& state, const readiness::Recorded& entry);

// Records entries that come together, with the parts of the state that they need read from the
// tables, which must still be as they were before the first of them.
void record_history(
    Connection& connection,
    const readiness::State& after,
    std::span<const readiness::Recorded* const> entries);

} // namespace cartwatch::store
