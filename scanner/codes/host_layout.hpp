// What arrives where a scanner types for one keyboard layout and the machine reads another: the
// text as the scanner meant it. Scanners leave the factory set to the American layout. Pure tables.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::codes {

enum class HostLayout { uk, de, fr }; // that the machine has, in place of the American one

inline constexpr std::array host_layouts = {HostLayout::uk, HostLayout::de, HostLayout::fr};

// "uk", "de", "fr".
[[nodiscard]] std::string_view to_text(HostLayout layout);

// The text that a scanner set to the American layout typed, where a machine with this layout made
// `text` of it; accents of dead keys are taken off their letters. nullopt where it holds a
// character that no key of the American layout gives there, or where nothing would change.
[[nodiscard]] std::optional<std::string>
typed_as_american(std::string_view text, HostLayout layout);

} // namespace cartwatch::codes
