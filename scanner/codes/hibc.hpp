// The family hibc: supplier labels (LIC) of ANSI/HIBC 2.6-2016, primary, secondary and combined,
// and provider labels (PAS), whose fields are kept raw (hibc_pas.hpp). One check character ends
// every label; a secondary on its own bears that of its primary as link.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::hibc {

[[nodiscard]] FamilyReading read(const Scan& scan);

// The modulo-43 check character over a text that consists of the 43 characters.
[[nodiscard]] char check_character(std::string_view text);

} // namespace cartwatch::codes::hibc
