#include "daemon/store/causal_order.hpp"

#include <algorithm>
#include <variant>

namespace cartwatch::store {

namespace {

using namespace readiness;

// What an entry answers: an alert of some node, as it was after that node's entry `seen`.
struct Answered {
    std::string node;
    AlertKey key;
    int episode = 0; // 0: no alert
    std::int64_t seen = 0;
};

struct AnsweredBy {
    Answered operator()(const AlertAccepted& event) const {
        return {event.node, event.key, event.episode, event.seen_seq};
    }

    Answered operator()(const AlertDispatched& event) const {
        return {event.node, event.key, event.episode, event.seen_seq};
    }

    Answered operator()(const AlertSilenced& event) const {
        return {event.node, event.key, event.episode, event.seen_seq};
    }

    Answered operator()(const AlertHandedBack& event) const {
        return {event.node, event.key, event.episode, 0};
    }

    Answered operator()(const AlertEscalated& event) const {
        return {event.node, event.key, event.episode, 0};
    }

    template <typename Other>
    Answered operator()(const Other& /*event*/) const {
        return {};
    }
};

// The last of the pharmacy's dispatches of which something arrived; 0: none.
std::int64_t last_dispatch_of(const Recorded& entry) {
    std::int64_t last = 0;
    if (const auto* changed = std::get_if<AlertChanged>(&entry.event)) {
        for (const DispatchedUnits& units : changed->arrived) {
            last = std::max(last, units.sent_seq);
        }
    }
    return last;
}

} // namespace

CausalOrder::CausalOrder(std::string pharmacy) : pharmacy_(std::move(pharmacy)) {}

void CausalOrder::add(const readiness::Recorded& entry) {
    Step step;
    step.number = count_++;
    step.seq = entry.seq;
    step.at = entry.at;
    if (const auto* raised = std::get_if<readiness::AlertRaised>(&entry.event)) {
        std::int64_t& first = raised_[{entry.node, raised->key, raised->episode}];
        first = first == 0 ? entry.seq : first;
    }
    const Answered answered = std::visit(AnsweredBy{}, entry.event);
    if (answered.episode != 0 && answered.node != entry.node) {
        step.cause_node = answered.node;
        step.cause_seq = answered.seen;
        step.raised = &raised_[{answered.node, answered.key, answered.episode}];
    } else if (const std::int64_t dispatch = last_dispatch_of(entry); dispatch > 0) {
        step.cause_node = pharmacy_;
        step.cause_seq = dispatch;
    }
    journals_[entry.node].push_back(std::move(step));
}

// Where the cause stands in a journal that was added, and not at its beginning, it must be taken.
bool CausalOrder::may_follow(
    const Step& step, const std::map<std::string, std::size_t>& taken) const {
    const auto journal = journals_.find(step.cause_node);
    if (journal == journals_.end()) {
        return true;
    }
    const std::int64_t cause =
        std::max(step.cause_seq, step.raised == nullptr ? std::int64_t{0} : *step.raised);
    const std::size_t next = taken.at(step.cause_node);
    return next == journal->second.size() || cause < journal->second[next].seq;
}

std::vector<std::size_t> CausalOrder::order() const {
    std::map<std::string, std::size_t> taken; // by node: how many of its journal
    for (const auto& [node, steps] : journals_) {
        taken[node] = 0;
    }
    std::vector<std::size_t> numbers;
    numbers.reserve(count_);
    while (numbers.size() < count_) {
        const std::string* chosen = nullptr;
        std::tuple<bool, Instant> best;
        for (const auto& [node, steps] : journals_) {
            const std::size_t next = taken.at(node);
            if (next == steps.size()) {
                continue;
            }
            const std::tuple<bool, Instant> rank{!may_follow(steps[next], taken), steps[next].at};
            if (chosen == nullptr || rank < best) {
                chosen = &node;
                best = rank;
            }
        }
        numbers.push_back(journals_.at(*chosen)[taken.at(*chosen)++].number);
    }
    return numbers;
}

} // namespace cartwatch::store
