// Products that are mixed up with each other: look-alike/sound-alike (LASA), or of one name and
// another strength. Records nothing.
#pragma once

#include "daemon/readiness/turn.hpp"

#include <optional>

namespace cartwatch::readiness {

// A product on the list of the open check's cart that may be mixed up with this one; the first in
// the list's order. Precondition: a check is open.
[[nodiscard]] std::optional<Product> twin_on_list(const Turn& turn, const Product& meant);

} // namespace cartwatch::readiness
