// A reading as the JSON object that `cartwatch read` and `decode` print: a promise to other
// programs, so the order and names of members are fixed here and nowhere else.
#pragma once

#include "scanner/codes/scanned_code.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace cartwatch::commands {

// Members that are not known are left out, but for symbology (null) and a refusal's family (null).
[[nodiscard]] nlohmann::ordered_json to_json(const codes::Reading& reading);

// One line without its end. Bytes that are no UTF-8 are printed as U+FFFD, never refused.
[[nodiscard]] std::string json_line(const nlohmann::ordered_json& json);

} // namespace cartwatch::commands
