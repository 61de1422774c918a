#include "daemon/web/answers.hpp"

#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::web {

bool is_idempotency_key(std::string_view key) {
    const bool visible =
        std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    return !key.empty() && key.size() <= idempotency_key_bytes_max && visible;
}

Response key_used_twice() {
    return problem(
        {422,
         "Idempotency key used twice",
         "this Idempotency-Key came with another request before; every new request needs a new one",
         ""});
}

bool Answers::begin(const std::string& key, const std::string& fingerprint, Respond respond) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        Entry entry;
        entry.key = key;
        entry.fingerprint = fingerprint;
        entry.waiting.push_back(std::move(respond));
        entries_.push_front(std::move(entry));
        by_key_[key] = entries_.begin();
        return true;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    Entry& entry = entries_.front();
    if (entry.fingerprint != fingerprint) {
        respond(key_used_twice());
    } else if (entry.finished) {
        const Response answer = entry.response; // the asker may come back while it is told
        respond(answer);
    } else if (entry.waiting.size() >= limits_.waiting_each) {
        respond(problem({429, "Too many requests", "the first of these is still at work", ""}));
    } else {
        entry.waiting.push_back(std::move(respond));
    }
    return false;
}

void Answers::finish(const std::string& key, const Response& response) {
    const auto found = by_key_.find(key);
    ensure(found != by_key_.end(), "an answer is finished for a request that was begun");
    ensure(!found->second->finished, "a request is answered once");
    const std::vector<Respond> waiting = std::exchange(found->second->waiting, {});
    if (response.status >= 200 && response.status < 300 && !response.stream) {
        found->second->finished = true;
        found->second->response = response;
        bytes_ += response.body.size();
        make_room();
    } else {
        entries_.erase(found->second);
        by_key_.erase(found);
    }
    for (const Respond& respond : waiting) {
        respond(response);
    }
}

// Requests still at work are never dropped: the server's connections bound their number.
void Answers::make_room() {
    auto entry = entries_.end();
    while (entry != entries_.begin()
           && (entries_.size() > limits_.count || bytes_ > limits_.bytes)) {
        --entry;
        if (entry->finished) {
            bytes_ -= entry->response.body.size();
            by_key_.erase(entry->key);
            entry = entries_.erase(entry);
        }
    }
}

} // namespace cartwatch::web
