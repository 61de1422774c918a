// How far the searches for lost separators go, in GS1 element strings and in IFA messages alike. A
// search tells which readings are possible and chooses none.
#pragma once

#include <cstddef>

namespace cartwatch::codes {

// Separators lost one behind the other: lot, serial and one more value run together.
inline constexpr int lost_in_a_row_max = 3;

// Texts that are tried for one scan: a pack's values have at most some hundred, hostile ones more.
inline constexpr std::size_t splits_tried_max = 2'000;

} // namespace cartwatch::codes
