// What every GS1 application identifier may hold, found in constant time. Knows formats and
// relations, not how to apply them: see gs1_element_string.hpp. GS1 General Specifications,
// section 3; the release that the table was made from stands in gs1_identifier_rows.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cartwatch::codes::gs1 {

enum class CharacterSet : std::uint8_t { digits, cset82, cset39, cset64 };

// Checks on a component's content beyond its characters and length.
enum class Check : std::uint8_t {
    none,
    csum,
    csumalpha,
    gcppos1,
    gcppos2,
    yymmd0,
    yymmdd,
    yyyymmdd,
    hhmi,
    hh,
    mi,
    ss,
    iso3166,
    iso3166999,
    iso3166alpha2,
    iso4217,
    iso5218,
    pcenc,
    yesno,
    nonzero,
    zero,
    nozeroprefix,
    hasnondigit,
    hyphen,
    iban,
    latitude,
    longitude,
    mediatype,
    importeridx,
    packagetype,
    pieceoftotal,
    posinseqslash,
    winding,
    couponcode,
    couponposoffer,
};

// The name that the rows and the dictionary use, e.g. "csum"; empty for none.
[[nodiscard]] std::string_view to_text(Check check);

struct Component {
    CharacterSet set = CharacterSet::digits;
    std::uint8_t length_min = 0;
    std::uint8_t length_max = 0;
    bool optional = false;
    std::array<Check, 3> checks{}; // none where unused
};

// One identifier or a range of them, as a span of numbers: 3100 to 3109 for "310n".
struct NumberRange {
    std::uint16_t low = 0;
    std::uint16_t high = 0;
    bool ends_alternative = false; // of `needs`: the last of those that are required together
    bool ends_group = false;       // of `needs`: the last of a group of alternatives

    [[nodiscard]] constexpr bool holds(std::uint16_t number) const {
        return number >= low && number <= high;
    }
};

struct Identifier {
    std::uint16_t first = 0; // the identifiers' digits as a number: unique over all lengths
    std::uint16_t last = 0;
    std::uint8_t digits = 0; // 2, 3 or 4
    bool predefined_length = false;
    bool link_attribute = false;
    std::uint8_t component_count = 0;
    std::array<Component, 5> component_slots{};
    std::uint16_t length_min = 0;
    std::uint16_t length_max = 0;
    std::span<const NumberRange> needs;
    std::span<const NumberRange> conflicts;
    std::string_view link_key;
    std::string_view field;

    [[nodiscard]] std::span<const Component> components() const {
        return std::span(component_slots).first(component_count);
    }
};

// The identifier at the front of the text (two to four digits); nullptr where there is none.
[[nodiscard]] const Identifier* identifier_at(std::string_view text);

// The identifier with exactly these digits; nullptr where there is none.
[[nodiscard]] const Identifier* find_identifier(std::string_view digits);

// All of them, ranges unexpanded, in the dictionary's order.
[[nodiscard]] std::span<const Identifier> all_identifiers();

} // namespace cartwatch::codes::gs1
