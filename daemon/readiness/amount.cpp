#include "daemon/readiness/amount.hpp"

#include "scanner/values/text.hpp"

#include <array>
#include <charconv>
#include <cstdlib>

namespace cartwatch::readiness {

namespace {

constexpr int whole_unit = 1'000; // thousandths
constexpr std::size_t whole_digits_max = 6;
constexpr std::size_t places_max = 3;

struct UnitRow {
    TestUnit unit;
    std::string_view text;
    AmountRange possible;
};

// Beyond these no gauge of a ward reaches: a battery is never fuller than full; oxygen cylinders
// are filled to 15, 20 or 30 MPa; suction cannot pull below a vacuum (101.325 kPa under the air);
// no defibrillator charges more than 360 J, and testers overshoot.
constexpr std::array<UnitRow, 4> units_known{{
    {TestUnit::percent, "%", {{0}, {100 * whole_unit}}},
    {TestUnit::megapascal, "MPa", {{0}, {40 * whole_unit}}},
    {TestUnit::kilopascal, "kPa", {{0}, {101'325}}},
    {TestUnit::joule, "J", {{0}, {500 * whole_unit}}},
}};

const UnitRow& row_of(TestUnit unit) {
    return units_known.at(static_cast<std::size_t>(unit));
}

} // namespace

std::string to_text(Amount amount) {
    const int size = std::abs(amount.thousandths);
    std::string text = (amount.thousandths < 0 ? "-" : "") + std::to_string(size / whole_unit);
    if (const int places = size % whole_unit; places != 0) {
        text += "." + std::to_string(whole_unit + places).substr(1);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

std::optional<Amount> parse_amount(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view places =
        point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
    if (whole.empty() || whole.size() > whole_digits_max || !is_all_digits(whole) || places.empty()
        || places.size() > places_max || !is_all_digits(places)) {
        return std::nullopt;
    }
    std::string digits = std::string(whole) + std::string(places);
    digits.append(places_max - places.size(), '0');
    int thousandths = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), thousandths);
    return Amount{negative ? -thousandths : thousandths};
}

std::string_view to_text(TestUnit unit) {
    return row_of(unit).text;
}

std::optional<TestUnit> parse_test_unit(std::string_view text) {
    for (const UnitRow& row : units_known) {
        if (row.text == text) {
            return row.unit;
        }
    }
    return std::nullopt;
}

AmountRange possible_range(TestUnit unit) {
    return row_of(unit).possible;
}

bool is_possible(TestUnit unit, Amount amount) {
    const AmountRange range = possible_range(unit);
    return range.low <= amount && amount <= range.high;
}

} // namespace cartwatch::readiness
