#include "scanner/devices/hid_report.hpp"
#include "tests/scanner/devices/hid_samples.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::hid_report_test {

using namespace cartwatch::devices;
using test::HidBytes;

namespace {

constexpr Ticks silence{150};

HidText a_text(std::size_t bytes_max = 8192) {
    return {*scan_report_of(test::hid_descriptor()), silence, bytes_max};
}

// Where a report completes one scan at most.
std::optional<TypedScan> fed(HidText& text, const HidBytes& report, Ticks at) {
    const std::vector<TypedScan> scans = text.feed(report, at);
    REQUIRE(scans.size() <= 1);
    return scans.empty() ? std::nullopt : std::optional(scans.front());
}

HidBytes with(HidBytes bytes, std::size_t at, std::uint8_t value) {
    bytes.at(at) = value;
    return bytes;
}

} // namespace

TEST_CASE("the descriptor says where a report holds what") {
    const auto report = scan_report_of(test::hid_descriptor());
    REQUIRE(report.has_value());
    CHECK(report->number == 2);
    CHECK(report->bytes == 64);
    CHECK(report->length_at == 1U);
    CHECK(report->identifier_at == std::array<std::optional<std::size_t>, 3>{2, 3, 4});
    CHECK(report->data_at == 5);
    CHECK(report->data_bytes == 56);
    CHECK(report->continued_bit == 63U * 8);
}

TEST_CASE("a recorded scanner is read: six reports of one answer, with its identifier once") {
    // Honeywell Voyager 1602g answering REVINF, from the notes of github.com/HenkVanAsselt
    // (python_hon_usbhid, README): the first, the fifth and the last report.
    const std::string first = "Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoft";
    const std::string fifth = " Type: N/A   Revision: N/A   Serial Number: N/A   Checks";
    const std::string last = "um: N/A\r\n";
    REQUIRE(first.size() == 56);
    REQUIRE(fifth.size() == 56);
    HidText text = a_text();
    CHECK_FALSE(fed(text, test::hid_report("]X0", first, true), Ticks{0}).has_value());
    CHECK_FALSE(fed(text, test::hid_report("]X0", fifth, true), Ticks{8}).has_value());
    const auto scan = fed(text, test::hid_report("]X0", last, false), Ticks{16});
    REQUIRE(scan.has_value());
    CHECK(scan->text == "]X0" + first + fifth + "um: N/A");
    CHECK_FALSE(scan->too_long);
}

TEST_CASE("a scan's separators stay, and lengths at the edge of a report are whole") {
    for (const std::size_t length : {1U, 55U, 56U, 57U, 112U, 113U, 2000U}) {
        const std::string data = std::string(length - 1, 'A') + "\x1d";
        HidText text = a_text();
        std::optional<TypedScan> scan;
        for (const HidBytes& report : test::hid_reports("]d2", data)) {
            REQUIRE_FALSE(scan.has_value());
            scan = fed(text, report, Ticks{0});
        }
        REQUIRE(scan.has_value());
        CHECK(scan->text == "]d2" + data);
    }
}

TEST_CASE("an identifier that is none is left out") {
    for (const std::string& identifier : {std::string("\0\0\0", 3), std::string("D\0\0", 3)}) {
        HidText text = a_text();
        const auto scan = fed(text, test::hid_report(identifier, "9900000011", false), Ticks{0});
        REQUIRE(scan.has_value());
        CHECK(scan->text == "9900000011");
    }
}

TEST_CASE("a report that contradicts the descriptor gives nothing that could be used") {
    HidText text = a_text();
    const HidBytes good = test::hid_report("]d2", "9900000011", false);
    const auto too_much = fed(text, with(good, 1, 57), Ticks{0});
    REQUIRE(too_much.has_value());
    CHECK(too_much->too_long);
    HidBytes cut = good;
    cut.pop_back();
    CHECK(fed(text, cut, Ticks{0})->too_long);
    CHECK(fed(text, HidBytes{2}, Ticks{0})->too_long);
    CHECK_FALSE(fed(text, HidBytes{}, Ticks{0}).has_value());
    CHECK_FALSE(fed(text, with(good, 0, 3), Ticks{0}).has_value()); // a report of another kind
    CHECK(fed(text, good, Ticks{0})->text == "]d29900000011");
}

TEST_CASE("half a scan whose other half never comes is told, and never used") {
    HidText text = a_text();
    CHECK(text.idle_at() == std::nullopt);
    CHECK(text.feed(test::hid_report("]d2", std::string(56, 'A'), true), Ticks{10}).empty());
    CHECK(text.idle_at() == Ticks{10} + silence);

    SECTION("the silence itself tells") {
        CHECK_FALSE(text.finish_if_idle(Ticks{9} + silence).has_value());
        const auto half = text.finish_if_idle(Ticks{10} + silence);
        REQUIRE(half.has_value());
        CHECK(half->too_long);
        CHECK(half->text.empty());
        CHECK_FALSE(text.finish_if_idle(Ticks{500}).has_value()); // once
        CHECK(text.idle_at() == std::nullopt);
    }
    SECTION("or the next scan, which is whole") {
        const auto next = text.feed(test::hid_report("]d2", "9900000011", false), Ticks{500});
        REQUIRE(next.size() == 2);
        CHECK(next.front().too_long);
        CHECK(next.back().text == "]d29900000011");
        CHECK_FALSE(next.back().too_long);
    }
    SECTION("the other half in time") {
        const auto whole = text.feed(test::hid_report("]d2", "B", false), Ticks{9} + silence);
        REQUIRE(whole.size() == 1);
        CHECK(whole.front().text == "]d2" + std::string(56, 'A') + "B");
    }
}

