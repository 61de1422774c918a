// What the hospital may change, as JSON both ways, and who changed it when: shapes of
// schema/http.openapi.yaml. What a value may be is not judged here.
#pragma once

#include "daemon/web/body_members.hpp"
#include "daemon/web/views.hpp"

#include <span>

namespace cartwatch::web {

// Changes that are shown: weekly ones of a year.
inline constexpr std::size_t policy_changes_shown_max = 52;

// Whose policy holds here: the pharmacy's where it has set one, else this node's own.
[[nodiscard]] const std::string& policy_source(const readiness::State& state);

// {"policy","defaults","changes","more"}: what is in force here, and how it came to be, the last
// change first; of `changes` at most policy_changes_shown_max are shown.
[[nodiscard]] Json
policy_view_json(const readiness::State& state, std::span<const readiness::Recorded> changes);

// {"before","policy","badge"}; every member of both policies is asked for.
[[nodiscard]] readiness::Command set_policy(Members& in);

} // namespace cartwatch::web
