// What stands around the data of a scan: framing characters, AIM symbology identifiers (ISO/IEC
// 15424), one-letter code identifiers. Takes it off, sees Caps Lock by it, and leaves the data
// alone.
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
        symbol, // Zebra's: A UPC/EAN, B Code 39, D Code 128, K GS1-128, …, P0G GS1 Data Matrix
    };
    CodeId code_id = CodeId::none;
    // Its check showed that what stands for FNC1 arrives, as GS or as one of the substitutes: no
    // separator is missed in a value unless what it hides proves itself.
    bool sends_separators = false;
    // Its check showed that a line end closes each scan: one without is cut short.
    bool ends_scans = false;
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
    // The AIM identifier that says as much as a one-letter one did; empty where none does.
    std::string equivalent;
};

// Without leading STX and trailing CR, LF, TAB, ETX and EOT. Blanks stay: they may be data.
[[nodiscard]] std::string_view without_frame(std::string_view text);

// The text with the case of its ASCII letters turned round, as Caps Lock does.
[[nodiscard]] std::string with_inverted_case(std::string_view text);

// Takes an AIM identifier off the front.
[[nodiscard]] Identified identified(std::string_view text);

// True for the letter of an AIM identifier that scanners send of packs. Another one may be one of
// these with Caps Lock on.
[[nodiscard]] bool is_common_identifier(char letter);

// Takes a code identifier of Zebra's off the front, one letter or "P0G" and the like; nullopt where
// there is none.
[[nodiscard]] std::optional<Identified> identified_by_letter(std::string_view text);

// How long the code identifier is that a scanner with letters puts in front: 1 or 3 bytes, with
// Caps Lock on as well; 0 where there is none.
[[nodiscard]] std::size_t letter_length(std::string_view text);

// Where an AIM identifier stands inside the text, behind its first character: the beginning of a
// second scan. npos where there is none. The part of a composite symbol is none.
[[nodiscard]] std::size_t second_identifier_at(std::string_view text);

} // namespace cartwatch::codes
