#include "scanner/wire/device_settings.hpp"
#include "scanner/wire/picture_answer.hpp"
#include "scanner/wire/scan_line.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::wire_test {

using namespace cartwatch::wire;

namespace {

ScanLine a_scan(std::string text) {
    ScanLine scan;
    scan.number = 7;
    scan.device = "蓝枪";
    scan.station = "ward-3f";
    scan.text = std::move(text);
    scan.at = *parse_instant("2026-11-22T02:06:39.123Z");
    return scan;
}

std::string every_byte() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes += static_cast<char>(i);
    }
    return bytes;
}

} // namespace

TEST_CASE("lines come back as they were sent, whatever the bytes of a scan") {
    for (const std::string& text :
         {std::string("0109\x1D"
                      "10A"),
          std::string("肾上腺素"),
          every_byte(),
          std::string("\xFF", 1),
          std::string("\0", 1),
          std::string(scan_bytes_max, '\x1D')}) {
        const std::string line = to_line(a_scan(text));
        CHECK(line.size() <= scanner_line_max);
        CHECK(line.find('\n') == std::string::npos);
        const auto back = parse_scanner_line(line);
        REQUIRE(back.has_value());
        CHECK(std::get<ScanLine>(*back) == a_scan(text));
    }
    const DeviceLine device{"gun", true, "/dev/ttyACM0", "", Absence::none};
    CHECK(std::get<DeviceLine>(*parse_scanner_line(to_line(device))) == device);
    CHECK(std::get<HelloLine>(*parse_scanner_line(to_line(HelloLine{"0af"}))).session == "0af");
    DeviceLine away{"gun", false, "no permission", "usb:05e0:1200:S1", Absence::no_permission};
    CHECK(std::get<DeviceLine>(*parse_scanner_line(to_line(away))) == away);
    away.lost = 3;
    CHECK(std::get<DeviceLine>(*parse_scanner_line(to_line(away))) == away);
    ScanLine paused = a_scan("1");
    paused.by_pause = true;
    CHECK(std::get<ScanLine>(*parse_scanner_line(to_line(paused))) == paused);
}

TEST_CASE("what the daemon says comes back as it was sent, and its errors as refusals") {
    CHECK(parse_daemon_line(to_line(AckLine{12})) == DaemonLine(AckLine{12}));
    const SignalLine signal{"gun", GENERATE(true, false)};
    CHECK(parse_daemon_line(to_line(signal)) == DaemonLine(signal));
    const LayoutLine layout{"gun", "de"};
    CHECK(parse_daemon_line(to_line(layout)) == DaemonLine(layout));
    const auto refusal = parse_daemon_line(to_error_line("no"));
    REQUIRE_FALSE(refusal.has_value());
    CHECK(refusal.error().text == "the daemon refused a line: no");
}

TEST_CASE("a daemon's line that is not ours is refused") {
    const auto line = GENERATE(
        "",
        "{}",
        R"({"type":"ack"})",
        R"({"type":"ack","n":0})",
        R"({"type":"signal","kind":"good"})",
        R"({"type":"signal","device":"gun","kind":"loud"})",
        R"({"type":"layout","device":"gun"})",
        R"({"type":"beep","device":"gun"})");
    CHECK_FALSE(parse_daemon_line(line).has_value());
}

TEST_CASE("a reason for absence that this program does not know is one that the machine gave") {
    const auto line =
        parse_scanner_line(R"({"type":"device","device":"d","state":"absent","reason":"asleep"})");
    REQUIRE(line.has_value());
    CHECK(std::get<DeviceLine>(*line).absence == Absence::failed);
}

TEST_CASE("unknown members of a line are passed over") {
    CHECK(parse_scanner_line(R"({"type":"hello","session":"a","colour":"red"})").has_value());
}

