// The exports of what expires and of the swaps that would save it, as columns and rows.
#pragma once

#include "daemon/exports/export.hpp"

namespace cartwatch::exports {

[[nodiscard]] const std::vector<reports::Column>& expiry_columns();
[[nodiscard]] const std::vector<reports::Column>& rotation_columns();

// What expires from `range.from` on up to `range.to`, or two years from today; with neither, what
// lies there past its day as well.
void for_each_expiry_row(store::Reader& reader, const Range& range, const RowSink& sink);

// The swaps for what expires up to `range.to`, or within half a year.
void for_each_rotation_row(store::Reader& reader, const Range& range, const RowSink& sink);

} // namespace cartwatch::exports
