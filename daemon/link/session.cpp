#include "daemon/link/session.hpp"

#include "daemon/link/entry_name.hpp"
#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <type_traits>
#include <utility>
#include <variant>

namespace cartwatch::link {

namespace {

// Silence of so many ping intervals is a dead peer.
constexpr int silent_intervals = 3;

// Bytes: an acknowledgement, a ping, even an error with all its text is shorter.
constexpr std::size_t surely_an_entry = 1'024;

// Over which lines that bring nothing are counted.
constexpr Ticks idle_second{1'000};

// Causes that go away by themselves; every other is a disagreement.
constexpr std::array<std::string_view, 7> passing_codes{
    "busy", "closed", "going_away", "no_hello", "not_stored", "replaced", "silent"};

// Of a batch that is not on the disk. What cannot be read will not be read the next time either.
std::string_view code_of_refused_batch(const Error& error) {
    if (error.text.starts_with("fork:")) {
        return "fork";
    }
    const bool passes = error.code != ErrorCode::bad_input && error.code != ErrorCode::too_large;
    return passes ? "not_stored" : "bad_message";
}

std::string_view code_of_refused_entry(const Error& error) {
    if (error.text.starts_with("gap:")) {
        return "gap";
    }
    return error.text.starts_with("fork:") ? "fork" : "bad_hash";
}

} // namespace

bool needs_a_person(const Closing& closing) {
    return std::find(passing_codes.begin(), passing_codes.end(), closing.code)
           == passing_codes.end();
}

Session::Session(SessionOptions options, const Journal& journal, Ticks now)
    : options_(std::move(options)),
      journal_(&journal),
      peer_(options_.peer),
      began_(now),
      heard_(now),
      pinged_(now) {
    ensure(is_node_name(options_.node), "a session's own node has a name");
    if (!peer_.empty()) {
        hold_peers_journal();
        hello_due_ = true;
    }
}

// --- what happened ---

void Session::line_received(std::string_view line, Ticks now) {
    ensure(wants_input(), "a line is handed in only when it is wanted");
    heard_ = now;
    const std::int64_t before = progress();
    const bool was_running = phase_ == Phase::running;
    Result<Message> message = parse_message(line);
    if (!message) {
        misheard(line, message.error());
    } else if (phase_ == Phase::greeting) {
        hear_in_greeting(*message, now);
    } else {
        hear_while_running(std::move(*message), line.size());
    }
    if (was_running && progress() == before) {
        count_idle_line(now);
    }
}

void Session::count_idle_line(Ticks now) {
    if (now - idle_since_ >= idle_second) {
        idle_since_ = now;
        idle_lines_ = 0;
    }
    ++idle_lines_;
}

bool Session::is_idling() const {
    return idle_lines_ >= options_.limits.idle_lines_per_second;
}

void Session::bytes_received(Ticks now, std::size_t begun) {
    heard_ = now;
    if (begun >= surely_an_entry) {
        asked_at_ = now;
    }
}

void Session::line_too_long() {
    const std::size_t limit = phase_ == Phase::greeting ? hello_bytes_max : line_bytes_max;
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
    } else if (const auto* back = std::get_if<Return>(&message)) {
        hear(*back);
    } else if (std::holds_alternative<Ping>(message)) {
        pong_due_ = true;
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
    const bool expected = peer_.empty() || hello.node == peer_;
    if (!expected || hello.node == options_.node) {
        refuse(
            "wrong_node",
            "node " + hello.node + " speaks where "
                + (peer_.empty() ? "another than " + options_.node : peer_) + " was expected");
        return;
    }
    const auto held = hello.have.find(options_.node);
    peer_holds_ = held == hello.have.end() ? Held{} : held->second;
    peer_wrote_ = hello.wrote;
    if (peer_.empty()) {
        peer_ = hello.node;
        phase_ = Phase::introduced;
        return;
    }
    begin(now);
}

void Session::admit(Ticks now) {
    ensure(phase_ == Phase::introduced, "who is admitted has said a name");
    hold_peers_journal();
    hello_due_ = true;
    begin(now);
}

void Session::hold_peers_journal() {
    received_ = journal_->head(peer_);
    on_disk_ = received_.seq;
    held_at_hello_ = received_;
}

void Session::begin(Ticks now) {
    phase_ = Phase::running;
    heard_ = now;
    own_end_ = journal_->head(options_.node).seq;
    if (continues_own_journal()) {
        sent_ = peer_holds_.seq;
        acknowledged_ = peer_holds_.seq;
        if (options_.asks_at_once) {
            ask_back(now);
        }
    }
}

bool Session::is_own_past(const Held& held) {
    const auto written = held.seq > 0 ? hash_of(options_.node, held.seq) : std::nullopt;
    if (held.seq > 0 && !written) {
        refuse("not_stored", "the journal of " + options_.node + " cannot be read now");
        return false;
    }
    if (held.seq > 0 && !held.hash.empty() && *written != held.hash) {
        refuse(
            "fork",
            entry_name(options_.node, held.seq) + " as " + peer_
                + " holds it is not the one written here");
        return false;
    }
    return true;
}

std::optional<std::string> Session::hash_of(std::string_view node, std::int64_t seq) const {
    const std::vector<journal::Entry> found =
        journal_->entries_after(node, seq - 1, 1, line_bytes_max);
    if (found.empty() || found.front().seq != seq) {
        return std::nullopt;
    }
    return found.front().hash;
}

void Session::hear(journal::Entry entry, std::size_t bytes) {
    if (asked_ && entry.node == options_.node) {
        hear_returned(std::move(entry), bytes);
        return;
    }
    if (entry.node != peer_) {
        refuse("wrong_node", peer_ + " sent " + entry_name(entry.node, entry.seq));
        return;
    }
    if (entry.seq <= received_.seq) {
        hear_again(entry);
        return;
    }
    if (const Result<void> next = journal::follows(received_, entry, options_.digest); !next) {
        refuse_entry(next.error());
        return;
    }
    asked_at_ = heard_;
    if (options_.marks.given()) {
        entry.mark = std::string(); // nobody would ask for it, of millions of entries
    }
    received_.seq = entry.seq;
    received_.hash = entry.hash;
    unstored_.emplace_back(entry.hash, bytes);
    unstored_bytes_ += bytes;
    waiting_.push_back(std::move(entry));
}

void Session::refuse_entry(const Error& error) {
    refuse(std::string(code_of_refused_entry(error)), error.text);
}

// Who sends from further back than was asked for sends nothing new, but must send the same.
void Session::hear_again(const journal::Entry& entry) {
    const bool stored = entry.seq <= on_disk_;
    const std::optional<std::string> held =
        stored ? hash_of(peer_, entry.seq)
               : unstored_[static_cast<std::size_t>(entry.seq - on_disk_ - 1)].first;
    if (held != entry.hash) {
        refuse("fork", entry_name(peer_, entry.seq) + " is not the one held here");
    } else if (stored) {
        ack_due_ = true;
    }
}

void Session::hear(const Ack& ack) {
    if (ack.seq > sent_) {
        refuse(
            "bad_ack",
            peer_ + " acknowledges " + entry_name(options_.node, ack.seq) + ", sent were "
                + std::to_string(sent_));
        return;
    }
    while (acknowledged_ < ack.seq) {
        in_flight_bytes_ -= in_flight_.front();
        in_flight_.pop_front();
        ++acknowledged_;
    }
}

void Session::own_journal_grew() {
    if (phase_ != Phase::running) {
        return;
    }
    const bool was_owed = owed() > 0;
    own_end_ = journal_->head(options_.node).seq;
    if (was_owed && owed() == 0) {
        asked_ = false;
        static_cast<void>(is_own_past(peer_holds_)); // else it refuses
    }
}

void Session::stored() {
    ensure(storing_ > 0, "entries are out for storing");
    if (std::exchange(storing_returned_, false)) {
        storing_ = 0;
        unstored_bytes_ -= std::exchange(storing_returned_bytes_, 0);
        own_journal_grew();
        return;
    }
    for (; storing_ > 0; --storing_) {
        unstored_bytes_ -= unstored_.front().second;
        unstored_.pop_front();
        ++on_disk_;
    }
    ack_due_ = true;
}

void Session::not_stored(const Error& error) {
    ensure(storing_ > 0, "entries are out for storing");
    storing_ = 0;
    waiting_.clear(); // they continue what is not there
    waiting_returned_.clear();
    const bool own = std::exchange(storing_returned_, false);
    if (const std::int64_t kept = own ? 0 : journal_->head(peer_).seq; kept > on_disk_) {
        on_disk_ = kept;
        ack_due_ = true;
    }
    refuse(
        std::string(code_of_refused_batch(error)),
        "entries of " + (own ? options_.node : peer_) + " are not stored: " + error.text);
}

void Session::time_passed(Ticks now) {
    if (phase_ == Phase::greeting && now - began_ >= options_.limits.hello_wait) {
        refuse("no_hello", "no hello within the time for it");
    }
    if (phase_ != Phase::running) {
        return;
    }
    const Ticks interval = options_.limits.ping_interval;
    if (is_idling() && now - idle_since_ >= idle_second) {
        idle_lines_ = 0;
    }
    if (!wants_input()) {
        heard_ = now; // this side does not listen: the silence is its own
        asked_at_ = now;
    }
    if (now >= return_due()) {
        give_up_return();
    } else if (now - heard_ >= silent_intervals * interval) {
        refuse("silent", peer_ + " is silent");
    } else if (now - std::max(heard_, pinged_) >= interval) {
        pinged_ = now;
        ping_due_ = true;
    }
}

void Session::refuse(std::string code, std::string text) {
    if (phase_ != Phase::closed) {
        fault_due_ = true;
        close(Closing{std::move(code), std::move(text), false});
    }
}

void Session::lost(std::string text) {
    if (phase_ != Phase::closed) {
        close(Closing{"closed", std::move(text), false});
    }
}

void Session::close(Closing closing) {
    phase_ = Phase::closed;
    closing_ = std::move(closing);
}

// --- what to do ---

bool Session::wants_input() const {
    return phase_ == Phase::greeting
           || (phase_ == Phase::running && unstored_bytes_ < options_.limits.unstored_bytes
               && !is_idling());
}

bool Session::has_entries() const {
    return storing_ == 0 && (!waiting_.empty() || !waiting_returned_.empty());
}

std::vector<journal::Entry> Session::take_entries() {
    ensure(storing_ == 0, "one batch at a time is out for storing");
    if (!waiting_returned_.empty()) {
        storing_returned_ = true;
        return take_returned();
    }
    storing_ = std::min(waiting_.size(), options_.limits.batch_entries);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(storing_);
    std::vector<journal::Entry> batch(
        std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return batch;
}

bool Session::is_storing() const {
    return storing_ > 0 || !waiting_.empty() || !waiting_returned_.empty();
}

Ticks Session::next_due() const {
    switch (phase_) {
    case Phase::greeting:
        return began_ + options_.limits.hello_wait;
    case Phase::running: {
        const Ticks interval = options_.limits.ping_interval;
        const Ticks silence =
            std::min(heard_ + silent_intervals * interval, std::max(heard_, pinged_) + interval);
        const Ticks due = std::min(silence, return_due());
        return is_idling() ? std::min(due, idle_since_ + idle_second) : due;
    }
    case Phase::introduced:
    case Phase::closed:
        break;
    }
    return Ticks::max();
}

// --- what it looks like ---

Session::Phase Session::phase() const {
    return phase_;
}

const std::string& Session::node() const {
    return options_.node;
}

const std::string& Session::peer() const {
    return peer_;
}

std::int64_t Session::sent() const {
    return sent_;
}

std::int64_t Session::acknowledged() const {
    return acknowledged_;
}

std::int64_t Session::on_disk() const {
    return on_disk_;
}

const std::optional<Closing>& Session::closing() const {
    return closing_;
}

} // namespace cartwatch::link
