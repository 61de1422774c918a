#include "daemon/figures/summary.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

namespace cartwatch::figures {

namespace {

// Whether a list of a cart, retired or not, is of the scope.
bool is_named(const Scope& scope, const std::string& node, const readiness::Cart& cart) {
    return (scope.node.empty() || scope.node == node)
           && (scope.station.empty() || scope.station == cart.station)
           && (scope.cart.empty() || scope.cart == cart.id);
}

} // namespace

Summary summary_of(const Past& past, const Scope& scope, const Period& period, Instant now) {
    const Instant last = past.day_begins(period.to) - std::chrono::milliseconds(1);
    Summary summary;
    summary.as_of = std::min(now, last);
    summary.rate = readiness_rate(past, scope, summary.as_of);
    summary.time_ready = time_ready(past, scope, period, now);
    summary.on_time = on_time_checks(past, scope, period, past.day_of(now));
    summary.proved = proved_share(past, scope, summary.as_of);
    summary.overrides = overrides(past, scope, period);
    summary.alerts = alert_times(past, scope, period);
    summary.forecast = expiry_forecast(past, scope, summary.as_of);
    return summary;
}

std::vector<Scope> parts_of(const Past& past, const Scope& scope, Parts parts) {
    std::set<std::tuple<std::string, std::string, std::string>> names; // node, station, cart
    for (const readiness::Recorded& entry : past.entries) {
        const auto* defined = std::get_if<readiness::CartDefined>(&entry.event);
        if (defined == nullptr || !is_named(scope, entry.node, defined->cart)) {
            continue;
        }
        const readiness::Cart& cart = defined->cart;
        if (parts == Parts::whole) {
            return {scope};
        }
        if (parts == Parts::carts) {
            names.emplace(entry.node, scope.station, cart.id);
        } else if (!cart.station.empty()) {
            names.emplace(entry.node, cart.station, scope.cart);
        }
    }
    std::vector<Scope> scopes;
    for (const auto& [node, station, cart] : names) {
        scopes.push_back({node, station, cart});
    }
    return scopes;
}

} // namespace cartwatch::figures
