// Every message that a reply can name, with the names of its values: what the catalogues of texts
// must hold. The texts themselves live with the pages.
#pragma once

#include <span>
#include <string_view>

namespace cartwatch::readiness {

// `name`, `cart_name`, `names`, … are the zh text; the same with `_en` is the English one. Days are
// "2026-11-22", instants RFC 3339, numbers decimal; a value that is not known is empty.
struct MessageSpec {
    std::string_view key;
    std::span<const std::string_view> values;
};

// In alphabetical order of their keys.
[[nodiscard]] std::span<const MessageSpec> all_messages();

// The spec of a key, or nullptr.
[[nodiscard]] const MessageSpec* find_message(std::string_view key);

} // namespace cartwatch::readiness
