#include "tests/support/second_verdict.hpp"

#include <map>
#include <set>

namespace cartwatch::support {

using namespace readiness;

std::string name_of(FindingKind kind) {
    static const std::map<FindingKind, std::string> names = {
        {FindingKind::accessory_expired, "accessory_expired"},
        {FindingKind::calibration_overdue, "calibration_overdue"},
        {FindingKind::check_overdue, "check_overdue"},
        {FindingKind::damaged, "damaged"},
        {FindingKind::device_failed, "device_failed"},
        {FindingKind::device_untested, "device_untested"},
        {FindingKind::expired, "expired"},
        {FindingKind::expires_before_next_check, "expires_before_next_check"},
        {FindingKind::handover_overdue, "handover_overdue"},
        {FindingKind::near_expiry, "near_expiry"},
        {FindingKind::recall_possible, "recall_possible"},
        {FindingKind::recalled, "recalled"},
        {FindingKind::seal_broken, "seal_broken"},
        {FindingKind::seal_unexplained, "seal_unexplained"},
        {FindingKind::sealed_overdue, "sealed_overdue"},
        {FindingKind::service_overdue, "service_overdue"},
        {FindingKind::shortage, "shortage"},
        {FindingKind::substitute_ended, "substitute_ended"},
        {FindingKind::surplus, "surplus"}};
    return names.at(kind);
}

int rank_of(Severity severity) {
    return severity == Severity::critical ? 0
           : severity == Severity::high   ? 1
           : severity == Severity::normal ? 2
                                          : 3;
}

Readiness verdict_of(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::critical) {
            return Readiness::not_ready;
        }
    }
    for (const Finding& finding : findings) {
        const std::set<FindingKind> nobody_knows = {
            FindingKind::check_overdue,
            FindingKind::seal_broken,
            FindingKind::sealed_overdue,
            FindingKind::handover_overdue};
        if (nobody_knows.contains(finding.kind)) {
            return Readiness::overdue;
        }
    }
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::notice) {
            return Readiness::degraded;
        }
    }
    return Readiness::ready;
}

bool is_in_doubt(const std::vector<Recall>& recalls, const Line& line, const Holding& holding) {
    const std::string& pack = holding.product.empty() ? line.product : holding.product;
    bool called_back = false;
    for (const Recall& recall : recalls) {
        called_back = called_back || (recall.product == pack && !recall.lot.empty());
    }
    return holding.lot.empty() && called_back;
}

} // namespace cartwatch::support
