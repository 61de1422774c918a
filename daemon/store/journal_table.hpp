// The journal's own tables: entries and where each node's journal ends.
#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/store/connection.hpp"
#include "daemon/store/store.hpp"

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cartwatch::store {

// Appends the entries; the heads of their nodes move on with them. Throws BrokenInvariant where one
// does not follow its node's head.
void append_entries(Connection& connection, std::span<const Item> items);

[[nodiscard]] std::map<std::string, journal::Head> load_heads(Connection& connection);

// Reads the columns node, seq, at_ms, kind, actor, body, prev, hash.
[[nodiscard]] journal::Entry read_entry(Row& row);

// Calls on_entry(position, Entry) for every entry after that position, in order of position.
template <typename F>
void each_entry_after(Connection& connection, std::int64_t after, F&& on_entry) {
    connection.each(
        "SELECT position, node, seq, at_ms, kind, actor, body, prev, hash FROM entry "
        "WHERE position > ? ORDER BY position",
        [&](Row& row) {
            const auto position = row.take<std::int64_t>();
            on_entry(position, read_entry(row));
        },
        after);
}

// The same for every entry.
template <typename F>
void each_entry(Connection& connection, F&& on_entry) {
    each_entry_after(connection, 0, std::forward<F>(on_entry));
}

} // namespace cartwatch::store
