// From the elements of an element string to the members of a scanned code: names, dates, decimals.
#pragma once

#include "scanner/codes/gs1_element_string.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <optional>
#include <string>

namespace cartwatch::codes::gs1 {

// Fills gtin, lot, serial, expiry, production and fields. Precondition: the elements passed
// parse_element_string with the same year.
void fill(ScannedCode& code, const ElementString& string, int current_year);

// "(01)09521234543213(17)261231(10)ABC123"
[[nodiscard]] std::string bracketed(const ElementString& string);

// The other reading of a string in which a value seems to have swallowed the elements behind it,
// since the separator between them was lost; nullopt where no value does. GTIN, lot, expiry, serial
// and production stand in the candidate's fields (and gtin in its own member).
[[nodiscard]] std::optional<Candidate>
reading_with_lost_separator(const ElementString& string, const ParseContext& context);

} // namespace cartwatch::codes::gs1
