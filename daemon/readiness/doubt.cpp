#include "daemon/readiness/doubt.hpp"

#include <algorithm>

namespace cartwatch::readiness {

Judgement in_doubt(Judgement judgement) {
    judgement.readiness = std::max(judgement.readiness, Readiness::overdue);
    judgement.ready_until.reset();
    judgement.functions.clear();
    return judgement;
}

std::vector<JudgedCart> in_doubt(std::vector<JudgedCart> carts) {
    for (JudgedCart& cart : carts) {
        cart.readiness = std::max(cart.readiness, Readiness::overdue);
        cart.functions.clear();
    }
    return carts;
}

} // namespace cartwatch::readiness
