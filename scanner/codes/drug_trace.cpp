#include "scanner/codes/drug_trace.hpp"

#include "scanner/codes/ean_upc.hpp"
#include "scanner/codes/gs1.hpp"
#include "scanner/codes/gtin.hpp"
#include "scanner/codes/settle.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <vector>

namespace cartwatch::codes::drug_trace {

namespace {

constexpr std::size_t product_length = 7; // product, package and package level
constexpr std::size_t code_length = 20;

Reading code_of_digits(const Scan& scan, std::string_view digits) {
    ScannedCode code = begun(scan, Family::drug_trace);
    code.serial = digits.substr(product_length);
    code.fields.push_back({"product_id", std::string(digits.substr(0, product_length))});
    code.text = digits;
    return code;
}

// Two scans in one: the digits of a UPC-A and an EAN-8, in either order, have a trace code's
// length. One in a hundred trace codes falls apart so by chance. First digits that no EAN-8 on a
// pack has are left out: 0 and 2 are for use inside a company (GS1 General Specifications, 1.4.3).
void add_two_numbers(
    const Scan& scan, std::string_view digits, std::vector<Candidate>& candidates) {
    constexpr std::size_t ean_8_length = 8;
    for (const std::size_t length : {code_length - ean_8_length, ean_8_length}) {
        const std::string_view first = digits.substr(0, length);
        const std::string_view second = digits.substr(length);
        const char ean_8_begin = first.size() == ean_8_length ? first.front() : second.front();
        if (!has_check_digit(first) || !has_check_digit(second) || ean_8_begin == '0'
            || ean_8_begin == '2') {
            continue;
        }
        for (const std::string_view number : {first, second}) {
            Scan one = scan;
            one.data = number;
            const FamilyReading reading = ean_upc::read(one);
            if (!reading || !*reading) { // nothing but zeros
                continue;
            }
            for (const ScannedCode& code : readings_of(**reading)) {
                candidates.push_back(as_candidate(code));
            }
        }
    }
}

// Where no identifier was transmitted, a GS1 asset number (8003, 8004) of twenty digits may stand
// in the symbol as well, or the text be two scans: all of them are offered.
Reading code_or_others(const Scan& scan, std::string_view digits) {
    const Reading trace = code_of_digits(scan, digits);
    std::vector<Candidate> candidates = {as_candidate(*trace)};
    const bool may_be_asset = digits.starts_with("8003") || digits.starts_with("8004");
    if (may_be_asset && scan.symbology.empty()) {
        if (const Reading asset = gs1::read_content(scan, digits)) {
            candidates.push_back(as_candidate(*asset));
        }
    }
    // Two scans would have an identifier or a line end between them, where the scanner sends those.
    const bool may_be_two = scan.identifier.empty() && !scan.scanner->ends_scans;
    const std::size_t of_one = candidates.size();
    if (may_be_two) {
        add_two_numbers(scan, digits, candidates);
    }
    if (candidates.size() == 1) {
        return trace;
    }
    ScannedCode code = begun(scan, Family::drug_trace);
    code.text = digits;
    if (candidates.size() > of_one) {
        code.warnings.emplace_back("merged_scan_suspected");
    }
    code.candidates = std::move(candidates);
    code.warnings.emplace_back("ambiguous");
    return code;
}

// Digits in groups: blanks and hyphens between them are typography where the groups are of one
// length, but for the last, or the product's digits stand apart. Empty where other characters stand
// in between, or groups of any lengths: a telephone number, somebody's own.
std::string digits_of_groups(std::string_view text) {
    std::vector<std::string_view> groups;
    while (true) {
        const std::size_t end = std::min(text.find_first_of(" -"), text.size());
        groups.push_back(text.substr(0, end));
        if (end == text.size()) {
            break;
        }
        text.remove_prefix(end + 1);
    }
    const std::size_t length = groups.front().size();
    const bool is_halved = groups.size() == 2 && length == product_length;
    std::string digits;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const bool is_last = i + 1 == groups.size();
        const bool has_length =
            groups[i].size() == length || (is_last && (is_halved || groups[i].size() < length));
        if (!has_length || groups[i].empty() || !is_all_digits(groups[i])) {
            return {};
        }
        digits += groups[i];
    }
    return digits;
}

// Takes a label and a colon off the front; false where the text does not begin with the label.
bool take_label(std::string_view& text, std::string_view label) {
    if (!text.starts_with(label)) {
        return false;
    }
    text.remove_prefix(label.size());
    text.remove_prefix(std::min(text.find_first_not_of(": "), text.size()));
    return true;
}

// "药品标识码:8385793序列号:0000879766660", colons and blanks as they come; full-width colons are
// folded before. Or the whole number behind "药品追溯码".
std::string digits_of_printed_text(std::string_view text) {
    if (take_label(text, "药品追溯码") || take_label(text, "追溯码")) {
        return digits_of_groups(text);
    }
    if (!take_label(text, "药品标识码") || text.size() < product_length) {
        return {};
    }
    std::string digits(text.substr(0, product_length));
    text.remove_prefix(product_length);
    text.remove_prefix(std::min(text.find_first_not_of(" ,;"), text.size()));
    if (!take_label(text, "序列号")) {
        return {};
    }
    digits += text;
    return is_all_digits(digits) ? digits : std::string();
}

} // namespace

