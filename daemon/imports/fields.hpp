// A definition as named fields, as a sheet or a person would write them: for showing what of it is
// to be another.
#pragma once

#include "daemon/imports/import.hpp"

namespace cartwatch::imports {

// What differs between two definitions of the same kind; nothing where they are of different kinds.
[[nodiscard]] std::vector<FieldChange>
differences(const readiness::Event& before, const readiness::Event& after);

} // namespace cartwatch::imports
