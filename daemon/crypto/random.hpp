// Bytes that nobody can guess: secrets and serial numbers.
#pragma once

#include <cstddef>
#include <string>

namespace cartwatch::crypto {

// At most 64 bytes from the system's generator, as two lower-case hexadecimal digits each. Throws
// where the generator has none: nothing may then be made that is meant to be secret.
[[nodiscard]] std::string random_hexadecimal(std::size_t bytes);

} // namespace cartwatch::crypto
