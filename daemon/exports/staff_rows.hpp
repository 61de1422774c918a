// The export of what people did, day by day: checks that they signed, alerts that they answered.
#pragma once

#include "daemon/exports/export.hpp"

namespace cartwatch::exports {

[[nodiscard]] const std::vector<reports::Column>& staff_columns();

// By day, node and person. In memory: who answered alerts on which day.
void for_each_staff_row(
    store::Reader& reader, const store::Period& period, const Range& range, const RowSink& sink);

} // namespace cartwatch::exports
