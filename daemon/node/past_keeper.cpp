#include "daemon/node/past_keeper.hpp"

#include "daemon/log/log.hpp"

#include <utility>

namespace cartwatch::node {

namespace {

// A peer that runs has called by then: its waits between two calls have a ceiling of 10 s, and an
// address that does not answer costs 5.
constexpr loop::Ticks first_calls{15'000};

} // namespace

std::optional<web::LinkProblem> problem_of(const link::Status& status) {
    if (status.two_callers) {
        return web::LinkProblem{
            "two_callers", "two machines call as " + status.peer + ", in turns"};
    }
    if (status.last_error && link::needs_a_person(*status.last_error)) {
        return web::LinkProblem{status.last_error->code, status.last_error->text};
    }
    return std::nullopt;
}

PastKeeper::PastKeeper(
    ledger::Ledger& ledger, loop::Clock& clock, std::string node, std::function<void()> on_end)
    : ledger_(ledger), clock_(clock), node_(std::move(node)), on_end_(std::move(on_end)) {}

void PastKeeper::start(std::vector<std::string> expected, bool has_peers) {
    expected_ = std::move(expected);
    if (!ledger_.recording()) {
        return;
    }
    if (!has_peers) {
        ledger_.end_awaited_past();
        return;
    }
    settled_ = false;
    settling_now_ = false;
    settling_ = clock_.after(first_calls, [this] { settle(); });
    if (ledger_.head(node_).seq == 0 && !ledger_.store()->has_awaited_past()) {
        ledger_.await_past(store::PastReason::empty);
    }
    if (ledger_.awaited_past()) {
        log::info(
            node_ + ": records nothing until what it wrote before is back from its peers, or "
            + "somebody ends the wait on the page");
        refill_.emplace(expected_);
    }
}

void PastKeeper::hear(const link::Status& status) {
    const bool connected = status.state == link::Status::State::connected;
    if (gives_nothing(status)) {
        given_up_.insert(status.peer);
    } else if (connected && status.owed == 0) {
        given_up_.erase(status.peer);
    }
    if (connected && status.owed > 0 && ledger_.writing() && !given_up_.contains(status.peer)) {
        log::info(
            node_ + ": " + status.peer + " holds " + std::to_string(status.owed)
            + " entries of this node that are not here: nothing is recorded until they are");
        ledger_.await_past(store::PastReason::behind);
    }
    if (!ledger_.awaited_past()) {
        const bool only_peer = expected_.size() == 1 && expected_.front() == status.peer;
        if (connected && !settled_ && only_peer && !std::exchange(settling_now_, true)) {
            // Nobody else can know. Once: a link in full flow says something at each turn.
            settling_ = clock_.after(loop::Ticks{0}, [this] { settle(); });
        }
        return;
    }
    if (!refill_) {
        refill_.emplace(expected_);
    }
    refill_->hear(status, clock_.ticks());
    look();
}

void PastKeeper::look() {
    if (!refill_) {
        return;
    }
    if (refill_->is_back(clock_.ticks())) {
        // Later, for a commit may be telling us of itself now.
        alarm_ = clock_.after(loop::Ticks{0}, [this] {
            log::info(node_ + ": what it wrote before is back as far as its peers gave it");
            end();
        });
        return;
    }
    alarm_ = clock_.after(unknown_peers_wait, [this] { look(); });
}

void PastKeeper::go_on() {
    if (!ledger_.awaited_past()) {
        return;
    }
    log::info(node_ + ": records again, for a person has ended the wait");
    if (refill_) {
        for (const RefillPeer& peer : refill_->peers()) {
            given_up_.insert(peer.node);
        }
    }
    end();
}

void PastKeeper::end() {
    alarm_.cancel();
    settling_.cancel();
    settled_ = true;
    refill_.reset();
    ledger_.end_awaited_past();
    on_end_();
}

void PastKeeper::settle() {
    if (!settled_) {
        settled_ = true;
        on_end_();
    }
}

void PastKeeper::stop() {
    alarm_.cancel();
    settling_.cancel();
}

std::optional<web::PastStatus> PastKeeper::status() const {
    const auto& awaited = ledger_.awaited_past();
    if (!awaited) {
        return std::nullopt;
    }
    web::PastStatus status;
    status.reason = to_text(awaited->reason);
    status.began_at = awaited->began_at;
    if (refill_) {
        for (const RefillPeer& peer : refill_->peers()) {
            status.peers.push_back({peer.node, std::string(to_text(peer.hearing)), peer.owed});
        }
    }
    return status;
}

} // namespace cartwatch::node
