// How long the pharmacy takes to accept what a ward lacks, and everybody to put it right.
#pragma once

#include "daemon/figures/past.hpp"
#include "daemon/figures/waits.hpp"

#include <map>

namespace cartwatch::figures {

struct AlertTimes {
    // By the severity with which the alert was raised; one that nothing waited in is not there.
    std::map<readiness::Severity, Waiting> to_accept; // raised → first accepted, or sent unasked
    std::map<readiness::Severity, Waiting> to_restock; // raised → resolved; withdrawn ones left out

    friend bool operator==(const AlertTimes&, const AlertTimes&) = default;
};

// Time to accept, time to restock: of the alerts raised in the period, as far as they came.
[[nodiscard]] AlertTimes alert_times(const Past& past, const Scope& scope, const Period& period);

} // namespace cartwatch::figures
