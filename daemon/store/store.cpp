#include "daemon/store/store.hpp"

#include "daemon/store/answered_requests.hpp"
#include "daemon/store/awaited_past.hpp"
#include "daemon/store/connection.hpp"
#include "daemon/store/file_lock.hpp"
#include "daemon/store/history.hpp"
#include "daemon/store/identity.hpp"
#include "daemon/store/journal_table.hpp"
#include "daemon/store/log_file.hpp"
#include "daemon/store/migrations.hpp"
#include "daemon/store/present_state.hpp"
#include "daemon/store/rebuild.hpp"
#include "daemon/store/touched.hpp"
#include "scanner/values/ensure.hpp"

#include <optional>

namespace cartwatch::store {

namespace {

// Entries of the own journal that are kept in memory: those of a commit or two, 1 KiB each. Those
// of a larger body (a whole cart, a check's end) are rare.
constexpr std::size_t newest_kept = 16;
constexpr std::size_t newest_body_bytes_max = 1'024;

// The other members of an entry as a line.
constexpr std::size_t other_bytes_max = 1'024;

std::size_t bytes_of(const journal::Entry& entry) {
    return journal::to_line(entry).size() + 1;
}

} // namespace

std::string_view to_text(PastReason reason) {
    switch (reason) {
    case PastReason::restored:
        return "restored";
    case PastReason::empty:
        return "empty";
    case PastReason::behind:
        return "behind";
    }
    return "";
}

Store::Store(std::filesystem::path path, std::unique_ptr<FileLock> lock)
    : path_(std::move(path)),
      lock_(std::move(lock)),
      connection_(std::make_unique<Connection>(path_, Connection::Access::write)) {}

Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;

Store::~Store() {
    if (connection_) {
        connection_->fold_log_at_close(!broken_);
    }
}

Store Store::open(
    const std::filesystem::path& path,
    const Identity& identity,
    std::int64_t log_bytes,
    const OnRebuild& on_rebuild) {
    Store store(path, std::make_unique<FileLock>(path));
    store.broken_ = true; // where this fails, whatever it was
    guarded(path, [&] {
        Connection& connection = *store.connection_;
        const bool migrated = migrate(connection, migrations());
        Writing transaction(connection);
        bind_identity(connection, identity);
        store.self_ = identity.self;
        if (migrated || fold_of(connection) != readiness::fold_version) {
            // New tables and columns are filled from the journal, as everything in them is, and
            // what other rules made of it is made again.
            rebuild_tables(connection, identity, on_rebuild);
        }
        transaction.commit();
        connection.each("SELECT node, acknowledged, contact_ms FROM peer", [&](Row& row) {
            Contact& contact = store.contacts_[row.take<std::string>()];
            row(contact.acknowledged, contact.at);
        });
        reserve_log(connection.database(), log_bytes);
    });
    store.broken_ = false;
    return store;
}

void Store::ensure_sound() const {
    if (broken_) {
        throw StoreFailure(
            FailureKind::io,
            path_.string() + ": the disk failed before: check it, then start again");
    }
}

void Store::commit(
    std::span<const Item> items,
    const readiness::State& after,
    std::span<const AnsweredRequest> answered) {
    ensure_sound();
    if (items.empty()) {
        return;
    }
    Touched touched;
    std::vector<const readiness::Recorded*> entries;
    entries.reserve(items.size());
    for (const Item& item : items) {
        ensure(
            item.entry.node == item.recorded.node && item.entry.seq == item.recorded.seq,
            "an item is one entry in two forms");
        touch(touched, item.recorded, after);
        entries.push_back(&item.recorded);
    }
    try {
        guarded(path_, [&] {
            Writing transaction(*connection_);
            append_entries(*connection_, items);
            record_history(*connection_, after, entries);
            write_touched(*connection_, touched, after);
            write_answered(*connection_, answered);
            write_contacts();
            transaction.commit();
        });
        contacts_changed_.clear();
        keep_newest(items);
    } catch (const StoreFailure& failure) {
        note(failure);
        throw;
    }
}

void Store::keep_newest(std::span<const Item> items) {
    for (const Item& item : items) {
        if (item.entry.node == self_ && item.entry.body.size() <= newest_body_bytes_max) {
            newest_.push_back(item.entry);
        } else if (item.entry.node == self_) {
            newest_.clear(); // without a gap, or not at all
        }
    }
    while (newest_.size() > newest_kept) {
        newest_.pop_front();
    }
}

// nullopt where not all of them are kept, or more than are asked for.
std::optional<std::vector<journal::Entry>>
Store::newest_after(std::string_view node, std::int64_t seq, std::size_t max_count) const {
    if (node != self_ || newest_.empty() || seq + 1 < newest_.front().seq
        || seq > newest_.back().seq) {
        return std::nullopt;
    }
    const auto first = newest_.begin() + (seq + 1 - newest_.front().seq);
    if (static_cast<std::size_t>(newest_.end() - first) > max_count) {
        return std::nullopt;
    }
    return std::vector<journal::Entry>(first, newest_.end());
}

// A failed sync may have marked as written what is not: it is never tried again.
void Store::note(const StoreFailure& failure) {
    broken_ |= failure.kind() == FailureKind::io || failure.kind() == FailureKind::corrupt;
}

std::optional<AwaitedPast> Store::awaited_past() {
    return guarded(path_, [&] { return load_awaited_past(*connection_); });
}

bool Store::has_awaited_past() {
    return guarded(path_, [&] { return has_ended_wait(*connection_); });
}

// One transaction of its own, with nothing of the journal in it.
void Store::write(const std::function<void()>& change) {
    ensure_sound();
    try {
        guarded(path_, [&] {
            Writing transaction(*connection_);
            change();
            transaction.commit();
        });
    } catch (const StoreFailure& failure) {
        note(failure);
        throw;
    }
}

void Store::await_past(PastReason reason, Instant now) {
    write([&] { mark_awaited_past(*connection_, reason, now); });
}

void Store::end_awaited_past() {
    write([&] { store::end_awaited_past(*connection_, identity_of(*connection_)); });
}

readiness::State Store::load() {
    return guarded(path_, [&] {
        const Identity identity = identity_of(*connection_);
        const SQLite::Transaction snapshot(connection_->database());
        return load_state(*connection_, identity.self, identity.pharmacy);
    });
}

std::vector<AnsweredRequest> Store::answered() {
    return guarded(path_, [&] { return load_answered(*connection_); });
}

std::map<std::string, journal::Head> Store::heads() {
    return guarded(path_, [&] { return load_heads(*connection_); });
}

std::vector<journal::Entry> Store::entries_after(
    std::string_view node, std::int64_t seq, std::size_t max_count, std::size_t max_bytes) {
    // All that is kept is less than what anybody asks for at a time, or it is looked up.
    if (max_bytes >= newest_kept * (newest_body_bytes_max + other_bytes_max)) {
        if (auto kept = newest_after(node, seq, max_count)) {
            return std::move(*kept);
        }
    }
    std::vector<journal::Entry> entries;
    std::size_t bytes = 0;
    bool full = false;
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, seq, at_ms, kind, actor, body, prev, hash, coalesce(mark, '') FROM entry "
            "WHERE node = ? AND seq > ? ORDER BY seq LIMIT ?",
            [&](Row& row) {
                if (full) {
                    return;
                }
                journal::Entry entry = read_entry(row);
                row(entry.mark);
                bytes += bytes_of(entry);
                full = !entries.empty() && bytes > max_bytes;
                if (!full) {
                    entries.push_back(std::move(entry));
                }
            },
            node,
            seq,
            max_count);
    });
    return entries;
}

