// GS1 element strings: text in, elements out, every rule of the table applied. Works on views of
// the text and a structure of fixed capacity: no allocation, no clock. Repairs nothing: what a
// scanner did to the text is undone before (carrier.hpp). GS1 General Specifications, section 7.8.
#pragma once

#include "scanner/codes/gs1_checks.hpp"
#include "scanner/codes/gs1_identifiers.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace cartwatch::codes::gs1 {

// FNC1 as scanners transmit it between elements.
inline constexpr char separator = '\x1d';

// The fullest label on record has 14 elements; a hostile one could have thousands.
inline constexpr std::size_t elements_max = 32;

struct Element {
    const Identifier* identifier = nullptr;
    std::uint16_t number = 0; // the identifier's digits as a number
    std::string_view digits;  // the identifier as written
    std::string_view value;
};

// Views into the text that was parsed: it must outlive them.
class ElementString {
public:
    [[nodiscard]] std::span<const Element> elements() const {
        return std::span(slots_).first(count_);
    }

    // nullptr where the identifier does not occur.
    [[nodiscard]] const Element* find(std::uint16_t number) const;

    void clear() {
        count_ = 0;
    }

    // False where it is full.
    [[nodiscard]] bool add(const Element& element);

private:
    std::array<Element, elements_max> slots_{};
    std::size_t count_ = 0;
};

// What parsing needs to know of the world.
struct ParseContext {
    int current_year = 0;                   // for two-digit years
    std::span<const std::uint16_t> known{}; // identifiers that other codes on the same item bear
};

// Why and where a text is refused; views into the text. Rule::none: it is not.
struct Fault {
    Rule rule = Rule::none;
    std::string_view at;    // the identifier
    std::string_view value; // what it holds
};

// Reads the whole text. Leading, trailing and repeated separators are passed over; an element that
// is repeated with the same value counts once.
[[nodiscard]] Fault
parse_element_string(std::string_view text, const ParseContext& context, ElementString& out);

// The same without required and exclusive identifiers: for parts of a text.
[[nodiscard]] Fault
parse_elements(std::string_view text, const ParseContext& context, ElementString& out);

// Judges one value alone.
[[nodiscard]] Rule
broken_rule(const Identifier& identifier, std::string_view value, int current_year);

} // namespace cartwatch::codes::gs1
