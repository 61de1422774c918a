// From the elements of an element string to the members of a scanned code: names, dates, decimals.
#pragma once

#include "scanner/codes/gs1_element_string.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <string>

namespace cartwatch::codes::gs1 {

// Fills gtin, lot, serial, expiry, production and fields. Precondition: the elements passed
// parse_element_string with the same year.
void fill(ScannedCode& code, const ElementString& string, int current_year);

// "(01)09521234543213(17)261231(10)ABC123"
[[nodiscard]] std::string bracketed(const ElementString& string);

} // namespace cartwatch::codes::gs1
