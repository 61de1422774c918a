#include "daemon/store/journal_table.hpp"

#include "scanner/values/ensure.hpp"

#include <string_view>

namespace cartwatch::store {

void append_entries(Connection& connection, std::span<const Item> items) {
    std::map<std::string_view, journal::Head> ends;
    for (const Item& item : items) {
        const journal::Entry& entry = item.entry;
        const auto [end, is_first] = ends.try_emplace(entry.node);
        journal::Head& head = end->second;
        if (is_first) {
            connection.each(
                "SELECT seq, hash FROM head WHERE node = ?",
                [&head](Row& row) { row(head.seq, head.hash); },
                entry.node);
        }
        ensure(
            entry.seq == head.seq + 1 && entry.prev == head.hash,
            "an entry to commit follows the head of its node's journal");
        connection.run(
            "INSERT INTO entry (node, seq, at_ms, kind, actor, body, prev, hash, mark) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''))",
            entry.node,
            entry.seq,
            entry.at,
            entry.kind,
            entry.actor,
            entry.body,
            entry.prev,
            entry.hash,
            entry.mark);
        head = {entry.seq, entry.hash};
    }
    for (const auto& [node, head] : ends) {
        connection.run(
            "INSERT OR REPLACE INTO head (node, seq, hash) VALUES (?, ?, ?)",
            node,
            head.seq,
            head.hash);
    }
}

std::map<std::string, journal::Head> load_heads(Connection& connection) {
    std::map<std::string, journal::Head> heads;
    connection.each("SELECT node, seq, hash FROM head", [&heads](Row& row) {
        journal::Head& head = heads[row.take<std::string>()];
        row(head.seq, head.hash);
    });
    return heads;
}

journal::Entry read_entry(Row& row) {
    journal::Entry entry;
    row(entry.node, entry.seq, entry.at, entry.kind, entry.actor, entry.body, entry.prev);
    row(entry.hash);
    return entry;
}

} // namespace cartwatch::store
