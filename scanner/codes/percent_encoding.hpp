// A value as it stands in an address, in plain characters again (RFC 3986, 2.1). Decodes one value
// at a time: what parts the values from each other must be taken off before. Internal to this
// room; the way in is reader.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::codes {

// nullopt for half an escape and for control characters: a separator hidden in a value would forge
// further elements. In the query of an address "+" stands for a blank.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank);

} // namespace cartwatch::codes
