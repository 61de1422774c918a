// The family ifa: the German Pharmacy Product Number (PPN) and its neighbours in a message of data
// identifiers (ISO/IEC 15434 format 06, ANSI MH10.8.2), PZN8 and PZN7 in Code 39. IFA, "Coding of
// pharmaceutical products" and "Technische Hinweise zur PZN-Codierung". Messages of other trades
// are plain text.
#pragma once

#include "scanner/codes/scan.hpp"

#include <string_view>

namespace cartwatch::codes::ifa {

// "-" and eight (PZN8) or seven (PZN7) digits.
[[nodiscard]] FamilyReading read(const Scan& scan);

// The fields of a message of format 06, GS between them. What bears neither a PPN (9N) nor a GTIN
// (8P) is of another trade: `other`, its fields named di_ and their identifiers.
[[nodiscard]] Reading read_content(const Scan& scan, std::string_view data);

} // namespace cartwatch::codes::ifa
