// The way into this room: the text of a scan, as the scanner sent it, becomes a code or a refusal.
// Chooses the family: the carrier first, the text's shape second. Pure: the day comes in.
#pragma once

#include "scanner/codes/carrier.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <string_view>

namespace cartwatch::codes {

// Longer than any symbol can hold (a QR code: 7089 digits), with room for a URL around it.
inline constexpr std::size_t scan_length_max = 8192; // bytes

struct ReadOptions {
    Day as_of{}; // for two-digit years
    ScannerSettings scanner{};
    // Another code on the same item, scanned just before: a lot and expiry in a symbol of their own
    // need no GTIN beside them then. Not owned; may be null.
    const ScannedCode* after = nullptr;
    bool ended = true; // false: silence ended the text, no line end
};

// Never throws for what a scan holds, whatever its bytes. `raw` of the answer is the text
// unchanged.
[[nodiscard]] Reading read(std::string_view text, const ReadOptions& options);

} // namespace cartwatch::codes
