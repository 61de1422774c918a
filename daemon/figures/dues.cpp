#include "daemon/figures/dues.hpp"

#include "daemon/readiness/policy.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace cartwatch::figures {

using std::chrono::days;

int interval_on(const Intervals& intervals, Day day) {
    const auto after = intervals.upper_bound(day);
    const int known = after == intervals.begin() ? readiness::Policy{}.check_interval_days
                                                 : std::prev(after)->second;
    return std::max(known, 1);
}

// Goes from due date to due date.
std::vector<DueDate> due_dates(const Duty& duty, const Intervals& intervals, Day today) {
    std::vector<DueDate> dates;
    const Day end = duty.retired ? std::min(today, *duty.retired) : today;
    Day since = duty.listed - days(1); // checks after this day and up to the due date are on time
    Day due = duty.due;
    while (due < end) {
        const auto next = duty.checked.upper_bound(since);
        if (next != duty.checked.end() && next->first <= due) {
            const auto last = std::prev(duty.checked.upper_bound(due));
            dates.push_back({due, Fate::on_time, last->first});
            std::tie(since, due) = *last;
            continue;
        }
        const Day missed_after = due + days(interval_on(intervals, due));
        if (next != duty.checked.end() && next->first <= missed_after) {
            dates.push_back({due, Fate::late, next->first});
            std::tie(since, due) = *next;
        } else if (missed_after < end) {
            dates.push_back({due, Fate::missed, {}});
            since = due;
            due = missed_after;
        } else {
            dates.push_back({due, Fate::open, {}});
            break;
        }
    }
    return dates;
}

} // namespace cartwatch::figures
