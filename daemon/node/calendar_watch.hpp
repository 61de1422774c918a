// Looks at the calendar without anybody scanning: at start-up, at midnight, and at least once a
// minute, so that a clock that was set, or a machine that slept, is noticed. Decides nothing: what
// a day means is judged elsewhere.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/loop/clock.hpp"

#include <chrono>
#include <functional>
#include <optional>

namespace cartwatch::node {

// At most this long between two looks.
inline constexpr std::chrono::milliseconds calendar_look_max{60'000};

// What is asked of whoever keeps the books. None of them may be empty.
struct CalendarDuties {
    std::function<std::optional<Day>()> last_judged; // nullopt: no day was yet
    std::function<void()> judge;                     // today is another day than that one
    std::function<void()> looked;                    // after every look
};

class CalendarWatch {
public:
    // `clock` outlives this.
    CalendarWatch(loop::Clock& clock, clock::Calendar calendar, CalendarDuties duties);

    // Looks now, and again and again from then on.
    void look();

    // Looks no more.
    void stop() {
        alarm_.cancel();
    }

private:
    loop::Clock& clock_;
    clock::Calendar calendar_;
    CalendarDuties duties_;
    loop::Alarm alarm_;
};

} // namespace cartwatch::node
