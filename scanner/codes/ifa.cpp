#include "scanner/codes/ifa.hpp"

#include "scanner/codes/gs1_dates.hpp"
#include "scanner/codes/gtin.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::codes::ifa {

namespace {

constexpr std::size_t value_length_max = 20; // lot and serial

Reading
refused_number(const Scan& scan, const char* rule, std::string_view at, const std::string& value) {
    return refused_scan(
        scan, Family::ifa, {rule, at, "this is not as it should be: \"" + shortened(value) + "\""});
}

// Two digits: the characters before them times 2, 3, 4, …, modulo 97.
bool has_ppn_check(std::string_view ppn) {
    unsigned sum = 0;
    for (std::size_t i = 0; i + 2 < ppn.size(); ++i) {
        sum += static_cast<unsigned char>(ppn[i]) * static_cast<unsigned>(i + 2);
    }
    return parse_digits(ppn.substr(ppn.size() - 2)) == static_cast<std::int64_t>(sum % 97);
}

// "11" and a PZN8 in front of the check; other agencies' numbers are kept whole.
Reading read_ppn(const Scan& scan, ScannedCode code, const std::string& ppn) {
    if (ppn.size() < 5 || ppn.size() > 22) {
        return refused_number(scan, "bad_length", "9N", ppn);
    }
    if (!has_ppn_check(ppn)) {
        return refused_number(scan, "bad_check_digit", "9N", ppn);
    }
    code.fields.push_back({"ppn", ppn});
    if (ppn.starts_with("11")) {
        const std::string pzn = ppn.substr(2, ppn.size() - 4);
        if (!is_pzn8(pzn)) {
            return refused_number(scan, "bad_pzn", "9N", ppn);
        }
        code.fields.push_back({"pzn", pzn});
    }
    return code;
}

// Reads one data field; a refusal where it breaks its format.
std::optional<Reading> read_field(const Scan& scan, ScannedCode& code, const std::string& field) {
    if (field.starts_with("1T") || field.starts_with("S")) {
        const bool is_lot = field.starts_with("1T");
        const std::string value = field.substr(is_lot ? 2 : 1);
        if (value.empty() || value.size() > value_length_max) {
            return refused_number(scan, "bad_length", is_lot ? "1T" : "S", value);
        }
        (is_lot ? code.lot : code.serial) = value;
    } else if (field.starts_with("D") || field.starts_with("16D")) {
        const bool is_expiry = field.starts_with("D");
        const std::string value = field.substr(is_expiry ? 1 : 3);
        const auto day = is_expiry
                             ? day_of_yymmdd(value, year_of(scan.as_of), DayZero::last_of_month)
                             : day_of_yyyymmdd(value);
        if (!day) {
            return refused_number(scan, "bad_date", is_expiry ? "D" : "16D", value);
        }
        (is_expiry ? code.expiry : code.production) = day;
    } else if (!field.empty()) {
        const std::size_t letter = field.find_first_not_of("0123456789");
        const std::size_t end = std::min(letter, field.size() - 1) + 1;
        code.fields.push_back({"di_" + field.substr(0, end), field.substr(end)});
    }
    return std::nullopt;
}

FamilyReading read_envelope(const Scan& scan, std::string content) {
    if (!content.starts_with("9N")) {
        return std::nullopt; // format 06 of another trade
    }
    ScannedCode code = begun(scan, Family::ifa);
    std::string ppn;
    content += '\x1d';
    while (!content.empty()) {
        const std::size_t end = content.find('\x1d');
        const std::string field = content.substr(0, end);
        content.erase(0, end + 1);
        if (field.starts_with("9N")) {
            ppn = field.substr(2);
        } else if (auto refusal = read_field(scan, code, field)) {
            return refusal;
        }
    }
    return read_ppn(scan, std::move(code), ppn);
}

} // namespace

FamilyReading read(const Scan& scan) {
    if (const auto content = envelope_content(scan.data, "06")) {
        return read_envelope(scan, *content);
    }
    if (scan.carrier != Carrier::unknown || scan.data.size() != 9 || scan.data[0] != '-'
        || !is_all_digits(scan.data.substr(1))) {
        return std::nullopt;
    }
    const std::string pzn = scan.data.substr(1);
    if (!is_pzn8(pzn)) {
        return refused_number(scan, "bad_pzn", "", pzn);
    }
    ScannedCode code = begun(scan, Family::ifa);
    code.fields.push_back({"pzn", pzn});
    code.text = "PZN " + pzn;
    return code;
}

} // namespace cartwatch::codes::ifa
