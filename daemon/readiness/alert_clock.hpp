// The clocks of alerts: what runs out when, as values. Tells nobody and knows no time of its own;
// whoever keeps the clock asks when to look next.
#pragma once

#include "daemon/readiness/state.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace cartwatch::readiness {

// A ward leaves it to the pharmacy to escalate, for as long as a word from there takes at most;
// then it does so itself, for the pharmacy may be out of reach.
inline constexpr std::chrono::minutes ward_escalates_later{1};

// Whether the rule speaks of the alert as it is, and was not said of it yet.
[[nodiscard]] bool is_pending(const Alert& alert, Escalation rule);

// When the rule runs out; nullopt where it is not pending. A silence puts it off to its end.
[[nodiscard]] std::optional<Instant>
runs_out(const Alert& alert, Escalation rule, const Policy& policy);

// What has run out at `now`, for this node to say: the pharmacy of every ward's alerts, a ward of
// its own. In order of node, cart, subject, rule; no more than `most` of them. What was told by a
// clock that is more than clocks_differ_by ahead of `now` counts as long ago.
[[nodiscard]] std::vector<AlertEscalated>
run_out(const State& state, Instant now, std::size_t most);

// When something runs out next, for this node to look again; nullopt: nothing will.
[[nodiscard]] std::optional<Instant> next_run_out(const State& state, Instant now);

} // namespace cartwatch::readiness
