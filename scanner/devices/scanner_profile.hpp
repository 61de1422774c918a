// How one scanner is set, as its test codes showed: what it types on, what it puts around the data,
// what it makes of the separator. Pure values; who keeps them and by which identity is the daemon's
// to say. Undoing a profile is done here, repairing a single scan by its looks in scanner/codes.
#pragma once

#include "scanner/codes/carrier.hpp"
#include "scanner/devices/key_layout.hpp"

#include <string>
#include <string_view>

namespace cartwatch::devices {

// What becomes of letters.
enum class Letters {
    as_printed,
    inverted, // Caps Lock: small for capital
    upper,    // all capital: what was small cannot be known
    lower,
};

// What stands in front of the data to say which kind of symbol it was.
enum class Identifiers {
    none,
    aim,    // "]d2"
    letter, // one letter, as Zebra and Symbol send it
};

// The longest prefix or suffix that is taken for one, in bytes; scanners can be given 20.
inline constexpr std::size_t frame_bytes_max = 40;

struct ScannerProfile {
    Layout layout = Layout::us; // that it types on; of keyboards only
    Letters letters = Letters::as_printed;
    Identifiers identifiers = Identifiers::none;
    std::string separator = "\x1d"; // what stands for GS, letters as printed; empty: nothing
    std::string prefix;             // in front of the identifier
    std::string suffix;             // behind the data, beside the line end
    bool line_end = true;           // each scan ends with Enter, Tab, CR, LF or ETX

    friend bool operator==(const ScannerProfile&, const ScannerProfile&) = default;
};

[[nodiscard]] std::string_view to_text(Letters letters);
[[nodiscard]] std::string_view to_text(Identifiers identifiers);
[[nodiscard]] std::string_view to_text(Layout layout);
[[nodiscard]] std::optional<Letters> parse_letters(std::string_view text);
[[nodiscard]] std::optional<Identifiers> parse_identifiers(std::string_view text);

// The scan without what this scanner adds, its letters as printed. A prefix or suffix that is not
// there is not missed. Upper and lower stay as they are: what is lost cannot be undone.
[[nodiscard]] std::string without_habits(const ScannerProfile& profile, std::string_view scan);

// Of characters that data of GS1 codes can consist of, so that they settle nothing in place of GS.
[[nodiscard]] bool may_be_data(std::string_view separator);

// What the reader has to know of this scanner. A separator that may be data is left out: a lot
// would be cut where it stands.
[[nodiscard]] codes::ScannerSettings reader_settings(const ScannerProfile& profile);

} // namespace cartwatch::devices
