// How a text for people names an entry. For this room alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cartwatch::link {

// "entry 7 of ward-1"
[[nodiscard]] inline std::string entry_name(std::string_view node, std::int64_t seq) {
    return "entry " + std::to_string(seq) + " of " + std::string(node);
}

} // namespace cartwatch::link
