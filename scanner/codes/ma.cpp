#include "scanner/codes/ma.hpp"

#include "scanner/codes/gs1_dates.hpp"
#include "scanner/codes/percent_encoding.hpp"
#include "scanner/codes/settle.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace cartwatch::codes::ma {

namespace {

constexpr std::size_t value_length_max = 64; // no limit is published; the longest seen has 20

bool is_letter_or_digit(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_letter_or_digit);
}

// "MA." and the three digits of a country.
bool begins_like_code(std::string_view text) {
    return text.size() > 7 && text.starts_with("MA.") && is_all_digits(text.substr(3, 3))
           && text[6] == '.';
}

std::string turned_case(std::string_view text) {
    std::string inverted(text);
    for (char& c : inverted) {
        const bool is_letter = is_letter_or_digit(c) && !is_digit(c);
        c = is_letter ? static_cast<char>(c ^ 0x20) : c;
    }
    return inverted;
}

// Where the code stands in an address: behind "=" or "/", up to the next parameter. What stands in
// front of an address is another text, glued to it.
std::string_view code_in_address(std::string_view text) {
    constexpr std::array<std::string_view, 4> schemes = {
        "http://", "https://", "HTTP://", "HTTPS://"};
    if (std::none_of(schemes.begin(), schemes.end(), [&](std::string_view scheme) {
            return text.starts_with(scheme);
        })) {
        return {};
    }
    for (std::size_t at = text.find("MA."); at != std::string_view::npos;
         at = text.find("MA.", at + 1)) {
        const bool is_begun = at > 0 && (text[at - 1] == '=' || text[at - 1] == '/');
        if (is_begun && begins_like_code(text.substr(at))) {
            const std::string_view code = text.substr(at);
            return code.substr(0, code.find_first_of("&#;? "));
        }
    }
    return {};
}

// How values are written: as they are, or as the part of an address that the code stands in has it.
enum class Writing { plain, path, query };

// A code on its way: what was understood, or the first rule that it breaks.
struct Parsing {
    ScannedCode code;
    int current_year = 0;
    Writing writing = Writing::plain;
    std::optional<Day> expires;     // E: from this day on it must not be used
    std::optional<Day> valid_until; // V
    std::string rule;
    std::string at;

    void refuse(const char* broken, std::string_view where) {
        if (rule.empty()) {
            rule = broken;
            at = where;
        }
    }
};

// Day 00 is the month's last day, as everywhere on labels; of the day from which on a device must
// not be used (E) it is the first, since that may be meant and is the safe one.
std::optional<Day> day_of(char letter, std::string_view text, int current_year) {
    constexpr std::size_t with_century = 8;
    constexpr std::size_t day_length = 2;
    const bool has_century = text.size() == with_century;
    const bool has_day = !text.ends_with("00");
    std::string spelled(text);
    if (!has_day && (letter == 'E' || has_century)) {
        spelled.replace(spelled.size() - day_length, day_length, "01");
    }
    const auto day = has_century ? day_of_label(spelled)
                                 : day_of_yymmdd(spelled, current_year, DayZero::last_of_month);
    if (!day || has_day || letter == 'E' || !has_century) {
        return day;
    }
    return last_day_of_month(
        year_of(*day), static_cast<unsigned>(*parse_digits(text.substr(4, day_length))));
}

void put_text(Parsing& parsing, std::string& member, char letter, std::string_view value) {
    if (!member.empty() && member != value) {
        parsing.refuse("repeated_segment_differs", std::string_view(&letter, 1));
    }
    member = value;
}

void put_day(Parsing& parsing, std::optional<Day>& member, char letter, std::string_view value) {
    const auto day = day_of(letter, value, parsing.current_year);
    if (!day) {
        parsing.refuse("bad_date", std::string_view(&letter, 1));
    } else if (member && *member != *day) {
        parsing.refuse("repeated_segment_differs", std::string_view(&letter, 1));
    }
    member = day;
}

void put_field(Parsing& parsing, const std::string& name, char letter, std::string_view value) {
    const std::string_view known = parsing.code.field(name);
    if (known.empty()) {
        parsing.code.fields.push_back({name, std::string(value)});
    } else if (known != value) {
        parsing.refuse("repeated_segment_differs", std::string_view(&letter, 1));
    }
}

void put_value(Parsing& parsing, char letter, std::string_view value) {
    if (value.empty() || value.size() > value_length_max) {
        return parsing.refuse("bad_length", std::string_view(&letter, 1));
    }
    const auto is_control = [](char c) { return c >= 0 && c < ' '; };
    if (std::any_of(value.begin(), value.end(), is_control)) {
        return parsing.refuse("bad_charset", std::string_view(&letter, 1));
    }
    switch (letter) {
    case 'S':
        return put_text(parsing, parsing.code.serial, letter, value);
    case 'L':
        return put_text(parsing, parsing.code.lot, letter, value);
    case 'M':
    case 'P': // the older letter
        return put_day(parsing, parsing.code.production, letter, value);
    case 'E':
        return put_day(parsing, parsing.expires, letter, value);
    case 'V':
        return put_day(parsing, parsing.valid_until, letter, value);
    case 'D':
        return put_field(parsing, "sterile_lot", letter, value);
    case 'Y':
        return put_field(parsing, "insurance_code", letter, value);
    case 'C':
        return put_field(parsing, "pi_check", letter, value);
    default:
        return put_field(parsing, std::string("segment_") + letter, letter, value);
    }
}

