// A scanner in HID POS mode as values: the report descriptor of the usual form, and its reports as
// one scanner was recorded to send them (origin beside them).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::test {

using HidBytes = std::vector<std::uint8_t>;

// Report 2 of 64 bytes: length, identifier of three, 56 of data, two that a maker may use, and a
// bit that says whether more follows. Made by us after the HID Point of Sale Usage Tables 1.02.
inline HidBytes hid_descriptor() {
    return {
        0x05, 0x8C,       // page: bar code scanner
        0x09, 0x02,       // bar code scanner
        0xA1, 0x01,       // collection, application
        0x09, 0x12,       //  scanned data report
        0xA1, 0x02,       //  collection, logical
        0x85, 0x02,       //   report 2
        0x15, 0x00,       //   from 0
        0x26, 0xFF, 0x00, //   to 255
        0x75, 0x08,       //   8 bits
        0x95, 0x01,       //   1 field
        0x05, 0x01,       //   page: generic desktop
        0x09, 0x3B,       //   byte count
        0x81, 0x02,       //   input
        0x05, 0x8C,       //   page: bar code scanner
        0x95, 0x03,       //   3 fields
        0x09, 0xFB,       //   identifier 1
        0x09, 0xFC,       //   identifier 2
        0x09, 0xFD,       //   identifier 3
        0x81, 0x02,       //   input
        0x95, 0x38,       //   56 fields
        0x09, 0xFE,       //   decoded data
        0x82, 0x02, 0x01, //   input, buffered bytes
        0x95, 0x02,       //   2 fields
        0x06, 0x66, 0xFF, //   page: the maker's
        0x09, 0x04,       //   something
        0x81, 0x02,       //   input
        0x05, 0x8C,       //   page: bar code scanner
        0x25, 0x01,       //   to 1
        0x75, 0x01,       //   1 bit
        0x95, 0x01,       //   1 field
        0x09, 0xFF,       //   decoded data continued
        0x81, 0x02,       //   input
        0x75, 0x07,       //   7 bits
        0x81, 0x03,       //   padding
        0xC0,             //  end
        0xC0,             // end
    };
}

// A report as that descriptor has it.
inline HidBytes hid_report(std::string_view identifier, std::string_view data, bool continued) {
    HidBytes report(64, 0);
    report[0] = 2;
    report[1] = static_cast<std::uint8_t>(data.size());
    for (std::size_t i = 0; i < identifier.size(); ++i) {
        report[2 + i] = static_cast<std::uint8_t>(identifier[i]);
    }
    for (std::size_t i = 0; i < data.size(); ++i) {
        report[5 + i] = static_cast<std::uint8_t>(data[i]);
    }
    report[61] = 63; // as recorded
    report[63] = continued ? 1 : 0;
    return report;
}

// The reports of one long scan.
inline std::vector<HidBytes> hid_reports(std::string_view identifier, std::string_view data) {
    std::vector<HidBytes> reports;
    while (data.size() > 56) {
        reports.push_back(hid_report(identifier, data.substr(0, 56), true));
        data.remove_prefix(56);
    }
    reports.push_back(hid_report(identifier, data, false));
    return reports;
}

} // namespace cartwatch::test
