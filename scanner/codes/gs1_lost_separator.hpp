// What an element string may have been where the separator between two elements was lost: a value
// without a fixed length has swallowed what stood behind it. Tells the readings that are possible
// beside the one at hand; chooses none.
#pragma once

#include "scanner/codes/gs1_element_string.hpp"

#include <array>
#include <span>
#include <string>

namespace cartwatch::codes::gs1 {

// More than these are too many to ask a person about; the ones with the shortest first value count.
inline constexpr std::size_t other_strings_max = 3;

class OtherStrings {
public:
    // Searches; the string must outlive this. Costs nothing to speak of where no value can hide
    // another element.
    OtherStrings(const ElementString& string, const ParseContext& context);

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
    void consider(const ElementString& string, const Element& element, std::size_t at);
    void add(const ElementString& string, std::size_t proof);

    const ParseContext& context_;
    std::array<std::string, other_strings_max> strings_;
    std::size_t count_ = 0;
    std::size_t proof_ = 0; // dates and GTINs that each of the strings has uncovered
};

} // namespace cartwatch::codes::gs1
