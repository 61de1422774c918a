// What an element string may have been where separators between its elements were lost: a value
// without a fixed length has swallowed what stood behind it, once or several times over. Tells the
// readings that are possible beside the one at hand; chooses none.
#pragma once

#include "scanner/codes/gs1_element_string.hpp"

#include <array>
#include <span>
#include <string>

namespace cartwatch::codes::gs1 {

// More than these are too many to ask a person about; those with the fewest separators lost and the
// shortest first value count.
inline constexpr std::size_t other_strings_max = 6;

class OtherStrings {
public:
    // Searches; string and text must outlive this. Costs nothing to speak of where no value can
    // hide another element.
    OtherStrings(const ElementString& string, const ParseContext& context);

    // The same for a text that is refused since a value is too long (`fault`, views into the text):
    // what it may have been is all that it can be.
    OtherStrings(std::string_view text, const Fault& fault, const ParseContext& context);

    [[nodiscard]] bool empty() const {
        return count_ == 0;
    }

    // True where what is hidden proves itself: a date or a GTIN is hardly hit by chance, while
    // nearly every third numeric lot ends in what might be a serial number.
    [[nodiscard]] bool proven() const {
        return proof_ > 0;
    }

    // The strings, each written with all its separators.
    [[nodiscard]] std::span<const std::string> strings() const {
        return std::span(strings_).first(count_);
    }

private:
    // A value with what stands around it, and how it was come to.
    struct Value {
        const Identifier* identifier = nullptr;
        std::string_view digits;
        std::string_view text;
        std::string front; // of the string, all separators written
        std::string_view back;
        std::size_t proof = 0; // of what was split off before
    };

    void search(const Value& value, int depth);
    void split(const Value& value, std::size_t at, int depth);
    void add(std::string text, std::size_t proof);

    const ParseContext& context_;
    std::array<std::string, other_strings_max> strings_;
    std::size_t count_ = 0;
    std::size_t proof_ = 0; // dates and GTINs that each of the strings has uncovered
    std::size_t tried_ = 0;
};

// True where a separator ends a value that needs one and something follows: this scanner sends
// them. Precondition: the string's elements are views into the text.
[[nodiscard]] bool has_needed_separator(std::string_view text, const ElementString& string);

} // namespace cartwatch::codes::gs1
