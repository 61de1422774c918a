// What a GTIN says beyond itself: shorter forms, package level, national numbers inside it. Names
// of fields as `cartwatch read` prints them.
#pragma once

#include "scanner/codes/scanned_code.hpp"

#include <string_view>
#include <vector>

namespace cartwatch::codes {

// Fields that follow from 14 digits: gtin8, gtin12 or gtin13; level and base_gtin of a case; ndc10
// (UPC-A that begins with 3, or a case of one; where its three segments part is not in the digits);
// pzn (German NTIN). Precondition: 14 digits.
[[nodiscard]] std::vector<Field> fields_of_gtin(std::string_view gtin);

// The check digit of a German PZN of eight digits: weights 1 to 7, modulo 11; remainder 10 is never
// given out (IFA, "Technische Hinweise zur PZN-Codierung").
[[nodiscard]] bool is_pzn8(std::string_view text);

} // namespace cartwatch::codes
