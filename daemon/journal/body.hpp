// What an entry says: events and the steps of checks as JSON bodies and back. Reading is strict on
// types and ranges and ignores members that it does not know.
#pragma once

#include "daemon/readiness/event.hpp"
#include "scanner/values/result.hpp"

#include <span>
#include <string>
#include <string_view>

namespace cartwatch::journal {

// The event's body in canonical form. Throws BrokenInvariant where a text is not UTF-8.
[[nodiscard]] std::string body_of(const readiness::Event& event);

// An event of this kind; an unknown kind becomes UnknownEvent. Refused (bad_input) with the JSON
// pointer of the first fault where the body of a known kind does not fit.
[[nodiscard]] Result<readiness::Event> parse_body(std::string_view kind, std::string_view body);

// Whether this event can be recorded so that every node reads the same back: texts are UTF-8,
// numbers and lists within their limits, the whole within an entry's size. Programs ask this of
// what people and files gave before they decide on it; make_entry insists on it.
[[nodiscard]] Result<void> recordable(const readiness::Event& event);

// The body of an event that is recordable; refused where it is not.
[[nodiscard]] Result<std::string> recordable_body(const readiness::Event& event);

// Every kind that this version knows, sorted.
[[nodiscard]] std::span<const std::string_view> known_kinds();

// "line_counted" …: the part of the kind after "check.".
[[nodiscard]] std::string_view name_of_action(const readiness::StepAction& action);

// An action's own members, canonical.
[[nodiscard]] std::string body_of_action(const readiness::StepAction& action);

[[nodiscard]] Result<readiness::StepAction>
parse_action(std::string_view name, std::string_view body);

} // namespace cartwatch::journal
