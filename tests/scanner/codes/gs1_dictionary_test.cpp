// Goal: our table of application identifiers says what GS1's dictionary says, identifier by
// identifier. The dictionary itself is no part of the product; where it is absent, a list of
// figures of our own is compared instead.
#include "scanner/codes/gs1_identifiers.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <vector>

namespace cartwatch::gs1_dictionary_test {

using namespace cartwatch::codes::gs1;

namespace {

using Words = std::multiset<std::string>;

// One identifier as text, in the dictionary's notation, sorted where order means nothing.
struct Description {
    bool predefined_length = false;
    bool link_attribute = false;
    std::vector<std::string> components;
    Words needs; // one entry a group, alternatives sorted
    Words conflicts;
    Words link_keys;

    friend bool operator==(const Description&, const Description&) = default;
};

std::ostream& operator<<(std::ostream& out, const Description& value) {
    out << (value.predefined_length ? "*" : "") << (value.link_attribute ? "?" : "");
    for (const auto& component : value.components) {
        out << ' ' << component;
    }
    for (const auto* words : {&value.needs, &value.conflicts, &value.link_keys}) {
        out << " |";
        for (const auto& word : *words) {
            out << ' ' << word;
        }
    }
    return out;
}

std::vector<std::string> parts(const std::string& text, char mark) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, mark);) {
        result.push_back(part);
    }
    return result;
}

std::string sorted_alternatives(const std::string& text) {
    std::string result;
    for (const std::string& alternative : [&] {
             const auto list = parts(text, ',');
             return std::set<std::string>(list.begin(), list.end());
         }()) {
        result += alternative + ",";
    }
    return result;
}

bool is_component(const std::string& word) {
    const std::size_t at = word[0] == '[' ? 1 : 0;
    return word.size() > at + 1 && std::string("NXYZ").find(word[at]) != std::string::npos
           && (word[at + 1] == '.' || std::isdigit(static_cast<unsigned char>(word[at + 1])));
}

void describe_word(const std::string& word, Description& description) {
    if (is_component(word)) {
        description.components.push_back(word);
    } else if (word.starts_with("req=")) {
        description.needs.insert(sorted_alternatives(word.substr(4)));
    } else if (word.starts_with("ex=")) {
        for (const auto& pattern : parts(word.substr(3), ',')) {
            description.conflicts.insert(pattern);
        }
    } else if (word.starts_with("dlpkey")) {
        description.link_keys.insert(word.size() > 7 ? word.substr(7) : "-");
    } else if (word.find_first_not_of("*?") == std::string::npos) {
        description.predefined_length = word.find('*') != std::string::npos;
        description.link_attribute = word.find('?') != std::string::npos;
    } else {
        FAIL("a word of the dictionary that this test does not know: " << word);
    }
}

std::map<std::string, Description> read_dictionary(std::istream& stream) {
    std::map<std::string, Description> result;
    for (std::string line; std::getline(stream, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        std::istringstream words(line.substr(0, line.find('#')));
        std::string range;
        words >> range;
        Description description;
        for (std::string word; words >> word;) {
            describe_word(word, description);
        }
        const auto ends = parts(range, '-');
        for (int n = std::stoi(ends.front()); n <= std::stoi(ends.back()); ++n) {
            std::string digits = std::to_string(n);
            digits.insert(
                0, ends.front().size() - std::min(digits.size(), ends.front().size()), '0');
            result[digits] = description;
        }
    }
    return result;
}

std::string digits_of(unsigned number, std::size_t width) {
    std::string digits = std::to_string(number);
    digits.insert(0, width - std::min(digits.size(), width), '0');
    return digits;
}

// "310n" for 3100 to 3109. Identifiers below 100 have two digits.
std::string pattern_of(const NumberRange& range) {
    if (range.low == range.high) {
        return digits_of(range.low, 2);
    }
    const std::size_t free_digits = range.high - range.low == 9 ? 1 : 2;
    const std::string digits = std::to_string(range.low);
    return digits.substr(0, digits.size() - free_digits) + std::string(free_digits, 'n');
}

std::string component_text(const Component& component) {
    static const std::string letters = "NXYZ";
    std::string text(1, letters[static_cast<std::size_t>(component.set)]);
    text += component.length_min == component.length_max ? "" : "..";
    text += std::to_string(component.length_max);
    for (const Check check : component.checks) {
        text += check == Check::none ? "" : "," + std::string(to_text(check));
    }
    const std::size_t comma = std::min(text.find(','), text.size());
    return component.optional ? "[" + text.substr(0, comma) + "]" + text.substr(comma) : text;
}

Description description_of(const Identifier& identifier) {
    Description description;
    description.predefined_length = identifier.predefined_length;
    description.link_attribute = identifier.link_attribute;
    for (const Component& component : identifier.components()) {
        description.components.push_back(component_text(component));
    }
    std::string alternative;
    std::string group;
    for (const NumberRange& range : identifier.needs) {
        alternative += (alternative.empty() ? "" : "+") + pattern_of(range);
        if (range.ends_alternative) {
            group += (group.empty() ? "" : ",") + alternative;
            alternative.clear();
        }
        if (range.ends_group) {
            description.needs.insert(sorted_alternatives(group));
            group.clear();
        }
    }
    for (const NumberRange& range : identifier.conflicts) {
        description.conflicts.insert(pattern_of(range));
    }
    if (!identifier.link_key.empty()) {
        description.link_keys.insert(std::string(identifier.link_key));
    }
    return description;
}

std::map<std::string, const Identifier*> expanded_table() {
    std::map<std::string, const Identifier*> result;
    for (const Identifier& identifier : all_identifiers()) {
        for (unsigned n = identifier.first; n <= identifier.last; ++n) {
            result[digits_of(n, identifier.digits)] = &identifier;
        }
    }
    return result;
}

std::string dictionary_path() {
    const char* shared = std::getenv("CARTWATCH_SHARED");
    const std::string folder = shared != nullptr ? shared : support::in_source_tree("../shared");
    return folder + "/data/gs1-syntax-dictionary.txt";
}

} // namespace

