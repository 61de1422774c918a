#include "daemon/clock/calendar.hpp"

#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <date/tz.h>

#include <ctime>
#include <exception>

namespace cartwatch::clock {

namespace {

// Seconds since the local midnight of 1970-01-01, as a clock on the wall would count them.
std::chrono::seconds local_seconds(const std::string& zone, Instant at) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(at);
    const auto info = date::locate_zone(zone)->get_info(whole);
    return whole.time_since_epoch() + info.offset;
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

Instant Calendar::begin_of(Day day) const {
    const date::local_days local{day.time_since_epoch()};
    // A midnight that exists twice begins with the first; one that does not exist is mapped to the
    // instant of the change.
    const auto instant = date::locate_zone(zone_)->to_sys(local, date::choose::earliest);
    return std::chrono::time_point_cast<std::chrono::milliseconds>(instant);
}

Instant Calendar::next_midnight(Instant at) const {
    return begin_of(day_of(at) + std::chrono::days{1});
}

} // namespace cartwatch::clock
