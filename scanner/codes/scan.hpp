// One scan on its way through the families: cleaned data, what the carrier says, and what to judge
// by. Internal to this room; the way in is reader.hpp.
#pragma once

#include "scanner/codes/carrier.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::codes {

struct Scan {
    std::string_view raw;
    std::string symbology;
    std::string identifier; // the AIM identifier that the data read well behind, sent or not
    std::string cleaned;    // where the scanner's own way was undone: identifier and data
    Carrier carrier = Carrier::unknown;
    std::string data;
    std::vector<std::string> warnings;
    Day as_of{};
    const ScannerSettings* scanner = nullptr; // never null while a scan is read
    const ScannedCode* after = nullptr;       // another code on the same item; may be null
};

// What a family says of a scan: nullopt where the scan is none of its own.
using FamilyReading = std::optional<Reading>;

// A code of the family with what is known of every scan.
[[nodiscard]] ScannedCode begun(const Scan& scan, Family family);

struct Refusal {
    std::string_view rule;
    std::string_view at;
    std::string text;
};

[[nodiscard]] Reading
refused_scan(const Scan& scan, std::optional<Family> family, const Refusal& refusal);

// True where the digits end in their GS1 check digit.
[[nodiscard]] bool has_check_digit(std::string_view digits);

// The digits as a GTIN of 14: zeros in front. Precondition: at most 14 digits.
[[nodiscard]] std::string gtin_of(std::string_view digits);

} // namespace cartwatch::codes
