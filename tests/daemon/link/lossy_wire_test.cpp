// The session's state machine on a wire that loses, repeats and reorders lines. What it may do then
// is refuse; what it may never do is say that something is held which is not.
#include "tests/daemon/link/lossy_wire.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <iostream>
#include <random>

namespace cartwatch::lossy_wire_test {

namespace {

constexpr int steps_of_one = 500;

void print(const link_kit::WireFigures& figures) {
    std::cout << figures.steps << " steps, " << figures.conversations << " conversations, "
              << figures.lines << " lines heard, lost " << figures.lost << ", repeated "
              << figures.repeated << ", overtaken " << figures.overtaken
              << ", from a conversation before " << figures.from_before << ", garbage "
              << figures.garbage << ", crashes " << figures.crashes << ", entries stored "
              << figures.entries << "; closed:";
    for (const auto& [code, count] : figures.closings) {
        std::cout << ' ' << code << ' ' << count;
    }
    std::cout << '\n';
}

} // namespace

// 200,000 steps in an ordinary run; 10,000,000 are CARTWATCH_STEPS=10000000.
TEST_CASE("on no wire, however bad, a session says what is not so", "[link][wire]") {
    link_kit::WireFigures figures;
    const int steps = support::number_asked("CARTWATCH_STEPS", test::sanitized ? 20'000 : 200'000);
    const unsigned first = support::seed_asked();
    for (unsigned seed = first; figures.steps < steps; ++seed) {
        INFO("CARTWATCH_SEED=" << seed);
        std::mt19937_64 random(seed);
        link_kit::LossyWire wire([&random](std::size_t end) { return random() % end; }, figures);
        bool agreed = false;
        REQUIRE_NOTHROW([&] {
            for (int i = 0; i < steps_of_one; ++i) {
                wire.step();
            }
            agreed = wire.agrees_within(2'000);
        }());
        REQUIRE(agreed);
    }
    print(figures);
    // A run in which little went wrong would prove little.
    const std::int64_t least = steps / 1'000;
    CHECK(figures.lost > least);
    CHECK(figures.repeated > least);
    CHECK(figures.overtaken > least);
    CHECK(figures.from_before > least);
    CHECK(figures.garbage > least);
    CHECK(figures.crashes > least);
    CHECK(figures.conversations > least);
    CHECK(figures.entries > 10 * least);
    CHECK(figures.closings["gap"] > 0);
}

} // namespace cartwatch::lossy_wire_test
