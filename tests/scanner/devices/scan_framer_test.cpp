#include "scanner/devices/scan_framer.hpp"
#include "scanner/devices/scan_outbox.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::scan_framer_test {

using namespace cartwatch::devices;
using std::chrono_literals::operator""ms;

namespace {

using Texts = std::vector<std::string>;

Texts texts(const std::vector<TypedScan>& scans) {
    Texts found;
    for (const TypedScan& scan : scans) {
        found.push_back(scan.too_long ? "(too long)" : scan.text);
    }
    return found;
}

} // namespace

TEST_CASE("CR, LF, CR LF and ETX end a scan, and nothing else does") {
    ScanFramer framer(100ms, 8192);
    CHECK(
        texts(framer.feed(
            "1\r2\n3\r\n\x02"
            "4\x03"
            "5 a\x1D"
            "b\x04\r",
            0ms))
        == Texts{
            "1",
            "2",
            "3",
            "4",
            "5 a\x1D"
            "b\x04"});
}

TEST_CASE("bytes that are no UTF-8 pass") {
    ScanFramer framer(100ms, 8192);
    CHECK(texts(framer.feed("\xD2\xA9\xFF\r", 0ms)) == Texts{"\xD2\xA9\xFF"});
}

TEST_CASE("how the bytes are cut into pieces makes no difference") {
    const std::string bytes = "0109521234543213\x1D"
                              "10A\r\nX\n\r\nYZ\x03";
    ScanFramer whole(100ms, 8192);
    const auto expected = whole.feed(bytes, 0ms);
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        ScanFramer framer(100ms, 8192);
        auto scans = framer.feed(bytes.substr(0, cut), 0ms);
        for (TypedScan& scan : framer.feed(bytes.substr(cut), 99ms)) {
            scans.push_back(std::move(scan));
        }
        REQUIRE(scans == expected);
    }
}

TEST_CASE("silence ends a scan, from the configured pause on") {
    struct Example {
        Ticks silence;
        Texts scans;
    };

    const auto example = GENERATE(values<Example>(
        {{99ms, {"AB"}}, {100ms, {"A", "B"}}, {101ms, {"A", "B"}}, {3600000ms, {"A", "B"}}}));
    ScanFramer framer(100ms, 8192);
    auto scans = framer.feed("A", 5ms);
    CHECK(framer.idle_at() == 105ms);
    if (const auto ended = framer.finish_if_idle(5ms + example.silence)) {
        CHECK(ended->by_pause);
        scans.push_back(*ended);
    }
    for (TypedScan& scan : framer.feed("B\r", 5ms + example.silence)) {
        scans.push_back(std::move(scan));
    }
    CHECK(texts(scans) == example.scans);
}

TEST_CASE("bytes that waited to be read belong to the scan in work, however late they are read") {
    ScanFramer framer(100ms, 8192);
    CHECK(framer.feed("A", 0ms).empty());
    CHECK(texts(framer.feed("B\r", 3600000ms)) == Texts{"AB"});
}

TEST_CASE("where nothing more will come, what is there is a scan without a line end") {
    ScanFramer framer(100ms, 8192);
    CHECK_FALSE(framer.finish().has_value());
    CHECK(texts(framer.feed("A\rB", 0ms)) == Texts{"A"});
    const auto rest = framer.finish();
    REQUIRE(rest.has_value());
    CHECK(rest->text == "B");
    CHECK(rest->by_pause);
    CHECK_FALSE(framer.finish().has_value());
}

TEST_CASE("a framed scan may have 8192 bytes and no more") {
    const std::size_t size = GENERATE(8191U, 8192U, 8193U, 5000000U);
    ScanFramer framer(100ms, 8192);
    const auto found = texts(framer.feed(std::string(size, 'x') + "\r1\r", 0ms));
    REQUIRE(found.size() == 2);
    CHECK(found[0] == (size <= 8192 ? std::string(size, 'x') : "(too long)"));
    CHECK(found[1] == "1");
}

TEST_CASE("the outbox numbers scans, keeps them until acknowledged, and refuses when full") {
    ScanOutbox box;
    wire::ScanLine of_gun;
    of_gun.device = "gun";
    wire::ScanLine of_ring;
    of_ring.device = "ring";
    for (std::size_t i = 1; i <= device_scans_max; ++i) {
        CHECK(box.has_room("gun"));
        const wire::ScanLine* kept = box.add(of_gun);
        REQUIRE(kept != nullptr);
        REQUIRE(kept->number == i);
    }
    CHECK_FALSE(box.has_room("gun"));
    CHECK(box.add(of_gun) == nullptr);
    CHECK(box.has_room("ring")); // a share of its own
    REQUIRE(box.add(of_ring) != nullptr);

    CHECK(box.acknowledge(50) == "gun");
    CHECK(box.acknowledge(50) == std::nullopt);
    CHECK(box.acknowledge(7777) == std::nullopt);

    CHECK(box.waiting().size() == device_scans_max);
    CHECK(box.waiting().front().number == 1);
    REQUIRE(box.add(of_gun) != nullptr);
    CHECK(box.waiting().back().number == device_scans_max + 2);
    CHECK_FALSE(box.has_room("gun"));
}

TEST_CASE("a device's share of the outbox is bounded in bytes too, and free again when they went") {
    ScanOutbox box;
    wire::ScanLine longest;
    longest.device = "gun";
    longest.text = std::string(wire::scan_bytes_max, 'x');
    const std::size_t fits = device_bytes_max / wire::scan_bytes_max;
    for (std::size_t i = 1; i <= fits; ++i) {
        REQUIRE(box.add(longest) != nullptr);
    }
    CHECK(box.add(longest) == nullptr);
    CHECK(box.acknowledge(fits) == "gun");
    CHECK(box.add(longest) != nullptr);
}

} // namespace cartwatch::scan_framer_test
