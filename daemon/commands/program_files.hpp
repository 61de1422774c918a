// Where this program lies, and what was installed or built beside it.
#pragma once

#include <filesystem>
#include <string_view>

namespace cartwatch::commands {

// The running program's own file.
[[nodiscard]] std::filesystem::path this_program();

// A folder such as "pages": beside the program (a build tree), or in ../share/cartwatch
// (installed). The first that exists; else the installed place, so that a message can name it.
[[nodiscard]] std::filesystem::path installed_folder(std::string_view name);

} // namespace cartwatch::commands
