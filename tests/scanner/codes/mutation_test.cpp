// Goal: what scanners, keyboards and damage do to a valid scan never turns it into another item,
// lot, expiry or serial number without a word. Two kinds of change are told apart: those on the way
// (separators, case, framing), after which the answer must be the same, a refusal, or warn; and
// those inside the symbol (a character dropped, doubled, swapped, changed), where a field without a
// check digit may change unseen by anybody, but no other field may, and the GTIN only against its
// check.
#include "scanner/codes/reader.hpp"
#include "scanner/values/text.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <iostream>
#include <map>
#include <random>

using namespace cartwatch;
using namespace cartwatch::codes;

namespace {

constexpr int mutations = 20'000;
constexpr char gs = '\x1d';

// One element of a generated scan and where it stands in the text.
struct Part {
    std::string name;
    std::string text;
};

struct ValidScan {
    std::vector<Part> parts; // behind the identifier; separators are parts of their own
    std::string identifier;

    [[nodiscard]] std::string text() const {
        std::string result = identifier;
        for (const Part& part : parts) {
            result += part.text;
        }
        return result;
    }
};

struct Values {
    std::string gtin;
    std::string lot;
    std::string expiry;
    std::string serial;
};

class Generator {
public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    [[nodiscard]] std::size_t below(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
    }

    [[nodiscard]] std::string characters(std::string_view set, std::size_t length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) {
            text += set[below(set.size())];
        }
        return text;
    }

    [[nodiscard]] ValidScan scan() {
        ValidScan scan;
        const std::array<const char*, 5> identifiers = {"]d2", "]C1", "]Q3", "]J1", ""};
        scan.identifier = identifiers.at(below(identifiers.size()));
        std::string gtin = "0" + characters("0123456789", 12);
        gtin += gs1_check_digit(gtin);
        scan.parts.push_back({"gtin", "01" + gtin});
        if (below(4) != 0) {
            const std::string month = std::to_string(101 + below(12)).substr(1);
            const std::string day = std::to_string(100 + below(29)).substr(1);
            scan.parts.push_back({"expiry", "17" + std::to_string(25 + below(9)) + month + day});
        }
        if (below(4) != 0) {
            add(scan, "lot", "10");
        }
        if (below(3) != 0) {
            add(scan, "serial", "21");
        }
        if (below(5) == 0) {
            add(scan, "other", "240");
        }
        return scan;
    }

private:
    void add(ValidScan& scan, const char* name, const char* digits) {
        if (scan.parts.back().name != "gtin" && scan.parts.back().name != "expiry") {
            scan.parts.push_back({"separator", std::string(1, gs)});
        }
        const char* set = below(2) == 0 ? "0123456789" : "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ-/";
        scan.parts.push_back({name, digits + characters(set, 1 + below(12))});
    }

    std::mt19937 random_;
};

Reading read_mutation(const std::string& text) {
    ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    return read(text, options);
}

Values values_of(const ScannedCode& code) {
    return {code.gtin, code.lot, code.expiry ? to_text(*code.expiry) : "", code.serial};
}

// The names of those values that another value took the place of.
std::vector<std::string> changed_fields(const Values& before, const Values& after) {
    std::vector<std::string> names;
    const auto compare = [&](const char* name, const std::string& old, const std::string& now) {
        if (!now.empty() && now != old) {
            names.emplace_back(name);
        }
    };
    compare("gtin", before.gtin, after.gtin);
    compare("lot", before.lot, after.lot);
    compare("expiry", before.expiry, after.expiry);
    compare("serial", before.serial, after.serial);
    return names;
}

std::string with_separator_as(std::string text, const std::string& substitute) {
    for (std::size_t at = text.find(gs); at != std::string::npos;
         at = text.find(gs, at + substitute.size())) {
        text.replace(at, 1, substitute);
    }
    return text;
}

std::string with_inverted_case(std::string text) {
    for (char& c : text) {
        const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        c = is_letter ? static_cast<char>(c ^ 0x20) : c;
    }
    return text;
}

struct Mutation {
    std::string kind;
    std::string text;
    std::string field; // the only one that may change, since nothing protects it; may be empty
};

// What happens between the symbol and us.
Mutation changed_on_the_way(const ValidScan& scan, Generator& random) {
    std::string text = scan.text();
    const std::array<std::string, 14> substitutes = {
        "^]",
        "|",
        "#",
        "@",
        "~",
        "$",
        "{GS}",
        "<GS>",
        "\\x1d",
        "\\u001d",
        "]",
        "^",
        " ",
        "\xE2\x90\x9D"};
    switch (random.below(6)) {
    case 0:
        return {
            "separator replaced",
            with_separator_as(text, substitutes.at(random.below(substitutes.size()))),
            ""};
    case 1:
        return {"separators lost", with_separator_as(text, ""), ""};
    case 2:
        return {"separators doubled", with_separator_as(text, "\x1d\x1d"), ""};
    case 3:
        return {"framed", "\x02" + text + (random.below(2) == 0 ? "\r\n" : "\x03"), ""};
    case 4:
        return {"case inverted", scan.identifier.empty() ? text : with_inverted_case(text), ""};
    default:
        return {"separator in front", text.insert(scan.identifier.size(), 1, gs), ""};
    }
}

