// Goal: what scanners, keyboards and damage do to a valid scan never turns it into another item,
// lot, expiry or serial number without a word. Where nobody could see it, since the result is a
// valid code in every respect, the reason is named, counted, printed and bounded.
#include "tests/scanner/codes/mutation_kit.hpp"
#include "tests/support/sanitizers.hpp"

#include <catch2/catch.hpp>

#include <iostream>

namespace cartwatch::mutation_test {

using namespace cartwatch::test;

namespace {

// Sanitizers slow the reader down twenty times, and find in a part what they find in all.
#ifdef __OPTIMIZE__
constexpr int share = sanitized ? 20 : 1;
#else
constexpr int share = 20;
#endif
constexpr int mutations = 1'000'000 / share;
constexpr int mutations_on_the_way = mutations / 10 * 7;
constexpr int mutations_inside = mutations - mutations_on_the_way;

using Tally = std::map<std::string, Counts>;

Tally tally(std::uint32_t seed, int number, Mutation (*mutate)(const ValidScan&, ScanMaker&)) {
    ScanMaker random(seed);
    Tally counts;
    for (int i = 0; i < number; ++i) {
        const ValidScan scan = random.scan();
        const Mutation mutation = mutate(scan, random);
        count_mutation(scan, mutation, counts[mutation.kind]);
    }
    return counts;
}

void report(const char* title, std::uint32_t seed, int number, const Tally& counts) {
    std::cout << title << ": " << number << " mutations, seed " << seed << '\n';
    print(counts);
}

int number_of(const Counts& count) {
    int number = count.same + count.refused + count.warned + count.plain_text + count.mistaken;
    for (const auto& [reason, unseen] : count.out_of_reach) {
        number += unseen;
    }
    return number;
}

bool is_harmless(const std::string& kind) {
    return kind == "framed" || kind == "full width" || kind == "separator around"
           || kind == "separators doubled" || kind == "separators replaced";
}

int out_of_reach(const Tally& counts, const std::string& reason) {
    int number = 0;
    for (const auto& [kind, count] : counts) {
        const auto found = count.out_of_reach.find(reason);
        number += found == count.out_of_reach.end() ? 0 : found->second;
    }
    return number;
}

} // namespace

TEST_CASE("every scan that is to be damaged reads well before", "[codes][mutation]") {
    ScanMaker random(1);
    for (int i = 0; i < mutations / 100; ++i) {
        const ValidScan scan = random.scan();
        INFO(scan.text());
        const codes::Reading reading = read_mutation(scan.text());
        REQUIRE(reading);
        CHECK(to_text(reading->family) == scan.family);
    }
}

TEST_CASE("what happens on the way never makes another item of a scan", "[codes][mutation]") {
    constexpr std::uint32_t seed = 20'261'122;
    constexpr int kinds = 12;
    constexpr int each = mutations_on_the_way / kinds;
    const Tally counts = tally(seed, mutations_on_the_way, changed_on_the_way);
    report("changed on the way", seed, mutations_on_the_way, counts);

    for (const auto& [kind, count] : counts) {
        INFO(kind);
        CHECK(count.mistaken == 0);
        CHECK(number_of(count) > each / 2);
        // What only stands around a scan, or in place of its separators, costs no scan.
        if (is_harmless(kind)) {
            CHECK(count.refused == 0);
            CHECK(count.plain_text == 0);
        }
    }
    CHECK(out_of_reach(counts, "the end of a value without a fixed length is missing") < each / 8);
    CHECK(
        out_of_reach(counts, "digits that are left are a number whose check digit holds by chance")
        < each / 15);
    CHECK(
        out_of_reach(counts, "(01) further on in the text, its check digit holds by chance")
        <= 1 + each / 1000);
    CHECK(
        out_of_reach(counts, "a shorter label whose check character holds by chance (1 in 43)")
        <= 1 + each / 1000);
    CHECK(
        out_of_reach(counts, "small letters arrive as capitals, no identifier tells of it")
        < each / 200);
    CHECK(
        out_of_reach(counts, "characters that are data on both layouts, no identifier tells of it")
        < each / 50);
    CHECK(counts.size() == kinds);
}

TEST_CASE("damage inside a symbol never makes another item of a scan", "[codes][mutation]") {
    constexpr std::uint32_t seed = 20'261'123;
    const Tally counts = tally(seed, mutations_inside, changed_inside);
    report("changed inside the symbol", seed, mutations_inside, counts);

    for (const auto& [kind, count] : counts) {
        INFO(kind);
        CHECK(count.mistaken == 0);
    }
    // Modulo 10 sees every single digit that is another one, and not every exchange of two.
    CHECK(
        counts.at("character changed").out_of_reach.count("the check digit holds by chance") == 0);
    CHECK(out_of_reach(counts, "the check digit holds by chance") < mutations_inside / 100);
    CHECK(
        out_of_reach(counts, "the check character holds by chance (1 in 43)")
        < mutations_inside / 200);
    CHECK(out_of_reach(counts, "one field became another") < mutations_inside / 1000);
    CHECK(out_of_reach(counts, "the end of a field moved") < mutations_inside / 40);
    // Lots and serial numbers bear no check of their own, and a symbol's error correction stands
    // before us: one damage in nine (34,375 of 300,000) falls into such a value and stays a valid
    // one.
    CHECK(out_of_reach(counts, "a value that no check protects") < mutations_inside / 7);
    CHECK(counts.size() == 4);
}

} // namespace cartwatch::mutation_test
