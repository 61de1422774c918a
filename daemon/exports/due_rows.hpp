// The export of every due date of the full checks, with what became of it.
#pragma once

#include "daemon/exports/export.hpp"
#include "daemon/figures/dues.hpp"

namespace cartwatch::exports {

// A due date of one cart.
struct DueRow {
    std::string node;
    std::string cart;
    std::string station; // responsible on that day
    figures::DueDate date;
};

// By node and cart, then by due date: those before `today`. `day_of` is the hospital's calendar.
void for_each_due(
    store::Reader& reader,
    Day today,
    const std::function<Day(Instant)>& day_of,
    const std::function<void(const DueRow&)>& sink);

[[nodiscard]] const std::vector<reports::Column>& due_columns();

// Those that were due in the range.
void for_each_due_row(store::Reader& reader, const Range& range, const RowSink& sink);

} // namespace cartwatch::exports
