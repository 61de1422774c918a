#include "daemon/node/refill.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace cartwatch::node {

std::string_view to_text(Hearing hearing) {
    switch (hearing) {
    case Hearing::awaited:
        return "awaited";
    case Hearing::returning:
        return "returning";
    case Hearing::heard:
        return "heard";
    case Hearing::forked:
        return "forked";
    case Hearing::unproven:
        return "unproven";
    case Hearing::withheld:
        return "withheld";
    }
    return "";
}

Refill::Refill(std::vector<std::string> expected) : expected_(std::move(expected)) {
    for (const std::string& node : expected_) {
        peers_[node].node = node;
    }
}

namespace {

// What a conversation's end says of what its peer will give; nullopt: nothing.
std::optional<Hearing> given_up(const link::Status& status) {
    if (!status.last_error) {
        return std::nullopt;
    }
    const link::Closing& closing = *status.last_error;
    if (closing.code == "fork") {
        return Hearing::forked;
    }
    if (!closing.by_peer && closing.code == "unproven") {
        return Hearing::unproven;
    }
    return !closing.by_peer && closing.code == "ahead" ? std::optional(Hearing::withheld)
                                                       : std::nullopt;
}

// It had something to say of this node's past, and was believed.
bool has_spoken(Hearing hearing) {
    return hearing == Hearing::heard || hearing == Hearing::forked;
}

} // namespace

bool gives_nothing(const link::Status& status) {
    return given_up(status).has_value();
}

void Refill::hear(const link::Status& status, link::Ticks now) {
    const std::optional<Hearing> end = given_up(status);
    const bool connected = status.state == link::Status::State::connected;
    if (!connected && !end) {
        return;
    }
    RefillPeer& peer = peers_[status.peer];
    peer.node = status.peer;
    if (end) {
        peer.hearing = *end;
        last_heard_ = now;
    } else {
        look_at(peer, status, now);
    }
}

// Once nothing was to be had of it, only all of it together counts: whoever calls again and again
// in vain holds nobody up again and again.
void Refill::look_at(RefillPeer& peer, const link::Status& status, link::Ticks now) {
    const bool is_new = peer.hearing == Hearing::awaited;
    if (is_new || peer.owed != status.owed || peer.received != status.received) {
        peer.moved_at = now;
    }
    peer.owed = status.owed;
    peer.received = status.received;
    const bool all_here = status.owed == 0 && status.received >= status.wrote;
    if (all_here && peer.hearing != Hearing::heard) {
        peer.hearing = Hearing::heard;
        last_heard_ = now;
    } else if (!all_here && is_new) {
        peer.hearing = Hearing::returning;
    } else if (peer.hearing == Hearing::heard && status.owed > 0) {
        peer.hearing = Hearing::returning;
    } else if (
        peer.hearing == Hearing::returning && status.owed == 0
        && now - peer.moved_at >= still_wait) {
        peer.hearing = Hearing::withheld;
        last_heard_ = now;
    }
}

bool Refill::is_back(link::Ticks now) const {
    const auto none_is = [this](Hearing hearing) {
        return std::none_of(peers_.begin(), peers_.end(), [hearing](const auto& peer) {
            return peer.second.hearing == hearing;
        });
    };
    const bool somebody_spoke = std::any_of(peers_.begin(), peers_.end(), [](const auto& peer) {
        return has_spoken(peer.second.hearing);
    });
    if (!somebody_spoke || !none_is(Hearing::returning)) {
        return false;
    }
    return expected_.empty() ? now - last_heard_ >= unknown_peers_wait : none_is(Hearing::awaited);
}

std::vector<RefillPeer> Refill::peers() const {
    std::vector<RefillPeer> all;
    for (const auto& [node, peer] : peers_) {
        all.push_back(peer);
    }
    return all;
}

} // namespace cartwatch::node
