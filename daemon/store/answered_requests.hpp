// The table of answered requests (schema/sqlite/0007): what makes a request that is made again
// harmless after a restart. Knows rows, not what a repeat means.
#pragma once

#include "daemon/store/connection.hpp"
#include "daemon/store/store.hpp"

#include <span>
#include <vector>

namespace cartwatch::store {

// Adds them, and drops all but the newest `answered_requests_kept`.
void write_answered(Connection& connection, std::span<const AnsweredRequest> answered);

// All that are kept, the oldest first.
[[nodiscard]] std::vector<AnsweredRequest> load_answered(Connection& connection);

} // namespace cartwatch::store
