// Names and codes are one line: a control character in them is nothing that a person typed on
// purpose, no label can bear it, and whoever reads the name does not see it.
#pragma once

#include <string>
#include <string_view>

namespace cartwatch::readiness {

// No control character (C0, DEL, C1), no line or paragraph separator. Of UTF-8.
[[nodiscard]] bool is_one_line(std::string_view text);

// The text without them; a tab or the end of a line leaves a blank between its words.
[[nodiscard]] std::string one_line(std::string_view text);

} // namespace cartwatch::readiness
