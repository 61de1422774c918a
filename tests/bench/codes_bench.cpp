// How long one scan takes; outside of ctest. Goal: 275 ns for the four elements of a drug pack with
// every check applied, twice as fast as GS1's own engine.
#define CATCH_CONFIG_ENABLE_BENCHMARKING // main.cpp has it too
#include "scanner/codes/gs1_element_string.hpp"
#include "scanner/codes/reader.hpp"

#include <catch2/catch.hpp>

using namespace cartwatch;
using namespace cartwatch::codes;

TEST_CASE("time of one scan", "[bench]") {
    const std::string pack = "010952123454321317261231"
                             "10ABC123\x1d"
                             "21SN0001234567";
    gs1::ElementString string;
    const gs1::ParseContext context{2026, {}};
    ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    REQUIRE(gs1::parse_element_string(pack, context, string).rule == gs1::Rule::none);

    BENCHMARK("parse (01)(17)(10)(21)") {
        return gs1::parse_element_string(pack, context, string).rule;
    };
    BENCHMARK("read (01)(17)(10)(21)") {
        return read("]d2" + pack, options);
    };
    BENCHMARK("read EAN-13") {
        return read("]E06901234567892", options);
    };
}
