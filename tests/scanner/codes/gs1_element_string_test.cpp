#include "scanner/codes/gs1_element_string.hpp"
#include "tests/scanner/codes/gs1_samples.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace cartwatch::gs1_element_string_test {

using namespace cartwatch::codes::gs1;

namespace {

constexpr int this_year = 2026;
const ParseContext context{this_year, {}};

std::string digits_of(unsigned number, std::size_t width) {
    std::string digits = std::to_string(number);
    digits.insert(0, width - std::min(digits.size(), width), '0');
    return digits;
}

Rule rule_of(const std::string& text) {
    ElementString string;
    return parse_element_string(text, context, string).rule;
}

// The first number of a range, as the element with a valid value and a separator behind it.
std::string element_of(const NumberRange& range) {
    for (unsigned n = range.low; n <= range.high; ++n) {
        const std::string digits = digits_of(n, 2);
        if (const Identifier* identifier = find_identifier(digits)) {
            return digits + sample_of(*identifier, true) + separator;
        }
    }
    return {};
}

} // namespace

TEST_CASE("each identifier takes the lengths of its format and no other", "[gs1][limits]") {
    std::size_t judged = 0;
    for (const Identifier& identifier : all_identifiers()) {
        INFO("identifier " << identifier.first);
        const std::string shortest = sample_of(identifier, false);
        const std::string longest = sample_of(identifier, true);
        CHECK(broken_rule(identifier, longest, this_year) == Rule::none);
        if (longest.size() == identifier.length_max) {
            CHECK(shortest.size() <= longest.size());
        }
        CHECK(broken_rule(identifier, "", this_year) == Rule::empty_ai);
        if (identifier.length_min > 1) {
            CHECK(
                broken_rule(identifier, std::string(identifier.length_min - 1U, '1'), this_year)
                == Rule::bad_length);
        }
        if (has_free_length(identifier) && identifier.components().size() == 1) {
            const Component& component = identifier.components()[0];
            CHECK(
                broken_rule(identifier, sample_of(component, identifier.length_min), this_year)
                == Rule::none);
        }
        const std::size_t longest_allowed = identifier.length_max;
        for (const std::size_t length : {longest_allowed + 1, longest_allowed * 100}) {
            CHECK(broken_rule(identifier, std::string(length, '1'), this_year) == Rule::bad_length);
        }
        ++judged;
    }
    CHECK(judged == 224);
}

TEST_CASE("each identifier refuses a character outside of its set", "[gs1][limits]") {
    for (const Identifier& identifier : all_identifiers()) {
        INFO("identifier " << identifier.first);
        std::string value = sample_of(identifier, true);
        value[0] = '|';
        CHECK(broken_rule(identifier, value, this_year) == Rule::bad_charset);
        value[0] = static_cast<char>(0xE4);
        CHECK(broken_rule(identifier, value, this_year) == Rule::bad_charset);
    }
}

TEST_CASE("optional components are judged once the value reaches them", "[gs1][limits]") {
    const Identifier& grai = *find_identifier("8003");
    CHECK(broken_rule(grai, "09521234543213", this_year) == Rule::none);
    CHECK(broken_rule(grai, "09521234543213A", this_year) == Rule::none);
    CHECK(broken_rule(grai, "19521234543213", this_year) == Rule::bad_value);
    const Identifier& produced = *find_identifier("8008");
    CHECK(broken_rule(produced, "26112214", this_year) == Rule::none);
    CHECK(broken_rule(produced, "2611221459", this_year) == Rule::none);
    CHECK(broken_rule(produced, "261122145960", this_year) == Rule::bad_time);
    CHECK(broken_rule(produced, "261122145", this_year) == Rule::bad_length);
    const Identifier& countries = *find_identifier("423");
    CHECK(broken_rule(countries, "156276", this_year) == Rule::none);
    CHECK(broken_rule(countries, "156999", this_year) == Rule::bad_country);
    CHECK(broken_rule(countries, "15627", this_year) == Rule::bad_length);
}

TEST_CASE("each identifier that needs another is refused without it", "[gs1][relations]") {
    std::size_t judged = 0;
    for (const Identifier& identifier : all_identifiers()) {
        const std::string element =
            digits_of(identifier.first, identifier.digits) + sample_of(identifier, true);
        INFO(element);
        CHECK(
            rule_of(element)
            == (identifier.needs.empty() ? Rule::none : Rule::required_ai_missing));
        judged += identifier.needs.empty() ? 0U : 1U;
    }
    CHECK(judged == 193);
}

TEST_CASE("each alternative of what an identifier needs is enough", "[gs1][relations]") {
    for (const Identifier& identifier : all_identifiers()) {
        std::string alternative;
        for (const NumberRange& need : identifier.needs) {
            alternative += element_of(need);
            if (!need.ends_alternative) {
                continue;
            }
            const std::string digits = digits_of(identifier.first, identifier.digits);
            const std::string text = alternative + digits + sample_of(identifier, true);
            INFO(text);
            ElementString string;
            const Fault fault = parse_element_string(text, context, string);
            const bool is_satisfied =
                fault.rule == Rule::none
                || (fault.rule == Rule::required_ai_missing && fault.at != digits);
            CHECK(is_satisfied);
            alternative.clear();
        }
    }
}

