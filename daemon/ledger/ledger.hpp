// The one writer of a daemon: commands are decided, entries of peers are taken in, what follows is
// committed, and only then is anybody told. What arrives together is committed together. All of it
// happens on the event loop's thread; a turn of work is never seen half done.
#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/ledger/answered.hpp"
#include "daemon/readiness/decide.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/store/store.hpp"
#include "scanner/values/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::ledger {

using ReplyDone = std::function<void(Result<readiness::Reply>)>;
using ReceivedDone = std::function<void(Result<void>)>;

// What whoever asks calls its request, so that it may ask again after its answer was lost.
struct RequestName {
    std::string id;          // empty: the request is not made again; else unique to one request
    std::string fingerprint; // of what is asked
};

struct Options {
    std::string node;
    journal::Digest digest;
    // Now, today and the working day, under the policy in force.
    std::function<readiness::Context(const readiness::Policy&)> moment;
    // Runs a function later, on the loop's thread.
    std::function<void(std::function<void()>)> post;
    // Opens the store anew after a failure, as at start; throws where that fails again.
    std::function<std::unique_ptr<store::Store>()> open_store;
    // A failure of the machine, for the log.
    std::function<void(std::string_view what)> broken;
    // Of one node: an entry that defines another is refused with too_large.
    std::size_t carts_max = readiness::carts_max;
};

// Since the start of the process.
struct Counters {
    std::int64_t commits = 0;
    std::map<std::string, std::int64_t> scans_by_verdict; // text form of the verdict
};

class Ledger {
public:
    // Opens the store; throws where it cannot be opened or does not load.
    explicit Ledger(Options options);

    // Decides the command for a station and answers when what follows is on disk. Never answers
    // before it returns. Refused with `unavailable` while nothing can be recorded, or where
    // `commands_waiting_max` are waiting already. A request that changed something under the same
    // id before (also before a restart) is answered as it was then, and changes nothing; with
    // another fingerprint it is refused with `conflict`.
    void
    submit(std::string station, readiness::Command command, ReplyDone done, RequestName name = {});

    // What submit() would answer to a request that was made under this name before; nullopt: it is
    // new, or changed nothing. For whoever checks a request against what stands here: after the
    // request itself changed that, the check would refuse it.
    [[nodiscard]] std::optional<Result<readiness::Reply>> answered(const RequestName& name) const;

    // Takes in a peer's entries, or own ones that come back, in order; what is held already is
    // passed over, but own ones must be the same. Answers when they are on disk, or with the
    // refusal of the first that does not follow, or that cannot be read (bad_input): what came
    // before it is kept, on disk by then. The next of the same peer are handed in after that. A
    // turn takes every command, and of the peers' entries about `turn_entries`: those that wait
    // longest, then the shortest, so that one alert does not stand behind another ward's month.
    void receive(std::vector<journal::Entry> entries, ReceivedDone done);

    // True while everything that is decided gets recorded. False after a failed commit, until
    // `try_to_recover` succeeds.
    [[nodiscard]] bool recording() const {
        return store_ != nullptr;
    }

    // Why this node writes nothing of its own for now: it may be behind its own past, which comes
    // back through `receive`. Commands are refused with `unavailable` until it ends.
    [[nodiscard]] const std::optional<store::AwaitedPast>& awaited_past() const {
        return awaited_past_;
    }

    // True while commands are decided and recorded.
    [[nodiscard]] bool writing() const {
        return recording() && !awaited_past_;
    }

    // The wait begins, also across a restart; no effect where one is on, or nothing is recorded.
    void await_past(store::PastReason reason);

    // The wait is over. What came is put in an order in which it can have happened, which may
    // change what the pages show; told as a commit of nothing. No effect where none is on.
    void end_awaited_past();

    // Opens the store anew and loads what it holds. True where recording goes on.
    bool try_to_recover();

    // Moves the store's log into its database, to be called on a timer. A disk that fails here has
    // failed: recording stops, as after a failed commit. One that is full may have room in the log:
    // that is only noted.
    void checkpoint();

