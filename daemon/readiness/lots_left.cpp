#include "daemon/readiness/lots_left.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

bool has_lot(const std::vector<Holding>& holdings, const std::string& lot) {
    return std::any_of(holdings.begin(), holdings.end(), [&](const Holding& holding) {
        return holding.lot == lot && holding.quantity > 0;
    });
}

bool was_spoken_of(const LineProgress& known, const std::string& lot) {
    return has_lot(known.holdings, lot)
           || std::any_of(
               known.taken_out.begin(), known.taken_out.end(), [&](const HoldingTakenOut& taken) {
                   return taken.lot == lot;
               });
}

// Whether the lot goes before one that was put in: one that may still lie there would expire
// unseen.
bool goes_before(const Holding& left, const Line& line, const LineProgress& known) {
    return std::any_of(known.holdings.begin(), known.holdings.end(), [&](const Holding& holding) {
        return holding.quantity > 0 && !has_lot(line.holdings, holding.lot) && left.last_usable_day
               && *left.last_usable_day < holding.last_usable_day.value_or(Day::max());
    });
}

bool was_restocked(const Line& line, const LineProgress& known) {
    return std::any_of(known.holdings.begin(), known.holdings.end(), [&](const Holding& holding) {
        return holding.quantity > 0 && !has_lot(line.holdings, holding.lot);
    });
}

} // namespace

std::vector<LotLeft> lots_not_scanned(
    const Cart& cart,
    const CheckProgress& progress,
    std::span<const Recall> recalls,
    Day today,
    std::span<const Substitution> substitutions) {
    std::vector<LotLeft> left;
    if (!asks_for_lines(progress.kind)) {
        return left;
    }
    for (const Line& line : cart.lines) {
        const LineProgress* found = progress.lines.find(line.id);
        if (found == nullptr || found->holdings.empty()) {
            continue;
        }
        const LineProgress& known = *found;
        const bool restocked = was_restocked(line, known);
        for (const Holding& holding : line.holdings) {
            if (holding.quantity == 0 || was_spoken_of(known, holding.lot)) {
                continue;
            }
            const HoldingWorth worth = worth_of(line, holding, recalls, today, substitutions);
            if (!restocked || goes_before(holding, line, known)
                || worth.recalled + worth.expired + worth.ended > 0) {
                left.push_back({line.id, holding.lot});
            }
        }
    }
    return left;
}

} // namespace cartwatch::readiness
