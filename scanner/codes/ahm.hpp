// The family ahm: device codes of Ali Health (阿里健康). Their format is not published, and public
// sources contradict each other on its labels: recognised, kept raw, nothing taken from it.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::ahm {

// "MF", digits, and at least one label or the mark of the end.
[[nodiscard]] FamilyReading read(const Scan& scan);

} // namespace cartwatch::codes::ahm
