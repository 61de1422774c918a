// A file of several PEM blocks, so that a key and its certificate are replaced together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::trust {

// Each "-----BEGIN …" up to its "-----END …" line, in order, at most 8; what stands between is left
// out.
[[nodiscard]] std::vector<std::string> pem_parts(std::string_view text);

} // namespace cartwatch::trust
