#include "evaluate_kit.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace cartwatch::ready_until_test {

using namespace cartwatch::readiness;

TEST_CASE("ready until is the last day that nothing spoils", "[evaluate][ready_until]") {
    struct Example {
        const char* name;
        void (*change)(Cart&);
        const char* until;
    };

    const auto example = GENERATE(values<Example>({
        {"the next check is due", [](Cart&) {}, "2026-11-29"},
        {"a holding expires",
         [](Cart& c) { c.lines[0].holdings[0].last_usable_day = day("2026-11-25"); },
         "2026-11-25"},
        {"a surplus lot expires: it is to be taken out",
         [](Cart& c) { c.lines[0].holdings.push_back(holding("X", 1, day("2026-11-26"))); },
         "2026-11-26"},
        {"a lot of no units expires",
         [](Cart& c) { c.lines[0].holdings.push_back(holding("X", 0, day("2026-11-26"))); },
         "2026-11-29"},
        {"a device's test grows old",
         [](Cart& c) { c.devices[0].last_test->on = day("2026-11-17"); },
         "2026-11-24"},
        {"a service falls due",
         [](Cart& c) { c.devices[0].service_due = day("2026-11-23"); },
         "2026-11-23"},
        {"an accessory expires",
         [](Cart& c) {
             c.devices[0].accessories = {{"pads", {}, day("2026-11-22")}};
         },
         "2026-11-22"},
        {"not ready at all", [](Cart& c) { c.lines[0].par = 99; }, nullptr},
    }));

    DYNAMIC_SECTION(example.name) {
        Cart cart = checked_cart();
        cart.lines = {line("a", 1, true, {holding("L", 1, day("2030-01-01"))})};
        cart.devices = {device("d", true)};
        example.change(cart);
        const Judgement judgement = judge(cart);
        CHECK(judgement.ready_until == (example.until ? parse_day(example.until) : std::nullopt));
    }
}

namespace {

// A random cart small enough that every rule is near its limit often.
Cart random_cart(std::mt19937& random) {
    const auto pick = [&](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(random);
    };
    const auto near = [&](int before, int after) {
        return today + std::chrono::days{pick(-before, after)};
    };
    Cart cart = checked_cart();
    cart.last_full_check = near(9, 0);
    if (pick(0, 4) == 0) {
        cart.seal = Seal{"1", pick(0, 3) > 0};
    }
    for (int i = pick(0, 3); i > 0; --i) {
        cart.lines.push_back(
            line(("l" + std::to_string(i)).c_str(), pick(0, 2), pick(0, 1) == 1, {}));
        for (int lot = pick(0, 2); lot > 0; --lot) {
            Holding held = holding(("L" + std::to_string(lot)).c_str(), pick(0, 2));
            held.damaged = pick(0, 6) == 0 ? held.quantity : 0;
            if (pick(0, 2) > 0) {
                held.last_usable_day = near(1, 12);
            }
            cart.lines.back().holdings.push_back(held);
        }
    }
    for (int i = pick(0, 2); i > 0; --i) {
        Device made = device(("d" + std::to_string(i)).c_str(), pick(0, 1) == 1);
        made.last_test = DeviceTest{near(8, 0), pick(0, 9) > 0};
        if (pick(0, 1) == 1) {
            made.service_due = near(1, 12);
        }
        if (pick(0, 1) == 1) {
            made.accessories = {{"p" + std::to_string(i), {}, near(1, 12)}};
        }
        cart.devices.push_back(made);
    }
    return cart;
}

} // namespace

TEST_CASE("ready until agrees with judging every single day", "[evaluate][ready_until][property]") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    int ready = 0;
    for (int i = 0; i < 20'000; ++i) {
        const Cart cart = random_cart(random);
        const Judgement judgement = judge(cart);
        std::optional<Day> until;
        for (Day on = today; judge(cart, {}, on).readiness == Readiness::ready;
             on += std::chrono::days{1}) {
            until = on;
        }
        ready += until ? 1 : 0;
        REQUIRE(judgement.ready_until == until);
    }
    INFO(ready << " of 20000 carts were ready");
    CHECK(ready > 500);
}

} // namespace cartwatch::ready_until_test
