// What expires where, what of it nobody will use, and the swaps that would save it: the rules of
// figures/rotation.hpp over what the store holds now.
#pragma once

#include "daemon/figures/rotation.hpp"
#include "daemon/store/queries.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace cartwatch::exports {

// Two years: what is bought today lasts about as long.
inline constexpr int horizon_days_max = 731;

// As on `terms.today`, of the carts in use. Lines and words are of the same places.
struct RotationPlan {
    figures::RotationTerms terms;
    std::vector<figures::RestingLine> lines;
    std::vector<store::StockReport> words; // of each line; without a holding
    std::vector<figures::UnusedLot> unused;
    std::vector<figures::Swap> swaps;
};

[[nodiscard]] RotationPlan
rotation_plan(store::Reader& reader, const figures::RotationTerms& terms);

// Units of one lot that expire within the horizon, or lie there past their day.
struct ExpiringLot {
    store::StockReport stock;  // its holding is of that lot
    int units = 0;             // usable, or expired; nothing damaged or recalled
    std::optional<int> unused; // of usable ones; nullopt: a substitute, whose use nobody counts
};

// The first to expire first.
void for_each_expiring(
    store::Reader& reader,
    const figures::RotationTerms& terms,
    const std::function<void(const ExpiringLot&)>& sink);

} // namespace cartwatch::exports
