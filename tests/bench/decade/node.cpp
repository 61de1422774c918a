#include "tests/bench/decade/node.hpp"

#include "daemon/crypto/sha256.hpp"

#include <stdexcept>
#include <utility>

namespace cartwatch::decade {

using namespace readiness;

namespace {

constexpr std::chrono::seconds pace{4};

} // namespace

Instant time_of(Day day, int hour, int minute) {
    return Instant(day.time_since_epoch()) + std::chrono::hours(hour) + std::chrono::minutes(minute)
           - zone_offset;
}

Node::Node(std::string name, std::string pharmacy, int tag_block, Taker taker)
    : taker_(std::move(taker)) {
    state_.self = std::move(name);
    state_.pharmacy = std::move(pharmacy);
    session_.station = "S";
    context_.tag_block = tag_block;
}

void Node::set_time(Instant now) {
    if (now > context_.now) {
        context_.uptime += now - context_.now;
        context_.now = now;
    }
    context_.today = std::chrono::floor<std::chrono::days>(context_.now + zone_offset);
    const int begins = policy_for(state_, state_.self).working_day_begins_hour;
    context_.working_day = std::chrono::floor<std::chrono::days>(
        context_.now + zone_offset - std::chrono::hours(begins));
}

const Reply& Node::run(const Command& command) {
    set_time(context_.now + pace);
    context_.seed = head_.seq * 7'919 + 1;
    Decision decision = decide(state_, session_, command, context_);
    for (Event& event : decision.events) {
        Recorded recorded;
        recorded.node = state_.self;
        recorded.seq = head_.seq + 1;
        recorded.at = context_.now;
        recorded.actor = decision.actor;
        recorded.event = std::move(event);
        apply(state_, recorded);
        store::Item item{journal::make_entry(head_, recorded, crypto::sha256), std::move(recorded)};
        head_ = {item.entry.seq, item.entry.hash};
        taker_(item);
    }
    session_ = std::move(decision.session);
    reply_ = std::move(decision.reply);
    return reply_;
}

void Node::receive(const store::Item& item) {
    apply(state_, item.recorded);
}

void Node::leave() {
    session_ = {};
    session_.station = "S";
}

} // namespace cartwatch::decade