// What parts segments is never encoded, so that an encoded dot is one of the value.
void put_segment(Parsing& parsing, char letter, std::string_view value) {
    if (parsing.writing == Writing::plain) {
        return put_value(parsing, letter, value);
    }
    const auto decoded = percent_decoded(value, parsing.writing == Writing::query);
    if (!decoded || !is_utf8(*decoded)) {
        return parsing.refuse("bad_percent_encoding", std::string_view(&letter, 1));
    }
    put_value(parsing, letter, *decoded);
}

// Package level, item and check digit are told apart in a product part of eight characters only:
// longer ones are in use, and nothing public says how they are built.
void put_identifier(Parsing& parsing, const std::array<std::string_view, 5>& parts) {
    constexpr std::size_t usual_length = 8;
    constexpr std::size_t longest = 20; // the longest seen has 12
    if (parts[2].size() != 2 || parts[3].size() != 6 || parts[4].size() < usual_length
        || parts[4].size() > longest) {
        return parsing.refuse("bad_length", "DI");
    }
    if (!is_plain(parts[2]) || !is_plain(parts[3]) || !is_plain(parts[4])) {
        return parsing.refuse("bad_charset", "DI");
    }
    std::string di = "MA";
    for (std::size_t i = 1; i < parts.size(); ++i) {
        di += "." + std::string(parts.at(i));
    }
    parsing.code.fields.push_back({"di", di});
    parsing.code.fields.push_back({"registrant", std::string(parts[3])});
    if (parts[4].size() == usual_length) {
        parsing.code.fields.push_back({"package", std::string(parts[4].substr(0, 1))});
        parsing.code.fields.push_back({"item", std::string(parts[4].substr(1, 6))});
        parsing.code.fields.push_back({"di_check", std::string(parts[4].substr(7))});
    }
}

