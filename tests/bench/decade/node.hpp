// One node of a made-up hospital: its rules, its journal, and the people who use it. Entries go to
// whoever takes them, in order.
#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/readiness/decide.hpp"
#include "daemon/store/store.hpp"

#include <functional>
#include <string>

namespace cartwatch::decade {

// China Standard Time, all year.
inline constexpr std::chrono::hours zone_offset{8};

[[nodiscard]] Instant time_of(Day day, int hour, int minute);

class Node {
public:
    using Taker = std::function<void(const store::Item& item)>;

    // Every entry that it writes is handed to `taker`.
    Node(std::string name, std::string pharmacy, int tag_block, Taker taker);

    // The clock of its machine; never back.
    void set_time(Instant now);

    // Somebody does this now; the next thing happens `pace` later. Events are recorded at once.
    // Throws std::logic_error where the rules refuse what the made-up people never do wrong.
    const readiness::Reply& run(const readiness::Command& command);

    // An entry of a peer.
    void receive(const store::Item& item);

    // Whoever used it before has left.
    void leave();

    [[nodiscard]] const readiness::State& state() const {
        return state_;
    }

    [[nodiscard]] const readiness::NodeState& own() const {
        return readiness::node_of(state_, state_.self);
    }

    [[nodiscard]] const readiness::Session& session() const {
        return session_;
    }

    [[nodiscard]] Instant now() const {
        return context_.now;
    }

private:
    readiness::State state_;
    readiness::Session session_;
    readiness::Context context_;
    readiness::Reply reply_;
    journal::Head head_;
    Taker taker_;
};

} // namespace cartwatch::decade
