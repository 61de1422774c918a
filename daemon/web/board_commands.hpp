// Bodies of what the pharmacy publishes → commands, by the path that they are posted to. Strict as
// every body.
#pragma once

#include "daemon/web/command_json.hpp"

#include <string_view>

namespace cartwatch::web {

inline constexpr std::string_view issue_recall_path = "/api/v1/recalls/issue";
inline constexpr std::string_view withdraw_recall_path = "/api/v1/recalls/withdraw";

inline constexpr std::string_view publish_substitution_path = "/api/v1/substitutions/publish";
inline constexpr std::string_view withdraw_substitution_path = "/api/v1/substitutions/withdraw";

inline constexpr std::string_view set_policy_path = "/api/v1/policy/set";

// Precondition: the path is one of those above.
[[nodiscard]] Parsed<readiness::Command>
parse_board_command(std::string_view path, std::string_view body);

} // namespace cartwatch::web
