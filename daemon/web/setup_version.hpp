// By what a page says which definition it changes.
#pragma once

#include "daemon/readiness/event.hpp"

#include <cstddef>
#include <string>

namespace cartwatch::web {

inline constexpr std::size_t version_digits = 16;

// The same for the same definition, another for any other; a badge counts as there or not.
[[nodiscard]] std::string version_of(const readiness::Event& event);

} // namespace cartwatch::web
