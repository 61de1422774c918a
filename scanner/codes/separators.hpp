// What arrives in place of GS between the elements of an element string, and GS in its place again.
// Takes only what cannot have been data, or what the scanner's profile names.
#pragma once

#include "scanner/codes/carrier.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::codes {

struct Restored {
    std::string text;
    std::string substitute; // what stood in place of GS
};

// The text with GS in place of what stands for it; nullopt where nothing does. A second kind of
// stray character is left where it is: one scanner does not use two.
[[nodiscard]] std::optional<Restored>
with_separators(std::string_view text, const ScannerSettings& settings);

// The same for what is spelled in data characters, or named by the scanner's profile: "<GS>",
// "Alt029". It is to be tried before the text is read as it is, since reading would not trip over
// it.
[[nodiscard]] std::optional<Restored>
with_spelled_separators(std::string_view text, const ScannerSettings& settings);

// The text at the front that may stand for GS, of either kind; empty where there is none.
[[nodiscard]] std::string_view separator_text_at(std::string_view text);

// The text behind separators, and behind texts that may stand for them, at its front.
[[nodiscard]] std::string_view
without_leading_separators(std::string_view text, const ScannerSettings& settings);

} // namespace cartwatch::codes
