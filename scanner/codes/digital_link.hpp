// The family gs1_digital_link: a web address whose path and query hold application identifiers.
// GS1 Digital Link Standard: URI Syntax, release 1.6, uncompressed form. Addresses without any are
// none of this family.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::digital_link {

[[nodiscard]] FamilyReading read(const Scan& scan);

} // namespace cartwatch::codes::digital_link
