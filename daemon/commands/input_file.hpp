// Files that a command was told to read.
#pragma once

#include "scanner/values/result.hpp"

#include <cstddef>
#include <string>

namespace cartwatch::commands {

// What the file holds, at most one byte more than bytes_max: enough for its parser to say that it
// is too large. Refused, with the name first: a folder (bad_input), a file that cannot be opened
// (not_found) or read (unavailable).
[[nodiscard]] Result<std::string> read_input_file(const std::string& name, std::size_t bytes_max);

} // namespace cartwatch::commands