    [[nodiscard]] const readiness::State& state() const {
        return state_;
    }

    [[nodiscard]] readiness::Context moment() const;
    [[nodiscard]] readiness::Session session_of(std::string_view station) const;
    // How long until the next station's session has rested, as far as things stand; nullopt: none
    // is left that will.
    [[nodiscard]] std::optional<std::chrono::milliseconds> next_rest() const;
    [[nodiscard]] std::optional<readiness::Reply> last_reply_of(std::string_view station) const;
    [[nodiscard]] journal::Head head(std::string_view node) const;

    [[nodiscard]] const std::map<std::string, journal::Head>& heads() const {
        return heads_;
    }

    [[nodiscard]] const Counters& counters() const {
        return counters_;
    }

    // The store, for questions; nullptr while not recording.
    [[nodiscard]] store::Store* store() {
        return store_.get();
    }

    // Called after each commit, before the answers, with what was committed (it may be empty: a
    // refusal changes a station's session and last reply), and when recording stops or goes on.
    void observe(std::function<void(std::span<const store::Item>)> observer);

    // The longest queue of commands: a scanner in full flow makes ten a second, a commit takes
    // milliseconds; a thousand waiting means that the disk stands still.
    static constexpr std::size_t commands_waiting_max = 1'000;

    // Of peers, in one turn: some 20 ms of work, so that nobody waits longer for its own turn.
    static constexpr std::size_t turn_entries = 512;

    // Carts judged anew in one turn for peers' entries that concern every cart (a recall, a day),
    // 20 us each: past it the rest of a batch waits behind all others. One such entry is never
    // parted.
    static constexpr std::size_t turn_judged = 1'024;

private:
    struct Waiting {
        std::string station;
        std::optional<readiness::Command> command; // else entries of a peer
        RequestName name;
        std::vector<journal::Entry> entries;
        ReplyDone replied;
        ReceivedDone received;
        bool begun = false; // some of the entries were taken in an earlier turn
    };

    struct Desk {
        readiness::Session session;
        std::optional<readiness::Reply> last;
        std::int64_t replies = 0;
    };

    // What one turn will commit.
    struct Batch {
        std::vector<store::Item> items;
        std::vector<store::AnsweredRequest> answered;
        std::map<std::string, journal::Head> heads_before; // of the nodes with items
        std::size_t judged = 0;                            // carts, for peers' entries
    };

    void load();
    [[nodiscard]] readiness::Session resumed_session(std::string_view station) const;
    void enqueue(Waiting waiting);
    void work();
    void post_work();
    [[nodiscard]] std::vector<Waiting> next_turn();
    [[nodiscard]] Result<std::vector<store::Item>>
    items_of(readiness::Decision& decision, Instant now) const;
    std::function<void()> decide_one(Waiting& waiting, Batch& batch);
    void remember(RequestName name, const readiness::Reply& reply, Batch& batch);
    std::function<void()> take_in(Waiting& waiting, Batch& batch);
    [[nodiscard]] Result<readiness::Recorded>
    read(const journal::Entry& entry, const journal::Head& end) const;
    void keep_rest(std::vector<Waiting> turn);
    void record(store::Item item, Batch& batch);
    [[nodiscard]] Result<void> is_held(const journal::Entry& entry, const Batch& batch) const;
    void fail(std::vector<Waiting> refused_work, std::string_view what);
    void tell(std::span<const store::Item> items);

    Options options_;
    std::unique_ptr<store::Store> store_;
    std::optional<store::AwaitedPast> awaited_past_;
    readiness::State state_;
    std::map<std::string, journal::Head> heads_;
    Answered answered_;
    std::map<std::string, Desk, std::less<>> desks_;
    std::vector<Waiting> commands_; // in the order in which they came
    std::vector<Waiting> received_; // as well
    bool work_posted_ = false;
    Counters counters_;
    std::vector<std::function<void(std::span<const store::Item>)>> observers_;
};

} // namespace cartwatch::ledger
