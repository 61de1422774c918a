#include "tests/scanner/codes/mutation_kit.hpp"

#include "scanner/values/text.hpp"
#include "tests/scanner/devices/typing_scanner.hpp"

#include <algorithm>
#include <array>
#include <iostream>

namespace cartwatch::test {

namespace {

// --- on the way ---------------------------------------------------------------------------------

std::string with_replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string with_other_case(std::string text) {
    for (char& c : text) {
        c = is_letter(c) ? static_cast<char>(c ^ 0x20) : c;
    }
    return text;
}

// German keyboards put the accent of a dead key on the letter that follows.
std::string with_dead_keys(std::string text) {
    for (const auto& [pair, letter] : {std::pair{"`A", "À"}, {"`E", "È"}, {"`U", "Ù"}}) {
        text = with_replaced(text, pair, letter);
    }
    return text;
}

// What a machine with this layout makes of the keys of a scanner that is set to the American one.
std::string typed_on(devices::Layout host, const std::string& text) {
    std::string result;
    for (const char& c : text) {
        const auto stroke = stroke_for(devices::Layout::us, {&c, 1});
        result += stroke ? std::string(devices::key_character(host, stroke->code, stroke->level))
                         : std::string(1, c);
    }
    return host == devices::Layout::de ? with_dead_keys(result) : result;
}

std::string in_full_width(const std::string& text, std::size_t every) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c > ' ' && c <= '~' && i % every == 0) {
            const unsigned code = 0xFF01U + static_cast<unsigned>(c - '!');
            result += static_cast<char>(0xE0U | (code >> 12));
            result += static_cast<char>(0x80U | ((code >> 6) & 0x3FU));
            result += static_cast<char>(0x80U | (code & 0x3FU));
        } else {
            result += c;
        }
    }
    return result;
}

const std::vector<std::string>& gs_forms() {
    static const std::vector<std::string> forms = {
        "^]",
        "|",
        "#",
        "@",
        "~",
        "$",
        "{GS}",
        "<GS>",
        "[GS]",
        "\\x1d",
        "\\u001d",
        "]",
        "^",
        " ",
        "\xE2\x90\x9D",
        "\xE2\x86\x94",
        "}",
        "Alt029",
        "`",
        "<FNC1>",
        "\xEF\x9C\x8B",
        "{FNC1}"};
    return forms;
}

std::string with_separators_as(const std::string& text, const std::string& substitute) {
    return with_replaced(text, std::string(1, gs), substitute);
}

using Change = Mutation (*)(const ValidScan&, ScanMaker&);

Mutation separators_replaced(const ValidScan& scan, ScanMaker& random) {
    const std::string& form = gs_forms()[random.below(gs_forms().size())];
    return {
        "separators replaced",
        scan.identifier + with_separators_as(scan.data(), form),
        {},
        {},
        false};
}

Mutation separators_lost(const ValidScan& scan, ScanMaker&) {
    std::string text = with_separators_as(scan.text(), "");
    text = with_replaced(with_replaced(text, "\x1e", ""), "\x04", "");
    return {"control characters lost", text, {}, {}, false};
}

Mutation separators_doubled(const ValidScan& scan, ScanMaker&) {
    return {"separators doubled", with_separators_as(scan.text(), "\x1d\x1d"), {}, {}, false};
}

Mutation separators_around(const ValidScan& scan, ScanMaker& random) {
    const bool is_front = random.one_in(2);
    const std::string text = is_front ? scan.identifier + gs + scan.data() : scan.text() + gs;
    return {"separator around", text, {}, {}, false};
}

Mutation framed(const ValidScan& scan, ScanMaker& random) {
    return {"framed", "\x02" + scan.text() + (random.one_in(2) ? "\r\n" : "\x03"), {}, {}, false};
}

Mutation case_inverted(const ValidScan& scan, ScanMaker&) {
    return {"case inverted", with_other_case(scan.text()), {}, {}, false};
}

