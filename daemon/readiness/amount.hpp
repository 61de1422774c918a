// What a device's test reads: a decimal number of at most three places, kept exactly, and the units
// it may come in. Knows what a unit can physically reach; judges nothing.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::readiness {

// Thousandths of the unit, so that 0.1 is 0.1.
struct Amount {
    int thousandths = 0;

    friend auto operator<=>(const Amount&, const Amount&) = default;
};

// "15.2", "-1", "0.005": no zeros at the end of the places.
[[nodiscard]] std::string to_text(Amount amount);

// Digits with an optional minus sign and an optional point with one to three places; at most
// 999,999. nullopt for anything else.
[[nodiscard]] std::optional<Amount> parse_amount(std::string_view text);

enum class TestUnit {
    percent,    // battery charge
    megapascal, // pressure of a gas cylinder
    kilopascal, // suction, below the air pressure around it
    joule,      // energy that a defibrillator delivers
};

inline constexpr std::array test_units{
    TestUnit::percent, TestUnit::megapascal, TestUnit::kilopascal, TestUnit::joule};

// "%", "MPa", "kPa", "J".
[[nodiscard]] std::string_view to_text(TestUnit unit);
[[nodiscard]] std::optional<TestUnit> parse_test_unit(std::string_view text);

struct AmountRange {
    Amount low;
    Amount high;
};

// What can be at all; a reading beyond it is a slip of the finger or of the eye.
[[nodiscard]] AmountRange possible_range(TestUnit unit);

[[nodiscard]] bool is_possible(TestUnit unit, Amount amount);

} // namespace cartwatch::readiness
