// The keeper of the table of standings: from when on each cart was ready, one row a change.
#pragma once

#include "daemon/readiness/effect.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <utility>

namespace cartwatch::store {

class Connection;

// Whether the entry may change how a cart stands. A day that passed does not: the rows say how long
// they hold.
[[nodiscard]] bool changes_standings(const readiness::Event& event);

// Whether it says how late it is at its node: what changes standings does, and that a day began.
[[nodiscard]] bool tells_time(const readiness::Event& event);

// The one cart of which the entry changes how it stands, as `node` (the part whose entry it is)
// was before it; nothing where it is none, or any.
[[nodiscard]] readiness::Effect
standing_effect(const readiness::NodeState& node, const readiness::Event& event);

// The same of an entry that names its cart or means any; nothing of one that speaks of a check.
[[nodiscard]] readiness::Effect standing_effect(const readiness::Event& event);

// How many carts are judged anew for the entry, beyond the one that it names.
[[nodiscard]] std::size_t
carts_judged(const readiness::State& state, const readiness::Recorded& entry);

// Writes how the carts stand that the entry had this effect on; `state` holds the entry already. To
// be called with every entry that tells the time, in order.
//
// What a node says late of its own cart (a ward was without a link while the pharmacy issued a
// recall) is judged with what is known when it arrives, and so is all of that cart after it. What
// another node says counts from the cart's last change on at the earliest: a recall that comes
// late, or from a machine whose clock went back, changes no past. With its own clock set back a
// node stands still, until somebody says what day it is: what was dated ahead of that day is dated
// then.
void record_standings(
    Connection& connection,
    const readiness::State& state,
    const readiness::Recorded& entry,
    const readiness::Effect& effect);

} // namespace cartwatch::store
