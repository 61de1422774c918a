#include "scanner/codes/gs1_lost_separator.hpp"

#include "scanner/codes/lost_separators.hpp"

#include <algorithm>

namespace cartwatch::codes::gs1 {

namespace {

// What a lost separator is believed to have hidden: what packs bear beside a GTIN. The rarer
// identifiers of two digits (20, 22, 37) are left out: nearly every numeric lot holds one of them.
// Those of four digits hardly come by chance.
bool may_follow_lost_separator(const Element& element) {
    constexpr std::array<std::uint16_t, 28> numbers = {
        1,   10,  11,  13,  15,  16,  17,  21,  30,  235,  240,  241,  250,  400,
        422, 710, 711, 712, 713, 714, 715, 716, 717, 7003, 8008, 8012, 8013, 8014};
    const bool is_internal = element.number >= 91 && element.number <= 99; // of a company's own
    return is_internal
           || std::find(numbers.begin(), numbers.end(), element.number) != numbers.end();
}

std::string written(std::span<const Element> elements) {
    std::string text;
    for (const Element& element : elements) {
        text += element.digits;
        text += element.value;
        text += separator;
    }
    return text;
}

std::size_t proof_of(std::span<const Element> elements) {
    return static_cast<std::size_t>(
        std::count_if(elements.begin(), elements.end(), [](const Element& element) {
            return element.identifier->predefined_length;
        }));
}

// The elements at the front of a value's end, and the one without a fixed length behind them, which
// may be longer than it can be.
struct Tail {
    ElementString string;
    std::span<const Element> front;
    Element last; // identifier null: none
    bool is_valid = false;
};

void parse_tail(std::string_view text, const ParseContext& context, Tail& tail) {
    const Fault fault = parse_elements(text, context, tail.string);
    tail.front = tail.string.elements();
    tail.is_valid = fault.rule == Rule::none;
    if (tail.is_valid && !tail.front.back().identifier->predefined_length) {
        tail.last = tail.front.back();
        tail.front = tail.front.first(tail.front.size() - 1);
    } else if (fault.rule == Rule::bad_length) {
        const Identifier* identifier = find_identifier(fault.at);
        const bool is_overlong = !identifier->predefined_length && !fault.value.empty()
                                 && fault.value.size() > identifier->length_max;
        tail.last.identifier = is_overlong ? identifier : nullptr;
        tail.last.number = identifier->first;
        tail.last.digits = fault.at;
        tail.last.value = fault.value;
    }
}

bool is_believed(const Tail& tail) {
    return std::all_of(tail.front.begin(), tail.front.end(), may_follow_lost_separator)
           && (tail.last.identifier == nullptr || may_follow_lost_separator(tail.last));
}

// Behind at least one character of its own, a value may hide two digits and one more.
constexpr std::size_t hidden_length_min = 3;

// Whether the search is worth its texts: nearly no value hides anything.
bool may_hide_another(const Element& element, const ParseContext& context) {
    if (element.identifier->predefined_length) {
        return false;
    }
    for (std::size_t at = 1; at + hidden_length_min <= element.value.size(); ++at) {
        const std::string_view text = element.value.substr(at);
        if (identifier_at(text) == nullptr) {
            continue;
        }
        Tail tail;
        parse_tail(text, context, tail);
        if (is_believed(tail) && (tail.is_valid || tail.last.identifier != nullptr)) {
            return true;
        }
    }
    return false;
}

} // namespace

OtherStrings::OtherStrings(const ElementString& string, const ParseContext& context)
    : context_(context) {
    const auto elements = string.elements();
    std::array<bool, elements_max> hides{};
    for (std::size_t i = 0; i < elements.size(); ++i) {
        hides.at(i) = may_hide_another(elements[i], context);
    }
    for (int depth = 1; depth <= lost_in_a_row_max; ++depth) {
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const Element& element = elements[i];
            if (!hides.at(i)) {
                continue;
            }
            const std::string back = written(elements.subspan(i + 1));
            search(
                {element.identifier,
                 element.digits,
                 element.value,
                 written(elements.first(i)),
                 back},
                depth);
        }
    }
}

OtherStrings::OtherStrings(std::string_view text, const Fault& fault, const ParseContext& context)
    : context_(context) {
    const Identifier* identifier =
        fault.rule == Rule::bad_length ? find_identifier(fault.at) : nullptr;
    if (identifier == nullptr || identifier->predefined_length
        || fault.value.size() <= identifier->length_max) {
        return;
    }
    const auto at = static_cast<std::size_t>(fault.at.data() - text.data());
    const std::string front(text.substr(0, at));
    const std::string_view back = text.substr(at + fault.at.size() + fault.value.size());
    for (int depth = 1; depth <= lost_in_a_row_max; ++depth) {
        search({identifier, fault.at, fault.value, front, back}, depth);
    }
}

// Splits the value so that exactly `depth` separators are taken for lost.
void OtherStrings::search(const Value& value, int depth) {
    const std::size_t longest = value.identifier->length_max;
    for (std::size_t at = 1; at + hidden_length_min <= value.text.size() && at <= longest; ++at) {
        if (identifier_at(value.text.substr(at)) != nullptr && ++tried_ <= splits_tried_max) {
            split(value, at, depth);
        }
    }
}

void OtherStrings::split(const Value& value, std::size_t at, int depth) {
    const std::string_view head = value.text.substr(0, at);
    if (broken_rule(*value.identifier, head, context_.current_year) != Rule::none) {
        return;
    }
    const std::string_view text = value.text.substr(at);
    Tail tail;
    parse_tail(text, context_, tail);
    const bool has_last = tail.last.identifier != nullptr;
    if (!is_believed(tail) || (depth == 1 ? !tail.is_valid : !has_last)) {
        return;
    }
    std::string front = value.front;
    front.append(value.digits).append(head) += separator;
    const std::size_t proof = value.proof + proof_of(tail.front);
    if (depth == 1) {
        front.append(text) += separator;
        front += value.back;
        return add(std::move(front), proof);
    }
    front += written(tail.front);
    search(
        {tail.last.identifier,
         tail.last.digits,
         tail.last.value,
         std::move(front),
         value.back,
         proof},
        depth - 1);
}

void OtherStrings::add(std::string text, std::size_t proof) {
    ElementString again;
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

bool has_needed_separator(std::string_view text, const ElementString& string) {
    const char* const end = text.data() + text.find_last_not_of(separator) + 1;
    return std::any_of(
        string.elements().begin(), string.elements().end(), [&](const Element& element) {
            const char* const behind = element.value.data() + element.value.size();
            return !element.identifier->predefined_length && behind < end && *behind == separator;
        });
}

} // namespace cartwatch::codes::gs1
