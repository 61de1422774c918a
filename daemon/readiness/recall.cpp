#include "daemon/readiness/recall.hpp"

#include "daemon/readiness/substitution.hpp"

namespace cartwatch::readiness {

bool names(const Recall& recall, const std::string& product, const std::string& lot) {
    return recall.product == product && (recall.lot.empty() || recall.lot == lot);
}

std::vector<HeldUnits> held_by(const Cart& cart, const Recall& recall) {
    std::vector<HeldUnits> held;
    for (const Line& line : cart.lines) {
        for (const Holding& holding : line.holdings) {
            if (holding.quantity > 0 && names(recall, product_in(line, holding), holding.lot)) {
                held.push_back({cart.id, line.id, line.position, holding.lot, holding.quantity});
            }
        }
    }
    return held;
}

} // namespace cartwatch::readiness
