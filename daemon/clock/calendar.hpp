// The only place that reads the clock and knows time zones. Everything else is handed `now` and
// `today`.
#pragma once

#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"
#include "scanner/values/shifts.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cartwatch::clock {

// The machine's clock.
[[nodiscard]] Instant system_now();

// How long the machine has been up, its sleep included; never goes back.
[[nodiscard]] std::chrono::milliseconds uptime();

// The calendar day of an instant in the machine's own zone (TZ, else /etc/localtime): for commands
// that work without a node, and so without a hospital's zone.
[[nodiscard]] Day day_of_machine(Instant at);

// A source of `now`: the machine's clock, or a test's.
using Now = std::function<Instant()>;

// The hospital's calendar: what day it is where the hospital stands.
class Calendar {
public:
    // A name of the IANA time zone database such as "Asia/Shanghai"; refused if it has none such.
    [[nodiscard]] static Result<Calendar> of_zone(std::string_view name);

    // The calendar day of an instant.
    [[nodiscard]] Day day_of(Instant at) const;

    // The working day of an instant: until `begins_hour` (0 to 12, local time) it is still the day
    // before.
    [[nodiscard]] Day working_day_of(Instant at, int begins_hour) const;

    // What a clock on the wall says then: "2026-11-22 16:05:09".
    [[nodiscard]] std::string wall_clock(Instant at) const;

    // The first instant of a calendar day.
    [[nodiscard]] Instant begin_of(Day day) const;

    // The first instant after `at` that lies on a later calendar day. Where daylight saving skips
    // midnight it is the first that exists.
    [[nodiscard]] Instant next_midnight(Instant at) const;

    // The shift that an instant lies in, of a hospital whose shifts begin at these hours of the
    // local day (0 to 23, at least two); nullopt without hours. An hour that daylight saving skips
    // begins when the clock is put forward; one that comes twice begins with the first.
    [[nodiscard]] std::optional<Shifts> shifts_at(Instant at, std::span<const int> hours) const;

    [[nodiscard]] const std::string& zone() const {
        return zone_;
    }

private:
    explicit Calendar(std::string zone) : zone_(std::move(zone)) {}

    std::string zone_;
};

} // namespace cartwatch::clock
