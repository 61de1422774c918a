#include "daemon/readiness/tag_day.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

bool is_wanted(const TagAlert& alert) {
    const bool over = alert.state == AlertState::resolved || alert.state == AlertState::withdrawn;
    return !over && alert.severity != Severity::notice;
}

} // namespace

std::optional<Day> day_on_tag(
    const std::optional<Seal>& seal,
    std::optional<Day> stands_until,
    const std::vector<TagAlert>& alerts) {
    const bool wanted = std::any_of(alerts.begin(), alerts.end(), is_wanted);
    if (!seal || !seal->intact || wanted) {
        return std::nullopt;
    }
    return std::min(seal->ready_until, stands_until); // no day at all is the smallest
}

} // namespace cartwatch::readiness
