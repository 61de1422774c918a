// The stock of seals, as JSON: which ranges a station was given, what is left of them, which
// numbers nobody can account for. A shape of schema/http.openapi.yaml.
#pragma once

#include "daemon/web/views.hpp"

namespace cartwatch::web {

// Ranges that are used up without a gap are shown up to this many a station, the last first: the
// export "seals" has them all.
inline constexpr std::size_t used_up_shown_max = 5;

// Numbers that are listed one by one in a range; their count is always exact.
inline constexpr std::size_t seals_listed_max = 50;

// {"nodes":[…]}: at a ward its own, at the pharmacy those of every ward that has seals.
[[nodiscard]] Json seals_json(const readiness::State& state);

} // namespace cartwatch::web
