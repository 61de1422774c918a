// How long one scan takes, and how often it asks for memory; outside of ctest. Goal: the four
// elements of a drug pack with every check applied in at most 275 ns on a machine where GS1's own
// engine needs 550, and no allocation on that way. The engine is neither a Debian nor an npm
// package: each run times a loop of known work, so that figures of two machines compare by their
// ratio to it, and the readers that npm does have, with what they take that is no code.
#include "scanner/codes/gs1_element_string.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/bench/peers.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <iostream>
#include <new>
#include <vector>

using namespace cartwatch;
using namespace cartwatch::codes;

namespace {
std::size_t allocations = 0;
} // namespace

// Counts what the program asks for; this executable has one thread.
void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

constexpr int calls = 200'000;
constexpr int runs = 21;
constexpr double goal = 275;   // ns
constexpr double engine = 550; // ns of the engine on the machine that the goal speaks of

struct Cost {
    double nanoseconds = 0; // of one call, in the run that was disturbed least
    double allocations_a_call = 0;
};

// Keeps the compiler from leaving out what nobody looks at.
volatile std::size_t sink = 0;

template <typename Call>
Cost cost_of(Call call) {
    for (int i = 0; i < calls / 10; ++i) {
        sink = sink + call();
    }
    std::array<double, runs> times{};
    const std::size_t before = allocations;
    for (double& time : times) {
        const std::clock_t begin = std::clock();
        for (int i = 0; i < calls; ++i) {
            sink = sink + call();
        }
        time = 1e9 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / calls;
    }
    const double asked = static_cast<double>(allocations - before) / runs / calls;
    return {*std::min_element(times.begin(), times.end()), asked};
}

// The known work: FNV-1a over 256 bytes, one multiplication after another.
std::size_t reference_work() {
    std::uint64_t hash = 14'695'981'039'346'656'037U + sink;
    for (unsigned i = 0; i < 256; ++i) {
        hash = (hash ^ i) * 1'099'511'628'211U;
    }
    return hash;
}

void print(const char* name, const Cost& cost, double reference) {
    std::cout << std::left << std::setw(44) << name << std::right << std::fixed
              << std::setprecision(0) << std::setw(7) << cost.nanoseconds << " ns"
              << std::setprecision(2) << std::setw(8) << cost.nanoseconds / reference
              << " x reference" << std::setprecision(1) << std::setw(7) << cost.allocations_a_call
              << " allocations\n";
}

const std::string four_elements = "010952123454321317261231"
                                  "10ABC123\x1d"
                                  "21SN0001234567";

} // namespace

TEST_CASE("time of one element string", "[bench]") {
    const double reference = cost_of(reference_work).nanoseconds;
    print("reference: 256 steps of FNV-1a", {reference, 0}, reference);
    gs1::ElementString string;
    const gs1::ParseContext context{2026, {}};
    const auto parse = [&](const std::string& text) {
        return cost_of([&] {
            return static_cast<std::size_t>(gs1::parse_element_string(text, context, string).rule);
        });
    };
    REQUIRE(gs1::parse_element_string(four_elements, context, string).rule == gs1::Rule::none);

    const Cost four = parse(four_elements);
    print("parse (01)(17)(10)(21)", four, reference);
    print("parse (01)(17)(10)", parse("01095212345432131726123110ABC123"), reference);
    print("refuse a wrong check digit", parse("010952123454321417261231"), reference);
    print("refuse a wrong date", parse("010952123454321317261331"), reference);
    std::cout << std::setprecision(2) << engine / four.nanoseconds
              << " times as fast as the engine's " << engine << " ns\n";

    CHECK(four.nanoseconds <= goal);
    CHECK(four.allocations_a_call == 0);
}

// The same texts given to every reader, the timed one first. What is right about each is section 3
// and 7 of the GS1 General Specifications: check digit, date, length, character set, pairing.
TEST_CASE("time of one element string beside other readers", "[bench]") {
    struct Example {
        const char* name;
        std::string text;
        bool valid;
    };

    const std::vector<Example> examples{
        {"(01)(17)(10)(21) as it should be", four_elements, true},
        {"separator before the first element", "\x1d" + four_elements, true},
        {"day 00: the month's last", "010952123454321317261200", true},
        {"wrong check digit of the GTIN", "010952123454321417261231", false},
        {"a letter in the GTIN", "010952123454A21317261231", false},
        {"month 13", "010952123454321317261331", false},
        {"30 February", "010952123454321317260230", false},
        {"cut off within the date", "01095212345432131726", false},
        {"lot of 21 characters", "010952123454321310ABCDEFGHIJKLMNOPQRSTU", false},
        {"lot outside CSET 82", "010952123454321310AB|C", false},
        {"an identifier that is none", "0109521234543213059", false},
        {"one identifier twice, two lots",
         "010952123454321310A\x1d"
         "10B",
         false},
        {"lot of no product", "10ABC123", false}};
    std::vector<std::string> texts;
    for (const Example& example : examples) {
        texts.push_back(example.text);
    }
    gs1::ElementString string;
    const gs1::ParseContext context{2026, {}};
    const auto taken = [&](const std::string& text) {
        return gs1::parse_element_string(text, context, string).rule == gs1::Rule::none;
    };
    const double ours = cost_of([&] { return std::size_t{taken(four_elements)}; }).nanoseconds;
    const std::vector<peers::Peer> others = peers::run_peers(texts);
    REQUIRE(others.size() == 4);

    std::cout << "\ncartwatch, (01)(17)(10)(21): " << std::setprecision(0) << ours << " ns\n";
    for (const peers::Peer& peer : others) {
        std::cout << peer.name << ' ' << peer.version << ": " << std::setprecision(0)
                  << peer.nanoseconds << " ns, " << std::setprecision(1) << peer.nanoseconds / ours
                  << " times ours\n";
    }
    std::cout << "\n| text | right | cartwatch |";
    for (const peers::Peer& peer : others) {
        std::cout << ' ' << peer.name << " |";
    }
    std::cout << '\n';
    const auto word = [](bool takes) { return takes ? " takes |" : " refuses |"; };
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const bool mine = taken(examples[i].text);
        std::cout << "| " << examples[i].name << " |" << word(examples[i].valid) << word(mine);
        for (const peers::Peer& peer : others) {
            std::cout << word(peer.takes[i]);
        }
        std::cout << '\n';
        CHECK(mine == examples[i].valid);
    }
    for (const peers::Peer& peer : others) {
        CHECK(ours < peer.nanoseconds);
    }
}

// What a reading holds is asked for: it owns its texts, since it is journalled after the scan's
// buffer has gone. Names and short values stay within their strings.
TEST_CASE("time of one scan", "[bench]") {
    const double reference = cost_of(reference_work).nanoseconds;
    ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    const auto time = [&](const char* name, const std::string& text) {
        REQUIRE(read(text, options));
        print(name, cost_of([&] { return read(text, options)->raw.size(); }), reference);
    };
    time("read (01)(17)(10)(21)", "]d2" + four_elements);
    time("read the same without an identifier", four_elements);
    time("read EAN-13", "]E06901234567892");
    time("read EAN-13 without an identifier", "6901234567892");
    time("read a traceability code", "83857930000879766660");
    time("read HIBC", "+A99912345/$$3280930LOT7G");
    time(
        "read a Digital Link",
        "https://id.gs1.org/01/09521234543213/10/ABC123/21/SN0001234567?17=261231");
    time(
        "read typed on a German keyboard",
        "+d2010952123454321317261231"
        "10ABC123");
}
