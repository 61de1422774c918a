// What becomes of each day on which a check is due: the one place that says on time, late and
// missed, for the figures over a journal and for the weeks that a page shows.
#pragma once

#include "scanner/values/day.hpp"

#include <map>
#include <optional>
#include <vector>

namespace cartwatch::figures {

// The interval between two checks in force from a day on, days.
using Intervals = std::map<Day, int>;

// At least 1: a due date never leads back to itself. The ordinary one before the first day known.
[[nodiscard]] int interval_on(const Intervals& intervals, Day day);

// What one cart owes: checks of one kind on days, from its listing until it was retired, or for as
// long as they are asked for.
struct Duty {
    Day listed;
    Day due; // first
    std::optional<Day> retired;
    std::map<Day, Day> checked; // working day of a check that counts, and when the next is due then
};

enum class Fate {
    on_time, // closed on the due date or before
    late,    // closed after it, and before another interval had passed
    missed,
    open // past due, and not missed yet
};

struct DueDate {
    Day due;
    Fate fate = Fate::open;
    std::optional<Day> done; // working day of the check that kept it

    friend bool operator==(const DueDate&, const DueDate&) = default;
};

// Every due date before `today`, in order; one of today is none yet. The last of several checks
// before a due date keeps it.
[[nodiscard]] std::vector<DueDate>
due_dates(const Duty& duty, const Intervals& intervals, Day today);

} // namespace cartwatch::figures