TEST_CASE("lines that are not ours are refused") {
    const auto line = GENERATE(
        "",
        "garbage",
        "[]",
        "12",
        "{}",
        R"({"type":"hello"})",
        R"({"type":"hello","session":""})",
        R"({"type":"hello","session":7})",
        R"({"type":"scan","n":0,"device":"d","station":"s","text":"1","at":"2026-11-22T02:06:39.123Z"})",
        R"({"type":"scan","n":-1,"device":"d","station":"s","text":"1","at":"2026-11-22T02:06:39.123Z"})",
        R"({"type":"scan","n":1.5,"device":"d","station":"s","text":"1","at":"2026-11-22T02:06:39.123Z"})",
        R"({"type":"scan","n":1,"device":"d","station":"s","text":"","at":"2026-11-22T02:06:39.123Z"})",
        R"({"type":"scan","n":1,"device":"d","station":"s","text":"1","at":"yesterday"})",
        R"({"type":"scan","n":1,"device":"d","text":"1","at":"2026-11-22T02:06:39.123Z"})",
        R"({"type":"scan","n":1,"device":"d","station":"s","text":"€","encoding":"latin1","at":"2026-11-22T02:06:39.123Z"})",
        R"({"type":"scan","n":1,"device":"d","station":"s","text":"1","encoding":"gbk","at":"2026-11-22T02:06:39.123Z"})",
        R"({"type":"device","device":"d","state":"asleep"})",
        R"({"type":"device","device":"d","state":"absent","detail":1})",
        R"({"type":"device","device":"d","state":"absent","lost":-1})",
        R"({"type":"device","device":"d","state":"absent","lost":"3"})",
        "{\"type\":\"hello\",\"session\":\"\xFF\"}");
    CHECK_FALSE(parse_scanner_line(line).has_value());
}

TEST_CASE("answers about pictures come back as they were given") {
    const std::vector<Symbol> symbols = {
        {every_byte(), "]d2", {Point{1, 2}, {3, 4}, {-5, 6}, {7, 8}}}, {"x", "]E0", {}}};
    CHECK(parse_picture_answer(to_picture_answer(symbols)) == symbols);
    const Result<std::vector<Symbol>> refusal = refused(ErrorCode::too_large, "too wide");
    CHECK(parse_picture_answer(to_picture_answer(refusal)) == refusal);
    CHECK(from_picture_length(to_picture_length(0xFEDCBA98U)) == 0xFEDCBA98U);
}

TEST_CASE("a picture answer of another form is a decoder that broke") {
    const auto line = GENERATE(
        "",
        "y",
        "{}",
        R"({"symbols":7})",
        R"({"symbols":[1]})",
        R"({"error":1})",
        R"({"symbols":[{"text":"a","symbology":"]d2","corners":[[1,2],[3,4]]}]})",
        R"({"symbols":[{"text":"a","corners":[[1,2],[3,4],[5,6],[7,8]]}]})");
    const auto answer = parse_picture_answer(line);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().code == ErrorCode::unavailable);
}

TEST_CASE("device settings come back as they were written") {
    DeviceSettings keyboard;
    keyboard.name = "gun";
    keyboard.station = "ward-3f";
    keyboard.vendor = "05e0";
    keyboard.product = "1200";
    keyboard.layout = "de";
    DeviceSettings serial;
    serial.name = "cradle";
    serial.kind = DeviceKind::serial;
    serial.path = "/dev/ttyACM0";
    serial.baud = 115200;
    serial.good_bytes = "0607";
    DeviceSettings reports;
    reports.name = "presenter";
    reports.kind = DeviceKind::hid_pos;
    reports.path = "/dev/hidraw0";
    DeviceSettings listen;
    listen.name = "portal";
    listen.kind = DeviceKind::network_listen;
    const std::vector devices = {keyboard, serial, reports, listen};
    CHECK(parse_device_settings(to_json_text(devices)) == devices);
}

TEST_CASE("device settings that cannot work are refused with the device and the reason") {
    struct Example {
        const char* text;
        const char* reason;
    };

    const auto example = GENERATE(values<Example>({
        {R"({"devices":[{"name":"a","kind":"keyboard"}]})", "which one it is"},
        {R"({"devices":[{"name":"a","kind":"keyboard","vendor":"05e0"}]})", "which one it is"},
        {R"({"devices":[{"name":"a","kind":"keyboard","path":"/x","layout":"xx"}]})", "layout"},
        {R"({"devices":[{"name":"a","kind":"keyboard","vendor":"5E0","product":"1"}]})", "hexa"},
        {R"({"devices":[{"name":"a","kind":"hid_pos"}]})", "which one it is"},
        {R"({"devices":[{"name":"a","kind":"serial"}]})", "path"},
        {R"({"devices":[{"name":"a","kind":"serial","path":"/x","good_bytes":"7"}]})",
         "good_bytes"},
        {R"({"devices":[{"name":"a","kind":"serial","path":"/x","bad_bytes":"0g"}]})", "bad_bytes"},
        {R"({"devices":[{"name":"a","kind":"serial","path":"/x","baud":10}]})", "baud"},
        {R"({"devices":[{"name":"a","kind":"network_connect"}]})", "port"},
        {R"({"devices":[{"name":"a","kind":"network_connect","port":70000}]})", "port"},
        {R"({"devices":[{"name":"a","kind":"network_listen","pause_ms":19}]})", "pause_ms"},
        {R"({"devices":[{"name":"a","kind":"network_listen","pause_ms":5001}]})", "pause_ms"},
        {R"({"devices":[{"name":"a","kind":"network_listen","pause_ms":"5"}]})", "whole number"},
        {R"({"devices":[{"name":"a","kind":"network_listen","colour":1}]})", "\"colour\""},
        {R"({"devices":[{"name":"a","kind":"camera"}]})", "kind"},
        {R"({"devices":[{"name":1,"kind":"serial"}]})", "not a string"},
        {R"({"devices":[{"kind":"network_listen"}]})", "name"},
        {R"({"devices":[1]})", "object"},
        {R"({"devices":[],"more":1})", "one list"},
        {R"({})", "one list"},
        {R"(x)", "not JSON"},
        {R"({"devices":[{"name":"a","kind":"network_listen"},{"name":"a","kind":"network_listen"}]})",
         "twice"},
    }));
    const auto outcome = parse_device_settings(example.text);
    REQUIRE_FALSE(outcome.has_value());
    CHECK_THAT(outcome.error().text, Catch::Contains(example.reason));
}

