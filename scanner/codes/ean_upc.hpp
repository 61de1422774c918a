// The family ean_upc: EAN-13, EAN-8, UPC-A, UPC-E and ITF-14, with or without a carrier that says
// so, and EAN-13 composites. ISO/IEC 15420; GS1 General Specifications, section 5.2.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::ean_upc {

[[nodiscard]] FamilyReading read(const Scan& scan);

// The twelve digits of a UPC-A that eight digits of a UPC-E stand for; empty where they cannot be
// a UPC-E: number system 0 or 1, check digit right once expanded.
[[nodiscard]] std::string expanded_upc_e(std::string_view digits);

} // namespace cartwatch::codes::ean_upc
