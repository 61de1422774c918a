// The mark of a node that may be behind its own past, and what ends it. Inside the caller's
// transaction.
#pragma once

#include "daemon/store/connection.hpp"
#include "daemon/store/store.hpp"

#include <optional>

namespace cartwatch::store {

[[nodiscard]] std::optional<AwaitedPast> load_awaited_past(Connection& connection);

// Marks the database, unless it waits already; what came up to now keeps its place.
void mark_awaited_past(Connection& connection, PastReason reason, Instant now);

// Puts what came since the mark in order, makes the tables anew where that moved anything, and ends
// the wait. True where the tables were made anew.
bool end_awaited_past(Connection& connection, const Identity& identity);

// True where a wait was ended here before.
[[nodiscard]] bool has_ended_wait(Connection& connection);

} // namespace cartwatch::store