TEST_CASE("two scanners of different stations that could be taken for each other are refused") {
    struct Example {
        const char* name;
        std::string first;
        std::string second;
        bool usable;
    };

    const std::string make = R"("vendor":"05e0","product":"1200")";
    const std::string other = R"("vendor":"0c2e","product":"0b67")";
    const auto example = GENERATE_COPY(values<Example>({
        {"one make, nothing else", make, make, false},
        {"a serial number of one alone", make, make + R"(,"serial":"S1")", false},
        {"a make and a name", make, R"("device_name":"Gun")", false},
        {"one serial number", R"("serial":"S1")", R"("serial":"S1")", false},
        {"two serial numbers", make + R"(,"serial":"S1")", make + R"(,"serial":"S2")", true},
        {"two makes", make, other, true},
        {"two ports", R"("path":"/dev/input/by-path/a")", R"("path":"/dev/input/by-path/b")", true},
    }));
    DYNAMIC_SECTION(example.name) {
        const auto settings = [&](const std::string& kind, const std::string& station) {
            return parse_device_settings(
                R"({"devices":[{"name":"a","kind":"keyboard","station":"A",)" + example.first
                + R"(},{"name":"b","kind":")" + kind + R"(","station":")" + station + R"(",)"
                + example.second + "}]}");
        };

        const auto devices = settings("keyboard", "B");

        CHECK(devices.has_value() == example.usable);
        if (!devices) {
            CHECK_THAT(devices.error().text, Catch::Contains("by-path"));
            CHECK_THAT(devices.error().text, Catch::Contains("\"a\" of another station"));
        }
        CHECK(settings("keyboard", "A").has_value());
        CHECK(settings("hid_pos", "B").has_value());
    }
}

TEST_CASE("bytes that make a scanner beep are given as pairs of hexadecimal digits") {
    CHECK(bytes_of_hex("") == "");
    CHECK(bytes_of_hex("16070d") == "\x16\x07\r");
    CHECK(bytes_of_hex("1B7F") == "\x1B\x7F");
    CHECK(bytes_of_hex("aBfF") == "\xAB\xFF");
    CHECK(bytes_of_hex("00ff") == std::string("\0\xFF", 2));
    CHECK_FALSE(bytes_of_hex("123").has_value());
    CHECK_FALSE(bytes_of_hex("0G").has_value());
    DeviceSettings device;
    device.name = "gun";
    device.kind = DeviceKind::serial;
    device.path = "/dev/ttyACM0";
    for (const auto& [digits, good] :
         {std::pair(62, true), {64, true}, {66, false}, {9000, false}}) {
        device.good_bytes = std::string(static_cast<std::size_t>(digits), '0');
        CHECK(check(device).has_value() == good);
    }
}

TEST_CASE("a machine may have 32 scanners and no more") {
    std::vector<DeviceSettings> devices;
    for (int i = 0; i < 33; ++i) {
        DeviceSettings device;
        device.name = std::to_string(i);
        device.kind = DeviceKind::network_listen;
        devices.push_back(device);
    }
    CHECK_FALSE(parse_device_settings(to_json_text(devices)).has_value());
    devices.pop_back();
    CHECK(parse_device_settings(to_json_text(devices)).has_value());
}

} // namespace cartwatch::wire_test
