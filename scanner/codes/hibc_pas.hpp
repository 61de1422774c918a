// Provider labels of HIBC (Provider Applications Standard): what a hospital prints on charts, cards
// and its own goods. The flags are taken apart and kept as they are; what they mean is not judged.
#pragma once

#include "scanner/codes/scanned_code.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::codes::hibc {

struct BrokenField {
    std::string rule;
    std::string at;
};

// Adds pas (the whole), where, what_1 and data_1 onwards, split and link. `body` stands between
// "+" and the check character and begins with "/"; `after` is a label scanned before, or null.
[[nodiscard]] std::optional<BrokenField>
put_provider_fields(ScannedCode& code, std::string_view body, char check, const ScannedCode* after);

} // namespace cartwatch::codes::hibc
