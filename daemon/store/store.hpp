// The daemon's database: the journal, and in the same transaction the tables that follow from it.
// A commit that returned is on disk (WAL, synchronous=FULL); one that threw has changed nothing
// (but where the disk failed to sync it, it may be found when the store is opened anew). Not for
// several threads; exports and history use a Reader (queries.hpp) of their own.
#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/readiness/decide.hpp"
#include "daemon/readiness/state.hpp"
#include "daemon/store/failure.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::store {

using cartwatch::to_text; // of days and instants, beside that of this room

class Connection;
class FileLock;

// Whose database it is; bound to the file when it is made.
struct Identity {
    std::string self;
    std::string pharmacy; // on the pharmacy equal to self

    friend bool operator==(const Identity&, const Identity&) = default;
};

// An entry in both its forms.
struct Item {
    journal::Entry entry;
    readiness::Recorded recorded;
};

// A request that changed something, as it was answered. `id` is what whoever asked called it.
struct AnsweredRequest {
    std::string id;          // not empty
    std::string fingerprint; // of what was asked
    readiness::Reply reply;

    friend bool operator==(const AnsweredRequest&, const AnsweredRequest&) = default;
};

// Why a node may be behind its own past.
enum class PastReason {
    restored, // its database was restored from a backup
    empty,    // it has written nothing, and has peers
    behind,   // a peer holds more of its journal than it has itself
};

// "restored", "empty", "behind"
[[nodiscard]] std::string_view to_text(PastReason reason);

// A node that may be behind its own past: what it wrote now could be something else than what its
// peers hold under the same numbers.
struct AwaitedPast {
    PastReason reason = PastReason::restored;
    Instant began_at;

    friend bool operator==(const AwaitedPast&, const AwaitedPast&) = default;
};

// How many are kept: hours of scanning at all stations of a ward, where a repeat comes within the
// minutes that a restart takes.
inline constexpr std::size_t answered_requests_kept = 1'024;

// What a daemon's write-ahead log has on disk from the start: four thousand pages.
inline constexpr std::int64_t log_bytes_reserved = 16 * 1024 * 1024;

// Pages in the log at which it is time to checkpoint: the commits until then fit into what is
// reserved.
inline constexpr int checkpoint_pages = 3'000;

// How far making every table anew from the journal is: a start waits for it, and over ten years of
// entries that is minutes.
struct RebuildProgress {
    std::int64_t done = 0; // entries
    std::int64_t all = 0;
};

// Called before the first entry, after every rebuild_told_each of them, and when all is written,
// then with `done` equal to `all`; a store without entries tells nothing.
using OnRebuild = std::function<void(const RebuildProgress&)>;

inline constexpr std::int64_t rebuild_told_each = 10'000;

class Store {
public:
    // Opens the database, makes it where there is none, brings an older one to this version, and
    // keeps every other writer off. Its write-ahead log has `log_bytes` on disk from the start, if
    // there is room. Where tables are made anew, `on_rebuild` hears of it. Throws StoreFailure with
    // what is wrong.
    static Store open(
        const std::filesystem::path& path,
        const Identity& identity,
        std::int64_t log_bytes = 0,
        const OnRebuild& on_rebuild = {});

    Store(Store&& other) noexcept;
    Store& operator=(Store&& other) noexcept;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store();

    // Appends the entries, in this order, and rewrites the rows of what they touched, as they are
    // in `after` (the state once all of them are applied), and keeps the requests that asked for
    // them. One transaction. After a failure of the disk (kind io) every further commit throws: the
    // daemon has to start again.
    void commit(
        std::span<const Item> items,
        const readiness::State& after,
        std::span<const AnsweredRequest> answered = {});

    // The requests that were answered last, the oldest first: at most `answered_requests_kept`.
    [[nodiscard]] std::vector<AnsweredRequest> answered();

    // Whether this node has to wait before it writes on; survives a restart.
    [[nodiscard]] std::optional<AwaitedPast> awaited_past();

    // True where it waited before, and does no longer.
    [[nodiscard]] bool has_awaited_past();

    // The wait begins; no effect while one is on.
    void await_past(PastReason reason, Instant now);

    // The wait is over: what came meanwhile stands from now on in an order in which it can have
    // happened, whichever peer told it first. The state may be another then: load it again.
    void end_awaited_past();

    // The present state, from the tables.
    [[nodiscard]] readiness::State load();

    // Where the journal of each node ends that has any entry here.
    [[nodiscard]] std::map<std::string, journal::Head> heads();

    // The node's entries after `seq`, in order: at most max_count, and no more than fit into
    // max_bytes of text, but always one where there is one.
    [[nodiscard]] std::vector<journal::Entry> entries_after(
        std::string_view node, std::int64_t seq, std::size_t max_count, std::size_t max_bytes);

    // The entries of the node that changed the policy, the last first, at most so many.
    [[nodiscard]] std::vector<journal::Entry>
    policy_changes(std::string_view node, std::size_t max_count);

    // The last of our entries that the peer has on its disk; 0: none known.
    [[nodiscard]] std::int64_t acknowledged(std::string_view peer);

    // Notes it, forwards only. On disk with the next commit or checkpoint: one that is lost is
    // learnt again from the peer's next hello.
    void set_acknowledged(std::string_view peer, std::int64_t seq, Instant at);

    // When the peer last acknowledged anything.
    [[nodiscard]] std::optional<Instant> last_contact(std::string_view peer);

    // Moves what the write-ahead log holds into the database, as far as readers let it. To be
    // called on a timer and when it is due, so that no commit has to. A failure of the disk is as
    // one of a commit.
    void checkpoint();

    // True once the log has checkpoint_pages, at the commits where it grew by so many again: a
    // reader may not let it begin anew.
    [[nodiscard]] bool is_checkpoint_due() const;

    // What SQLite's own checks find wrong, one line each; empty: nothing.
    [[nodiscard]] std::vector<std::string> integrity();

    [[nodiscard]] const std::filesystem::path& path() const {
        return path_;
    }

private:
    struct Contact {
        std::int64_t acknowledged = 0;
        Instant at;
    };

    Store(std::filesystem::path path, std::unique_ptr<FileLock> lock);
    void write_contacts();
    void ensure_sound() const;
    void note(const StoreFailure& failure);
    void keep_newest(std::span<const Item> items);
    [[nodiscard]] std::optional<std::vector<journal::Entry>>
    newest_after(std::string_view node, std::int64_t seq, std::size_t max_count) const;
    void write(const std::function<void()>& change);

    std::filesystem::path path_;
    std::unique_ptr<FileLock> lock_; // released after the connection is closed
    std::unique_ptr<Connection> connection_;
    std::map<std::string, Contact, std::less<>> contacts_;
    std::set<std::string> contacts_changed_; // and not on disk yet
    // The end of the own journal, which every peer is sent at once: one commit's entries are not
    // looked up again for each of them.
    std::deque<journal::Entry> newest_;
    std::string self_;
    bool broken_ = false;
    int checkpointed_pages_ = 0; // of the log, at the last checkpoint
};

} // namespace cartwatch::store
