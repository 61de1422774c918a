#include "daemon/readiness/effect.hpp"

#include <type_traits>

namespace cartwatch::readiness {

namespace {

template <typename What, typename... Kinds>
constexpr bool is_one_of = (std::is_same_v<What, Kinds> || ...);

// These say something about what is done, not about what lies in a cart: what is scanned counts
// once it is signed for, and what an emergency takes is taken from a cart that is not ready anyway,
// until a whole check of it.
template <typename What>
constexpr bool leaves_carts_alone = is_one_of<
    What,
    StationDefined,
    ProductDefined,
    StaffDefined,
    CodeLinked,
    RecallAnswered,
    RecallUnitsRemoved,
    CheckTaken,
    CheckStepped,
    StepUndone,
    CheckReviewed,
    SealsIssued,
    SealVoided,
    AlertRaised,
    AlertChanged,
    AlertClosed,
    AlertAccepted,
    AlertHandedBack,
    AlertDispatched,
    AlertSilenced,
    AlertEscalated,
    UnknownEvent>;

} // namespace

Effect effect_of(const NodeState& node, const Event& event) {
    return std::visit(
        [&](const auto& what) -> Effect {
            using What = std::decay_t<decltype(what)>;
            if constexpr (leaves_carts_alone<What>) {
                return {};
            } else if constexpr (std::is_same_v<What, CheckTurned>) {
                const auto open = node.open_checks.find(what.check);
                return open == node.open_checks.end() ? Effect{} : Effect{true, open->second.cart};
            } else if constexpr (std::is_same_v<What, CartDefined>) {
                return {true, what.cart.id};
            } else if constexpr (requires { std::string(what.cart); }) {
                return {true, what.cart};
            } else {
                return {true, ""};
            }
        },
        event);
}

} // namespace cartwatch::readiness
