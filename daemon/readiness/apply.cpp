#include "daemon/readiness/apply.hpp"

#include "daemon/readiness/state.hpp"

namespace cartwatch::readiness {

void apply(State& state, const Recorded& entry) {
    std::visit(
        [&](const auto& event) {
            apply_event(Application{state, entry}, event);
        },
        entry.event);
}

} // namespace cartwatch::readiness
