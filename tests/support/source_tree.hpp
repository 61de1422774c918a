// Where the tests find files of the source tree. One object file knows the folder, so that all
// others are the same for every clone and a compile cache serves them.
#pragma once

#include <string>
#include <string_view>

namespace cartwatch::support {

// "schema/sqlite" → its path; empty: the tree itself.
[[nodiscard]] std::string in_source_tree(std::string_view path);

} // namespace cartwatch::support
