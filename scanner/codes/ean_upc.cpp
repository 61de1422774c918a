#include "scanner/codes/ean_upc.hpp"

#include "scanner/codes/gs1.hpp"
#include "scanner/codes/gtin.hpp"
#include "scanner/values/text.hpp"

namespace cartwatch::codes::ean_upc {

namespace {

ScannedCode code_of(const Scan& scan, std::string_view printed, const std::string& gtin) {
    ScannedCode code = begun(scan, Family::ean_upc);
    code.gtin = gtin;
    code.text = printed;
    code.fields = fields_of_gtin(gtin);
    return code;
}

Reading wrong_length(const Scan& scan, std::string_view digits) {
    return refused_scan(
        scan,
        Family::ean_upc,
        {"bad_length",
         "",
         "a code of this symbol cannot have " + std::to_string(digits.size()) + " digits: \""
             + shortened(digits) + "\""});
}

Reading wrong_check_digit(const Scan& scan, std::string_view digits) {
    return refused_scan(
        scan,
        Family::ean_upc,
        {"bad_check_digit",
         std::to_string(digits.size()),
         "the check digit is wrong: \"" + std::string(digits) + "\""});
}

Reading read_checked(const Scan& scan, std::string_view digits) {
    if (digits.find_first_not_of('0') == std::string_view::npos) {
        return refused_scan(
            scan,
            Family::ean_upc,
            {"bad_value", "", "nothing but zeros names no item: \"" + std::string(digits) + "\""});
    }
    return has_check_digit(digits) ? Reading(code_of(scan, digits, gtin_of(digits)))
                                   : wrong_check_digit(scan, digits);
}

Reading read_upc_e(const Scan& scan, std::string_view digits) {
    const std::string upc_a = expanded_upc_e(digits);
    if (upc_a.empty() || digits.find_first_not_of('0') == std::string_view::npos) {
        return read_checked(scan, digits).has_value() ? wrong_check_digit(scan, digits)
                                                      : read_checked(scan, digits);
    }
    return code_of(scan, digits, gtin_of(upc_a));
}

// Eight digits of which nothing says whether they are an EAN-8 or a UPC-E.
Reading read_eight(const Scan& scan, std::string_view digits) {
    const bool is_ean_8 = has_check_digit(digits);
    // Another symbol that holds eight digits holds a GTIN-8: only a UPC-E itself leaves zeros out.
    const std::string upc_a = scan.symbology.empty() ? expanded_upc_e(digits) : std::string();
    const bool is_zero = digits.find_first_not_of('0') == std::string_view::npos;
    if (!is_ean_8 || upc_a.empty() || is_zero) {
        return is_ean_8 ? read_checked(scan, digits) : read_upc_e(scan, digits);
    }
    ScannedCode code = begun(scan, Family::ean_upc);
    code.text = digits;
    for (const std::string& gtin : {gtin_of(digits), gtin_of(upc_a)}) {
        code.candidates.push_back({Family::ean_upc, gtin, fields_of_gtin(gtin)});
    }
    code.warnings.emplace_back("ambiguous");
    return code;
}

// ]E3: two or five digits of an add-on behind those of an EAN-13, a UPC-A or a UPC-E, which
// decoders part from them by a blank or not at all; nullopt where nothing of the kind is there.
std::optional<Reading> read_with_add_on(const Scan& scan, std::string_view text) {
    for (const std::size_t length : {13U, 12U, 8U}) {
        if (text.size() <= length) {
            continue;
        }
        const std::string_view digits = text.substr(0, length);
        std::string_view add_on = text.substr(length);
        add_on.remove_prefix(add_on.front() == ' ' ? 1 : 0);
        const bool has_length = add_on.size() == 2 || add_on.size() == 5;
        const bool is_one =
            is_all_digits(digits) && (length > 8 || !expanded_upc_e(digits).empty());
        if (!has_length || !is_one || !is_all_digits(add_on)) {
            continue;
        }
        Reading reading = length == 8 ? read_upc_e(scan, digits) : read_checked(scan, digits);
        if (reading) {
            reading->fields.push_back({"add_on", std::string(add_on)});
        }
        return reading;
    }
    return std::nullopt;
}

// The parts of a composite: "6901234567892|]e01726123110AB1".
Reading read_composite(const Scan& scan, std::size_t bar) {
    const std::string_view digits = std::string_view(scan.data).substr(0, bar);
    const std::string_view elements = std::string_view(scan.data).substr(bar + 4);
    Reading linear = read_checked(scan, digits);
    return linear ? gs1::read_composite(scan, Family::ean_upc, linear->gtin, elements) : linear;
}

std::size_t composite_bar(std::string_view data) {
    const std::size_t bar = data.find("|]e");
    const bool is_linear_part = bar == 8 || bar == 12 || bar == 13;
    return is_linear_part && bar + 4 <= data.size() && is_all_digits(data.substr(0, bar))
               ? bar
               : std::string_view::npos;
}

// An AIM identifier ]E tells which symbol it was, and so how many digits there are.
Reading read_identified(const Scan& scan) {
    const std::string& digits = scan.data;
    if (scan.symbology == "]E3") {
        if (auto reading = read_with_add_on(scan, digits)) {
            return std::move(*reading);
        }
    }
    if (!is_all_digits(digits)) {
        return refused_scan(
            scan,
            Family::ean_upc,
            {"bad_charset", "", "only digits are allowed: \"" + shortened(digits) + "\""});
    }
    if (scan.symbology.empty()) { // a one-letter identifier: any of the four symbols
        return digits.size() == 8                           ? read_eight(scan, digits)
               : digits.size() == 12 || digits.size() == 13 ? read_checked(scan, digits)
                                                            : wrong_length(scan, digits);
    }
    switch (scan.symbology[2]) {
    case '0': // thirteen, or the eight of a UPC-E that the reader did not expand
        return digits.size() == 13  ? read_checked(scan, digits)
               : digits.size() == 8 ? read_upc_e(scan, digits)
                                    : wrong_length(scan, digits);
    case '4':
        return digits.size() == 8 ? read_checked(scan, digits) : wrong_length(scan, digits);
    default:
        return wrong_length(scan, digits);
    }
}

} // namespace

std::string expanded_upc_e(std::string_view digits) {
    if (digits.size() != 8 || !is_all_digits(digits) || digits[0] > '1') {
        return {};
    }
    const std::string_view body = digits.substr(1, 6);
    std::string upc_a(digits.substr(0, 1));
    if (body[5] <= '2') {
        upc_a += std::string(body.substr(0, 2)) + body[5] + "0000" + std::string(body.substr(2, 3));
    } else if (body[5] == '3') {
        upc_a += std::string(body.substr(0, 3)) + "00000" + std::string(body.substr(3, 2));
    } else if (body[5] == '4') {
        upc_a += std::string(body.substr(0, 4)) + "00000" + body[4];
    } else {
        upc_a += std::string(body.substr(0, 5)) + "0000" + body[5];
    }
    upc_a += digits[7];
    return has_check_digit(upc_a) ? upc_a : std::string();
}

FamilyReading read(const Scan& scan) {
    const std::string& digits = scan.data;
    if (scan.carrier == Carrier::gs1) {
        return std::nullopt;
    }
    if (const std::size_t bar = composite_bar(digits); bar != std::string_view::npos) {
        return read_composite(scan, bar);
    }
    if (scan.carrier == Carrier::ean_upc) {
        return read_identified(scan);
    }
    if (!is_all_digits(digits)) {
        return std::nullopt;
    }
    if (scan.carrier == Carrier::itf) { // other lengths are ITF of somebody's own
        return digits.size() == 14 ? FamilyReading(read_checked(scan, digits)) : std::nullopt;
    }
    switch (digits.size()) {
    case 8:
        return read_eight(scan, digits);
    case 12:
    case 13:
    case 14:
        return read_checked(scan, digits);
    default:
        return std::nullopt;
    }
}

} // namespace cartwatch::codes::ean_upc
