// Goal: a scanner that types is found by what the settings say, held exclusively, read, and found
// again after it was unplugged: the real cartwatch-scanner, libudev and libevdev in a test bed.
#include "tests/daemon/scanners/test_bed.hpp"

#include <utility>

namespace cartwatch::keyboard_test {

using namespace cartwatch::scanners;
using test::Bed;
using test::Ward;

namespace {

wire::DeviceSettings the_gun() {
    wire::DeviceSettings device;
    device.name = "gun";
    device.station = "ward-3f";
    device.vendor = "05e0";
    device.product = "1200";
    device.retry = std::chrono::milliseconds(20);
    return device;
}

// The one at a USB port, whose name stays when the machine starts again.
wire::DeviceSettings at_port(const std::string& way, const std::string& station) {
    wire::DeviceSettings device = the_gun();
    device.name = "gun at " + way;
    device.station = station;
    device.path = "/dev/input/by-path/pci-0000:00:14.0-usb-0:" + way + ":1.0-event-kbd";
    return device;
}

// Plugs both in, in this order, and scans with each: a scan has reached the station of its port.
void plug_and_scan(Ward& ward, Bed& bed, const std::vector<std::string>& ways) {
    for (const std::string& way : ways) {
        bed.tell("port " + way + "\nplug");
        ward.wait_for_state("gun at " + way, true);
    }
    for (const std::string& way : ways) {
        const std::size_t before = ward.scans.size();
        bed.tell("port " + way + (way == "1.2" ? "\nkeys 3 28" : "\nkeys 4 28")); // 2, or 3
        ward.wait_for_scans(before + 1);
        CHECK(ward.scans.back().device == "gun at " + way);
        CHECK(ward.scans.back().station == (way == "1.2" ? "bay 2" : "bay 3"));
        CHECK(ward.scans.back().text == (way == "1.2" ? "2" : "3"));
    }
}

void unplug_both(Ward& ward, Bed& bed) {
    for (const std::string way : {"1.2", "1.3"}) {
        bed.tell("port " + way + "\nunplug");
        ward.wait_for_state("gun at " + way, false);
    }
}

} // namespace

TEST_CASE("a scanner that types is held, read, and found again after it was unplugged") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("gun", false);
    CHECK(ward.devices["gun"].detail != "");
    for (std::size_t i = 1; i <= 2; ++i) {
        bed.tell("plug");
        const std::string said1 = bed.hear("grab");
        CHECK(said1 == "grab 1");
        ward.wait_for_state("gun", true);
        bed.tell("keys 11 2\ndown 42\nkeys 30\nup 42\nkeys 66 3 28"); // 0 1 Shift+A F8 2 Enter
        ward.wait_for_scans(2 * i - 1);
        CHECK(
            ward.scans.back().text
            == "01A\x1D"
               "2");
        bed.tell("keys 4"); // no Enter: the pause ends it
        ward.wait_for_scans(2 * i);
        CHECK(ward.scans.back().text == "3");
        bed.tell("unplug");
        ward.wait_for_state("gun", false);
    }
    CHECK(process.child() > 0);
    CHECK(ward.scans[0].by_pause == false);
    CHECK(ward.scans[1].by_pause);
    CHECK(ward.devices["gun"].identity == "usb:05e0:1200:S123");
    CHECK(ward.devices["gun"].absence == wire::Absence::gone);
}

TEST_CASE("half a scan of a scanner that types is told as lost when it is unplugged") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    auto device = the_gun();
    device.pause = std::chrono::milliseconds(5000);
    ScannerProcess process(ward.loop.get_executor(), bed.settings(device), ward.events());
    REQUIRE(process.start().has_value());
    bed.tell("plug");
    ward.wait_for_state("gun", true);
    bed.tell("keys 3 28 4"); // 2, Enter, 3
    ward.wait_for_scans(1);
    bed.tell("keys 5");
    bed.tell("unplug");
    ward.wait_for_state("gun", false);
    CHECK(ward.devices["gun"].lost == 1);
    CHECK(ward.scans.size() == 1);
}

TEST_CASE("scans of keys beyond the share of their scanner are told as lost, once") {
    Ward ward;
    ward.acknowledges = false;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    bed.tell("plug");
    ward.wait_for_state("gun", true);
    for (std::size_t i = 1; i <= 100; ++i) {
        bed.tell("keys 3 28");
        ward.wait_for_scans(i);
    }
    bed.tell("keys 3 28 3 28 3 28");
    ward.wait_until("the first loss is told", [&] { return ward.devices["gun"].lost == 1; });
    CHECK_THAT(ward.devices["gun"].detail, Catch::Contains("too many wait"));
    ward.wait_until("the others are", [&] { return ward.devices["gun"].lost == 3; });
    ward.acknowledges = true;
    for (const auto& acknowledge : std::exchange(ward.owed, {})) {
        acknowledge();
    }
    ward.wait_until("there is room", [&] {
        bed.tell("keys 4 28"); // lost while the acknowledgements are on their way
        return ward.scans.size() > 100;
    });
    CHECK(ward.scans.back().text == "3");
}

