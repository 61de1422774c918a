#include "daemon/node/calendar_watch.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::node {

using std::chrono::milliseconds;

CalendarWatch::CalendarWatch(loop::Clock& clock, clock::Calendar calendar, CalendarDuties duties)
    : clock_(clock), calendar_(std::move(calendar)), duties_(std::move(duties)) {}

void CalendarWatch::look() {
    const Instant now = clock_.now();
    if (duties_.last_judged() != calendar_.day_of(now)) {
        duties_.judge();
    }
    duties_.looked();
    const Instant midnight = calendar_.next_midnight(now);
    const milliseconds wait = std::clamp(midnight - now, milliseconds{1}, calendar_look_max);
    alarm_ = clock_.after(wait, [this] { look(); });
}

} // namespace cartwatch::node
