#include "daemon/link/session.hpp"

#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>
#include <variant>

namespace cartwatch::link {

namespace {

// Silence of so many ping intervals is a dead peer.
constexpr int silent_intervals = 3;

// Causes that go away by themselves; every other is a disagreement.
constexpr std::array<std::string_view, 7> passing_codes{
    "busy", "closed", "going_away", "no_hello", "not_stored", "replaced", "silent"};

std::string_view code_of_refused_entry(const Error& error) {
    if (error.text.starts_with("gap:")) {
        return "gap";
    }
    return error.text.starts_with("fork:") ? "fork" : "bad_hash";
}

std::string entry_name(std::string_view node, std::int64_t seq) {
    return "entry " + std::to_string(seq) + " of " + std::string(node);
}

} // namespace

bool needs_a_person(const Closing& closing) {
    return std::find(passing_codes.begin(), passing_codes.end(), closing.code)
           == passing_codes.end();
}

Session::Session(SessionOptions options, const Journal& journal, Ticks now)
    : x_options(std::move(options)),
      x_journal(&journal),
      x_peer(x_options.peer),
      x_began(now),
      x_heard(now),
      x_pinged(now) {
    ensure(is_node_name(x_options.node), "a session's own node has a name");
    if (!x_peer.empty()) {
        hold_peers_journal();
        x_hello_due = true;
    }
}

// --- what happened ---

void Session::line_received(std::string_view line, Ticks now) {
    ensure(wants_input(), "a line is handed in only when it is wanted");
    x_heard = now;
    Result<Message> message = parse_message(line);
    if (!message) {
        misheard(line, message.error());
    } else if (x_phase == Phase::greeting) {
        hear_in_greeting(*message, now);
    } else {
        hear_while_running(std::move(*message), line.size());
    }
}

void Session::line_too_long() {
    const std::size_t limit = x_phase == Phase::greeting ? hello_bytes_max : line_bytes_max;
    refuse("line_too_long", "a line is over " + std::to_string(limit) + " bytes");
}

void Session::misheard(std::string_view line, const Error& error) {
    refuse(is_json(line) ? "bad_message" : "not_json", error.text);
}

void Session::hear_in_greeting(const Message& message, Ticks now) {
    if (const auto* hello = std::get_if<Hello>(&message)) {
        hear(*hello, now);
    } else if (const auto* fault = std::get_if<Fault>(&message)) {
        close(Closing{fault->code, fault->text, true});
    } else {
        refuse("hello_expected", "the first line is not a hello");
    }
}

void Session::hear_while_running(Message message, std::size_t bytes) {
    if (auto* entry = std::get_if<journal::Entry>(&message)) {
        hear(std::move(*entry), bytes);
    } else if (const auto* ack = std::get_if<Ack>(&message)) {
        hear(*ack);
    } else if (std::holds_alternative<Ping>(message)) {
        x_pong_due = true;
    } else if (const auto* fault = std::get_if<Fault>(&message)) {
        close(Closing{fault->code, fault->text, true});
    } else if (std::holds_alternative<Hello>(message)) {
        refuse("bad_message", "a second hello");
    }
    // A pong has done its work by being heard; unknown types are a later version's business.
}

void Session::hear(const Hello& hello, Ticks now) {
    if (hello.protocol != protocol_version) {
        refuse(
            "unknown_protocol",
            "protocol " + std::to_string(hello.protocol) + " is not spoken here, only "
                + std::to_string(protocol_version));
        return;
    }
    const bool expected = x_peer.empty() || hello.node == x_peer;
    if (!expected || hello.node == x_options.node) {
        refuse(
            "wrong_node",
            "node " + hello.node + " speaks where "
                + (x_peer.empty() ? "another than " + x_options.node : x_peer) + " was expected");
        return;
    }
    const auto held = hello.have.find(x_options.node);
    x_peer_holds = held == hello.have.end() ? Held{} : held->second;
    if (x_peer.empty()) {
        x_peer = hello.node;
        x_phase = Phase::introduced;
        return;
    }
    begin(now);
}

void Session::admit(Ticks now) {
    ensure(x_phase == Phase::introduced, "who is admitted has said a name");
    hold_peers_journal();
    x_hello_due = true;
    begin(now);
}

void Session::hold_peers_journal() {
    x_received = x_journal->head(x_peer);
    x_on_disk = x_received.seq;
}

void Session::begin(Ticks now) {
    x_phase = Phase::running;
    x_heard = now;
    x_own_end = x_journal->head(x_options.node).seq;
    if (continues_own_journal()) {
        x_sent = x_peer_holds.seq;
        x_acknowledged = x_peer_holds.seq;
    }
}

// What the peer says that it holds of the own journal must be a beginning of it. Otherwise one of
// the two was restored from a backup, or two machines bear one name: a person must look.
bool Session::continues_own_journal() {
    const Held& held = x_peer_holds;
    if (held.seq > x_own_end) {
        refuse(
            "ahead",
            x_peer + " holds " + entry_name(x_options.node, held.seq) + ", but only "
                + std::to_string(x_own_end) + " are written here: was " + x_options.node
                + " restored from a backup?");
        return false;
    }
    if (held.seq > 0 && !held.hash.empty() && hash_of(x_options.node, held.seq) != held.hash) {
        refuse(
            "fork",
            entry_name(x_options.node, held.seq) + " as " + x_peer
                + " holds it is not the one written here");
        return false;
    }
    return true;
}

std::optional<std::string> Session::hash_of(std::string_view node, std::int64_t seq) const {
    const std::vector<journal::Entry> found =
        x_journal->entries_after(node, seq - 1, 1, line_bytes_max);
    if (found.empty() || found.front().seq != seq) {
        return std::nullopt;
    }
    return found.front().hash;
}

void Session::hear(journal::Entry entry, std::size_t bytes) {
    if (entry.node != x_peer) {
        refuse("wrong_node", x_peer + " sent " + entry_name(entry.node, entry.seq));
        return;
    }
    if (entry.seq <= x_received.seq) {
        hear_again(entry);
        return;
    }
    if (const Result<void> next = journal::follows(x_received, entry, x_options.digest); !next) {
        refuse(std::string(code_of_refused_entry(next.error())), next.error().text);
        return;
    }
    x_received.seq = entry.seq;
    x_received.hash = entry.hash;
    x_unstored.emplace_back(entry.hash, bytes);
    x_unstored_bytes += bytes;
    x_waiting.push_back(std::move(entry));
}

// Who sends from further back than was asked for sends nothing new, but must send the same.
void Session::hear_again(const journal::Entry& entry) {
    const bool stored = entry.seq <= x_on_disk;
    const std::optional<std::string> held =
        stored ? hash_of(x_peer, entry.seq)
               : x_unstored[static_cast<std::size_t>(entry.seq - x_on_disk - 1)].first;
    if (held != entry.hash) {
        refuse("fork", entry_name(x_peer, entry.seq) + " is not the one held here");
    } else if (stored) {
        x_ack_due = true;
    }
}

void Session::hear(const Ack& ack) {
    if (ack.seq > x_sent) {
        refuse(
            "bad_ack",
            x_peer + " acknowledges " + entry_name(x_options.node, ack.seq) + ", sent were "
                + std::to_string(x_sent));
        return;
    }
    while (x_acknowledged < ack.seq) {
        x_in_flight_bytes -= x_in_flight.front();
        x_in_flight.pop_front();
        ++x_acknowledged;
    }
}

void Session::own_journal_grew() {
    if (x_phase == Phase::running) {
        x_own_end = x_journal->head(x_options.node).seq;
    }
}

void Session::stored() {
    ensure(x_storing > 0, "entries are out for storing");
    for (; x_storing > 0; --x_storing) {
        x_unstored_bytes -= x_unstored.front().second;
        x_unstored.pop_front();
        ++x_on_disk;
    }
    x_ack_due = true;
}

void Session::not_stored(const std::string& text) {
    ensure(x_storing > 0, "entries are out for storing");
    x_storing = 0;
    x_waiting.clear(); // they continue what is not there
    refuse("not_stored", "entries of " + x_peer + " are not stored: " + text);
}

void Session::time_passed(Ticks now) {
    if (x_phase == Phase::greeting && now - x_began >= x_options.limits.hello_wait) {
        refuse("no_hello", "no hello within the time for it");
    }
    if (x_phase != Phase::running) {
        return;
    }
    const Ticks interval = x_options.limits.ping_interval;
    if (!wants_input()) {
        x_heard = now; // this side does not listen: the silence is its own
    }
    if (now - x_heard >= silent_intervals * interval) {
        refuse("silent", x_peer + " is silent");
    } else if (now - std::max(x_heard, x_pinged) >= interval) {
        x_pinged = now;
        x_ping_due = true;
    }
}

void Session::refuse(std::string code, std::string text) {
    if (x_phase != Phase::closed) {
        x_fault_due = true;
        close(Closing{std::move(code), std::move(text), false});
    }
}

void Session::lost(std::string text) {
    if (x_phase != Phase::closed) {
        close(Closing{"closed", std::move(text), false});
    }
}

void Session::close(Closing closing) {
    x_phase = Phase::closed;
    x_closing = std::move(closing);
}

// --- what to do ---

bool Session::wants_input() const {
    return x_phase == Phase::greeting
           || (x_phase == Phase::running && x_unstored_bytes < x_options.limits.unstored_bytes);
}

bool Session::may_send_entries() const {
    return x_phase == Phase::running && x_sent < x_own_end
           && x_in_flight.size() < x_options.limits.window_entries
           && x_in_flight_bytes < x_options.limits.window_bytes;
}

bool Session::has_output() const {
    return x_hello_due || x_ack_due || x_fault_due
           || (x_phase == Phase::running && (x_ping_due || x_pong_due)) || may_send_entries();
}

std::string Session::take_output(std::size_t bytes) {
    std::string output;
    if (std::exchange(x_hello_due, false)) {
        append_hello(output);
    }
    if (std::exchange(x_pong_due, false)) {
        output += to_line(Pong{}) + '\n';
    }
    if (std::exchange(x_ack_due, false)) {
        output += to_line(Ack{x_on_disk}) + '\n';
    }
    if (std::exchange(x_ping_due, false)) {
        output += to_line(Ping{}) + '\n';
    }
    append_entries(output, bytes);
    if (std::exchange(x_fault_due, false)) {
        output += to_line(Fault{x_closing->code, x_closing->text}) + '\n';
    }
    return output;
}

void Session::append_hello(std::string& output) {
    Hello hello;
    hello.node = x_options.node;
    hello.have[x_peer] = Held{x_received.seq, x_received.seq > 0 ? x_received.hash : std::string()};
    output += to_line(hello) + '\n';
}

void Session::append_entries(std::string& output, std::size_t bytes) {
    if (!may_send_entries()) {
        return;
    }
    const std::size_t count = x_options.limits.window_entries - x_in_flight.size();
    const std::size_t room = x_options.limits.window_bytes - x_in_flight_bytes;
    const std::vector<journal::Entry> entries =
        x_journal->entries_after(x_options.node, x_sent, count, std::min(room, bytes));
    ensure(!entries.empty(), "the journal has the entries up to its head");
    for (const journal::Entry& entry : entries) {
        ensure(entry.seq == x_sent + 1, "the journal gives its entries in order");
        const std::string line = journal::to_line(entry);
        if (line.size() > line_bytes_max) {
            refuse("line_too_long", entry_name(entry.node, entry.seq) + " does not fit a line");
            return;
        }
        output += line;
        output += '\n';
        ++x_sent;
        x_in_flight.push_back(line.size());
        x_in_flight_bytes += line.size();
    }
}

bool Session::has_entries() const {
    return x_storing == 0 && !x_waiting.empty();
}

std::vector<journal::Entry> Session::take_entries() {
    ensure(x_storing == 0, "one batch at a time is out for storing");
    x_storing = x_waiting.size();
    return std::exchange(x_waiting, {});
}

bool Session::is_storing() const {
    return x_storing > 0 || !x_waiting.empty();
}

Ticks Session::next_due() const {
    switch (x_phase) {
    case Phase::greeting:
        return x_began + x_options.limits.hello_wait;
    case Phase::running: {
        const Ticks interval = x_options.limits.ping_interval;
        return std::min(
            x_heard + silent_intervals * interval, std::max(x_heard, x_pinged) + interval);
    }
    case Phase::introduced:
    case Phase::closed:
        break;
    }
    return Ticks::max();
}

// --- what it looks like ---

Session::Phase Session::phase() const {
    return x_phase;
}

const std::string& Session::peer() const {
    return x_peer;
}

std::int64_t Session::sent() const {
    return x_sent;
}

std::int64_t Session::acknowledged() const {
    return x_acknowledged;
}

std::int64_t Session::on_disk() const {
    return x_on_disk;
}

const std::optional<Closing>& Session::closing() const {
    return x_closing;
}

} // namespace cartwatch::link
