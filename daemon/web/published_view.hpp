// What the pharmacy has published, as JSON: shapes of schema/http.openapi.yaml.
#pragma once

#include "daemon/web/views.hpp"

namespace cartwatch::web {

// {"products":[{"id","name","strength"}]}: what the pharmacy keeps, by id.
[[nodiscard]] Json products_json(const readiness::State& state);

// {"recalls":[…]}, the last one first, each with what every ward holds of it.
[[nodiscard]] Json recalls_json(const readiness::State& state);

// {"substitutions":[…]}, the last one first: in force, ended and withdrawn.
[[nodiscard]] Json substitutions_json(const readiness::State& state, Day today);

} // namespace cartwatch::web
