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

bool Answers::begin(const std::string& key, const std::string& fingerprint, Respond respond) {
    const auto found = x_by_key.find(key);
    if (found == x_by_key.end()) {
        Entry entry;
        entry.key = key;
        entry.fingerprint = fingerprint;
        entry.waiting.push_back(std::move(respond));
        x_entries.push_front(std::move(entry));
        x_by_key[key] = x_entries.begin();
        return true;
    }
    x_entries.splice(x_entries.begin(), x_entries, found->second);
    Entry& entry = x_entries.front();
    if (entry.fingerprint != fingerprint) {
        respond(problem(
            {422,
             "Idempotency key used twice",
             "this Idempotency-Key came with another request before; every new request needs a new "
             "one",
             ""}));
    } else if (entry.finished) {
        const Response answer = entry.response; // the asker may come back while it is told
        respond(answer);
    } else if (entry.waiting.size() >= x_limits.waiting_each) {
        respond(problem({429, "Too many requests", "the first of these is still at work", ""}));
    } else {
        entry.waiting.push_back(std::move(respond));
    }
    return false;
}

void Answers::finish(const std::string& key, const Response& response) {
    const auto found = x_by_key.find(key);
    ensure(found != x_by_key.end(), "an answer is finished for a request that was begun");
    ensure(!found->second->finished, "a request is answered once");
    const std::vector<Respond> waiting = std::exchange(found->second->waiting, {});
    if (response.status >= 200 && response.status < 300 && !response.stream) {
        found->second->finished = true;
        found->second->response = response;
        x_bytes += response.body.size();
        make_room();
    } else {
        x_entries.erase(found->second);
        x_by_key.erase(found);
    }
    for (const Respond& respond : waiting) {
        respond(response);
    }
}

// Requests still at work are never dropped: the server's connections bound their number.
void Answers::make_room() {
    auto entry = x_entries.end();
    while (entry != x_entries.begin()
           && (x_entries.size() > x_limits.count || x_bytes > x_limits.bytes)) {
        --entry;
        if (entry->finished) {
            x_bytes -= entry->response.body.size();
            x_by_key.erase(entry->key);
            entry = x_entries.erase(entry);
        }
    }
}

} // namespace cartwatch::web