Mutation other_layout(const ValidScan& scan, ScanMaker& random) {
    constexpr std::array layouts = {devices::Layout::uk, devices::Layout::de, devices::Layout::fr};
    return {"other layout", typed_on(layouts.at(random.below(3)), scan.text()), {}, {}, false};
}

Mutation full_width(const ValidScan& scan, ScanMaker& random) {
    return {"full width", in_full_width(scan.text(), 1 + random.below(3)), {}, {}, false};
}

Mutation glued(const ValidScan& scan, ScanMaker& random) {
    ValidScan second = random.scan();
    while (second.identifier.empty() != scan.identifier.empty()) {
        second = random.scan(); // one scanner sends identifiers, or it does not
    }
    const bool are_separators_lost = random.one_in(3);
    std::string text = scan.text() + second.text();
    text = are_separators_lost ? with_separators_as(text, "") : text;
    const codes::Reading reading = read_mutation(second.text());
    return {"two scans glued", text, {values_of(reading)}, {}, false};
}

Mutation doubled(const ValidScan& scan, ScanMaker&) {
    return {"scan doubled", scan.text() + scan.text(), {}, {}, false};
}

Mutation head_lost(const ValidScan& scan, ScanMaker& random) {
    const std::string text = scan.text();
    return {"head lost", text.substr(1 + random.below(text.size() - 1)), {}, {}, true};
}

Mutation tail_lost(const ValidScan& scan, ScanMaker& random) {
    const std::string text = scan.text();
    return {"tail lost", text.substr(0, 1 + random.below(text.size() - 1)), {}, {}, true};
}

// --- judging ------------------------------------------------------------------------------------

std::vector<std::pair<std::string, std::string>>
changed_values(const Values& before, const Values& after) {
    std::vector<std::pair<std::string, std::string>> changed;
    const auto compare = [&](const char* name, const std::string& old, const std::string& now) {
        if (!now.empty() && now != old) {
            changed.emplace_back(name, old);
        }
    };
    compare("gtin", before.gtin, after.gtin);
    compare("lot", before.lot, after.lot);
    compare("expiry", before.expiry, after.expiry);
    compare("serial", before.serial, after.serial);
    return changed;
}

const std::string& value_named(const Values& values, const std::string& name) {
    return name == "gtin"     ? values.gtin
           : name == "lot"    ? values.lot
           : name == "expiry" ? values.expiry
                              : values.serial;
}

bool is_cut_short(const std::string& before, const std::string& after) {
    return !after.empty() && before.size() > after.size() && before.starts_with(after);
}

// Letters in one case only, without an identifier: the other case is as good.
bool has_only_small_letters(const std::string& text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_typed_on_any(const std::string& before, const std::string& after) {
    return typed_on(devices::Layout::de, before) == after
           || typed_on(devices::Layout::uk, before) == after;
}

// Why nobody can see that this value is another one; empty where somebody could.
std::string reason_on_the_way(
    const ValidScan& scan,
    const Mutation& mutation,
    const std::string& before,
    const std::string& after) {
    const bool has_identifier = mutation.text.starts_with(']');
    if (mutation.is_cut && is_all_digits(mutation.text.substr(has_identifier ? 3 : 0))) {
        return "digits that are left are a number whose check digit holds by chance";
    }
    if (mutation.kind == "head lost" && scan.identifier.empty()
        && mutation.text.starts_with("01")) {
        return "(01) further on in the text, its check digit holds by chance";
    }
    if (mutation.is_cut && scan.family == "hibc") {
        return "a shorter label whose check character holds by chance (1 in 43)";
    }
    if (mutation.kind == "tail lost" && is_cut_short(before, after)) {
        return "the end of a value without a fixed length is missing";
    }
    if (mutation.kind == "case inverted" && scan.identifier.empty()
        && has_only_small_letters(before)) {
        return "small letters arrive as capitals, no identifier tells of it";
    }
    if (mutation.kind == "other layout" && scan.identifier.empty()
        && is_typed_on_any(before, after)) {
        return "characters that are data on both layouts, no identifier tells of it";
    }
    return {};
}

std::string
reason_inside(const Mutation& mutation, const std::string& field, const std::string& before) {
    if (mutation.changed.check == Part::Check::whole) {
        return "the check character holds by chance (1 in 43)";
    }
    if (mutation.changed.check == Part::Check::own || field == "gtin") {
        return "the check digit holds by chance";
    }
    if (field == mutation.changed.field) {
        return "a value that no check protects";
    }
    return before.empty() ? "one field became another" : "the end of a field moved";
}

std::string reason_of(
    const ValidScan& scan,
    const Mutation& mutation,
    const std::string& field,
    const Values& before,
    const Values& after) {
    const std::string& old = value_named(before, field);
    return mutation.changed.text.empty()
               ? reason_on_the_way(scan, mutation, old, value_named(after, field))
               : reason_inside(mutation, field, old);
}

bool is_one_of(const Values& values, const Values& original) {
    return changed_values(original, values).empty();
}

} // namespace

