// Where the catalogues lie that were built or installed with this program.
#pragma once

#include <filesystem>

namespace cartwatch::texts {

// Beside the program (a build tree), or in ../share/cartwatch (installed), as commands look for
// what else is installed; the installed place where neither is there.
[[nodiscard]] std::filesystem::path installed_catalogues();

} // namespace cartwatch::texts
