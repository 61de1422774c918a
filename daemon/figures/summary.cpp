#include "daemon/figures/summary.hpp"

#include <algorithm>

namespace cartwatch::figures {

Summary summary_of(const Past& past, const Scope& scope, const Period& period, Instant now) {
    const Instant last = past.day_begins(period.to) - std::chrono::milliseconds(1);
    Summary summary;
    summary.as_of = std::min(now, last);
    summary.rate = readiness_rate(past, scope, summary.as_of);
    summary.time_ready = time_ready(past, scope, period, now);
    const Day today = past.day_of(now);
    summary.on_time = on_time_checks(past, scope, period, today);
    summary.sealed_on_time =
        checks_between(past, scope, period, today, readiness::CheckKind::sealed);
    summary.handover_on_time =
        checks_between(past, scope, period, today, readiness::CheckKind::handover);
    summary.proved = proved_share(past, scope, summary.as_of);
    summary.overrides = overrides(past, scope, period);
    summary.alerts = alert_times(past, scope, period);
    summary.forecast = expiry_forecast(past, scope, summary.as_of);
    return summary;
}

} // namespace cartwatch::figures
