// What one scan says, as a value: the answer of the scanner wing to the rest of the house. It knows
// nothing of carts; what a code means on a cart is readiness' to say.
#pragma once

#include "scanner/values/day.hpp"

#include <tl/expected.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::codes {

// Families of codes; the text form (to_text) is a promise: see `cartwatch read`.
enum class Family {
    gs1, // element strings; SSCC, GIAI and the like too
    gs1_digital_link,
    ean_upc, // EAN-13, EAN-8, UPC-A, UPC-E, ITF-14
    hibc,
    ma,
    ahm,
    drug_trace, // 药品追溯码, 20 digits
    drug_code,  // 药品本位码
    ifa,
    isbt128,
    own_tag,
    other, // well-formed text of no family known here
};

[[nodiscard]] std::string_view to_text(Family family);

// One named part of a code beyond the common ones, e.g. {"best_before", "2026-11-30"}.
struct Field {
    std::string name;
    std::string value;

    friend bool operator==(const Field&, const Field&) = default;
};

// One of several valid readings where nothing in the scan itself settles which is meant.
struct Candidate {
    Family family = Family::other;
    std::string gtin;
    std::vector<Field> fields;

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

// A scan that was understood. Members that are not known are empty.
struct ScannedCode {
    std::string raw;       // exactly the bytes that arrived
    std::string symbology; // AIM identifier such as "]d2"
    Family family = Family::other;
    std::string gtin; // always 14 digits
    std::string lot;
    std::string serial;
    std::optional<Day> expiry; // last usable day
    std::optional<Day> production;
    std::vector<Field> fields;
    std::string text; // for people: bracketed AIs, or the code as printed
    std::vector<std::string> warnings;
    std::vector<Candidate> candidates;
    // What says the same whatever scanner it came from: an AIM identifier in place of a letter, GS
    // in place of what this scanner's profile names. Empty where `raw` does.
    std::string cleaned;
    bool sends_separators = false; // the scanner's settings say so: for reading the text again

    friend bool operator==(const ScannedCode&, const ScannedCode&) = default;

    // The value of a field, or empty.
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

// A scan that breaks the rules of the family that it belongs to.
struct ScanRefusal {
    std::string raw;
    std::optional<Family> family;
    std::string rule;    // stable name, e.g. "bad_check_digit"
    std::string at;      // where: the AI or the position; may be empty
    std::string text;    // a sentence for the person, English
    std::string cleaned; // as in ScannedCode
    bool sends_separators = false;

    friend bool operator==(const ScanRefusal&, const ScanRefusal&) = default;
};

using Reading = tl::expected<ScannedCode, ScanRefusal>;

// Types of our own ten-digit tags: 9, type, seven digits, GS1 check digit over the first nine.
enum class TagType {
    cart = 0,
    position = 1,
    line = 2,
    device = 3,
    seal = 4,
    staff = 5,
    quantity = 6,
    command = 7,
    delivery = 8,
    scanner_test = 9,
};

[[nodiscard]] std::string_view to_text(TagType type);

// The tag of a number 0 to 9,999,999, e.g. own_tag(TagType::cart, 1) == "9000000010".
[[nodiscard]] std::string own_tag(TagType type, int number);

struct OwnTag {
    TagType type = TagType::cart;
    int number = 0;
};

// nullopt unless the text is ten digits that begin with 9 and end in the right check digit.
[[nodiscard]] std::optional<OwnTag> parse_own_tag(std::string_view text);

} // namespace cartwatch::codes
