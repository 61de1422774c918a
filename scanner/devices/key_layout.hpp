// Which character a key stands for on the layout that a scanner is set to. Pure tables. A dead key
// (^ ´ ` ¨ on German and French layouts) stands for its character at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwatch::devices {

enum class Layout { us, uk, de, fr };

// "us", "uk", "de", "fr"; nullopt for anything else.
[[nodiscard]] std::optional<Layout> parse_layout(std::string_view name);

enum class Level { plain, shifted, third }; // third: with the right Alt key

// UTF-8 of one character for a key code of linux/input-event-codes.h; empty where the key types
// nothing. Keypad keys type their digits and signs on every level.
[[nodiscard]] std::string_view key_character(Layout layout, std::uint16_t code, Level level);

} // namespace cartwatch::devices