TEST_CASE("a range of usages beside the data is read, however wide") {
    const auto last = GENERATE(std::uint16_t{0x00FE}, 0x00FF, 0x0100, 0x02FF, 0xFFFF);
    CAPTURE(last);
    HidBytes descriptor = {
        0x05,
        0x0C,
        0x19,
        0x00,
        0x2A,
        static_cast<std::uint8_t>(last & 0xFF),
        static_cast<std::uint8_t>(last >> 8),
        0x75,
        0x10,
        0x95,
        0x01,
        0x81,
        0x00};
    const HidBytes data = {0x05, 0x8C, 0x75, 0x08, 0x95, 0x10, 0x09, 0xFE, 0x81, 0x02, 0xC0};
    descriptor.insert(descriptor.end(), data.begin(), data.end());
    const auto report = scan_report_of(descriptor);
    REQUIRE(report.has_value());
    CHECK(report->data_at == 2);
    CHECK(report->data_bytes == 16);
}

TEST_CASE("a range that holds the data names it, field by field") {
    // Data and the bit of continuation (usages FEh and FFh) in one range, eight bits each.
    const HidBytes descriptor = {
        0x05, 0x8C, 0x19, 0xFE, 0x29, 0xFF, 0x75, 0x08, 0x95, 0x02, 0x81, 0x02};
    const auto report = scan_report_of(descriptor);
    REQUIRE(report.has_value());
    CHECK(report->data_at == 0);
    CHECK(report->data_bytes == 1);
    CHECK(report->continued_bit == 8U);
}

TEST_CASE("a scan without end is bounded and must not be used") {
    HidText text = a_text(100);
    for (int i = 0; i < 50; ++i) {
        CHECK_FALSE(fed(text, test::hid_report("]d2", std::string(56, 'A'), true), Ticks{0}));
    }
    const auto scan = fed(text, test::hid_report("]d2", "A", false), Ticks{0});
    REQUIRE(scan.has_value());
    CHECK(scan->too_long);
    CHECK(scan->text.size() <= 100);
}

TEST_CASE("a report of line ends alone is no scan") {
    HidText text = a_text();
    CHECK_FALSE(fed(text, test::hid_report("", "\r\n", false), Ticks{0}).has_value());
}

TEST_CASE("reports without number, length, identifier and continuation are read to their zeros") {
    const HidBytes descriptor = {
        0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x75, 0x08, 0x95, 0x10, 0x09, 0xFE, 0x81, 0x02, 0xC0};
    const auto report = scan_report_of(descriptor);
    REQUIRE(report.has_value());
    CHECK(report->number == 0);
    CHECK(report->bytes == 16);
    HidText text(*report, silence, 8192);
    HidBytes bytes(16, 0);
    bytes[0] = '4';
    bytes[1] = '2';
    CHECK(fed(text, bytes, Ticks{0})->text == "42");
}

TEST_CASE("a keyboard, a mouse and broken descriptors are no scanners") {
    struct Example {
        const char* name;
        HidBytes bytes;
    };

    const auto example = GENERATE(values<Example>({
        {"nothing", {}},
        {"a keyboard",
         {0x05,
          0x01,
          0x09,
          0x06,
          0xA1,
          0x01,
          0x05,
          0x07,
          0x19,
          0xE0,
          0x29,
          0xE7,
          0x75,
          0x01,
          0x95,
          0x08,
          0x81,
          0x02,
          0xC0}},
        {"data that only goes out", {0x05, 0x8C, 0x75, 0x08, 0x95, 0x10, 0x09, 0xFE, 0x91, 0x02}},
        {"data in half bytes", {0x05, 0x8C, 0x75, 0x04, 0x95, 0x10, 0x09, 0xFE, 0x81, 0x02}},
        {"an item cut off", {0x05, 0x8C, 0x75, 0x08, 0x95, 0x10, 0x09, 0xFE, 0x82, 0x02}},
        {"a pop of nothing", {0xB4, 0x05, 0x8C, 0x75, 0x08, 0x95, 0x10, 0x09, 0xFE, 0x81, 0x02}},
        {"a report of 4 GiB",
         {0x05,
          0x8C,
          0x77,
          0xFF,
          0xFF,
          0xFF,
          0xFF,
          0x97,
          0xFF,
          0xFF,
          0xFF,
          0xFF,
          0x09,
          0xFE,
          0x81,
          0x02}},
        {"a range that begins behind its end",
         {0x05, 0x8C, 0x75, 0x08, 0x95, 0x10, 0x19, 0xFE, 0x29, 0xFD, 0x81, 0x02}},
        {"a long item cut off", {0xFE, 0x09, 0x00}},
    }));
    CAPTURE(example.name);
    CHECK_FALSE(scan_report_of(example.bytes).has_value());
}

TEST_CASE("a descriptor is read up to its limit") {
    for (const auto& [length, read] :
         {std::pair(hid_descriptor_bytes_max - 1, true),
          {hid_descriptor_bytes_max, true},
          {hid_descriptor_bytes_max + 1, false},
          {std::size_t{1'000'000}, false}}) {
        HidBytes bytes = test::hid_descriptor();
        bytes.resize(length, 0xC0); // more ends of collections than there were
        CHECK(scan_report_of(bytes).has_value() == read);
    }
}

} // namespace cartwatch::hid_report_test
