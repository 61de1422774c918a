// Bytes as a person and a file may hold them. For this room alone.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cartwatch::crypto {

// Two lower-case digits a byte.
[[nodiscard]] inline std::string hexadecimal(std::span<const unsigned char> bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 0x0F];
    }
    return text;
}

} // namespace cartwatch::crypto
