// The part of a conversation that says what is due.
#include "daemon/link/entry_name.hpp"
#include "daemon/link/session.hpp"
#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace cartwatch::link {

bool Session::may_send_entries() const {
    return phase_ == Phase::running && sent_ < own_end_
           && in_flight_.size() < options_.limits.window_entries
           && in_flight_bytes_ < options_.limits.window_bytes;
}

bool Session::has_output() const {
    const bool running = phase_ == Phase::running;
    return hello_due_ || ack_due_ || fault_due_
           || (running && (ping_due_ || pong_due_ || return_due_ || given_ < give_end_))
           || may_send_entries();
}

std::string Session::take_output(std::size_t bytes) {
    std::string output;
    if (std::exchange(hello_due_, false)) {
        append_hello(output);
    }
    if (std::exchange(pong_due_, false)) {
        output += to_line(Pong{}) + '\n';
    }
    if (std::exchange(ack_due_, false)) {
        output += to_line(Ack{on_disk_}) + '\n';
    }
    if (std::exchange(ping_due_, false)) {
        output += to_line(Ping{}) + '\n';
    }
    if (std::exchange(return_due_, false)) {
        output += to_line(Return{returned_.seq}) + '\n';
    }
    append_entries(output, bytes);
    if (output.size() < bytes) {
        append_returned(output, bytes - output.size());
    }
    if (std::exchange(fault_due_, false)) {
        output += to_line(Fault{closing_->code, closing_->text}) + '\n';
    }
    return output;
}

void Session::append_hello(std::string& output) {
    Hello hello;
    hello.node = options_.node;
    // Not what was received meanwhile, of a peer that did not wait: it may never reach the disk.
    const journal::Head& held = held_at_hello_;
    hello.have[peer_] = Held{held.seq, held.seq > 0 ? held.hash : std::string(), held_mark()};
    hello.wrote = journal_->head(options_.node).seq;
    output += to_line(hello) + '\n';
}

// By which the peer knows the last of its entries here again, if it marks them.
std::string Session::held_mark() const {
    const std::int64_t last = held_at_hello_.seq;
    if (last == 0 || options_.marks.given()) {
        return {};
    }
    const std::vector<journal::Entry> found =
        journal_->entries_after(peer_, last - 1, 1, line_bytes_max);
    return found.empty() ? std::string() : found.front().mark;
}

void Session::append_entries(std::string& output, std::size_t bytes) {
    if (!may_send_entries()) {
        return;
    }
    const std::size_t count = options_.limits.window_entries - in_flight_.size();
    const std::size_t room = options_.limits.window_bytes - in_flight_bytes_;
    std::vector<journal::Entry> entries =
        journal_->entries_after(options_.node, sent_, count, std::min(room, bytes));
    if (entries.empty()) {
        // The disk does not give them now; the owner says when the journal can be read again.
        own_end_ = sent_;
        return;
    }
    for (journal::Entry& entry : entries) {
        ensure(entry.seq == sent_ + 1, "the journal gives its entries in order");
        if (options_.marks.given()) {
            entry.mark = options_.marks.of(entry.node, {entry.seq, entry.hash});
        }
        const std::string line = journal::to_line(entry);
        if (line.size() > line_bytes_max) {
            refuse("line_too_long", entry_name(entry.node, entry.seq) + " does not fit a line");
            return;
        }
        output += line;
        output += '\n';
        ++sent_;
        in_flight_.push_back(line.size());
        in_flight_bytes_ += line.size();
    }
}

} // namespace cartwatch::link