std::string_view next_part(std::string_view& text) {
    const std::size_t end = std::min(text.find('.'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

void put_identifier_text(Parsing& parsing, std::string_view& text) {
    std::array<std::string_view, 5> parts;
    for (std::string_view& part : parts) {
        part = next_part(text);
    }
    put_identifier(parsing, parts);
}

bool is_text_segment(char letter) {
    return letter == 'S' || letter == 'L' || letter == 'D' || letter == 'Y';
}

// A segment that may be the end of the value in front of it, which holds a dot then: its letter is
// none of the published ones, or it is a check that is too long for one.
bool may_be_end_of_value(std::string_view segment) {
    constexpr std::string_view published = "SLMPEVDYC";
    constexpr std::size_t check_length_max = 2; // the longest seen has one character
    return published.find(segment[0]) == std::string_view::npos
           || (segment[0] == 'C' && segment.size() > 1 + check_length_max);
}

enum class Dots { part, may_be_data };

// True where a dot may be data, and was taken so if asked for.
bool put_segments(Parsing& parsing, std::string_view text, Dots dots) {
    bool is_doubtful = false;
    std::string_view held; // a text segment, with what was taken for its end
    while (!text.empty()) {
        const std::string_view segment = next_part(text);
        if (segment.empty() || segment[0] < 'A' || segment[0] > 'Z') {
            parsing.refuse("unknown_segment", segment);
            return is_doubtful;
        }
        if (!held.empty() && may_be_end_of_value(segment)) {
            is_doubtful = true;
            if (dots == Dots::may_be_data) {
                held = {held.data(), held.size() + 1 + segment.size()};
                continue;
            }
        }
        if (!held.empty()) {
            put_segment(parsing, held[0], held.substr(1));
        }
        held = is_text_segment(segment[0]) ? segment : std::string_view();
        if (held.empty()) {
            put_segment(parsing, segment[0], segment.substr(1));
        }
    }
    if (!held.empty()) {
        put_segment(parsing, held[0], held.substr(1));
    }
    return is_doubtful;
}

void finish(Parsing& parsing);

void put_code(Parsing& parsing, std::string_view text) {
    if (text.ends_with('.')) {
        return parsing.refuse("bad_length", "");
    }
    put_identifier_text(parsing, text);
    Parsing other = parsing;
    if (!put_segments(parsing, text, Dots::part)) {
        return;
    }
    put_segments(other, text, Dots::may_be_data);
    if (other.rule.empty()) {
        finish(other);
        parsing.code.warnings.emplace_back("dot_suspected");
        parsing.code.candidates.push_back(as_candidate(other.code));
    }
}

// The day from which on it must not be used (失效日期) is the one behind the last valid one. Where
// both are told, some makers give one day twice, so the earlier counts. A last day that is not
// behind the day of making is no last day, and only told.
void finish(Parsing& parsing) {
    ScannedCode& code = parsing.code;
    const std::optional<Day> before_expiry =
        parsing.expires ? std::optional(*parsing.expires - std::chrono::days(1)) : std::nullopt;
    if (parsing.valid_until) {
        code.fields.push_back({"valid_until", cartwatch::to_text(*parsing.valid_until)});
    }
    if (parsing.expires) {
        code.fields.push_back({"expires", cartwatch::to_text(*parsing.expires)});
    }
    if (parsing.expires && parsing.valid_until) {
        const bool is_meant = !code.production || *parsing.valid_until > *code.production;
        const bool is_of_both = is_meant && *parsing.valid_until <= *parsing.expires;
        code.expiry = is_of_both ? parsing.valid_until : before_expiry;
        const auto apart = (*parsing.expires - *parsing.valid_until).count();
        if (apart < 0 || apart > 1) {
            code.warnings.emplace_back("expiry_differs");
        }
        return;
    }
    code.expiry = parsing.expires ? before_expiry : parsing.valid_until;
}

struct XmlRow {
    std::string_view tag;
    char letter;
};

// The elements of the XML form and the segments that they stand for.
constexpr std::array xml_rows = std::to_array<XmlRow>({
    {"SN", 'S'},
    {"LOT", 'L'},
    {"MFG", 'M'},
    {"EXP", 'E'},
    {"VAL", 'V'},
});

std::string_view without_space(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \r\n\t"), text.size()));
    return text;
}

// Takes "<TAG>value</TAG>" off the front; false where the text does not begin so.
bool take_element(std::string_view& text, std::string_view& tag, std::string_view& value) {
    const std::size_t close = text.find('>');
    if (!text.starts_with('<') || close == std::string_view::npos) {
        return false;
    }
    tag = text.substr(1, close - 1);
    const std::string end = "</" + std::string(tag) + ">";
    const std::size_t at = text.find(end, close);
    if (tag.empty() || at == std::string_view::npos) {
        return false;
    }
    value = text.substr(close + 1, at - close - 1);
    text = without_space(text.substr(at + end.size()));
    return value.find_first_of("<>&") == std::string_view::npos;
}

void put_xml(Parsing& parsing, std::string_view text) {
    text = without_space(text.substr(text.find('>') + 1));
    bool has_identifier = false;
    while (!text.starts_with("</UDI>")) {
        std::string_view tag;
        std::string_view value;
        if (!take_element(text, tag, value)) {
            return parsing.refuse("bad_xml", tag);
        }
        const auto* row = std::find_if(
            xml_rows.begin(), xml_rows.end(), [&](const XmlRow& one) { return one.tag == tag; });
        if (tag == "DI" && !has_identifier && begins_like_code(value)) {
            has_identifier = true;
            put_identifier_text(parsing, value);
            if (!value.empty()) {
                return parsing.refuse("bad_identifier", "DI");
            }
        } else if (row != xml_rows.end()) {
            put_segment(parsing, row->letter, value);
        } else {
            return parsing.refuse(tag == "DI" ? "bad_identifier" : "unknown_segment", tag);
        }
    }
    if (!has_identifier) {
        parsing.refuse("bad_identifier", "DI");
    }
}

bool is_xml(std::string_view text) {
    const std::string_view open = text.substr(0, text.find('>'));
    return text.starts_with("<UDI ")
           && (open.find("IAC=\"MA\"") != std::string_view::npos
               || open.find("IAC='MA'") != std::string_view::npos)
           && text.find("</UDI>") != std::string_view::npos;
}

Reading finished(const Scan& scan, Parsing& parsing) {
    if (!parsing.rule.empty()) {
        return refused_scan(
            scan,
            Family::ma,
            {parsing.rule, parsing.at, "a part is wrong: \"" + shortened(parsing.at) + "\""});
    }
    finish(parsing);
    return parsing.code;
}

} // namespace

FamilyReading read(const Scan& scan) {
    if (scan.carrier != Carrier::unknown) {
        return std::nullopt;
    }
    Parsing parsing;
    parsing.code = begun(scan, Family::ma);
    parsing.current_year = year_of(scan.as_of);
    const std::string_view addressed = code_in_address(scan.data);
    // "MA" is never written in small letters: those are Caps Lock's.
    const bool is_inverted =
        scan.data.starts_with("ma.") && begins_like_code(turned_case(scan.data));
    const std::string inverted = is_inverted ? turned_case(scan.data) : std::string();
    parsing.code.text = is_inverted ? inverted : scan.data;
    if (is_xml(scan.data)) {
        put_xml(parsing, scan.data);
    } else if (is_inverted) {
        parsing.code.warnings.emplace_back("caps_lock_inverted");
        put_code(parsing, inverted);
    } else if (!addressed.empty()) {
        const auto begin = static_cast<std::size_t>(addressed.data() - scan.data.data());
        const bool is_in_query = scan.data.find('?') < begin;
        parsing.writing = is_in_query ? Writing::query : Writing::path;
        put_code(parsing, addressed);
        parsing.code.text = addressed;
        parsing.code.fields.push_back({"url", scan.data});
    } else if (begins_like_code(scan.data)) {
        put_code(parsing, scan.data);
    } else {
        return std::nullopt;
    }
    return finished(scan, parsing);
}

} // namespace cartwatch::codes::ma
