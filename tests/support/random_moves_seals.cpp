// What random hospitals do with seals.
#include "tests/support/builders.hpp"
#include "tests/support/hospital_carts.hpp"
#include "tests/support/random_moves.hpp"

namespace cartwatch::support {

using namespace readiness;

// The seal on record of the cart that was scanned, or another: before the badge, or while nothing
// is counted yet. nullopt: there is no such cart, or no seal on record.
std::optional<Command> RandomMoves::seal_there(const Hospital& hospital, Mover mover) {
    const Check* check = check_at(hospital, mover);
    const std::string& id = check == nullptr ? hospital.session(mover).cart : check->cart;
    const auto& carts = hospital.ward_node().carts;
    const auto cart = carts.find(id);
    if (cart == carts.end() || !cart->second.seal
        || (check != nullptr && check->steps.size() > 2)) {
        return std::nullopt;
    }
    return EnterSeal{one_in(3) ? std::to_string(number(1, 30)) : cart->second.seal->number};
}

Command RandomMoves::seal_stock() {
    const std::string badge = badge_of(pick({"H1", "H1", "N1"}));
    if (one_in(2)) {
        return VoidSeal{std::to_string(number(1, 30)), "torn", badge};
    }
    const int first = number(1, 25);
    return IssueSeals{
        pick({"OR", "OR", "nowhere"}),
        std::to_string(first),
        std::to_string(first + number(-1, 5)),
        badge};
}

} // namespace cartwatch::support
