// The family ma: device codes of the ZIIOT (中关村工信二维码技术研究院), "MA (IDcode)": a device
// identifier in five parts, then segments of one letter each for production data. Alone, inside of
// an address, or as XML. Facts: the answers to questions on the coding handbook (wanbiaoku.com,
// udi.cn). Check digits are kept and not enforced: their rule is not public.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::ma {

[[nodiscard]] FamilyReading read(const Scan& scan);

} // namespace cartwatch::codes::ma
