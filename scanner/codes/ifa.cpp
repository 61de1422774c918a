#include "scanner/codes/ifa.hpp"

#include "scanner/codes/gs1_dates.hpp"
#include "scanner/codes/gtin.hpp"
#include "scanner/codes/ifa_fields.hpp"
#include "scanner/codes/settle.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <vector>

namespace cartwatch::codes::ifa {

namespace {

constexpr std::size_t value_length_max = 20;          // lot and serial
constexpr std::string_view german_drug_agency = "11"; // PRA code of the PZN

// Of lots and serial numbers: IFA, "PPN-Code Specification for Retail Packaging", section 4.
bool is_lot_character(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

// A message on its way: what was understood, or why it is refused.
struct Message {
    const Scan* scan = nullptr;
    ScannedCode code;
    std::optional<Reading> refusal;

    void refuse(const char* rule, std::string_view at, const std::string& value) {
        if (!refusal) {
            refusal = refused_scan(
                *scan,
                Family::ifa,
                {rule, at, "this is not as it should be: \"" + shortened(value) + "\""});
        }
    }

    // A value that is there already must be the same.
    void put(std::string& member, const DataField& field) {
        if (field.value.empty() || field.value.size() > value_length_max) {
            refuse("bad_length", field.identifier, field.value);
        } else if (!std::all_of(field.value.begin(), field.value.end(), is_lot_character)) {
            refuse("bad_charset", field.identifier, field.value);
        } else if (!member.empty() && member != field.value) {
            refuse("repeated_field_differs", field.identifier, field.value);
        }
        member = field.value;
    }

    void put(std::optional<Day>& member, std::optional<Day> day, const DataField& field) {
        if (!day) {
            refuse("bad_date", field.identifier, field.value);
        } else if (member && *member != *day) {
            refuse("repeated_field_differs", field.identifier, field.value);
        }
        member = day;
    }
};

bool is_ppn_text(std::string_view text) {
    return std::all_of(
        text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

// "11" and a PZN8 in front of the check; other agencies' numbers are kept whole.
void put_ppn(Message& message, const DataField& field) {
    const std::string& ppn = field.value;
    if (ppn.size() < ppn_length_min || ppn.size() > ppn_length_max) {
        return message.refuse("bad_length", field.identifier, ppn);
    }
    if (!is_ppn_text(ppn)) {
        return message.refuse("bad_charset", field.identifier, ppn);
    }
    if (ppn_check(ppn.substr(0, ppn.size() - 2)) != ppn.substr(ppn.size() - 2)) {
        return message.refuse("bad_check_digit", field.identifier, ppn);
    }
    const std::string_view known = message.code.field("ppn");
    if (!known.empty() && known != ppn) {
        return message.refuse("repeated_field_differs", field.identifier, ppn);
    }
    message.code.fields.push_back({"ppn", ppn});
    if (ppn.starts_with(german_drug_agency)) {
        const std::string pzn = ppn.substr(2, ppn.size() - 4);
        if (!is_pzn8(pzn)) {
            return message.refuse("bad_pzn", field.identifier, ppn);
        }
        message.code.fields.push_back({"pzn", pzn});
    }
}

void put_gtin(Message& message, const DataField& field) {
    if (field.value.size() != 14) {
        return message.refuse("bad_length", field.identifier, field.value);
    }
    if (!has_check_digit(field.value)) {
        return message.refuse("bad_check_digit", field.identifier, field.value);
    }
    if (field.value.find_first_not_of('0') == std::string::npos) {
        return message.refuse("bad_value", field.identifier, field.value);
    }
    message.put(message.code.gtin, field);
}

void put_field(Message& message, const DataField& field) {
    const int year = year_of(message.scan->as_of);
    if (field.identifier == "9N") {
        put_ppn(message, field);
    } else if (field.identifier == "8P") {
        put_gtin(message, field);
    } else if (field.identifier == "1T") {
        message.put(message.code.lot, field);
    } else if (field.identifier == "S") {
        message.put(message.code.serial, field);
    } else if (field.identifier == "D") {
        message.put(
            message.code.expiry, day_of_yymmdd(field.value, year, DayZero::last_of_month), field);
    } else if (field.identifier == "14D") {
        message.put(message.code.expiry, day_of_label(field.value), field);
    } else if (field.identifier == "16D") {
        message.put(message.code.production, day_of_label(field.value), field);
    } else {
        message.code.fields.push_back({"di_" + field.identifier, field.value});
    }
}

// The product's number must agree in both forms: a PZN and the GTIN that holds one.
void check_agreement(Message& message) {
    if (message.code.gtin.empty()) {
        return;
    }
    const std::vector<Field> derived = fields_of_gtin(message.code.gtin);
    for (const Field& field : derived) {
        const std::string_view known = message.code.field(field.name);
        if (field.name == "pzn" && !known.empty() && known != field.value) {
            return message.refuse("repeated_field_differs", "8P", message.code.gtin);
        }
        if (known.empty()) {
            message.code.fields.push_back(field);
        }
    }
}

std::string readable(std::string_view data) {
    std::string text(data);
    std::replace(text.begin(), text.end(), '\x1d', ' ');
    return text;
}

Reading read_fields(const Scan& scan, const std::vector<DataField>& fields) {
    Message message;
    message.scan = &scan;
    message.code = begun(scan, Family::ifa);
    for (const DataField& field : fields) {
        put_field(message, field);
    }
    check_agreement(message);
    return message.refusal ? *message.refusal : Reading(message.code);
}

// What the message may have been where separators were lost. Its header has one, so that this
// scanner sends them: only what proves itself is worth asking about, or a value that is too long.
Reading
read_with_others(const Scan& scan, const std::vector<DataField>& fields, std::string_view data) {
    Reading whole = read_fields(scan, fields);
    if (!whole && whole.error().rule != "bad_length") {
        return whole;
    }
    std::vector<ScannedCode> others;
    bool is_proven = false;
    for (const OtherFields& other : other_fields(fields, year_of(scan.as_of))) {
        if (const Reading reading = read_fields(scan, other.fields)) {
            others.push_back(*reading);
            is_proven = is_proven || other.proof > 0;
        }
    }
    ScannedCode code = whole ? *whole : begun(scan, Family::ifa);
    if (!whole && others.size() == 1) { // one single reading is what it was
        code = others.front();
        others.clear();
    } else if (!whole && others.empty()) {
        return whole;
    }
    code.text = readable(data);
    if (whole && others.empty()) {
        return code;
    }
    if (whole && !is_proven) {
        if (!scan.scanner->sends_separators) {
            code.warnings.emplace_back("missing_separator_possible");
        }
        return code;
    }
    code.warnings.emplace_back("missing_separator_suspected");
    std::transform(others.begin(), others.end(), std::back_inserter(code.candidates), as_candidate);
    if (!whole && !others.empty()) {
        code.warnings.emplace_back("ambiguous");
    }
    return code;
}

} // namespace

Reading read_content(const Scan& scan, std::string_view data) {
    const std::vector<DataField> fields = fields_of(data);
    const bool is_ours = std::any_of(fields.begin(), fields.end(), [](const DataField& field) {
        return field.identifier == "9N" || field.identifier == "8P";
    });
    if (is_ours) {
        return read_with_others(scan, fields, data);
    }
    ScannedCode code = begun(scan, Family::other);
    code.text = readable(data);
    for (const DataField& field : fields) {
        code.fields.push_back({"di_" + field.identifier, field.value});
    }
    return code;
}

FamilyReading read(const Scan& scan) {
    constexpr std::size_t with_hyphen_8 = 9;
    constexpr std::size_t with_hyphen_7 = 8;
    std::string_view text = scan.data;
    if (text.size() > 2 && text.starts_with("*-") && text.ends_with('*')) {
        text = text.substr(1, text.size() - 2); // Code 39 shown with its start and stop
    }
    const bool has_length = text.size() == with_hyphen_8 || text.size() == with_hyphen_7;
    if (scan.carrier != Carrier::unknown || !has_length || text[0] != '-'
        || !is_all_digits(text.substr(1))) {
        return std::nullopt;
    }
    const std::string digits(text.substr(1));
    // A PZN7 weighs its digits as the PZN8 that has a zero in front of it.
    const std::string pzn = digits.size() == 7 ? "0" + digits : digits;
    if (!is_pzn8(pzn)) {
        return refused_scan(
            scan, Family::ifa, {"bad_pzn", "", "the check digit is wrong: \"" + digits + "\""});
    }
    ScannedCode code = begun(scan, Family::ifa);
    code.fields.push_back({"pzn", pzn});
    if (digits.size() == 7) {
        code.fields.push_back({"pzn7", digits});
    }
    code.text = "PZN " + digits;
    return code;
}

} // namespace cartwatch::codes::ifa
