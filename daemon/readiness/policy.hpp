// What the hospital may change, in one place. Every number here is a default that sources differ
// on; a change is journalled with who and when.
#pragma once

#include <vector>

namespace cartwatch::readiness {

// Which lines a rule watches more closely.
enum class WatchedLines { off, controlled, controlled_and_high_alert };

struct Policy {
    int check_interval_days = 7; // days between two full checks; 1 to 366
    int delivery_days = 1;       // days a replacement takes to arrive; 0 to 60
    std::vector<int> near_expiry_days = {180, 90, 30}; // bands, any order; may be empty
    int shortest_life_days = 90;                       // least life left on what is put in
    int working_day_begins_hour = 6;                   // a check at 03:00 belongs to the day before
    int accept_within_minutes = 15;                    // critical alerts
    int resolve_critical_within_hours = 2;
    int restock_within_hours = 24;

    // Checks of the seal alone: while the last full check is younger than this, days; 0: none.
    int sealed_within_days = 30;
    bool sealed_counts_as_weekly = false; // it moves the next due full check on
    int sealed_interval_days = 0;         // asked for every so many days; 0: not asked for
    int handover_interval_days = 0;       // the same for the shift handover
    // Hours of the day, local time, at which shifts begin; empty, or at least two, each once.
    std::vector<int> shift_hours = {};
    bool sealed_each_shift = false; // asked for in every shift; needs shift_hours
    bool handover_each_shift = false;

    WatchedLines witness =
        WatchedLines::controlled;             // carts whose signature asks for a second badge
    WatchedLines by_unit = WatchedLines::off; // lines that are counted unit by unit
    bool serialised_by_unit = false;          // and packs that bear a serial number
    int blind_lines = 2;                      // a check, chosen at random; 0 to 10

    // Remarks at closing, never a refusal; 0: none.
    int pace_seconds_per_line = 1; // a check that took less
    int same_label_times = 5;      // one label scanned so often
    int list_order_checks = 3;     // so many checks in the order of the list

    friend bool operator==(const Policy&, const Policy&) = default;
};

} // namespace cartwatch::readiness
