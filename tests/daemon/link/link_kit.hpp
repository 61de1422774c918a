// The vocabulary of the link's tests: journals in memory whose disk can be lost, and lines.
#pragma once

#include "daemon/crypto/sha256.hpp"
#include "daemon/link/journal.hpp"
#include "daemon/link/messages.hpp"
#include "daemon/link/session.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace cartwatch::link_kit {

inline std::string digest(std::string_view bytes) {
    return crypto::sha256(bytes);
}

inline journal::Entry
entry_after(const journal::Head& head, const std::string& node, const std::string& body) {
    journal::Entry entry;
    entry.node = node;
    entry.seq = head.seq + 1;
    entry.at = Instant{std::chrono::milliseconds{1'795'000'000'000 + entry.seq}};
    entry.kind = "test.happened";
    entry.actor = "system";
    entry.body = body;
    entry.prev = head.hash;
    entry.hash = digest(journal::canonical_text(entry));
    return entry;
}

inline std::string body_of(std::int64_t number, std::size_t filling = 0) {
    return R"({"number":)" + std::to_string(number) + R"(,"text":")" + std::string(filling, 'x')
           + R"("})";
}

// The journals of one machine. What store_received was given is on disk only once committed; a
// crash forgets the rest. It refuses to hold anything twice, out of order or off the chain.
class MemoryJournals {
public:
    using Entries = std::vector<journal::Entry>;

    explicit MemoryJournals(std::string node) : node_(std::move(node)) {
        view_.head = [this](std::string_view of) { return head(std::string(of)); };
        view_.entries_after =
            [this](std::string_view of, std::int64_t after, std::size_t count, std::size_t bytes) {
                return entries_after(std::string(of), after, count, bytes);
            };
        view_.store_received = [this](Entries entries, std::function<void(Result<void>)> done) {
            receive(std::move(entries), std::move(done));
        };
        view_.acknowledged = [this](std::string_view peer, std::int64_t seq) {
            acknowledged[std::string(peer)] = seq;
        };
    }

    MemoryJournals(const MemoryJournals&) = delete;
    MemoryJournals& operator=(const MemoryJournals&) = delete;
    MemoryJournals(MemoryJournals&&) = delete;
    MemoryJournals& operator=(MemoryJournals&&) = delete;
    ~MemoryJournals() = default;

    const link::Journal& view() const {
        return view_;
    }

    journal::Head head(const std::string& of) const {
        const auto found = disk_.find(of);
        if (found == disk_.end() || found->second.empty()) {
            return {};
        }
        return journal::Head{found->second.back().seq, found->second.back().hash};
    }

    const Entries& entries(const std::string& of) {
        return disk_[of];
    }

    // This machine records so many more of its own.
    void record(int count = 1, std::size_t filling = 0) {
        for (int i = 0; i < count; ++i) {
            const journal::Head before = head(node_);
            disk_[node_].push_back(entry_after(before, node_, body_of(before.seq + 1, filling)));
        }
    }

    // A copy of another machine's journal up to `seq` is here, as after earlier conversations.
    void hold(const MemoryJournals& other, std::int64_t seq) {
        const Entries& from = other.disk_.at(other.node_);
        disk_[other.node_].assign(from.begin(), from.begin() + seq);
    }

    // The own journal is that of an older backup.
    void restore_backup_of(std::int64_t seq) {
        disk_[node_].resize(static_cast<std::size_t>(seq));
    }

    // The disk as it is now, and as it was then.
    std::map<std::string, Entries> image() const {
        return disk_;
    }

    void restore(std::map<std::string, Entries> image) {
        pending_.clear();
        disk_ = std::move(image);
    }

    // From now on commits wait for commit().
    void hold_commits() {
        holding_ = true;
    }

    void commit() {
        while (!pending_.empty()) {
            auto pending = std::move(pending_.front());
            pending_.erase(pending_.begin());
            write(std::move(pending.first));
            pending.second({});
        }
    }

