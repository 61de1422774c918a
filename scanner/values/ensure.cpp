#include "scanner/values/ensure.hpp"

#include <string>

namespace cartwatch {

void ensure(bool condition, std::string_view text) {
    if (!condition) {
        throw BrokenInvariant("broken invariant: " + std::string(text));
    }
}

} // namespace cartwatch
