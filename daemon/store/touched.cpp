#include "daemon/store/touched.hpp"

#include <variant>

namespace cartwatch::store {

namespace {

using namespace readiness;

struct Toucher {
    Touched& touched;
    const std::string& node; // whose journal the entry stands in
    const State& after;

    void operator()(const StationDefined& event) const {
        touched.stations.emplace(node, event.station.id);
    }

    void operator()(const ProductDefined& event) const {
        touched.products.emplace(node, event.product.id);
    }

    void operator()(const StaffDefined& event) const {
        touched.staff.emplace(node, event.staff.id);
        touched.tags.insert(node);
    }

    // A list that changes takes back steps on lines that are gone.
    void operator()(const CartDefined& event) const {
        touched.carts.emplace(node, event.cart.id);
        touched.tags.insert(node);
        if (const Check* check = open_check_of(node_of(after, node), event.cart.id)) {
            touched.checks.emplace(node, check->id);
        }
    }

    void operator()(const StockRecorded& event) const {
        touched.carts.emplace(node, event.cart);
    }

    void operator()(const PolicyChanged& /*event*/) const {
        touched.policies.insert(node);
    }

    void operator()(const CodeLinked& /*event*/) const {
        touched.links.insert(node);
    }

    void operator()(const RecallIssued& /*event*/) const {
        touched.recalls.insert(node);
    }

    void operator()(const RecallWithdrawn& /*event*/) const {
        touched.recalls.insert(node);
    }

    void operator()(const RecallAnswered& /*event*/) const {
        touched.recalls.insert(node);
    }

    void operator()(const RecallUnitsRemoved& /*event*/) const {
        touched.recalls.insert(node);
    }

    void operator()(const SubstitutionPublished& /*event*/) const {
        touched.substitutions.insert(node);
    }

    void operator()(const SubstitutionWithdrawn& /*event*/) const {
        touched.substitutions.insert(node);
    }

    void operator()(const CheckOpened& event) const {
        touched.checks.emplace(node, event.check);
        touch_sealed(event.cart);
    }

    void operator()(const CheckTurned& event) const {
        touched.check_headers.emplace(node, event.check);
        const auto& checks = node_of(after, node).open_checks;
        if (const auto check = checks.find(event.check); check != checks.end()) {
            touch_sealed(check->second.cart);
        }
    }

    void operator()(const CheckTaken& event) const {
        touched.check_headers.emplace(node, event.check);
    }

    void operator()(const CheckStepped& event) const {
        touched.check_headers.emplace(node, event.check);
        touched.steps.emplace(node, event.check, event.step);
    }

    void operator()(const StepUndone& event) const {
        touched.check_headers.emplace(node, event.check);
        touched.steps.emplace(node, event.check, event.step);
    }

    void operator()(const CheckReviewed& event) const {
        touched.check_headers.emplace(node, event.check);
    }

    void operator()(const CheckClosed& event) const {
        touched.checks.emplace(node, event.check);
        touch_sealed(event.cart);
    }

    void operator()(const SealsIssued& event) const {
        for (const std::string& number : event.numbers) {
            touched.seals.emplace(node, number);
        }
    }

    void operator()(const SealVoided& event) const {
        touched.seals.emplace(node, event.number);
    }

    void operator()(const SealBroken& event) const {
        touch_sealed(event.cart);
        touched.seals.emplace(node, event.number);
        touch_open_check(event.cart);
    }

    void operator()(const SealCorrected& event) const {
        touch_sealed(event.cart);
        touched.seals.emplace(node, event.number);
        touched.seals.emplace(node, event.found);
    }

    // The cart and every seal that was ever on it: entries that are written together may have
    // broken one and put on another.
    void touch_sealed(const std::string& cart) const {
        touched.carts.emplace(node, cart);
        for (const auto& [number, seal] : node_of(after, node).seals) {
            if (seal.cart == cart) {
                touched.seals.emplace(node, number);
            }
        }
    }

    void touch_open_check(const std::string& cart) const {
        if (const Check* check = open_check_of(node_of(after, node), cart)) {
            touched.check_headers.emplace(node, check->id);
        }
    }

    void operator()(const CheckCancelled& event) const {
        touched.checks.emplace(node, event.check);
        touched.carts.emplace(node, event.cart);
    }

    void operator()(const AlertRaised& event) const {
        touched.alerts.emplace(node, event.key);
    }

    void operator()(const AlertChanged& event) const {
        touched.alerts.emplace(node, event.key);
    }

    void operator()(const AlertClosed& event) const {
        touched.alerts.emplace(node, event.key);
    }

    void operator()(const AlertAccepted& event) const {
        touched.alerts.emplace(event.node, event.key);
    }

    void operator()(const AlertHandedBack& event) const {
        touched.alerts.emplace(event.node, event.key);
    }

    void operator()(const AlertDispatched& event) const {
        touched.alerts.emplace(event.node, event.key);
    }

    void operator()(const AlertSilenced& event) const {
        touched.alerts.emplace(event.node, event.key);
    }

    void operator()(const AlertEscalated& event) const {
        touched.alerts.emplace(event.node, event.key);
    }

    void operator()(const DayJudged& /*event*/) const {}

    // Forgets what was dated on days that never were, in open checks as well.
    void operator()(const DayCorrected& /*event*/) const {
        for (const auto& [id, cart] : node_of(after, node).carts) {
            touched.carts.emplace(node, id);
        }
        for (const auto& [id, check] : node_of(after, node).open_checks) {
            touched.checks.emplace(node, id);
        }
    }

    void operator()(const UnknownEvent& /*event*/) const {}
};

} // namespace

void touch(Touched& touched, const Recorded& entry, const State& after) {
    touched.nodes.insert(entry.node);
    std::visit(Toucher{touched, entry.node, after}, entry.event);
}

} // namespace cartwatch::store
