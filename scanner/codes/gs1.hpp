// The family gs1: element strings in all forms in which they arrive: FNC1 carriers, without an
// identifier, with brackets, in an ISO/IEC 15434 envelope, behind the linear part of a composite.
#pragma once

#include "scanner/codes/scan.hpp"

namespace cartwatch::codes::gs1 {

[[nodiscard]] FamilyReading read(const Scan& scan);

// The element string of a composite symbol (`data`, separators as arrived) beside the GTIN that its
// linear part holds: read as if (01) stood in front of it.
[[nodiscard]] Reading
read_composite(const Scan& scan, Family family, std::string_view gtin, std::string_view data);

// An element string that needs no carrier to be known as one: what an ISO/IEC 15434 envelope of
// format 05 holds.
[[nodiscard]] Reading read_content(const Scan& scan, std::string_view data);

// How well a text without a carrier is known to be the second symbol of the item in `after`.
enum class PartShape {
    none,
    weak,   // a lot or a serial, as plain text may look: "10D9T"
    strong, // a date among its elements
};

struct Part {
    PartShape shape = PartShape::none;
    std::optional<ScannedCode> code; // there unless none
};

// Lot, dates and serial in a symbol of their own, behind the one that names the product. The whole
// text must read, and no AIM identifier speaks against it.
[[nodiscard]] Part read_part(const Scan& scan);

// Elements that somebody else took apart, joined by separators: nothing is repaired or suspected.
[[nodiscard]] Reading read_elements(const Scan& scan, Family family, std::string_view data);

} // namespace cartwatch::codes::gs1