codes::Reading read_mutation(const std::string& text) {
    codes::ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    return codes::read(text, options);
}

Values values_of(const codes::Reading& reading) {
    if (!reading) {
        return {};
    }
    return {
        reading->gtin,
        reading->lot,
        reading->expiry ? to_text(*reading->expiry) : "",
        reading->serial};
}

Mutation changed_on_the_way(const ValidScan& scan, ScanMaker& random) {
    constexpr std::array<Change, 13> changes = {
        separators_replaced,
        separators_lost,
        separators_doubled,
        separators_around,
        framed,
        case_inverted,
        other_layout,
        full_width,
        glued,
        doubled,
        head_lost,
        tail_lost,
        glued};
    return changes.at(random.below(changes.size()))(scan, random);
}

Mutation changed_inside(const ValidScan& scan, ScanMaker& random) {
    ValidScan copy = scan;
    Part& part = copy.parts[random.below(copy.parts.size())];
    Mutation mutation;
    mutation.changed = part;
    const std::size_t at = random.below(part.text.size());
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
        std::swap(part.text[at], part.text[at + 1 < part.text.size() ? at + 1 : at]);
        break;
    default:
        mutation.kind = "character changed";
        part.text[at] = static_cast<char>('0' + random.below(10));
        break;
    }
    mutation.text = copy.text();
    return mutation;
}

void count_mutation(const ValidScan& scan, const Mutation& mutation, Counts& counts) {
    const codes::Reading reading = read_mutation(mutation.text);
    if (!reading) {
        ++counts.refused;
        return;
    }
    const Values before = values_of(read_mutation(scan.text()));
    const Values after = values_of(reading);
    const bool is_second = std::any_of(
        mutation.originals.begin(), mutation.originals.end(), [&](const Values& original) {
            return is_one_of(after, original);
        });
    const auto changed = changed_values(before, after);
    if (!reading->warnings.empty()) {
        ++counts.warned;
    } else if (changed.empty() || is_second) {
        ++(reading->family == codes::Family::other ? counts.plain_text : counts.same);
    } else {
        std::string reason;
        for (const auto& [field, old] : changed) {
            reason = reason_of(scan, mutation, field, before, after);
            if (reason.empty()) {
                break;
            }
        }
        if (!reason.empty()) {
            ++counts.out_of_reach[reason];
            return;
        }
        ++counts.mistaken;
        constexpr std::size_t shown = 10;
        if (counts.examples.size() < shown) {
            counts.examples.push_back(scan.text() + "  ->  " + mutation.text);
        }
    }
}

void print(const std::map<std::string, Counts>& counts) {
    for (const auto& [kind, count] : counts) {
        std::cout << "  " << kind << ": same " << count.same << ", refused " << count.refused
                  << ", warned " << count.warned << ", plain text " << count.plain_text
                  << ", mistaken " << count.mistaken << '\n';
        for (const auto& [reason, number] : count.out_of_reach) {
            std::cout << "      out of reach " << number << ": " << reason << '\n';
        }
        for (const std::string& example : count.examples) {
            std::cout << "      mistaken: " << quotable(example, 300) << '\n';
        }
    }
}

} // namespace cartwatch::test
