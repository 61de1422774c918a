#include "daemon/readiness/unit_fault.hpp"

#include <algorithm>

namespace cartwatch::readiness {

std::optional<UnitFault> fault_of(
    const DispatchedUnits& units,
    const std::string& product,
    const std::vector<Recall>& recalls,
    Day today) {
    if (units.last_usable_day && today > *units.last_usable_day) {
        return UnitFault::expired;
    }
    const bool is_recalled = std::ranges::any_of(
        recalls, [&](const Recall& recall) { return names(recall, product, units.lot); });
    return is_recalled ? std::optional(UnitFault::recalled) : std::nullopt;
}

std::string_view message_of(UnitFault fault) {
    return fault == UnitFault::expired ? "dispatch_expired" : "dispatch_recalled";
}

} // namespace cartwatch::readiness
