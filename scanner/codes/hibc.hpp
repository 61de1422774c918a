// The family hibc: supplier labels (LIC) of ANSI/HIBC 2.6-2016, primary, secondary and combined,
// and the check character of provider labels (PAS), whose fields are kept raw.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::hibc {

[[nodiscard]] FamilyReading read(const Scan& scan);

// The modulo-43 check character over a text that consists of the 43 characters.
[[nodiscard]] char check_character(std::string_view text);

} // namespace cartwatch::codes::hibc
