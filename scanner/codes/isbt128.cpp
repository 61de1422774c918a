#include "scanner/codes/isbt128.hpp"

#include "scanner/codes/gs1_dates.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes::isbt128 {

namespace {

constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
constexpr std::size_t din_length = 13;
constexpr std::size_t din_and_flags = 15;

enum class Meaning { raw, expiry, production, lot, device, divisions, compound };

struct Structure {
    std::string_view identifier;
    std::size_t length; // of the content; 0: not confirmed, reaches to the end
    Meaning meaning;
    std::string_view field;
};

// ST-001, table 2 (data identifiers). Lengths only where an example in ST-001, ST-012 or ST-017
// shows them, or the FDA's "UDI formats by issuing agency". Longer identifiers stand before those
// that begin them.
constexpr std::array structures = std::to_array<Structure>({
    {"=%", 4, Meaning::raw, "blood_group"},
    {"=<", 8, Meaning::raw, "product_code"},
    {"=>", 6, Meaning::expiry, "expiry"},
    {"&>", 10, Meaning::expiry, "expiry"},
    {"=*", 6, Meaning::raw, "collected"},
    {"&*", 10, Meaning::raw, "collected"},
    {"=}", 6, Meaning::production, "production"},
    {"&}", 10, Meaning::production, "production"},
    {"=,", 6, Meaning::divisions, "divisions"},
    {"=/", 16, Meaning::device, "di"},
    {"&,1", 18, Meaning::lot, "lot"},
    {"=)", 10, Meaning::device, "di"}, // blood containers
    {"&)", 10, Meaning::lot, "lot"},
    {"&,4", 40, Meaning::raw, "sec"},
    {"=+", 5, Meaning::compound, "compound"},
    {"&,2", 0, Meaning::raw, "isbt_&,2"},
    {"&,3", 0, Meaning::raw, "isbt_&,3"},
    {"&(", 0, Meaning::raw, "isbt_&("},
    {"={", 0, Meaning::raw, "isbt_={"},
    {"=\\", 0, Meaning::raw, "isbt_=\\"},
    {"&\\", 0, Meaning::raw, "isbt_&\\"},
    {"&{", 0, Meaning::raw, "isbt_&{"},
    {"=[", 0, Meaning::raw, "isbt_=["},
    {"=\"", 0, Meaning::raw, "isbt_=\""},
    {"=;", 0, Meaning::raw, "isbt_=;"},
    {"='", 0, Meaning::raw, "isbt_='"},
    {"=-", 0, Meaning::raw, "isbt_=-"},
    {"&-", 0, Meaning::raw, "isbt_&-"},
    {"=#", 0, Meaning::raw, "isbt_=#"},
    {"&#", 0, Meaning::raw, "isbt_&#"},
    {"=]", 0, Meaning::raw, "isbt_=]"},
    {"&\"", 0, Meaning::raw, "isbt_&\""},
    {"=$", 0, Meaning::raw, "isbt_=$"},
    {"&$", 0, Meaning::raw, "isbt_&$"},
    {"&%", 0, Meaning::raw, "isbt_&%"},
    {"&+", 0, Meaning::raw, "isbt_&+"},
    {"&/", 0, Meaning::raw, "isbt_&/"},
    {"&;", 0, Meaning::raw, "isbt_&;"},
    {"&!", 0, Meaning::raw, "isbt_&!"},
});

const Structure* structure_at(std::string_view text) {
    const auto* found =
        std::find_if(structures.begin(), structures.end(), [&](const Structure& one) {
            return text.starts_with(one.identifier);
        });
    return found == structures.end() ? nullptr : &*found;
}

bool is_capital_or_digit(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z');
}

// The facility: a letter other than O, or 1 to 9, and four more characters; then year and number.
bool begins_like_din(std::string_view text) {
    constexpr std::size_t facility_length = 5;
    constexpr std::size_t year_length = 2;
    if (text.size() < 1 + facility_length + year_length || text[0] != '=' || text[1] == 'O'
        || text[1] == '0') {
        return false;
    }
    const std::string_view facility = text.substr(1, facility_length);
    return std::all_of(facility.begin(), facility.end(), is_capital_or_digit)
           && is_all_digits(text.substr(1 + facility_length, year_length));
}

// A structure's content consists of capitals and digits; other text may begin with "=" or "&" too.
bool begins_like_structure(std::string_view text) {
    constexpr std::size_t shown = 3; // what of the content must look right
    const Structure* structure = structure_at(text);
    if (structure == nullptr) {
        return begins_like_din(text);
    }
    const std::string_view content = text.substr(structure->identifier.size(), shown);
    return content.size() == shown
           && std::all_of(content.begin(), content.end(), is_capital_or_digit);
}

// A message on its way: what was understood, or the first rule that it breaks.
struct Message {
    ScannedCode code;
    std::string rule;
    std::string at;
    std::string value;
    std::size_t count = 0;                // of structures behind the first
    std::optional<std::size_t> announced; // by a compound message
    bool is_countable = true;             // every length was known

