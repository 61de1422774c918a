// What input methods make of ASCII: full-width forms and the punctuation of Chinese typing. Back to
// ASCII where there is one answer only; other characters stay.
#pragma once

#include <string>
#include <string_view>

namespace cartwatch::codes {

// Full-width forms (U+FF01 to U+FF5E, U+3000, U+FFE5) and 【】《》「」“”‘’、。·—— …… as the ASCII
// characters whose keys they are typed with.
[[nodiscard]] std::string with_ascii_forms(std::string_view text);

} // namespace cartwatch::codes