// What a wrongly read or printed character does.
Mutation changed_inside(const ValidScan& scan, Generator& random) {
    ValidScan copy = scan;
    Part& part = copy.parts[random.below(copy.parts.size())];
    const std::string field = part.name == "separator" ? "" : part.name;
    const std::size_t ai_length = part.name == "separator" ? 0 : part.name == "other" ? 3 : 2;
    const std::size_t at = ai_length + random.below(part.text.size() - ai_length);
    Mutation mutation{"", "", field};
    switch (random.below(4)) {
    case 0:
        mutation.kind = "character dropped";
        part.text.erase(at, 1);
        break;
    case 1:
        mutation.kind = "character doubled";
        part.text.insert(at, 1, part.text[at]);
        break;
    case 2:
        mutation.kind = "neighbours swapped";
        if (at + 1 < part.text.size()) {
            std::swap(part.text[at], part.text[at + 1]);
        }
        break;
    default:
        mutation.kind = "character changed";
        part.text[at] = static_cast<char>('0' + random.below(10));
        break;
    }
    mutation.text = copy.text();
    return mutation;
}

struct Counts {
    int same = 0;
    int refused = 0;
    int warned = 0;   // the same values, or in doubt and saying so
    int lost = 0;     // read as some other text: nothing is claimed
    int unseen = 0;   // a field without a check digit changed, which nobody can see
    int gtins = 0;    // of these: GTINs whose check digit holds by chance
    int mistaken = 0; // another value without a word
};

// mod 10 does not see neighbours that differ by 5 swapped, and passes one in ten of other changes.
bool is_within_check_digit(const std::string& field, const Mutation& mutation) {
    return field == "gtin" && mutation.field == "gtin" && mutation.kind != "character changed";
}

void count_reading(
    const Reading& reading, const Values& before, const Mutation& mutation, Counts& counts) {
    if (!reading) {
        ++counts.refused;
        return;
    }
    const auto changed = changed_fields(before, values_of(*reading));
    const auto& warnings = reading->warnings;
    const bool is_doubted =
        std::count(warnings.begin(), warnings.end(), "missing_separator_suspected") > 0;
    if (is_doubted || (!warnings.empty() && changed.empty())) {
        ++counts.warned;
        return;
    }
    if (changed.empty()) {
        reading->family == Family::other ? ++counts.lost : ++counts.same;
        return;
    }
    bool is_unseen = true;
    for (const std::string& field : changed) {
        const bool is_by_chance = is_within_check_digit(field, mutation);
        counts.gtins += is_by_chance ? 1 : 0;
        is_unseen = is_unseen && ((field == mutation.field && field != "gtin") || is_by_chance);
    }
    is_unseen ? ++counts.unseen : ++counts.mistaken;
    if (!is_unseen) {
        std::cout << "  mistaken: " << mutation.kind << " in " << mutation.field << ": "
                  << mutation.text << '\n';
    }
}

void print(const std::map<std::string, Counts>& counts) {
    for (const auto& [kind, count] : counts) {
        std::cout << "  " << kind << ": same " << count.same << ", refused " << count.refused
                  << ", warned " << count.warned << ", plain text " << count.lost << ", unseen "
                  << count.unseen << " (GTINs " << count.gtins << "), mistaken " << count.mistaken
                  << '\n';
    }
}

std::map<std::string, Counts>
tally(std::uint32_t seed, Mutation (*mutate)(const ValidScan&, Generator&)) {
    Generator random(seed);
    std::map<std::string, Counts> counts;
    for (int i = 0; i < mutations / 2; ++i) {
        const ValidScan scan = random.scan();
        const Reading original = read_mutation(scan.text());
        INFO(scan.text());
        REQUIRE(original);
        const Mutation mutation = mutate(scan, random);
        count_reading(
            read_mutation(mutation.text), values_of(*original), mutation, counts[mutation.kind]);
    }
    return counts;
}

} // namespace

TEST_CASE("what happens on the way never makes another item of a scan", "[codes][mutation]") {
    const auto counts = tally(20'261'122, changed_on_the_way);
    std::cout << "changed on the way:\n";
    print(counts);

    for (const auto& [kind, count] : counts) {
        INFO(kind);
        CHECK(count.mistaken == 0);
        CHECK(count.unseen == 0);
        if (kind != "separators lost") {
            CHECK(count.refused == 0);
            CHECK(count.lost == 0);
        }
    }
    CHECK(counts.size() == 6);
}

// A digit too many or too few in a date without separator may leave a string that is valid again,
// with a serial where a lot was: no check digit covers that. It is rare, it is counted, and it
// never touches the GTIN.
TEST_CASE("damage inside a symbol hardly ever spills into another field", "[codes][mutation]") {
    const auto counts = tally(20'261'123, changed_inside);
    std::cout << "changed inside:\n";
    print(counts);

    int mistaken = 0;
    int gtins = 0;
    for (const auto& [kind, count] : counts) {
        mistaken += count.mistaken;
        gtins += count.gtins;
    }
    CHECK(mistaken <= 20); // 8 of 10,000 when written
    CHECK(gtins <= 100);
    CHECK(counts.at("character changed").gtins == 0); // modulo 10 sees every single digit
    CHECK(counts.at("character changed").mistaken == 0);
    CHECK(counts.at("character changed").refused > 500);
    CHECK(counts.size() == 4);
}
