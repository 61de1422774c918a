// A calendar date without a time zone, and an instant in UTC. Neither knows a clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch {

// Proleptic Gregorian date; arithmetic in days. Range of text forms: 0001-01-01 to 9999-12-31.
using Day = std::chrono::sys_days;

// Milliseconds since 1970-01-01T00:00:00Z: the resolution of the journal.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// "2026-11-22". nullopt unless exactly that form and a real date.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);

// Year 1 to 9999, month 1 to 12, day 1 to the month's length; else nullopt.
[[nodiscard]] std::optional<Day> make_day(int year, unsigned month, unsigned day);

// The last day of a month (1 to 12).
[[nodiscard]] Day last_day_of_month(int year, unsigned month);

[[nodiscard]] int year_of(Day day);

// "2026-11-22"
[[nodiscard]] std::string to_text(Day day);

// "2026-11-22T02:06:39.123Z", RFC 3339 with exactly three decimals.
[[nodiscard]] std::string to_text(Instant instant);

// Reads exactly what to_text(Instant) writes.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

// Days from one day to another; positive when `to` is later.
[[nodiscard]] inline int days_between(Day from, Day to) {
    return static_cast<int>((to - from).count());
}

} // namespace cartwatch
