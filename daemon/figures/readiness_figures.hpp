// How ready carts are and were: the rate that accreditation asks for, the time during which they
// were ready, how what is known of them is known, and what will expire.
#pragma once

#include "daemon/figures/past.hpp"
#include "daemon/readiness/standing.hpp"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace cartwatch::figures {

// Readiness rate (完好率): lines and devices in full order out of those required, at a moment.
struct Rate {
    int in_order = 0;
    int required = 0; // 0: there is nothing to have a rate of

    friend bool operator==(const Rate&, const Rate&) = default;
};

// As everything stood at the instant: what was recorded later is not known yet.
[[nodiscard]] Rate readiness_rate(const Past& past, const Scope& scope, Instant at);

// Time ready: how long carts were ready out of how long they were on the list, summed over carts. A
// cart that stopped being ready between two entries did so at midnight.
struct TimeReady {
    std::chrono::milliseconds ready{0};
    std::chrono::milliseconds total{0};

    friend bool operator==(const TimeReady&, const TimeReady&) = default;
};

// Of the part of the period that is over at `now`: nobody knows what comes.
[[nodiscard]] TimeReady
time_ready(const Past& past, const Scope& scope, const Period& period, Instant now);

// The same of each cart alone; they add up to it.
[[nodiscard]] std::map<CartName, TimeReady>
time_ready_by_cart(const Past& past, const Scope& scope, const Period& period, Instant now);

// How one cart stood from an instant on, until the next of its row.
struct Stood {
    Instant since;
    readiness::CartStanding standing;
};

// The same of one cart from how it stood, in order of time, without its journal: from its last
// change up to the period's beginning on.
[[nodiscard]] TimeReady time_ready_of(
    std::span<const Stood> stood,
    const Period& period,
    Instant now,
    const DayBegins& day_begins,
    const ShiftsAt& shifts_at);

// Proved share: lines by the weakest evidence of their lots, as proof_of tells it.
struct ProvedShare {
    int scanned = 0;
    int slot = 0;
    int typed = 0;
    int sealed = 0;
    int empty = 0; // nothing is known to lie there

    friend bool operator==(const ProvedShare&, const ProvedShare&) = default;
};

// As everything stood at the instant.
[[nodiscard]] ProvedShare proved_share(const Past& past, const Scope& scope, Instant at);

// Days ahead that a forecast is made for; the last day of each counts.
inline constexpr std::array forecast_days = {30, 60, 90, 180};

// Expiry forecast: usable units of one lot in one cart, and within how many days they expire.
struct ExpiryAhead {
    std::string node;
    std::string cart;
    std::string product; // what lies there: where a substitute does, the substitute
    std::string lot;
    Day last_usable_day;
    int quantity = 0;
    int within_days = 0; // the narrowest of forecast_days

    friend bool operator==(const ExpiryAhead&, const ExpiryAhead&) = default;
};

// As everything stood at the instant; what is further off than the last of forecast_days, and what
// is past its day, is left out. By last usable day, then node, cart, product and lot.
[[nodiscard]] std::vector<ExpiryAhead>
expiry_forecast(const Past& past, const Scope& scope, Instant at);

} // namespace cartwatch::figures