    void refuse_commits(std::string why) {
        refusal_ = std::move(why);
    }

    // This version cannot read that entry, of whatever journal it is; 0: it reads all.
    void cannot_read(std::int64_t seq) {
        unread_ = seq;
    }

    std::size_t pending() const {
        return pending_.size();
    }

    // What was not committed is gone, and nobody waits for it.
    void crash() {
        pending_.clear();
    }

    std::map<std::string, std::int64_t> acknowledged;
    std::vector<std::size_t> batches; // entries of each store_received

private:
    Entries entries_after(
        const std::string& of, std::int64_t after, std::size_t count, std::size_t bytes) const {
        Entries found;
        std::size_t size = 0;
        const auto held = disk_.find(of);
        if (held == disk_.end()) {
            return found;
        }
        for (auto i = static_cast<std::size_t>(after); i < held->second.size(); ++i) {
            size += journal::to_line(held->second[i]).size();
            if (found.size() >= count || (size > bytes && !found.empty())) {
                break;
            }
            found.push_back(held->second[i]);
        }
        return found;
    }

    void receive(Entries entries, std::function<void(Result<void>)> done) {
        batches.push_back(entries.size());
        if (!refusal_.empty()) {
            done(refused(ErrorCode::unavailable, refusal_));
            return;
        }
        const auto bad = std::find_if(entries.begin(), entries.end(), [this](const auto& entry) {
            return entry.seq == unread_;
        });
        if (bad != entries.end()) {
            entries.erase(bad, entries.end());
            write(std::move(entries));
            done(refused(ErrorCode::bad_input, "entry " + std::to_string(unread_) + " is unread"));
            return;
        }
        if (holding_) {
            pending_.emplace_back(std::move(entries), std::move(done));
            return;
        }
        write(std::move(entries));
        done({});
    }

    void write(Entries entries) {
        for (journal::Entry& entry : entries) {
            // What comes back from several peers is held after the first of them.
            if (entry.node == node_ && entry.seq <= head(node_).seq
                && disk_[node_][static_cast<std::size_t>(entry.seq - 1)] == entry) {
                continue;
            }
            const Result<void> next = journal::follows(head(entry.node), entry, digest);
            if (!next) {
                throw std::logic_error(
                    "the disk of " + node_ + " was given " + entry.node + " "
                    + std::to_string(entry.seq) + (next ? "" : ": " + next.error().text));
            }
            disk_[entry.node].push_back(std::move(entry));
        }
    }

    std::string node_;
    link::Journal view_;
    std::map<std::string, Entries> disk_;
    std::vector<std::pair<Entries, std::function<void(Result<void>)>>> pending_;
    std::string refusal_;
    std::int64_t unread_ = 0;
    bool holding_ = false;
};

// As the pharmacy's own, under another secret than any that is real; demanded of all entries after
// that one.
inline link::Marks marks_under(const std::string& secret, std::int64_t after = 0) {
    link::Marks marks;
    marks.of = [secret](const std::string& node, const journal::Head& end) {
        return digest(secret + '\n' + node + '\n' + std::to_string(end.seq) + '\n' + end.hash)
            .substr(0, journal::mark_digits);
    };
    marks.demanded = [after](std::int64_t seq) { return seq > after; };
    return marks;
}

inline link::SessionOptions
options(std::string node, std::string peer, const link::SessionLimits& limits = {}) {
    link::SessionOptions made;
    made.node = std::move(node);
    made.peer = std::move(peer);
    made.limits = limits;
    made.digest = digest;
    return made;
}

inline std::string hello(
    const std::string& node,
    const std::string& of,
    std::int64_t seq,
    const std::string& hash = "") {
    link::Hello made;
    made.node = node;
    made.have[of] = link::Held{seq, hash};
    return link::to_line(made);
}

} // namespace cartwatch::link_kit
