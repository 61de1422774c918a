// What stands around the data of a scan, and what scanners and keyboards do to it: framing
// characters, AIM symbology identifiers (ISO/IEC 15424), full-width forms, Caps Lock, lost
// separators. Undoes only what cannot have been data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::codes {

// What a scanner's profile says about how it transmits.
struct ScannerSettings {
    // Takes characters that can be no data (outside of CSET 82) for the separator GS.
    bool automatic_separators = true;
    // Further texts that this scanner sends in place of GS; may be data characters such as "/".
    std::vector<std::string> gs_substitutes;
    enum class CodeId {
        none,
        symbol, // one letter in front: A UPC/EAN, B Code 39, C Codabar, D Code 128, E Code 93, …
    };
    CodeId code_id = CodeId::none;
};

// What the carrier alone says about the data.
enum class Carrier {
    unknown, // no identifier was transmitted, or one that settles nothing
    gs1,     // FNC1 in first position: element strings
    ean_upc,
    itf,
};

struct Identified {
    std::string symbology; // as transmitted, "]d2"; empty where there was none
    Carrier carrier = Carrier::unknown;
    std::string data;
    bool caps_lock_inverted = false; // the letters' case was turned back
};

// Without leading STX and trailing CR, LF, TAB, ETX and EOT. Blanks stay: they may be data.
[[nodiscard]] std::string_view without_frame(std::string_view text);

// Full-width ASCII (U+FF01 to U+FF5E, U+3000) and the brackets 【】 that Chinese input methods put
// in place of ASCII become ASCII.
[[nodiscard]] std::string with_ascii_forms(std::string_view text);

// Takes an AIM identifier off the front.
[[nodiscard]] Identified identified(std::string_view text);

// Takes a one-letter code identifier off the front; nullopt where the letter is none.
[[nodiscard]] std::optional<Identified> identified_by_letter(std::string_view text);

// Where an AIM identifier stands inside the text, behind its first character: the beginning of a
// second scan. npos where there is none. The part of a composite symbol is none.
[[nodiscard]] std::size_t second_identifier_at(std::string_view text);

struct Restored {
    std::string text;
    std::string substitute; // what stood in place of GS
};

// The text with GS in place of what stands for it; nullopt where nothing does, or where two
// different things would have to.
[[nodiscard]] std::optional<Restored>
with_separators(std::string_view text, const ScannerSettings& settings);

// The text behind separators, and behind texts that may stand for them, at its front.
[[nodiscard]] std::string_view
without_leading_separators(std::string_view text, const ScannerSettings& settings);

} // namespace cartwatch::codes
