#include "daemon/clock/calendar.hpp"

#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <date/tz.h>

#include <ctime>
#include <exception>
#include <iterator>
#include <set>

namespace cartwatch::clock {

namespace {

// Seconds since the local midnight of 1970-01-01, as a clock on the wall would count them.
std::chrono::seconds local_seconds(const std::string& zone, Instant at) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(at);
    const auto info = date::locate_zone(zone)->get_info(whole);
    return whole.time_since_epoch() + info.offset;
}

// When an hour of a day begins. An hour that exists twice begins with the first; one that does not
// exist is mapped to the instant of the change.
Instant instant_of(const std::string& zone, Day day, int hour) {
    const date::local_seconds local =
        date::local_days{day.time_since_epoch()} + std::chrono::hours{hour};
    const auto instant = date::locate_zone(zone)->to_sys(local, date::choose::earliest);
    return std::chrono::time_point_cast<std::chrono::milliseconds>(instant);
}

} // namespace

Instant system_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::milliseconds uptime() {
    std::timespec up{};
    ensure(::clock_gettime(CLOCK_BOOTTIME, &up) == 0, "the kernel counts the time since its start");
    const auto exact = std::chrono::seconds(up.tv_sec) + std::chrono::nanoseconds(up.tv_nsec);
    return std::chrono::floor<std::chrono::milliseconds>(exact);
}

Day day_of_machine(Instant at) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
    std::tm local{};
    ensure(localtime_r(&seconds, &local) != nullptr, "the present has a local time");
    constexpr int first_year = 1900;
    return Day{
        std::chrono::year{local.tm_year + first_year}
        / std::chrono::month{static_cast<unsigned>(local.tm_mon + 1)}
        / std::chrono::day{static_cast<unsigned>(local.tm_mday)}};
}

Result<Calendar> Calendar::of_zone(std::string_view name) {
    try {
        static_cast<void>(date::locate_zone(std::string(name)));
        return Calendar(std::string(name));
    } catch (const std::exception&) {
        return refused(
            ErrorCode::bad_input,
            "time zone \"" + shortened(name)
                + "\" is not in the zone database of this machine; "
                  "give an IANA name such as Asia/Shanghai and see that tzdata is installed");
    }
}

Day Calendar::day_of(Instant at) const {
    return Day{std::chrono::floor<std::chrono::days>(local_seconds(zone_, at))};
}

Day Calendar::working_day_of(Instant at, int begins_hour) const {
    return Day{std::chrono::floor<std::chrono::days>(
        local_seconds(zone_, at) - std::chrono::hours{begins_hour})};
}

std::string Calendar::wall_clock(Instant at) const {
    const std::chrono::seconds local = local_seconds(zone_, at);
    const Day day{std::chrono::floor<std::chrono::days>(local)};
    const std::chrono::hh_mm_ss time(local - day.time_since_epoch());
    std::string text = to_text(day);
    char before = ' ';
    for (const std::int64_t part :
         {std::int64_t{time.hours().count()},
          std::int64_t{time.minutes().count()},
          std::int64_t{time.seconds().count()}}) {
        text += before + std::string(part < 10 ? "0" : "") + std::to_string(part);
        before = ':';
    }
    return text;
}

Instant Calendar::begin_of(Day day) const {
    return instant_of(zone_, day, 0);
}

std::optional<Shifts> Calendar::shifts_at(Instant at, std::span<const int> hours) const {
    if (hours.empty()) {
        return std::nullopt;
    }
    // Three shifts before the present one and two behind it, of days with two shifts at least.
    constexpr int days_around = 3;
    std::set<Instant> begins; // two hours that a change of the clock lets fall together begin once
    const Day today = day_of(at);
    for (int day = -days_around; day <= days_around; ++day) {
        for (const int hour : hours) {
            begins.insert(instant_of(zone_, today + std::chrono::days{day}, hour));
        }
    }
    const auto next = begins.upper_bound(at);
    return Shifts{
        at, *std::prev(next, 3), *std::prev(next, 2), *std::prev(next), *next, *std::next(next)};
}

Instant Calendar::next_midnight(Instant at) const {
    return begin_of(day_of(at) + std::chrono::days{1});
}

} // namespace cartwatch::clock
