// How large the parts of a body may be: a peer's entry is read with the same limits with which our
// own is written, so that nothing is recorded that another node would refuse.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cartwatch::journal {

// Bytes of one text: names, codes, reasons. The longest GS1 element string has 7,089 digits.
inline constexpr std::size_t text_bytes_max = 8'192;

// Elements of one list: a cart has under 200 lines; one check's findings are under 1,000.
inline constexpr std::size_t list_elements_max = 5'000;

// Units of one lot, one line, one shortage: 5,000 holdings of a line still add up within an int.
inline constexpr int units_max = 100'000;

// Steps of a check, checks of a node, episodes of an alert.
inline constexpr int number_max = 1'000'000'000;

// Days between any two dates of the calendar that we read (years 1 to 9999).
inline constexpr int days_max = 3'652'058;

// The largest interval that a policy may name, days.
inline constexpr int check_interval_days_max = 366;
inline constexpr int delivery_days_max = 60;
inline constexpr int policy_days_max = 3'660;

// Lines of a check whose number is asked for unseen: more would make every check a stock-taking,
// and people answer it by habit.
inline constexpr int blind_lines_max = 10;

// Seconds a line below which a check is called hasty: a minute is more than an honest count of a
// line takes, and every check above it would be remarked on.
inline constexpr int pace_seconds_max = 60;

// Times the same label, and checks in the same order, before a remark: a hundred weekly checks are
// two years; later is never.
inline constexpr int remark_times_max = 100;

// A floor, or a place along it.
inline constexpr int place_max = 9'999;

// Clocks of alerts: up to a week.
inline constexpr int accept_minutes_max = 10'080;
inline constexpr int alert_hours_max = 168;

// Members of an entry itself, bytes.
inline constexpr std::size_t node_bytes_max = 64;
inline constexpr std::size_t kind_bytes_max = 64;
inline constexpr std::size_t actor_bytes_max = 128;

} // namespace cartwatch::journal