TEST_CASE("each pair that excludes one another is refused", "[gs1][relations]") {
    std::size_t judged = 0;
    for (const Identifier& identifier : all_identifiers()) {
        for (const NumberRange& range : identifier.conflicts) {
            for (unsigned n = range.low; n <= range.high; ++n) {
                const Identifier* other = find_identifier(digits_of(n, 2));
                if (other == nullptr || n == identifier.first) {
                    continue;
                }
                const std::string text = digits_of(identifier.first, identifier.digits)
                                         + sample_of(identifier, true) + separator + digits_of(n, 2)
                                         + sample_of(*other, true);
                INFO(text);
                CHECK(rule_of(text) == Rule::mutually_exclusive_ai);
                ++judged;
            }
        }
    }
    CHECK(judged > 250);
}

TEST_CASE("separators may lead, trail and repeat", "[gs1][separators]") {
    const auto text = GENERATE(
        "010952123454321310A\x1d"
        "21B",
        "\x1d"
        "010952123454321310A\x1d"
        "21B",
        "010952123454321310A\x1d"
        "21B\x1d",
        "010952123454321310A\x1d\x1d"
        "21B",
        "0109521234543213\x1d"
        "10A\x1d"
        "21B");
    ElementString string;
    CHECK(parse_element_string(text, context, string).rule == Rule::none);
    REQUIRE(string.elements().size() == 3);
    CHECK(string.find(10)->value == "A");
    CHECK(string.find(21)->value == "B");
}

TEST_CASE("a fault names its rule and where it stands", "[gs1][faults]") {
    struct FaultExample {
        const char* text;
        Rule rule;
        const char* at;
    };

    const auto example = GENERATE(values<FaultExample>({
        {"", Rule::empty_ai, ""},
        {"\x1d", Rule::empty_ai, ""},
        {"010952123454321310", Rule::empty_ai, "10"},
        {"010952123454321310\x1d"
         "17261231",
         Rule::empty_ai,
         "10"},
        {"0", Rule::unknown_ai, "0"},
        {"01095212345432138999X", Rule::unknown_ai, "8999"},
        {"0109521234543213310", Rule::unknown_ai, "310"},
        {"01095212345432133107123456", Rule::unknown_ai, "3107"},
        {"010952123454321", Rule::bad_length, "01"},
        {"0109521234543214", Rule::bad_check_digit, "01"},
        {"010952123454321317261331", Rule::bad_date, "17"},
        {"0109521234543213172612", Rule::bad_length, "17"},
        {"010952123454321310A B", Rule::bad_charset, "10"},
        {"010952123454321310AAAAAAAAAAAAAAAAAAAAA", Rule::bad_length, "10"},
        {"010952123454321310A\x1d"
         "10B",
         Rule::repeated_ai_differs,
         "10"},
        {"0109521234543213255952123454321", Rule::bad_length, "255"},
        {"0169012345678993712", Rule::bad_check_digit, "01"},
        {"011690123456789937 12", Rule::bad_charset, "37"},
        {"10A", Rule::required_ai_missing, "10"},
        {"250A\x1d"
         "0109521234543213",
         Rule::required_ai_missing,
         "250"},
        {"3100000001310100000101"
         "09521234543213",
         Rule::mutually_exclusive_ai,
         "3100"},
    }));

    DYNAMIC_SECTION(example.text) {
        ElementString string;
        const Fault fault = parse_element_string(example.text, context, string);
        CHECK(to_text(fault.rule) == to_text(example.rule));
        CHECK(fault.at == example.at);
        CHECK_FALSE(explanation(fault.rule).empty());
    }
}

TEST_CASE("a code on the same item may hold what this one needs", "[gs1][relations]") {
    const std::vector<std::uint16_t> known{1};
    ElementString string;
    const ParseContext beside{this_year, known};
    CHECK(parse_element_string("1726123110A", beside, string).rule == Rule::none);
    CHECK(parse_element_string("1726123110A", context, string).rule == Rule::required_ai_missing);
}

TEST_CASE("a string holds at most 32 different elements", "[gs1][limits]") {
    const auto text_of = [](std::size_t count) {
        std::string text = "0109521234543213";
        std::size_t added = 1;
        for (const unsigned first : {7230U, 4300U, 91U}) {
            const unsigned last = first == 7230 ? 7239 : first == 4300 ? 4320 : 99;
            for (unsigned n = first; n <= last && added < count; ++n) {
                const bool has_letters = n != 4307 && n != 4309 && n != 4317;
                text += has_letters ? std::to_string(n) + "AAB" + separator : "";
                added += has_letters ? 1 : 0;
            }
        }
        return text;
    };
    ElementString string;
    CHECK(parse_elements(text_of(31), context, string).rule == Rule::none);
    CHECK(parse_elements(text_of(32), context, string).rule == Rule::none);
    CHECK(string.elements().size() == elements_max);
    CHECK(parse_elements(text_of(33), context, string).rule == Rule::too_many_elements);
    CHECK(string.elements().size() == elements_max);
}

} // namespace cartwatch::gs1_element_string_test
