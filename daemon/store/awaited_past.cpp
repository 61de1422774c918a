#include "daemon/store/awaited_past.hpp"

#include "daemon/store/causal_order.hpp"
#include "daemon/store/journal_table.hpp"
#include "daemon/store/rebuild.hpp"
#include "scanner/values/ensure.hpp"

#include <array>
#include <vector>

namespace cartwatch::store {

namespace {

constexpr std::array reasons{PastReason::restored, PastReason::empty, PastReason::behind};

PastReason reason_of(const std::string& text) {
    for (const PastReason reason : reasons) {
        if (text == to_text(reason)) {
            return reason;
        }
    }
    throw StoreFailure(FailureKind::corrupt, "the table awaited_past names no reason");
}

std::int64_t last_position(Connection& connection) {
    return connection.one<std::int64_t>("SELECT coalesce(max(position), 0) FROM entry").value_or(0);
}

// The positions of what came after `since`, in the order wanted.
std::vector<std::int64_t>
wanted_order(Connection& connection, const Identity& identity, std::int64_t since) {
    CausalOrder causes(identity.pharmacy);
    std::vector<std::int64_t> positions;
    each_entry_after(connection, since, [&](std::int64_t position, const journal::Entry& entry) {
        const auto recorded = journal::to_recorded(entry);
        if (!recorded) {
            throw StoreFailure(FailureKind::corrupt, recorded.error().text);
        }
        causes.add(*recorded);
        positions.push_back(position);
    });
    std::vector<std::int64_t> wanted;
    wanted.reserve(positions.size());
    for (const std::size_t number : causes.order()) {
        wanted.push_back(positions[number]);
    }
    return wanted;
}

// By way of negative numbers, for a position is given once. True where any entry moved.
bool put_in_order(
    Connection& connection, const std::vector<std::int64_t>& wanted, std::int64_t at) {
    bool moved = false;
    for (const std::int64_t position : wanted) {
        ++at;
        if (position != at) {
            moved = true;
            connection.run("UPDATE entry SET position = ? WHERE position = ?", -at, position);
        }
    }
    connection.run("UPDATE entry SET position = -position WHERE position < 0");
    return moved;
}

} // namespace

std::optional<AwaitedPast> load_awaited_past(Connection& connection) {
    std::optional<AwaitedPast> awaited;
    connection.each("SELECT reason, began_ms FROM awaited_past WHERE ended = 0", [&](Row& row) {
        AwaitedPast& found = awaited.emplace();
        found.reason = reason_of(row.take<std::string>());
        found.began_at = row.take<Instant>();
    });
    return awaited;
}

bool has_ended_wait(Connection& connection) {
    return connection.one<int>("SELECT 1 FROM awaited_past WHERE ended = 1").has_value();
}

void mark_awaited_past(Connection& connection, PastReason reason, Instant now) {
    if (load_awaited_past(connection)) {
        return;
    }
    connection.run(
        "INSERT OR REPLACE INTO awaited_past (one, reason, since_position, began_ms) "
        "VALUES (1, ?, ?, ?)",
        to_text(reason),
        last_position(connection),
        now);
}

bool end_awaited_past(Connection& connection, const Identity& identity) {
    const auto since =
        connection.one<std::int64_t>("SELECT since_position FROM awaited_past WHERE ended = 0");
    if (!since) {
        return false;
    }
    const bool moved = put_in_order(connection, wanted_order(connection, identity, *since), *since);
    if (moved) {
        rebuild_tables(connection, identity);
    }
    connection.run("UPDATE awaited_past SET ended = 1");
    return moved;
}

} // namespace cartwatch::store
