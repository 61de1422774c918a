// Digests, for the journal's hash chain and whatever else is known by one.
#pragma once

#include <string>
#include <string_view>

namespace cartwatch::crypto {

// SHA-256 (FIPS 180-4) of the bytes, 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

} // namespace cartwatch::crypto
