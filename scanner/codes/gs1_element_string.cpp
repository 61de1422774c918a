#include "scanner/codes/gs1_element_string.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::codes::gs1 {

namespace {

std::uint16_t number_of_digits(std::string_view digits) {
    unsigned number = 0;
    for (const char c : digits) {
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    return static_cast<std::uint16_t>(number);
}

// What stands where an identifier should: up to four characters, for the message.
std::string_view shown_identifier(std::string_view text) {
    constexpr std::size_t longest_identifier = 4;
    return text.substr(0, std::min(text.find(separator), longest_identifier));
}

Rule broken_component_rule(const Component& component, std::string_view value, int current_year) {
    if (!belongs_to(component.set, value)) {
        return Rule::bad_charset;
    }
    for (const Check check : component.checks) {
        if (check == Check::none) {
            break;
        }
        const Rule rule = broken_rule(check, value, current_year);
        if (rule != Rule::none) {
            return rule;
        }
    }
    return Rule::none;
}

// Takes the next element off the text, which begins with an identifier.
Fault take_element(
    std::string_view& text, const Identifier& identifier, int current_year, Element& element) {
    element.identifier = &identifier;
    element.digits = text.substr(0, identifier.digits);
    element.number = number_of_digits(element.digits);
    text.remove_prefix(identifier.digits);
    const std::string_view reach =
        identifier.predefined_length ? text.substr(0, identifier.length_max) : text;
    element.value = reach.substr(0, reach.find(separator));
    text.remove_prefix(element.value.size());
    return {broken_rule(identifier, element.value, current_year), element.digits, element.value};
}

bool is_present(
    const NumberRange& range, const ElementString& string, const ParseContext& context) {
    return std::any_of(
               string.elements().begin(),
               string.elements().end(),
               [&](const Element& element) { return range.holds(element.number); })
           || std::any_of(context.known.begin(), context.known.end(), [&](std::uint16_t number) {
                  return range.holds(number);
              });
}

bool has_conflict(const Element& element, const ElementString& string) {
    for (const NumberRange& range : element.identifier->conflicts) {
        for (const Element& other : string.elements()) {
            if (range.holds(other.number) && other.number != element.number) {
                return true;
            }
        }
    }
    return false;
}

// Every group holds: in each, all ranges of at least one alternative are present.
bool has_needs(const Element& element, const ElementString& string, const ParseContext& context) {
    bool alternative_holds = true;
    bool group_holds = false;
    for (const NumberRange& range : element.identifier->needs) {
        alternative_holds = alternative_holds && is_present(range, string, context);
        if (range.ends_alternative) {
            group_holds = group_holds || alternative_holds;
            alternative_holds = true;
        }
        if (range.ends_group) {
            if (!group_holds) {
                return false;
            }
            group_holds = false;
        }
    }
    return true;
}

Fault broken_relation(const ElementString& string, const ParseContext& context) {
    for (const Element& element : string.elements()) {
        if (has_conflict(element, string)) {
            return {Rule::mutually_exclusive_ai, element.digits, element.value};
        }
    }
    for (const Element& element : string.elements()) {
        if (!has_needs(element, string, context)) {
            return {Rule::required_ai_missing, element.digits, element.value};
        }
    }
    return {};
}

} // namespace

const Element* ElementString::find(std::uint16_t number) const {
    for (const Element& element : elements()) {
        if (element.number == number) {
            return &element;
        }
    }
    return nullptr;
}

bool ElementString::add(const Element& element) {
    if (count_ == elements_max) {
        return false;
    }
    slots_[count_++] = element;
    return true;
}

Rule broken_rule(const Identifier& identifier, std::string_view value, int current_year) {
    if (value.empty()) {
        return Rule::empty_ai;
    }
    if (value.size() < identifier.length_min || value.size() > identifier.length_max) {
        return Rule::bad_length;
    }
    for (const Component& component : identifier.components()) {
        if (value.empty()) {
            break; // only optional components are left: the length was judged above
        }
        const std::string_view part = value.substr(0, component.length_max);
        if (part.size() < component.length_min) {
            return Rule::bad_length;
        }
        const Rule rule = broken_component_rule(component, part, current_year);
        if (rule != Rule::none) {
            return rule;
        }
        value.remove_prefix(part.size());
    }
    return Rule::none;
}

Fault parse_elements(std::string_view text, const ParseContext& context, ElementString& out) {
    out.clear();
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(separator), text.size()));
        if (text.empty()) {
            break;
        }
        const Identifier* identifier = identifier_at(text);
        if (identifier == nullptr) {
            return {Rule::unknown_ai, shown_identifier(text), {}};
        }
        Element element;
        const Fault fault = take_element(text, *identifier, context.current_year, element);
        if (fault.rule != Rule::none) {
            return fault;
        }
        if (const Element* earlier = out.find(element.number)) {
            if (earlier->value != element.value) {
                return {Rule::repeated_ai_differs, element.digits, element.value};
            }
        } else if (!out.add(element)) {
            return {Rule::too_many_elements, element.digits, element.value};
        }
    }
    return out.elements().empty() ? Fault{Rule::empty_ai, {}, {}} : Fault{};
}

Fault parse_element_string(std::string_view text, const ParseContext& context, ElementString& out) {
    const Fault fault = parse_elements(text, context, out);
    return fault.rule != Rule::none ? fault : broken_relation(out, context);
}

} // namespace cartwatch::codes::gs1
