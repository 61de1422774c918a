// What the hospital may change, in one place. Every number here is a default that sources differ
// on; a change is journalled with who and when.
#pragma once

#include <vector>

namespace cartwatch::readiness {

struct Policy {
    int check_interval_days = 7; // days between two full checks; 1 to 366
    int delivery_days = 1;       // days a replacement takes to arrive; 0 to 60
    std::vector<int> near_expiry_days = {180, 90, 30}; // bands, any order; may be empty
    int shortest_life_days = 90;                       // least life left on what is put in
    int working_day_begins_hour = 6;                   // a check at 03:00 belongs to the day before
    int accept_within_minutes = 15;                    // critical alerts
    int resolve_critical_within_hours = 2;
    int restock_within_hours = 24;

    friend bool operator==(const Policy&, const Policy&) = default;
};

} // namespace cartwatch::readiness
