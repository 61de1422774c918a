// Goal: a scanner in HID POS mode is found by what the settings say, read report by report, and
// found again after it was unplugged: the real cartwatch-scanner and libudev in a test bed.
#include "tests/daemon/scanners/test_bed.hpp"
#include "tests/scanner/devices/hid_samples.hpp"

namespace cartwatch::hid_pos_test {

using namespace cartwatch::scanners;
using test::Bed;
using test::Ward;

namespace {

wire::DeviceSettings the_presenter() {
    wire::DeviceSettings device;
    device.name = "presenter";
    device.station = "ward-3f";
    device.kind = wire::DeviceKind::hid_pos;
    device.vendor = "0c2e";
    device.product = "0b61";
    device.serial = "P777";
    device.retry = std::chrono::milliseconds(20);
    return device;
}

void send(Bed& bed, const test::HidBytes& report) {
    std::string line = "report ";
    for (const std::uint8_t byte : report) {
        line += "0123456789abcdef"[byte / 16];
        line += "0123456789abcdef"[byte % 16];
    }
    bed.tell(line);
}

} // namespace

TEST_CASE("a scanner in HID POS mode is read, and found again after it was unplugged") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_HIDRAW);
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_presenter()), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("presenter", false);
    CHECK(ward.devices["presenter"].absence == wire::Absence::not_plugged_in);
    const std::string lot = std::string(60, 'A');
    for (std::size_t i = 1; i <= 2; ++i) {
        bed.tell("plug");
        ward.wait_for_state("presenter", true);
        CHECK(ward.devices["presenter"].identity == "usb:0c2e:0b61:P777");
        send(
            bed,
            test::hid_report(
                "]d2",
                "010952123454321310A\x1d"
                "21B",
                false));
        for (const auto& report : test::hid_reports("]Q1", lot)) {
            send(bed, report);
        }
        ward.wait_for_scans(2 * i);
        CHECK(
            ward.scans[2 * i - 2].text
            == "]d2010952123454321310A\x1d"
               "21B");
        CHECK(ward.scans[2 * i - 1].text == "]Q1" + lot);
        bed.tell("unplug");
        ward.wait_for_state("presenter", false);
    }
}

TEST_CASE("half a scan is told of when nothing follows it, and the next one is whole") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_HIDRAW);
    bed.tell("plug");
    bed.hear("plugged");
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_presenter()), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("presenter", true);
    send(bed, test::hid_report("]d2", std::string(56, 'A'), true));
    ward.wait_until("the loss is told", [&] {
        return ward.devices["presenter"].detail.find("a part of it was lost") != std::string::npos;
    });
    CHECK(ward.scans.empty());
    send(bed, test::hid_report("]d2", "9900000011", false));
    ward.wait_for_scans(1);
    CHECK(ward.scans.front().text == "]d29900000011");
}

TEST_CASE("a raw HID device that sends no bar codes is called what it is") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_HIDRAW);
    bed.tell("plug keyboard");
    bed.hear("plugged");
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_presenter()), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_until("it is said", [&] {
        return ward.devices["presenter"].absence == wire::Absence::not_a_scanner;
    });
    CHECK_THAT(ward.devices["presenter"].detail, Catch::Contains("HID POS"));
    bed.tell("unplug");
    bed.hear("unplugged");
    bed.tell("plug"); // now set to the right mode
    ward.wait_for_state("presenter", true);
}

} // namespace cartwatch::hid_pos_test
