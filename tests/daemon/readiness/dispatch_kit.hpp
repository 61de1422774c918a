// A pharmacy of which five of epinephrine are asked for, and what it says of that alert.
#pragma once

#include "tests/support/ward.hpp"

namespace cartwatch::dispatch_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

inline const AlertKey epi_alert{"OR-1", "epi"};

inline AlertNeed needs(int quantity, Severity severity = Severity::high) {
    AlertNeed need;
    need.line = "epi";
    need.product = "epi";
    need.quantity = quantity;
    need.severity = severity;
    need.kinds = {FindingKind::shortage};
    return need;
}

inline DispatchedUnits units(const char* lot, const char* last, int quantity) {
    return {lot, day(last), quantity, {}};
}

// The ward and the pharmacy in one state, as the pharmacy sees it; five of epi are asked for.
inline Ward a_pharmacy(Severity severity = Severity::high) {
    Ward both = a_ward();
    both.receive("pharmacy", StaffDefined{a_person("P2", Role::pharmacist, "BADGE-P2")});
    both.receive("pharmacy", StaffDefined{a_person("N9", Role::nurse, "BADGE-N9")});
    both.receive("ward-3f", AlertRaised{epi_alert, 1, needs(5, severity)});
    both.state.self = "pharmacy";
    return both;
}

inline const Alert& alert_of(const Ward& ward) {
    return ward.state.nodes.at("ward-3f").alerts.at(epi_alert);
}

inline DispatchAlert dispatch(std::vector<DispatchedUnits> sent, std::string reason = "") {
    return {"ward-3f", epi_alert, 1, "BADGE-P2", std::move(sent), std::move(reason)};
}

} // namespace cartwatch::dispatch_test
