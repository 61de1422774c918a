// The part of a conversation by which a journal comes back to the node that wrote it and lost its
// end: a disk that is gone, or a restored backup.
#include "daemon/link/entry_name.hpp"
#include "daemon/link/session.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace cartwatch::link {

// What the peer says that it holds of the own journal must be a beginning of it, or go on from it:
// then this side was restored from a backup, and asks back what it lacks. Otherwise two machines
// bear one name, or this one wrote something else since: a person must look.
bool Session::continues_own_journal() {
    return owed() > 0 ? is_proven(peer_holds_) : is_own_past(peer_holds_);
}

// A number is easily said, and a true one stops this side's work until the entries are back.
bool Session::is_proven(const Held& held) {
    if (options_.marks.prove(options_.node, {held.seq, held.hash}, held.mark)) {
        return true;
    }
    refuse(
        "unproven",
        peer_ + " says that it holds " + entry_name(options_.node, held.seq) + ", of which "
            + std::to_string(own_end_) + " are written here, and does not bear its mark");
    return false;
}

void Session::ask_back(Ticks now) {
    if (phase_ == Phase::running && owed() > 0 && !asked_) {
        asked_ = true;
        asked_at_ = now;
        return_end_ = now + options_.limits.return_longest + owed() * options_.limits.return_entry;
        returned_ = journal_->head(options_.node);
        return_due_ = true;
    }
}

void Session::hear_returned(journal::Entry entry, std::size_t bytes) {
    if (const Result<void> next = journal::follows(returned_, entry, options_.digest); !next) {
        refuse_entry(next.error());
        return;
    }
    const journal::Head end{entry.seq, entry.hash};
    if (!options_.marks.prove(options_.node, end, entry.mark)) {
        refuse(
            "unproven",
            entry_name(entry.node, entry.seq) + " as " + peer_
                + " gives it back does not bear its mark");
        return;
    }
    asked_at_ = heard_;
    entry.mark = std::string(); // it can be made again
    returned_ = end;
    unstored_bytes_ += bytes;
    waiting_returned_.emplace_back(std::move(entry), bytes);
}

// What is on this disk by now; what is still on its way to it the peer has itself.
void Session::hear(const Return& back) {
    given_ = back.after;
    give_end_ = journal_->head(peer_).seq;
}

// Without a window of its own: the peer reads no further while its disk is behind, and what was
// sent in vain is asked for again.
void Session::append_returned(std::string& output, std::size_t bytes) {
    if (phase_ != Phase::running || given_ >= give_end_) {
        return;
    }
    const std::vector<journal::Entry> entries = journal_->entries_after(
        peer_,
        given_,
        options_.limits.window_entries,
        std::min(bytes, options_.limits.window_bytes));
    if (entries.empty()) {
        give_end_ = given_; // the disk does not give them now: the peer asks again
    }
    for (const journal::Entry& entry : entries) {
        output += journal::to_line(entry);
        output += '\n';
        given_ = entry.seq;
    }
}

std::vector<journal::Entry> Session::take_returned() {
    storing_ = std::min(waiting_returned_.size(), options_.limits.batch_entries);
    storing_returned_bytes_ = 0;
    std::vector<journal::Entry> batch;
    batch.reserve(storing_);
    while (batch.size() < storing_) {
        storing_returned_bytes_ += waiting_returned_.front().second;
        batch.push_back(std::move(waiting_returned_.front().first));
        waiting_returned_.pop_front();
    }
    return batch;
}

// Rises with every line that brings something.
std::int64_t Session::progress() const {
    return received_.seq + acknowledged_ + returned_.seq;
}

std::int64_t Session::owed() const {
    return phase_ == Phase::running ? std::max(peer_holds_.seq - own_end_, std::int64_t{0}) : 0;
}

bool Session::is_asking() const {
    return asked_ && phase_ == Phase::running;
}

std::int64_t Session::peer_wrote() const {
    return peer_wrote_;
}

// When asking has been in vain; far away where nothing is asked for. What this side's disk is slow
// at does not count as the peer's silence.
Ticks Session::return_due() const {
    if (!is_asking()) {
        return Ticks::max();
    }
    return is_storing() ? return_end_
                        : std::min(return_end_, asked_at_ + options_.limits.return_wait);
}

void Session::give_up_return() {
    refuse(
        "ahead",
        peer_ + " holds entry " + std::to_string(peer_holds_.seq) + " of " + options_.node
            + ", but only " + std::to_string(own_end_)
            + " are written here, and it does not give them back");
}

} // namespace cartwatch::link
