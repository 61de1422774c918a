// One conversation with one peer: what to say next, given the lines heard, the entries committed
// and the time. Pure: bytes, sockets, disks and clocks are its caller's (connection.hpp). It never
// says that an entry is held before it was told that the entry is on disk.
#pragma once

#include "daemon/link/journal.hpp"
#include "daemon/link/marks.hpp"
#include "daemon/link/messages.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::link {

// Milliseconds of a clock that never goes back.
using Ticks = std::chrono::milliseconds;

struct SessionLimits {
    // After that long without a word a ping is due; after three times that the peer counts as gone.
    // 10 s: a board shows a lost ward within half a minute, at 3 bytes a second.
    Ticks ping_interval{10'000};

    // From the connection to the peer's hello: one round trip and its journal's head.
    Ticks hello_wait{10'000};

    // Sent and not yet acknowledged, entries and bytes. 2,048 of 500 bytes are 1 MiB and 40 ms at
    // 50,000 a second: longer than a slow disk's commit.
    std::size_t window_entries = 2'048;
    std::size_t window_bytes = 4 * line_bytes_max;

    // Received and not yet on disk, bytes; past it the caller is asked to stop reading. Enough to
    // have the next batch at hand while one is committed; a thousand wards that come back at once
    // hold 128 MiB of it.
    std::size_t unstored_bytes = 128 * 1'024;

    // Handed out for storing at a time, entries: whoever sends a year's journal stands in line
    // again after each such piece, behind all who have waited.
    std::size_t batch_entries = 128;

    // Lines in a second that bring nothing: pings, words of a later version, entries that are held
    // already. Past them nothing more is heard until the second is over, whatever the peer sends:
    // the time of the loop is every ward's.
    std::size_t idle_lines_per_second = 1'000;

    // From asking for the own journal's end to the next entry. A peer of an older version never
    // gives any; one over a slow wire first sends what was on its way. 60 s: twice the silence by
    // which a broken wire is noticed.
    Ticks return_wait{60'000};

    // From asking to the last of what was asked for, and for each of it besides: this side does no
    // work of its own meanwhile, and a peer that gives one entry a minute must not have it so for
    // days. A line of 1 kB/s gives one in half a second, after what waited there before.
    Ticks return_longest{600'000};
    Ticks return_entry{1'000};
};

struct SessionOptions {
    std::string node; // this side
    std::string peer; // whom this side calls; empty: whoever calls, admitted by name
    SessionLimits limits;
    journal::Digest digest; // SHA-256
    Marks marks;            // of the own entries; none: nothing is marked

    // Whether a peer that holds more of this node's journal than is here is asked for it at once,
    // or when the owner says so (ask_back): one peer suffices where many hold the same.
    bool asks_at_once = true;
};

// Why a conversation ended. `code` as in schema/link.md, or "closed" where the connection broke.
struct Closing {
    std::string code;
    std::string text;
    bool by_peer = false;

    friend bool operator==(const Closing&, const Closing&) = default;
};

// True where calling again soon mends nothing: versions, names or journals disagree.
[[nodiscard]] bool needs_a_person(const Closing& closing);

class Session {
public:
    enum class Phase {
        greeting,   // no hello heard yet
        introduced, // the caller's hello is heard, its admission is not decided
        running,    // entries flow
        closed,
    };

    // `journal` outlives the session, which only reads from it: head and entries_after.
    Session(SessionOptions options, const Journal& journal, Ticks now);

    // --- what happened ---

    // A line without its line feed. Precondition: wants_input().
    void line_received(std::string_view line, Ticks now);

    // Something came, though perhaps no whole line yet: whoever sends a long line over a thin one
    // is not silent. No hello is made of it. `begun`: bytes of the line so far, these not counted;
    // a line that is longer than any word but an entry is one that is on its way.
    void bytes_received(Ticks now, std::size_t begun = 0);

    // A line over the limit was begun.
    void line_too_long();

    // Introduced: the caller may stay. Every entry taken by an earlier session with that peer must
    // be committed or lost by now, for here the peer's journal is asked how far it goes.
    void admit(Ticks now);

    // The own journal grew.
    void own_journal_grew();

    // The entries of the last take_entries are on disk, or not all of them: those that are, the
    // journal has by now. A text that begins with "fork:" says that the disk holds others,
    // bad_input or too_large that one cannot be read, or not kept; these are a person's to mend.
    void stored();
    void not_stored(const Error& error);

    // This side lacks entries of its own journal that the peer holds: now it asks for them. No
    // effect where it lacks none, or has asked.
    void ask_back(Ticks now);

    // To be called when next_due() has come; earlier does no harm.
    void time_passed(Ticks now);

    // This side wants to end: the peer is told why.
    void refuse(std::string code, std::string text);

    // The connection is gone: nobody can be told.
    void lost(std::string text);

    // --- what to do ---

    // False while the caller must not hand in lines: not admitted yet, closed, too much unstored,
    // or too much said in vain.
    [[nodiscard]] bool wants_input() const;

    [[nodiscard]] bool has_output() const;

    // The next lines to send, each with its line feed; about `bytes` of them, at least one if
    // has_output(). They count as sent.
    [[nodiscard]] std::string take_output(std::size_t bytes);

    // True where take_entries has something: one batch at a time is out for storing. Also after the
    // session closed, for what came before is sound.
    [[nodiscard]] bool has_entries() const;

    // What was received of one node since the last batch, in order, continuing what is on disk; at
    // most batch_entries of it. Of the own journal, where it comes back, before the peer's.
    [[nodiscard]] std::vector<journal::Entry> take_entries();

    // A batch is out, or waits to be taken.
    [[nodiscard]] bool is_storing() const;

    // When time_passed is due; far away once closed.
    [[nodiscard]] Ticks next_due() const;

    // --- what it looks like ---

    [[nodiscard]] Phase phase() const;
    [[nodiscard]] const std::string& node() const; // this side
    [[nodiscard]] const std::string& peer() const; // empty until known
    [[nodiscard]] std::int64_t sent() const;
    [[nodiscard]] std::int64_t acknowledged() const;
    [[nodiscard]] std::int64_t on_disk() const; // of the peer's journal
    // How many entries of the own journal the peer holds and this side does not.
    [[nodiscard]] std::int64_t owed() const;
    [[nodiscard]] bool is_asking() const;
    // How far the peer's journal went when it said hello; 0: not told.
    [[nodiscard]] std::int64_t peer_wrote() const;
    [[nodiscard]] const std::optional<Closing>& closing() const;

private:
    void hear(const Hello& hello, Ticks now);
    void hear(journal::Entry entry, std::size_t bytes);
    void hear(const Ack& ack);
    void hear_in_greeting(const Message& message, Ticks now);
    void hear_while_running(Message message, std::size_t bytes);
    void hear_again(const journal::Entry& entry);
    void hear_returned(journal::Entry entry, std::size_t bytes);
    void refuse_entry(const Error& error);
    [[nodiscard]] Ticks return_due() const;
    void give_up_return();
    void hear(const Return& back);
    void begin(Ticks now);
    void hold_peers_journal();
    [[nodiscard]] bool continues_own_journal();
    [[nodiscard]] bool is_own_past(const Held& held);
    [[nodiscard]] bool is_proven(const Held& held);
    [[nodiscard]] std::string held_mark() const;
    [[nodiscard]] std::optional<std::string> hash_of(std::string_view node, std::int64_t seq) const;
    void misheard(std::string_view line, const Error& error);
    void close(Closing closing);
    void count_idle_line(Ticks now);
    [[nodiscard]] bool is_idling() const;
    [[nodiscard]] bool may_send_entries() const;
    void append_hello(std::string& output);
    void append_entries(std::string& output, std::size_t bytes);
    void append_returned(std::string& output, std::size_t bytes);
    [[nodiscard]] std::vector<journal::Entry> take_returned();
    [[nodiscard]] std::int64_t progress() const;

    SessionOptions options_;
    const Journal* journal_;
    Phase phase_ = Phase::greeting;
    std::string peer_;
    std::optional<Closing> closing_;

    // What is said besides entries, each at most once at a time: no queue that a peer could fill.
    bool hello_due_ = false;
    bool ack_due_ = false;
    bool ping_due_ = false;
    bool pong_due_ = false;
    bool fault_due_ = false;
    bool return_due_ = false;

    // The own journal, on its way out.
    Held peer_holds_;
    std::int64_t own_end_ = 0;
    std::int64_t sent_ = 0;
    std::int64_t acknowledged_ = 0;
    std::deque<std::size_t> in_flight_; // bytes of each entry after acknowledged_ up to sent_
    std::size_t in_flight_bytes_ = 0;

    // The peer's journal, on its way in.
    journal::Head held_at_hello_;
    journal::Head received_;
    std::int64_t on_disk_ = 0;
    std::deque<journal::Entry> waiting_;                       // not handed out for storing yet
    std::deque<std::pair<std::string, std::size_t>> unstored_; // hash, bytes: after on_disk_
    std::size_t unstored_bytes_ = 0;
    std::size_t storing_ = 0; // entries that are out for storing
    std::int64_t peer_wrote_ = 0;

    // The own journal, on its way back to this side.
    bool asked_ = false;
    bool storing_returned_ = false; // what is out for storing is of it
    journal::Head returned_;        // how far it came
    std::deque<std::pair<journal::Entry, std::size_t>> waiting_returned_; // with their bytes
    std::size_t storing_returned_bytes_ = 0;
    Ticks asked_at_{0};   // or the last entry since
    Ticks return_end_{0}; // of the asking, whatever comes

    // The peer's journal, on its way back to the peer.
    std::int64_t given_ = 0;
    std::int64_t give_end_ = 0;

    std::size_t idle_lines_ = 0; // since idle_since_
    Ticks idle_since_{0};

    Ticks began_;
    Ticks heard_;
    Ticks pinged_;
};

} // namespace cartwatch::link