std::vector<journal::Entry> Store::policy_changes(std::string_view node, std::size_t max_count) {
    std::vector<journal::Entry> entries;
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, seq, at_ms, kind, actor, body, prev, hash FROM entry "
            "INDEXED BY policy_change WHERE node = ? AND kind = 'policy.changed' "
            "ORDER BY seq DESC LIMIT ?",
            [&](Row& row) { entries.push_back(read_entry(row)); },
            node,
            max_count);
    });
    return entries;
}

std::int64_t Store::acknowledged(std::string_view peer) {
    const auto found = contacts_.find(peer);
    return found == contacts_.end() ? 0 : found->second.acknowledged;
}

std::optional<Instant> Store::last_contact(std::string_view peer) {
    const auto found = contacts_.find(peer);
    return found == contacts_.end() ? std::nullopt : std::optional(found->second.at);
}

void Store::set_acknowledged(std::string_view peer, std::int64_t seq, Instant at) {
    Contact& contact = contacts_[std::string(peer)];
    contact.acknowledged = std::max(contact.acknowledged, seq);
    contact.at = std::max(contact.at, at);
    contacts_changed_.emplace(peer);
}

void Store::write_contacts() {
    for (const std::string& peer : contacts_changed_) {
        const Contact& contact = contacts_[peer];
        connection_->run(
            "INSERT OR REPLACE INTO peer (node, acknowledged, contact_ms) VALUES (?, ?, ?)",
            peer,
            contact.acknowledged,
            contact.at);
    }
}

void Store::checkpoint() {
    ensure_sound();
    try {
        guarded(path_, [&] {
            if (!contacts_changed_.empty()) {
                Writing transaction(*connection_);
                write_contacts();
                transaction.commit();
                contacts_changed_.clear();
            }
            connection_->each("PRAGMA wal_checkpoint(PASSIVE)", [](Row& /*progress*/) {});
        });
        checkpointed_pages_ = connection_->log_pages();
    } catch (const StoreFailure& failure) {
        note(failure);
        throw;
    }
}

bool Store::is_checkpoint_due() const {
    const int pages = connection_->log_pages();
    // Fewer than at the last checkpoint: the log began anew.
    const int known = pages < checkpointed_pages_ ? 0 : checkpointed_pages_;
    return pages - known >= checkpoint_pages;
}

std::vector<std::string> Store::integrity() {
    return guarded(path_, [&] { return integrity_of(*connection_); });
}

} // namespace cartwatch::store
