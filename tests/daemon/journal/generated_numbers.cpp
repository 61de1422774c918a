// Of generated events what is nothing but numbers.
#include "tests/daemon/journal/generated.hpp"

namespace cartwatch::generated {

using namespace readiness;

Policy Events::policy() {
    Policy made;
    made.check_interval_days = number(1, 366);
    made.delivery_days = number(0, 60);
    made.near_expiry_days.assign(static_cast<std::size_t>(number(0, 3)), number(0, 180));
    made.working_day_begins_hour = number(0, 23);
    made.sealed_within_days = number(0, 366);
    made.sealed_counts_as_weekly = chance(50);
    made.sealed_interval_days = number(0, 7);
    made.handover_interval_days = number(0, 7);
    if (chance(50)) {
        made.shift_hours = {number(0, 11), number(12, 23)};
        made.sealed_each_shift = chance(50);
        made.handover_each_shift = chance(50);
    }
    made.witness = static_cast<WatchedLines>(number(0, 2));
    made.by_unit = static_cast<WatchedLines>(number(0, 2));
    made.serialised_by_unit = chance(20);
    made.blind_lines = number(0, 10);
    made.pace_seconds_per_line = number(0, 60);
    made.same_label_times = number(0, 100);
    made.list_order_checks = number(0, 100);
    return made;
}

Reasons Events::reasons() {
    return {number(0, 3), number(0, 3), number(0, 3), number(0, 3)};
}

} // namespace cartwatch::generated
