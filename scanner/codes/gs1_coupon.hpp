// North American coupon codes, AI (8110) and (8112): digits whose fields tell their own lengths.
// Facts: "North American Coupon Application Guideline Using GS1 DataBar Expanded Symbols" R2.0 and
// "GS1 AI (8112) Coupon Data Specification". No cart holds a coupon; the check is here so that the
// table of identifiers is complete.
#pragma once

#include <string_view>

namespace cartwatch::codes::gs1 {

// AI (8110).
[[nodiscard]] bool is_coupon(std::string_view digits, int current_year);

// AI (8112), the positive offer file.
[[nodiscard]] bool is_positive_offer(std::string_view digits);

} // namespace cartwatch::codes::gs1
