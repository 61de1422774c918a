// Whether a cart is ready from a moment on with nobody touching it, told without a calendar: what
// is known when something changes, and holds until the next change. How long it was ready follows
// from a row of these and the days of the hospital, long after the lots that it held are gone.
#pragma once

#include "daemon/readiness/state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

struct CartStanding {
    std::string station;
    bool listed = true;             // false: retired, it counts for nothing
    std::optional<Day> ready_until; // the last day, which may be over already; nullopt: not ready
    // Where checks are asked for in each shift: the one that was made longest ago, and the hours at
    // which shifts begin. It is not ready after the shift that follows that check's own.
    std::optional<Instant> shift_checked;
    std::vector<int> shift_hours;

    friend bool operator==(const CartStanding&, const CartStanding&) = default;
};

// Of a cart of the node as it is at the instant. The days are those of the lists: a cart whose last
// day is over at the instant itself may still be told with it.
[[nodiscard]] CartStanding
standing_of(const State& state, const std::string& node, const Cart& cart, Instant at);

} // namespace cartwatch::readiness
