// When something is judged: on a day, and, where the hospital works in shifts, in which of them.
#pragma once

#include "scanner/values/shifts.hpp"

#include <optional>

namespace cartwatch::readiness {

// A day says it where hours do not matter.
struct AsOf {
    // Not explicit: whoever knows no shifts hands over a day.
    AsOf(Day on) : day(on) {}

    AsOf(Day on, std::optional<Shifts> in) : day(on), shifts(in) {}

    Day day;
    std::optional<Shifts> shifts; // nullopt: none are known, or the clock cannot be believed
};

} // namespace cartwatch::readiness
