#include "tests/support/source_tree.hpp"

namespace cartwatch::support {

std::string in_source_tree(std::string_view path) {
    return std::string(CARTWATCH_SOURCE_DIR "/").append(path);
}

} // namespace cartwatch::support
