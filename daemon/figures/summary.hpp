// All figures of one hospital, station or cart together. Puts them side by side and computes none
// itself.
#pragma once

#include "daemon/figures/alert_figures.hpp"
#include "daemon/figures/check_figures.hpp"
#include "daemon/figures/readiness_figures.hpp"

#include <vector>

namespace cartwatch::figures {

struct Summary {
    Instant as_of; // the moment that rate, proved and forecast are of
    Rate rate;
    TimeReady time_ready;
    OnTime on_time;          // full checks
    OnTime sealed_on_time;   // where the policy asks for them
    OnTime handover_on_time; // likewise
    ProvedShare proved;
    Overrides overrides;
    AlertTimes alerts;
    std::vector<ExpiryAhead> forecast;

    friend bool operator==(const Summary&, const Summary&) = default;
};

// What is of a moment is of the period's last one, or of `now` where that is not over yet.
// Precondition: the period has begun.
[[nodiscard]] Summary
summary_of(const Past& past, const Scope& scope, const Period& period, Instant now);

} // namespace cartwatch::figures
