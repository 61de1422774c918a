#include "daemon/readiness/apply.hpp"

#include <algorithm>

namespace cartwatch::readiness {

void apply_event(const Application& at, const RecallIssued& event) {
    if (recall_in_force(at.node(), event.recall) != nullptr) {
        return;
    }
    IssuedRecall issued;
    issued.recall = event.recall;
    issued.reason = event.reason;
    issued.seq = at.entry.seq;
    issued.at = at.entry.at;
    issued.by = at.entry.actor;
    at.node().recalls.push_back(std::move(issued));
}

void apply_event(const Application& at, const RecallWithdrawn& event) {
    for (IssuedRecall& issued : at.node().recalls) {
        if (!issued.withdrawn && issued.recall == event.recall) {
            issued.withdrawn = Withdrawal{at.entry.at, at.entry.actor, event.reason};
        }
    }
}

void apply_event(const Application& at, const RecallAnswered& event) {
    at.node().recall_answers.try_emplace(
        event.seq, RecallAnswer{event.seq, at.entry.at, event.held});
}

void apply_event(const Application& at, const RecallUnitsRemoved& event) {
    RecallRemoval removal = event.removal;
    removal.at = at.entry.at;
    at.node().recall_removals.push_back(std::move(removal));
}

void apply_event(const Application& at, const SubstitutionPublished& event) {
    std::vector<PublishedSubstitution>& all = at.node().substitutions;
    std::erase_if(all, [&](const PublishedSubstitution& known) {
        return is_same_place(known.substitution, event.substitution);
    });
    all.push_back({event.substitution, at.entry.at, at.entry.actor, std::nullopt});
}

void apply_event(const Application& at, const SubstitutionWithdrawn& event) {
    for (PublishedSubstitution& known : at.node().substitutions) {
        if (!known.withdrawn && is_same_place(known.substitution, event.substitution)) {
            known.withdrawn = Withdrawal{at.entry.at, at.entry.actor, event.reason};
        }
    }
}

} // namespace cartwatch::readiness
