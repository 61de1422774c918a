// All figures of one hospital, station or cart together, and the stations and carts to ask for.
// Puts them side by side and computes none itself.
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
    OnTime on_time;
    ProvedShare proved;
    Overrides overrides;
    AlertTimes alerts;
    std::vector<ExpiryAhead> forecast;
};

// What is of a moment is of the period's last one, or of `now` where that is not over yet.
// Precondition: the period has begun.
[[nodiscard]] Summary
summary_of(const Past& past, const Scope& scope, const Period& period, Instant now);

enum class Parts { whole, stations, carts };

// The scope itself, or one scope for each station or cart in it, by node and id; of all that were
// ever on a list. Empty: nothing was. Carts that stand at no station are part of the whole alone.
[[nodiscard]] std::vector<Scope> parts_of(const Past& past, const Scope& scope, Parts parts);

} // namespace cartwatch::figures
