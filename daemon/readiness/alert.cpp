#include "daemon/readiness/alert.hpp"

#include "daemon/readiness/device_tests.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace cartwatch::readiness {

namespace {

bool calls_for_line(FindingKind kind) {
    return kind == FindingKind::shortage || kind == FindingKind::recalled
           || kind == FindingKind::recall_possible || kind == FindingKind::expired
           || kind == FindingKind::damaged || kind == FindingKind::substitute_ended
           || kind == FindingKind::expires_before_next_check;
}

bool calls_for_device(FindingKind kind) {
    return kind == FindingKind::device_failed || kind == FindingKind::accessory_expired;
}

// Units of a lot that can be used now; the finding says that the lot is neither recalled nor
// expired.
int usable_of_lot(const Line& line, const std::string& lot) {
    const auto found = std::find_if(
        line.holdings.begin(), line.holdings.end(), [&](const Holding& h) { return h.lot == lot; });
    return found == line.holdings.end() ? 0 : found->quantity - found->damaged;
}

void add_kind(AlertNeed& need, const Finding& finding) {
    need.severity =
        need.kinds.empty() ? finding.severity : std::min(need.severity, finding.severity);
    if (std::find(need.kinds.begin(), need.kinds.end(), finding.kind) == need.kinds.end()) {
        need.kinds.push_back(finding.kind);
    }
}

// What of the line can be used, seen from its findings alone.
int usable_of_line(const Line& line, const std::vector<Finding>& findings) {
    int usable = line.par;
    for (const Finding& finding : findings) {
        if (finding.line != line.id) {
            continue;
        }
        if (finding.kind == FindingKind::shortage) {
            usable = line.par - finding.quantity.value_or(0);
        } else if (finding.kind == FindingKind::surplus) {
            usable = line.par + finding.quantity.value_or(0);
        }
    }
    return usable;
}

AlertNeed need_of_line(const Line& line, const std::vector<Finding>& findings) {
    AlertNeed need;
    need.line = line.id;
    need.product = line.product;
    need.par = line.par;
    need.usable = usable_of_line(line, findings);
    int staying = need.usable; // what will still be usable at the next check
    for (const Finding& finding : findings) {
        if (finding.line != line.id || !calls_for_line(finding.kind)) {
            continue;
        }
        add_kind(need, finding);
        if (finding.kind == FindingKind::shortage) {
            need.reasons = finding.reasons.value_or(Reasons{});
        } else if (finding.kind == FindingKind::expires_before_next_check) {
            staying -= usable_of_lot(line, finding.lot.value_or(""));
        }
    }
    need.quantity = std::max(0, line.par - staying);
    return need;
}

void add_failed(AlertNeed& need, const Device& device, const Finding& finding) {
    if (finding.kind != FindingKind::device_failed || finding.test.empty()) {
        return;
    }
    const FunctionTest* test = find_test(device, finding.test);
    const Name name = test == nullptr ? Name{} : test->name;
    need.failed.push_back(
        {finding.test, name, finding.unit, finding.value, finding.least, finding.most});
}

AlertNeed need_of_device(const Device& device, const std::vector<Finding>& findings) {
    AlertNeed need;
    need.device = device.id;
    for (const Finding& finding : findings) {
        if (finding.device == device.id && calls_for_device(finding.kind)) {
            add_kind(need, finding);
            add_failed(need, device, finding);
        }
    }
    return need;
}

} // namespace

std::string_view to_text(AlertState state) {
    switch (state) {
    case AlertState::raised:
        return "raised";
    case AlertState::accepted:
        return "accepted";
    case AlertState::dispatched:
        return "dispatched";
    case AlertState::resolved:
        return "resolved";
    case AlertState::withdrawn:
        break;
    }
    return "withdrawn";
}

std::string_view to_text(Escalation rule) {
    switch (rule) {
    case Escalation::not_accepted:
        return "not_accepted";
    case Escalation::not_resolved:
        return "not_resolved";
    case Escalation::not_restocked:
        break;
    }
    return "not_restocked";
}

int units_of(const std::vector<DispatchedUnits>& units) {
    return std::accumulate(units.begin(), units.end(), 0, [](int sum, const DispatchedUnits& one) {
        return sum + one.quantity;
    });
}

int Alert::unsent() const {
    return std::max(0, need.quantity - units_of(dispatched));
}

std::vector<AlertNeed> needs_of(const Cart& cart, const Judgement& judgement) {
    if (cart.retired) {
        return {};
    }
    std::map<std::string, AlertNeed> needs;
    for (const Line& line : cart.lines) {
        AlertNeed need = need_of_line(line, judgement.findings);
        if (!need.kinds.empty()) {
            needs.emplace(line.id, std::move(need));
        }
    }
    for (const Device& device : cart.devices) {
        AlertNeed need = need_of_device(device, judgement.findings);
        if (!need.kinds.empty()) {
            needs.emplace(device.id, std::move(need));
        }
    }
    std::vector<AlertNeed> ordered;
    for (auto& [subject, need] : needs) {
        ordered.push_back(std::move(need));
    }
    return ordered;
}

bool is_worse(const AlertNeed& before, const AlertNeed& now) {
    return now.quantity > before.quantity || now.severity < before.severity;
}

} // namespace cartwatch::readiness
