#include "daemon/node/refill.hpp"

#include <algorithm>
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
    }
    return "";
}

Refill::Refill(std::vector<std::string> expected) : expected_(std::move(expected)) {
    for (const std::string& node : expected_) {
        peers_[node].node = node;
    }
}

void Refill::hear(const link::Status& status, link::Ticks now) {
    const bool connected = status.state == link::Status::State::connected;
    const bool forked = status.last_error && status.last_error->code == "fork";
    if (!connected && !forked) {
        return;
    }
    RefillPeer& peer = peers_[status.peer];
    peer.node = status.peer;
    if (forked) {
        peer.hearing = Hearing::forked;
        last_heard_ = now;
        return;
    }
    peer.owed = status.owed;
    const bool all_here = status.owed == 0 && status.received >= status.wrote;
    if (all_here && peer.hearing != Hearing::heard) {
        peer.hearing = Hearing::heard;
        last_heard_ = now;
    } else if (!all_here && (peer.hearing != Hearing::heard || status.owed > 0)) {
        peer.hearing = Hearing::returning;
    }
}

bool Refill::is_back(link::Ticks now) const {
    const auto is_heard = [](const auto& peer) {
        return peer.second.hearing == Hearing::heard || peer.second.hearing == Hearing::forked;
    };
    const auto is_returning = [](const auto& peer) {
        return peer.second.hearing == Hearing::returning;
    };
    if (std::any_of(peers_.begin(), peers_.end(), is_returning)) {
        return false;
    }
    if (!expected_.empty()) {
        return std::all_of(peers_.begin(), peers_.end(), is_heard);
    }
    return std::any_of(peers_.begin(), peers_.end(), is_heard)
           && now - last_heard_ >= unknown_peers_wait;
}

std::vector<RefillPeer> Refill::peers() const {
    std::vector<RefillPeer> all;
    for (const auto& [node, peer] : peers_) {
        all.push_back(peer);
    }
    return all;
}

} // namespace cartwatch::node
