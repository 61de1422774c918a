// Remembers the answers to requests that bore an Idempotency-Key, so that a page that lost its
// answer may ask again without doing the thing twice. Bounded: the answer used least recently goes
// first. Lives in memory alone: what changed something is known to the ledger after a restart, too.
#pragma once

#include "daemon/web/message.hpp"

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

namespace cartwatch::web {

struct AnswerLimits {
    std::size_t count = 512;              // some minutes of scanning at all stations
    std::size_t bytes = 16 * 1024 * 1024; // of bodies; a view has 20 to 100 KiB
    std::size_t waiting_each = 8;         // requests that wait for one answer
};

inline constexpr std::size_t idempotency_key_bytes_max = 128;

// 1 to 128 visible ASCII characters.
[[nodiscard]] bool is_idempotency_key(std::string_view key);

// The refusal of a key that came with another request before.
[[nodiscard]] Response key_used_twice();

class Answers {
public:
    explicit Answers(AnswerLimits limits = {}) : limits_(limits) {}

    // True where the caller is the first with this key and must call finish(key, …) exactly once;
    // `respond` is then called by finish. False where it is answered here: with the remembered
    // answer, once the first is finished, or with 422 where the fingerprint is another's.
    [[nodiscard]] bool
    begin(const std::string& key, const std::string& fingerprint, Respond respond);

    // Answers all who wait; remembers the answer if it is a success (2xx), else forgets the key, so
    // that what failed may be tried again.
    void finish(const std::string& key, const Response& response);

    [[nodiscard]] std::size_t count() const {
        return entries_.size();
    }

private:
    struct Entry {
        std::string key;
        std::string fingerprint;
        bool finished = false;
        Response response;
        std::vector<Respond> waiting;
    };

    void make_room();

    AnswerLimits limits_;
    std::list<Entry> entries_; // used last first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
    std::size_t bytes_ = 0; // of the remembered bodies
};

} // namespace cartwatch::web
