// What is asked of the journal itself, entry by entry.
#include "daemon/store/connection.hpp"
#include "daemon/store/identity.hpp"
#include "daemon/store/journal_table.hpp"
#include "daemon/store/queries.hpp"

#include <algorithm>

namespace cartwatch::store {

namespace {

using readiness::Recorded;

// What a question holds in memory of a journal at once.
constexpr std::int64_t entries_at_once = 256;

// Throws where the entry does not read.
Recorded recorded_of(const std::filesystem::path& path, const journal::Entry& entry) {
    auto recorded = journal::to_recorded(entry);
    if (!recorded) {
        throw StoreFailure(
            FailureKind::corrupt,
            path.string() + ": entry " + entry.node + " " + std::to_string(entry.seq) + ": "
                + recorded.error().text);
    }
    return std::move(*recorded);
}

} // namespace

std::string Reader::pharmacy() {
    return guarded(path_, [&] { return identity_of(*connection_).pharmacy; });
}

std::int64_t Reader::count_entries() {
    return guarded(path_, [&] {
        return connection_->one<std::int64_t>("SELECT count(*) FROM entry").value_or(0);
    });
}

void Reader::entries(const Sink<readiness::Recorded>& sink) {
    guarded(path_, [&] {
        each_entry(*connection_, [&](std::int64_t /*position*/, const journal::Entry& entry) {
            sink(recorded_of(path_, entry));
        });
    });
}

void Reader::entries_of(
    const std::string& node,
    const std::function<void(std::int64_t position, const readiness::Recorded&)>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT position, node, seq, at_ms, kind, actor, body, prev, hash FROM entry "
            "WHERE node = ? ORDER BY seq",
            [&](Row& row) {
                const auto position = row.take<std::int64_t>();
                sink(position, recorded_of(path_, read_entry(row)));
            },
            node);
    });
}

void Reader::entries_back(
    const std::string& node,
    std::int64_t last,
    std::int64_t first,
    const std::function<bool(const journal::Entry&)>& sink) {
    guarded(path_, [&] {
        bool goes_on = true;
        for (std::int64_t upper = last; goes_on && upper >= first; upper -= entries_at_once) {
            connection_->each(
                "SELECT node, seq, at_ms, kind, actor, body, prev, hash FROM entry "
                "WHERE node = ? AND seq <= ? AND seq >= ? ORDER BY seq DESC",
                [&](Row& row) { goes_on = goes_on && sink(read_entry(row)); },
                node,
                upper,
                std::max(first, upper - entries_at_once + 1));
        }
    });
}

journal::Head Reader::head(const std::string& node) {
    journal::Head head;
    guarded(path_, [&] {
        connection_->each(
            "SELECT seq, hash FROM head WHERE node = ?",
            [&head](Row& row) { row(head.seq, head.hash); },
            node);
    });
    return head;
}

} // namespace cartwatch::store
