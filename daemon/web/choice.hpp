// Several codes seen at once, as the page is told about them: which is meant, and what each stands
// for. Nothing is changed by asking.
#pragma once

#include "daemon/web/service.hpp"
#include "daemon/web/view_parts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

// The place in the list of the one code that the station waits for; nullopt where a person has to
// say.
[[nodiscard]] std::optional<std::size_t> chosen_of(
    const Service& service, std::string_view station, const std::vector<codes::Reading>& readings);

// Of texts as a scanner would send them: {"chosen": 0 or null, "codes": [{"awaited", "name",
// "text"}]}
[[nodiscard]] Json choice_json(
    const Service& service, std::string_view station, const std::vector<std::string>& texts);

} // namespace cartwatch::web
