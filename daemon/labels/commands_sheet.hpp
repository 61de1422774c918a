// The labels of the codes that command: the same for every cart. Private to this room.
#pragma once

#include "daemon/reports/labels.hpp"

#include <vector>

namespace cartwatch::labels {

// Digits first: with the quantities from 0 to 9 they fill a sheet of 24.
[[nodiscard]] std::vector<reports::Label> command_labels();

} // namespace cartwatch::labels