TEST_CASE("the table holds 541 application identifiers in 224 rows", "[gs1][table]") {
    CHECK(all_identifiers().size() == 224);
    CHECK(expanded_table().size() == 541);
}

TEST_CASE("every application identifier is found by its own digits and no others", "[gs1][table]") {
    const auto table = expanded_table();
    std::size_t found = 0;
    for (unsigned n = 0; n < 10'000; ++n) {
        for (std::size_t width = 2; width <= 4; ++width) {
            const std::string digits = digits_of(n, width);
            if (digits.size() != width) {
                continue;
            }
            const auto expected = table.find(digits);
            const Identifier* identifier = find_identifier(digits);
            INFO("identifier " << digits);
            REQUIRE((identifier != nullptr) == (expected != table.end()));
            if (identifier != nullptr) {
                REQUIRE(identifier == expected->second);
                ++found;
            }
        }
    }
    CHECK(found == 541);
    CHECK(find_identifier("") == nullptr);
    CHECK(find_identifier("1") == nullptr);
    CHECK(find_identifier("310A") == nullptr);
    CHECK(find_identifier("31000") == nullptr);
}

TEST_CASE("every application identifier of the dictionary agrees with our table", "[gs1][table]") {
    std::ifstream stream(dictionary_path());
    if (!stream) {
        WARN("no dictionary at " << dictionary_path() << ": compared with our own figures only");
        return;
    }
    const auto dictionary = read_dictionary(stream);
    const auto table = expanded_table();
    CHECK(dictionary.size() == table.size());
    for (const auto& [digits, expected] : dictionary) {
        INFO("identifier " << digits);
        const auto entry = table.find(digits);
        REQUIRE(entry != table.end());
        CHECK(description_of(*entry->second) == expected);
    }
}

TEST_CASE("the table agrees with the figures that are kept with the tests", "[gs1][table]") {
    std::ifstream stream(support::in_source_tree("tests/data/gs1-identifiers.txt"));
    REQUIRE(stream);
    std::size_t compared = 0;
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with('#')) {
            continue;
        }
        INFO(line);
        std::istringstream words(line);
        std::string range, flags, lengths, checks;
        std::size_t components = 0, alternatives = 0, conflicts = 0;
        words >> range >> flags >> lengths >> components >> alternatives >> conflicts >> checks;
        const Identifier* identifier = find_identifier(parts(range, '-').front());
        REQUIRE(identifier != nullptr);
        CHECK(digits_of(identifier->last, identifier->digits) == parts(range, '-').back());
        CHECK(identifier->predefined_length == (flags.find('*') != std::string::npos));
        CHECK(identifier->link_attribute == (flags.find('?') != std::string::npos));
        CHECK(
            std::to_string(identifier->length_min) + "-" + std::to_string(identifier->length_max)
            == lengths);
        CHECK(identifier->components().size() == components);
        CHECK(
            static_cast<std::size_t>(std::count_if(
                identifier->needs.begin(),
                identifier->needs.end(),
                [](const NumberRange& need) { return need.ends_alternative; }))
            == alternatives);
        CHECK(identifier->conflicts.size() == conflicts);
        std::string names;
        for (const Component& component : identifier->components()) {
            for (const Check check : component.checks) {
                names += check == Check::none
                             ? ""
                             : (names.empty() ? "" : ",") + std::string(to_text(check));
            }
        }
        CHECK((names.empty() ? "-" : names) == checks);
        ++compared;
    }
    CHECK(compared == 224);
}

} // namespace cartwatch::gs1_dictionary_test
