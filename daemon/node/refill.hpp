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
};

// "awaited", "returning", "heard", "forked"
[[nodiscard]] std::string_view to_text(Hearing hearing);

struct RefillPeer {
    std::string node;
    Hearing hearing = Hearing::awaited;
    std::int64_t owed = 0; // entries of this node that it holds and this disk does not

    friend bool operator==(const RefillPeer&, const RefillPeer&) = default;
};

// Where nobody says who the peers are: after the last of them was heard, so long. A ward that runs
// calls again within 10 s and tries each address for 5 s.
inline constexpr link::Ticks unknown_peers_wait{60'000};

class Refill {
public:
    // Everybody who may hold entries of this node. Empty: not known.
    explicit Refill(std::vector<std::string> expected);

    void hear(const link::Status& status, link::Ticks now);

    // True once nothing can come any more that is known of: everybody expected was heard, or
    // forked; or, where nobody is known, somebody was and nobody new within unknown_peers_wait.
    [[nodiscard]] bool is_back(link::Ticks now) const;

    // In order of name.
    [[nodiscard]] std::vector<RefillPeer> peers() const;

private:
    std::vector<std::string> expected_;
    std::map<std::string, RefillPeer> peers_;
    link::Ticks last_heard_{0};
};

} // namespace cartwatch::node
