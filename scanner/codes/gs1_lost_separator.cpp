#include "scanner/codes/gs1_lost_separator.hpp"

#include <algorithm>

namespace cartwatch::codes::gs1 {

namespace {

// What a lost separator is believed to have hidden: what packs bear beside a GTIN. The rarer
// identifiers of two digits (20, 22, 37) are left out: nearly every numeric lot holds one of them.
bool may_follow_lost_separator(const Element& element) {
    constexpr std::array<std::uint16_t, 21> numbers = {1,   10,  11,  13,  15,  16,  17,
                                                       21,  30,  240, 241, 250, 710, 711,
                                                       712, 713, 714, 715, 716, 717, 7003};
    return std::find(numbers.begin(), numbers.end(), element.number) != numbers.end();
}

// The string with `tail` split off `whole`'s value; false where that is no valid string.
bool split_string(
    const ElementString& string,
    const Element& whole,
    const ElementString& tail,
    ElementString& out) {
    out.clear();
    for (const Element& element : string.elements()) {
        Element copy = element;
        if (element.number == whole.number) {
            copy.value = whole.value;
        }
        if (!out.add(copy)) {
            return false;
        }
    }
    for (const Element& element : tail.elements()) {
        const Element* earlier = out.find(element.number);
        if (earlier != nullptr && earlier->value != element.value) {
            return false;
        }
        if (earlier == nullptr && !out.add(element)) {
            return false;
        }
    }
    return true;
}

std::size_t proof_of(const ElementString& tail) {
    const auto elements = tail.elements();
    return static_cast<std::size_t>(
        std::count_if(elements.begin(), elements.end(), [](const Element& element) {
            return element.identifier->predefined_length;
        }));
}

std::string written(const ElementString& string) {
    std::string text;
    for (const Element& element : string.elements()) {
        text += element.digits;
        text += element.value;
        text += separator;
    }
    return text;
}

} // namespace

OtherStrings::OtherStrings(const ElementString& string, const ParseContext& context)
    : context_(context) {
    for (const Element& element : string.elements()) {
        if (element.identifier->predefined_length) {
            continue;
        }
        // Behind at least one character of its own, a value may hide two digits and one more.
        for (std::size_t at = 1; at + 3 <= element.value.size(); ++at) {
            if (identifier_at(element.value.substr(at)) != nullptr) {
                consider(string, element, at);
            }
        }
    }
}

void OtherStrings::consider(const ElementString& string, const Element& element, std::size_t at) {
    ElementString tail;
    const std::string_view text = element.value.substr(at);
    if (parse_elements(text, context_, tail).rule != Rule::none
        || !std::all_of(
            tail.elements().begin(), tail.elements().end(), may_follow_lost_separator)) {
        return;
    }
    Element head = element;
    head.value = element.value.substr(0, at);
    ElementString whole;
    if (broken_rule(*head.identifier, head.value, context_.current_year) == Rule::none
        && split_string(string, head, tail, whole)) {
        add(whole, proof_of(tail));
    }
}

void OtherStrings::add(const ElementString& string, std::size_t proof) {
    ElementString again;
    std::string text = written(string);
    if (proof < proof_ || parse_element_string(text, context_, again).rule != Rule::none) {
        return;
    }
    if (proof > proof_) { // beside a date, a serial by chance is none
        proof_ = proof;
        count_ = 0;
    }
    if (count_ < other_strings_max) {
        strings_.at(count_++) = std::move(text);
    }
}

} // namespace cartwatch::codes::gs1