    void refuse(const char* broken, std::string_view where, std::string_view what) {
        if (rule.empty()) {
            rule = broken;
            at = where;
            value = what;
        }
    }

    void add(std::string_view name, std::string_view content) {
        code.fields.push_back({std::string(name), std::string(content)});
    }
};

// cyyjjj: the last three digits of the year, the day of the year; hhmm may follow.
std::optional<Day> day_of_content(std::string_view content) {
    if (!is_all_digits(content)) {
        return std::nullopt;
    }
    const auto year = static_cast<int>(*parse_digits(content.substr(0, 3)));
    const int century = content[0] == '9' ? 1000 : 2000; // 998 is 1998, 019 is 2019
    return day_of_year(century + year, static_cast<int>(*parse_digits(content.substr(3, 3))));
}

bool has_time_of_day(std::string_view content) {
    return content.size() < 10
           || (*parse_digits(content.substr(6, 2)) < 24 && *parse_digits(content.substr(8)) < 60);
}

void put_day(Message& message, const Structure& structure, std::string_view content) {
    const auto day = day_of_content(content);
    if (!day) {
        return message.refuse("bad_date", structure.identifier, content);
    }
    if (!has_time_of_day(content)) {
        return message.refuse("bad_time", structure.identifier, content);
    }
    const bool is_expiry = structure.meaning == Meaning::expiry;
    auto& member = is_expiry ? message.code.expiry : message.code.production;
    if (member && *member != *day) {
        return message.refuse("repeated_field_differs", structure.identifier, content);
    }
    member = day;
    if (content.size() == 10) {
        message.add(
            is_expiry ? "expiry_time" : "production_time",
            cartwatch::to_text(*day) + "T" + std::string(content.substr(6, 2)) + ":"
                + std::string(content.substr(8)));
    }
}

// Lots, serial numbers and device identifiers consist of capitals and digits; what a damaged symbol
// or another layout makes of them is none.
bool has_alphabet(const Structure& structure, std::string_view content) {
    const bool is_held = structure.meaning == Meaning::lot || structure.meaning == Meaning::device
                         || structure.meaning == Meaning::divisions;
    return !is_held || std::all_of(content.begin(), content.end(), is_capital_or_digit);
}

void put(Message& message, const Structure& structure, std::string_view content) {
    if (!has_alphabet(structure, content)) {
        return message.refuse("bad_charset", structure.identifier, content);
    }
    switch (structure.meaning) {
    case Meaning::expiry:
    case Meaning::production:
        return put_day(message, structure, content);
    case Meaning::lot:
        if (!message.code.lot.empty() && message.code.lot != content) {
            return message.refuse("repeated_field_differs", structure.identifier, content);
        }
        message.code.lot = content;
        return;
    case Meaning::compound:
        if (!is_all_digits(content)) {
            return message.refuse("bad_charset", structure.identifier, content);
        }
        message.announced = static_cast<std::size_t>(*parse_digits(content.substr(0, 2)));
        message.count = 0;
        return message.add("compound", content);
    case Meaning::raw:
    case Meaning::device:
    case Meaning::divisions: {
        const std::string_view known = message.code.field(structure.field);
        if (!known.empty() && known != content) {
            return message.refuse("repeated_field_differs", structure.identifier, content);
        }
        return message.add(structure.field, content);
    }
    }
}

// Flags 60 to 96 are the check; lower numbers mean something else and protect nothing.
void put_din(Message& message, std::string_view content) {
    constexpr int first_check_flag = 60;
    const std::string_view din = content.substr(0, din_length);
    const std::string_view flags = content.substr(din_length);
    const bool has_set = std::all_of(content.begin(), content.end(), is_capital_or_digit)
                         && is_all_digits(din.substr(5));
    if (!has_set) {
        return message.refuse("bad_charset", "=", content);
    }
    const std::string_view known = message.code.field("din");
    if (!known.empty() && (known != din || message.code.field("flags") != flags)) {
        return message.refuse("repeated_field_differs", "=", content);
    }
    message.add("din", din);
    message.add("flags", flags);
    const auto flag = parse_digits(flags);
    if (!flag || *flag < first_check_flag) {
        return;
    }
    const int check = check_value(din);
    if (*flag != first_check_flag + check) {
        return message.refuse("bad_check_character", "=", content);
    }
    message.add("check", characters.substr(static_cast<std::size_t>(check), 1));
}

// Takes the next structure off the text.
void take(Message& message, std::string_view& text) {
    const Structure* structure = structure_at(text);
    ++message.count;
    if (structure != nullptr) {
        text.remove_prefix(structure->identifier.size());
        message.is_countable = message.is_countable && structure->length != 0;
        const std::string_view content =
            text.substr(0, structure->length == 0 ? text.size() : structure->length);
        if (content.size() < std::max<std::size_t>(structure->length, 1)) {
            message.refuse("bad_length", structure->identifier, content);
        } else {
            put(message, *structure, content);
        }
        text.remove_prefix(content.size());
        return;
    }
    if (!begins_like_din(text)) { // a structure of somebody's own
        message.is_countable = false;
        message.add("rest", text);
        text = {};
        return;
    }
    const std::string_view content = text.substr(1, din_and_flags);
    if (content.size() < din_and_flags) {
        message.refuse("bad_length", "=", content);
    } else {
        put_din(message, content);
    }
    text.remove_prefix(1 + content.size());
}

// On a device the divisions are its serial number (ST-017; FDA, "UDI formats").
void finish(Message& message) {
    if (!message.code.field("di").empty()) {
        message.code.serial = message.code.field("divisions");
    }
    if (message.announced && message.is_countable && *message.announced != message.count) {
        message.refuse("incomplete_message", "=+", message.code.text);
    }
}

} // namespace

int check_value(std::string_view din) {
    constexpr std::size_t modulus = 37;
    std::size_t sum = 0;
    for (const char c : din) {
        sum = (sum + characters.find(c)) * 2 % modulus;
    }
    return static_cast<int>((modulus + 1 - sum) % modulus);
}

FamilyReading read(const Scan& scan) {
    if (scan.carrier != Carrier::unknown || !begins_like_structure(scan.data)) {
        return std::nullopt;
    }
    Message message;
    message.code = begun(scan, Family::isbt128);
    message.code.text = scan.data;
    std::string_view text = scan.data;
    while (!text.empty() && message.rule.empty()) {
        take(message, text);
    }
    finish(message);
    if (!message.rule.empty()) {
        return refused_scan(
            scan,
            Family::isbt128,
            {message.rule, message.at, "a field is wrong: \"" + shortened(message.value) + "\""});
    }
    return message.code;
}

} // namespace cartwatch::codes::isbt128
