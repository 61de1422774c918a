// How far a node that may be behind its own past has it back: which peers it waits for, and which
// it has heard. Pure: the ledger's wait begins and ends elsewhere (past_keeper.hpp).
#pragma once

#include "daemon/link/services.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::node {

enum class Hearing {
    awaited,   // not connected since the wait began
    returning, // connected; entries of this node, or its own, are still to come
    heard,     // everything that it had when it called is here
    forked,    // it holds another past: nothing of it will come
    unproven,  // its word was not proven: nothing is taken of it
    withheld,  // it holds more, was asked, and did not give it within the time for it
};

// "awaited", "returning", "heard", "forked", "unproven", "withheld"
[[nodiscard]] std::string_view to_text(Hearing hearing);

struct RefillPeer {
    std::string node;
    Hearing hearing = Hearing::awaited;
    std::int64_t owed = 0;     // entries of this node that it holds and this disk does not
    std::int64_t received = 0; // of its own, that are here
    link::Ticks moved_at{0};   // when either of them last was another

    friend bool operator==(const RefillPeer&, const RefillPeer&) = default;
};

// Where nobody says who the peers are: after the last of them was heard, so long. A ward that runs
// calls again within 10 s and tries each address for 5 s.
inline constexpr link::Ticks unknown_peers_wait{60'000};

// A peer that is connected, wrote more by its own word, and sends none of it for so long is not
// waited for: twice what its session allows it for entries of this node
// (link::SessionLimits::return_wait), of which it may have to wait for its turn.
inline constexpr link::Ticks still_wait{120'000};

// True where the conversation ended because nothing of this node's past is to be had of that peer:
// it holds another, proved none, or gave none.
[[nodiscard]] bool gives_nothing(const link::Status& status);

class Refill {
public:
    // Everybody who may hold entries of this node. Empty: not known.
    explicit Refill(std::vector<std::string> expected);

    void hear(const link::Status& status, link::Ticks now);

    // True once nothing can come any more that is known of: everybody expected was heard, or
    // nothing is to be had of him; or, where nobody is known, somebody was and nobody new within
    // unknown_peers_wait. Never by the word of peers alone that prove nothing or give nothing.
    [[nodiscard]] bool is_back(link::Ticks now) const;

    // In order of name.
    [[nodiscard]] std::vector<RefillPeer> peers() const;

private:
    void look_at(RefillPeer& peer, const link::Status& status, link::Ticks now);

    std::vector<std::string> expected_;
    std::map<std::string, RefillPeer> peers_;
    link::Ticks last_heard_{0};
};

} // namespace cartwatch::node
