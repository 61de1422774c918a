// The families drug_trace (药品追溯码: 20 digits, one a pack, NMPAB/T 1002-2019) and drug_code
// (药品本位码: 14 digits, one a drug and strength, GB 18937). Neither tells a lot or an expiry.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::drug_trace {

// In plain digits, in groups, with the hyphen of the label, or as the text printed on the pack.
[[nodiscard]] FamilyReading read(const Scan& scan);

} // namespace cartwatch::codes::drug_trace

namespace cartwatch::codes::drug_code {

// Where nothing but the digits says so, the same fourteen digits may be a GTIN of indicator 8 and
// prefix 69: both are offered.
[[nodiscard]] FamilyReading read(const Scan& scan);

} // namespace cartwatch::codes::drug_code