TEST_CASE("keys are read by the layout that the daemon tells") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    bed.tell("plug");
    ward.wait_for_state("gun", true);
    bed.tell("keys 21 28"); // the key Y of an American keyboard
    ward.wait_for_scans(1);
    CHECK(ward.scans[0].text == "y");
    process.tell(wire::LayoutLine{"gun", "de"});
    process.tell(wire::LayoutLine{"gun", "xx"}); // passed over, with a word in the log
    ward.wait_until("the layout is the German one", [&] {
        const std::size_t before = ward.scans.size();
        bed.tell("keys 21 28");
        ward.wait_for_scans(before + 1);
        return ward.scans.back().text == "z";
    });
}

TEST_CASE("a scanner's lamp is lit by a scan that was not accepted, and put out by one that was") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    bed.tell("plug");
    ward.wait_for_state("gun", true);
    bed.tell("lamps");
    bed.hear("watching");
    process.tell(wire::SignalLine{"gun", false});
    const std::string lamp1 = bed.hear("lamp");
    CHECK(lamp1 == "lamp 1");
    process.tell(wire::SignalLine{"gun", true});
    const std::string lamp0 = bed.hear("lamp");
    CHECK(lamp0 == "lamp 0");
}

TEST_CASE("a keyboard is held only once its keys are up") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    bed.tell("state 30 1\nplug");
    bed.hear("plugged");
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("gun", false);
    bed.tell("keys 2"); // typed while not held: belongs to whoever has the window
    bed.tell("up 30");
    const std::string said2 = bed.hear("grab");
    CHECK(said2 == "grab 1");
    ward.wait_for_state("gun", true);
    bed.tell("keys 3 28");
    ward.wait_for_scans(1);
    CHECK(ward.scans[0].text == "2");
}

TEST_CASE("a keyboard that another program holds is waited for") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    bed.tell("other 1\nplug");
    ScannerProcess process(ward.loop.get_executor(), bed.settings(the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    const std::string said3 = bed.hear("refused");
    CHECK(said3 == "refused 1");
    ward.wait_until(
        "it is said", [&] { return ward.devices["gun"].absence == wire::Absence::held_by_other; });
    CHECK_THAT(ward.devices["gun"].detail, Catch::Contains("another program"));
    bed.tell("other 0");
    const std::string said4 = bed.hear("grab");
    CHECK(said4 == "grab 1");
    ward.wait_for_state("gun", true);
}

TEST_CASE("only the keyboard that the settings select is ever opened") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    bed.tell("plug");
    bed.hear("plugged");
    const bool selected = GENERATE(true, false);
    const auto part = GENERATE(0, 1, 2, 3);
    wire::DeviceSettings device = the_gun();
    if (part == 0) {
        device.product = selected ? "1200" : "1201";
    } else if (part == 1) {
        device.serial = selected ? "S123" : "S124";
    } else if (part == 2) {
        device.device_name = selected ? "Test Barcode Scanner" : "Keyboard";
    } else {
        device.path = selected ? "/dev/input/event5" : "/dev/input/event6";
    }
    ScannerProcess process(ward.loop.get_executor(), bed.settings(device), ward.events());
    REQUIRE(process.start().has_value());
    if (selected) {
        ward.wait_for_state("gun", true);
    } else {
        ward.wait_until("it was looked for", [&] {
            return ward.devices["gun"].detail.find("not plugged in") != std::string::npos;
        });
    }
    CHECK(ward.devices["gun"].present == selected);
}

TEST_CASE("two scanners of one make and no serial number stay at the stations of their USB ports") {
    Ward ward;
    Bed bed(ward, CARTWATCH_MOCK_KEYBOARD);
    const std::vector both{at_port("1.2", "bay 2"), at_port("1.3", "bay 3")};
    {
        ScannerProcess process(ward.loop.get_executor(), bed.settings(both), ward.events());
        REQUIRE(process.start().has_value());
        plug_and_scan(ward, bed, {"1.2", "1.3"});
        CHECK(
            ward.devices["gun at 1.2"].identity
            == "usb:05e0:1200:Test Barcode Scanner@0000:00:14.0-1.2");
        CHECK(
            ward.devices["gun at 1.3"].identity
            == "usb:05e0:1200:Test Barcode Scanner@0000:00:14.0-1.3");

        unplug_both(ward, bed);
        plug_and_scan(ward, bed, {"1.3", "1.2"}); // the other way round: other nodes
        unplug_both(ward, bed);
    }
    ScannerProcess after_restart(ward.loop.get_executor(), bed.settings(both), ward.events());
    REQUIRE(after_restart.start().has_value());
    plug_and_scan(ward, bed, {"1.3", "1.2"});
    CHECK(ward.scans.size() == 6);
}

} // namespace cartwatch::keyboard_test
