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
    for (TypedScan& scan : framer.feed("B\r", 5ms + example.silence)) {
        scans.push_back(std::move(scan));
    }
    CHECK(texts(scans) == example.scans);
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
    for (std::size_t i = 1; i <= unacknowledged_max; ++i) {
        const wire::ScanLine* kept = box.add({});
        REQUIRE(kept != nullptr);
        REQUIRE(kept->number == i);
    }
    CHECK(box.add({}) == nullptr);

    box.acknowledge(500);
    box.acknowledge(500);
    box.acknowledge(7777);

    CHECK(box.waiting().size() == unacknowledged_max - 1);
    CHECK(box.waiting().front().number == 1);
    REQUIRE(box.add({}) != nullptr);
    CHECK(box.waiting().back().number == unacknowledged_max + 1);
}

} // namespace cartwatch::scan_framer_test
