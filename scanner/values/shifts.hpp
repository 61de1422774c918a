// The working shift that an instant lies in.
#pragma once

#include "scanner/values/day.hpp"

namespace cartwatch {

// The shift that `now` lies in and its neighbours, by the instants at which they begin; each later
// than the one before.
struct Shifts {
    Instant now;
    Instant before_began; // the one before the previous one
    Instant previous_began;
    Instant began;
    Instant ends;
    Instant next_ends;

    friend bool operator==(const Shifts&, const Shifts&) = default;
};

} // namespace cartwatch
