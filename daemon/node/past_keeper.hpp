// Keeps a node from writing while it may be behind its own past: begins the ledger's wait at the
// start and when a peer turns out to hold more, follows who was heard, and ends it.
#pragma once

#include "daemon/ledger/ledger.hpp"
#include "daemon/loop/clock.hpp"
#include "daemon/node/refill.hpp"
#include "daemon/web/service.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cartwatch::node {

// What a person has to look at; nullopt where the link mends itself.
[[nodiscard]] std::optional<web::LinkProblem> problem_of(const link::Status& status);

class PastKeeper {
public:
    // `ledger` and `clock` outlive this. `on_end`: nothing is waited for any more, and what was
    // held back is due.
    PastKeeper(
        ledger::Ledger& ledger, loop::Clock& clock, std::string node, std::function<void()> on_end);

    // Before the link starts. `expected`: every peer that is known, by configuration or otherwise.
    // Where there is none (a node on its own) nothing is waited for.
    void start(std::vector<std::string> expected, bool has_peers);

    // A peer's connection changed.
    void hear(const link::Status& status);

    // A person says that what is not back by now is not coming, or must not hold up the work.
    void go_on();

    void stop();

    // False for the first moments of a daemon with peers: what nobody asked for (the calendar, the
    // clocks of alerts) is recorded after they had time to say that they hold more. A disk that was
    // put back past `restore`, an image of the machine, bears no mark.
    [[nodiscard]] bool settled() const {
        return settled_;
    }

    // What the pages show; nullopt: nothing is waited for.
    [[nodiscard]] std::optional<web::PastStatus> status() const;

private:
    void look();
    void end();
    void settle();

    ledger::Ledger& ledger_;
    loop::Clock& clock_;
    std::string node_;
    std::function<void()> on_end_;
    std::vector<std::string> expected_;
    std::optional<Refill> refill_; // while the ledger waits
    // Peers that are not waited for though they hold more: a person said so, or they gave nothing
    // of it. Until they hold no more.
    std::set<std::string> given_up_;
    loop::Alarm alarm_;
    loop::Alarm settling_;
    bool settled_ = true;
    bool settling_now_ = false; // at the loop's next turn
};

} // namespace cartwatch::node
