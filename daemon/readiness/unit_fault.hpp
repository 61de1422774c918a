// Why a ward could not use units that the pharmacy is about to send: judged alike when a pack is
// scanned and when it is sent.
#pragma once

#include "daemon/readiness/alert.hpp"
#include "daemon/readiness/recall.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

enum class UnitFault { expired, recalled };

// `product`: what the units are, a substitute too. The first of the enum's order that applies.
[[nodiscard]] std::optional<UnitFault> fault_of(
    const DispatchedUnits& units,
    const std::string& product,
    const std::vector<Recall>& recalls,
    Day today);

// As a reply says it (messages.hpp): "dispatch_expired", "dispatch_recalled".
[[nodiscard]] std::string_view message_of(UnitFault fault);

} // namespace cartwatch::readiness