FamilyReading read(const Scan& scan) {
    if (scan.carrier != Carrier::unknown) {
        return std::nullopt;
    }
    const std::string grouped = digits_of_groups(scan.data);
    const bool is_plain = grouped.size() == scan.data.size();
    const std::string printed = grouped.empty() ? digits_of_printed_text(scan.data) : std::string();
    const std::string& digits = printed.empty() ? grouped : printed;
    // One digit lost or doubled; further off it is some other number.
    const bool is_near = digits.size() == code_length - 1 || digits.size() == code_length + 1;
    if (digits.size() == code_length && digits.front() == '8') {
        return is_plain ? code_or_others(scan, digits) : code_of_digits(scan, digits);
    }
    if (!printed.empty() || (is_plain && is_near && digits.front() == '8')) {
        const bool is_wrong_length = digits.size() != code_length;
        return refused_scan(
            scan,
            Family::drug_trace,
            {is_wrong_length ? "bad_length" : "not_trace_code",
             "",
             "a traceability code has 20 digits and begins with 8, this has "
                 + std::to_string(digits.size()) + ": \"" + shortened(digits) + "\""});
    }
    if (is_plain && digits.size() == code_length) {
        return refused_scan(
            scan,
            Family::drug_trace,
            {"not_trace_code",
             "",
             "a traceability code begins with 8: \"" + std::string(digits) + "\""});
    }
    return std::nullopt;
}

} // namespace cartwatch::codes::drug_trace

namespace cartwatch::codes::drug_code {

namespace {

constexpr std::size_t drug_code_length = 14;

// Behind the label that is printed in front of it, nothing else can be meant.
std::string_view behind_label(std::string_view text) {
    for (const std::string_view label : {"药品本位码", "国家药品本位码", "本位码"}) {
        if (text.starts_with(label)) {
            text.remove_prefix(label.size());
            return text.substr(std::min(text.find_first_not_of(": "), text.size()));
        }
    }
    return {};
}

} // namespace

FamilyReading read(const Scan& scan) {
    if (scan.carrier != Carrier::unknown) {
        return std::nullopt;
    }
    const std::string_view labelled = behind_label(scan.data);
    const std::string digits(labelled.empty() ? std::string_view(scan.data) : labelled);
    if (digits.size() != drug_code_length || !is_all_digits(digits) || !digits.starts_with("869")) {
        return std::nullopt;
    }
    if (!has_check_digit(digits)) {
        return refused_scan(
            scan,
            Family::drug_code,
            {"bad_check_digit", "14", "the check digit is wrong: \"" + digits + "\""});
    }
    ScannedCode code = begun(scan, Family::drug_code);
    code.text = digits;
    if (!labelled.empty()) {
        code.fields.push_back({"drug_code", digits});
        return code;
    }
    code.candidates.push_back({Family::drug_code, "", {{"drug_code", digits}}});
    code.candidates.push_back({Family::ean_upc, digits, fields_of_gtin(digits)});
    code.warnings.emplace_back("ambiguous");
    return code;
}

} // namespace cartwatch::codes::drug_code
