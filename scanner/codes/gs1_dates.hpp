// Two-digit years and the dates of element strings, without a clock: the year to judge by is an
// argument. GS1 General Specifications, section 7.12 (determination of century) and 3.4 (day 00).
#pragma once

#include "scanner/values/day.hpp"

#include <optional>
#include <string_view>

namespace cartwatch::codes {

// The year (four digits) that two digits mean, seen from current_year: 51 to 99 years ahead is the
// previous century, 50 to 99 behind the next one.
[[nodiscard]] constexpr int full_year(int two_digits, int current_year) {
    const int ahead = two_digits - current_year % 100;
    const int century = current_year - current_year % 100;
    return century + two_digits + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0);
}

// What day 00 means.
enum class DayZero { refused, last_of_month };

// "261231". nullopt unless six digits and a real date.
[[nodiscard]] std::optional<Day>
day_of_yymmdd(std::string_view text, int current_year, DayZero day_zero);

// "20261231". nullopt unless eight digits and a real date.
[[nodiscard]] std::optional<Day> day_of_yyyymmdd(std::string_view text);

// The same on a label: of 1950 to 2099, since another year is a misread digit.
[[nodiscard]] std::optional<Day> day_of_label(std::string_view text);

// The day of a year counted from 1 January, which is 1. nullopt where the year has no such day.
[[nodiscard]] std::optional<Day> day_of_year(int year, int ordinal);

} // namespace cartwatch::codes
