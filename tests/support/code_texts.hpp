// What was read, written again as its family prints it: a text that reads differently the second
// time was misread one of both times. Only what the members and fields of a code hold.
#pragma once

#include "scanner/codes/hibc.hpp"
#include "scanner/codes/reader.hpp"
#include "scanner/codes/settle.hpp"

#include <algorithm>
#include <string>

namespace cartwatch::support {

// "20261231"
inline std::string eight_digits(Day day) {
    std::string text = to_text(day);
    text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
    return text;
}

inline std::string part_of(const std::string& front, const std::string& value) {
    return value.empty() ? std::string() : front + value;
}

inline std::string part_of(const std::string& front, const std::optional<Day>& day) {
    return day ? front + eight_digits(*day) : std::string();
}

// An element string with what every pack may bear.
inline std::string gs1_text(const codes::ScannedCode& code) {
    std::string text = "]d201" + code.gtin;
    text += code.expiry ? "17" + eight_digits(*code.expiry).substr(2) : "";
    text += code.production ? "11" + eight_digits(*code.production).substr(2) : "";
    text += part_of("10", code.lot) + "\x1d" + part_of("21", code.serial);
    return text;
}

// One label with all its parts.
inline std::string hibc_text(const codes::ScannedCode& code) {
    std::string text = "+" + std::string(code.field("lic")) + std::string(code.field("pcn"))
                       + std::string(code.field("uom"));
    text += part_of("/$$7", code.lot) + part_of("/S", code.serial);
    text += part_of("/14D", code.expiry) + part_of("/16D", code.production);
    return text + codes::hibc::check_character(text);
}

inline std::string ifa_text(const codes::ScannedCode& code) {
    std::string text = "[)>\x1e"
                       "06";
    text += part_of(
        "\x1d"
        "9N",
        std::string(code.field("ppn")));
    text += part_of(
        "\x1d"
        "8P",
        code.gtin);
    text += part_of(
        "\x1d"
        "1T",
        code.lot);
    text += part_of(
        "\x1d"
        "S",
        code.serial);
    text += part_of(
        "\x1d"
        "14D",
        code.expiry);
    text += part_of(
        "\x1d"
        "16D",
        code.production);
    return text + "\x1e\x04";
}

inline std::string ma_text(const codes::ScannedCode& code) {
    return std::string(code.field("di")) + part_of(".S", code.serial)
           + part_of(".M", code.production) + part_of(".L", code.lot) + part_of(".V", code.expiry);
}

// Empty where the family has no text of this kind, or the code is a part of one.
inline std::string written_again(const codes::ScannedCode& code) {
    const bool names_gtin = !code.gtin.empty();
    if (code.family == codes::Family::gs1 || code.family == codes::Family::gs1_digital_link) {
        return names_gtin ? gs1_text(code) : std::string();
    }
    if (code.family == codes::Family::hibc) {
        return code.field("lic").empty() ? std::string() : hibc_text(code);
    }
    if (code.family == codes::Family::ifa) {
        return names_gtin || !code.field("ppn").empty() ? ifa_text(code) : std::string();
    }
    return code.family == codes::Family::ma ? ma_text(code) : std::string();
}

// The same pack of the same product.
inline bool tells_the_same(const codes::ScannedCode& one, const codes::ScannedCode& other) {
    return one.gtin == other.gtin && one.lot == other.lot && one.serial == other.serial
           && one.expiry == other.expiry && one.production == other.production
           && one.field("di") == other.field("di") && one.field("ppn") == other.field("ppn");
}

inline bool
is_among(const codes::ScannedCode& one, const std::vector<codes::ScannedCode>& readings) {
    return std::ranges::any_of(
        readings, [&](const codes::ScannedCode& reading) { return tells_the_same(reading, one); });
}

inline bool is_perhaps_two(const codes::ScannedCode& code) {
    return std::ranges::find(code.warnings, "merged_scan_suspected") != code.warnings.end();
}

// Told again, or refused since a link's or a label's value is another item's key in an element
// string. A code that claims nothing itself is told where all its candidates are. Where a letter of
// the scanner's looked like the beginning of another code, only whoever knows the scanner sees
// that: then nothing new is told.
inline bool is_told_by(const codes::Reading& again, const codes::ScannedCode& one) {
    if (!again) {
        return again.error().rule == "merged_scan";
    }
    const auto readings = codes::readings_of(*again);
    const auto is_told = [&](const codes::ScannedCode& stated) {
        return is_among(stated, readings);
    };
    const auto stated = codes::readings_of(one);
    if (is_perhaps_two(one) && !is_perhaps_two(*again)) {
        return std::ranges::all_of(
            readings, [&](const codes::ScannedCode& reading) { return is_among(reading, stated); });
    }
    return stated.size() > one.candidates.size()
               ? is_told(stated.front())
               : std::all_of(stated.begin(), stated.end(), is_told);
}

} // namespace cartwatch::support
