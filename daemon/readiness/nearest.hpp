// Where to run instead: of a cart that is not ready, the nearest one that is; the same for one
// clinical function. A function of what is known of the carts; nobody measures the way.
#pragma once

#include "daemon/readiness/state.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

// A cart with its worth today.
struct JudgedCart {
    std::string node;
    const Cart* cart = nullptr; // of the state that it was judged in
    Readiness readiness = Readiness::not_ready;
    std::map<std::string, Readiness> functions; // none where nobody looked in time
};

// Every cart in use of this node, or, on the pharmacy, of every ward; judged on this day.
[[nodiscard]] std::vector<JudgedCart> judged_carts(const State& state, const AsOf& as_of);

// The nearest other cart that is ready; nullptr: none is. Named neighbours come first in their
// order, then the same building, fewer floors, fewer places along the floor; then the id.
[[nodiscard]] const JudgedCart*
nearest_ready(const JudgedCart& from, const std::vector<JudgedCart>& carts);

// The same of a clinical function.
[[nodiscard]] const JudgedCart* nearest_ready_for(
    const JudgedCart& from, std::string_view function, const std::vector<JudgedCart>& carts);

} // namespace cartwatch::readiness
