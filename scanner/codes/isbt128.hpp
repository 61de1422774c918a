// The family isbt128: data structures of ICCBBA ST-001 (blood, tissue) and ST-017 (devices), alone
// or one behind the other. Enforced: the donation number's check in its flag characters (ST-001,
// appendix A), lengths and dates where published examples confirm them, the count of a compound
// message. All other structures are recognised and kept raw.
#pragma once

#include "scanner/codes/scan.hpp"

#include <string_view>

namespace cartwatch::codes::isbt128 {

[[nodiscard]] FamilyReading read(const Scan& scan);

// The value 0 to 36 of ISO/IEC 7064 MOD 37-2 over digits and capital letters; the flag characters
// of a donation number are 60 more. Precondition: no other characters.
[[nodiscard]] int check_value(std::string_view din);

} // namespace cartwatch::codes::isbt128
