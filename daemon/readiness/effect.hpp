// Which carts an entry may make ready, or not ready: after it they are to be judged anew.
#pragma once

#include "daemon/readiness/state.hpp"

#include <string>

namespace cartwatch::readiness {

// Whether an entry may change whether a cart is ready; `cart` is the only one, or empty: any of
// them.
struct Effect {
    bool judged_anew = false;
    std::string cart;
};

// `node` is the part whose entry it is, as the entry finds it.
[[nodiscard]] Effect effect_of(const NodeState& node, const Event& event);

} // namespace cartwatch::readiness
