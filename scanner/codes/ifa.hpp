// The family ifa: German pharmacy numbers. PZN8 in Code 39 ("-" and eight digits), and the pharmacy
// product number PPN with lot, expiry and serial in an ISO/IEC 15434 envelope of format 06.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::ifa {

[[nodiscard]] FamilyReading read(const Scan& scan);

} // namespace cartwatch::codes::ifa
