// Where a recall stands: which wards, carts and positions hold the lot or held it when they learnt
// of it, what was taken out and by whom, and who has not answered. A function of the state.
#pragma once

#include "daemon/readiness/state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

// One line of one cart.
struct RecallPlace {
    std::string cart;
    std::string line;
    std::string position;
    int held = 0;                      // when the ward learnt of it
    int now = 0;                       // on file now
    int possible = 0;                  // on file now without a lot: may be of it
    int removed = 0;                   // taken out since, signed for
    int removed_proved = 0;            // of them: with the lot's own code scanned
    int unaccounted = 0;               // neither there nor taken out under the recall
    std::optional<Instant> removed_at; // the last time
    std::string removed_by;            // staff id

    friend bool operator==(const RecallPlace&, const RecallPlace&) = default;
};

struct RecallWard {
    std::string node;
    std::optional<Instant> answered_at; // nullopt: it has not answered yet
    std::vector<RecallPlace> places;    // by cart and line
    int now = 0;
    int possible = 0;
    int removed = 0;
    int unaccounted = 0;

    friend bool operator==(const RecallWard&, const RecallWard&) = default;
};

struct RecallView {
    IssuedRecall issued;
    std::vector<RecallWard> wards; // by name
    int waiting = 0;               // wards that have not answered
    int now = 0;
    int possible = 0;
    int removed = 0;
    int unaccounted = 0;

    // Nothing is left to do: every ward answered and holds none, nor any that may be of it.
    [[nodiscard]] bool done() const {
        return waiting == 0 && now == 0 && possible == 0;
    }

    friend bool operator==(const RecallView&, const RecallView&) = default;
};

// Every recall of the pharmacy, the last one first.
[[nodiscard]] std::vector<RecallView> recall_views(const State& state);

} // namespace cartwatch::readiness
