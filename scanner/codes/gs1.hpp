// The family gs1: element strings in all forms in which they arrive: FNC1 carriers, without an
// identifier, with brackets, in an ISO/IEC 15434 envelope, behind the linear part of a composite.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::gs1 {

[[nodiscard]] FamilyReading read(const Scan& scan);

// The element string of a composite symbol (`data`, separators as arrived) beside the GTIN that its
// linear part holds: read as if (01) stood in front of it.
[[nodiscard]] Reading
read_composite(const Scan& scan, Family family, std::string_view gtin, std::string_view data);

// Elements that somebody else took apart, joined by separators: nothing is repaired or suspected.
[[nodiscard]] Reading read_elements(const Scan& scan, Family family, std::string_view data);

} // namespace cartwatch::codes::gs1
