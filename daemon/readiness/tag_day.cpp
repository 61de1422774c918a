#include "daemon/readiness/tag_day.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

bool is_wanted(const TagAlert& alert) {
    const bool over = alert.state == AlertState::resolved || alert.state == AlertState::withdrawn;
    return !over && alert.severity != Severity::notice;
}

} // namespace

std::optional<Day>
day_on_tag(const std::optional<Seal>& seal, const std::vector<TagAlert>& alerts) {
    const bool wanted = std::any_of(alerts.begin(), alerts.end(), is_wanted);
    return seal && seal->intact && !wanted ? seal->ready_until : std::nullopt;
}

} // namespace cartwatch::readiness
