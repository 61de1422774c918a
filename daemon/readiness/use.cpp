#include "daemon/readiness/use.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

int units_on(const Line& line) {
    int units = 0;
    for (const Holding& holding : line.holdings) {
        units += holding.quantity;
    }
    return units;
}

// Takes at most so many units of one lot; what it could not take.
int take_units(Holding& holding, int units) {
    const int taken = std::min(units, holding.quantity);
    holding.quantity -= taken;
    holding.damaged = std::min(holding.damaged, holding.quantity);
    return units - taken;
}

bool expires_first(const Holding* one, const Holding* other) {
    const auto rank = [](const Holding& holding) {
        return std::pair(holding.last_usable_day.value_or(Day::max()), holding.lot);
    };
    return rank(*one) < rank(*other);
}

void take_first_to_expire(std::vector<Holding>& holdings, int units) {
    std::vector<Holding*> order;
    for (Holding& holding : holdings) {
        order.push_back(&holding);
    }
    std::stable_sort(order.begin(), order.end(), expires_first);
    for (Holding* holding : order) {
        units = take_units(*holding, units);
    }
}

} // namespace

Line line_after_use(const Line& before, const LineProgress& known) {
    Line line = before;
    int elsewhere = 0; // of lots that are not on file, or more than is
    for (const auto& [lot, units] : known.used) {
        const auto held = std::find_if(
            line.holdings.begin(), line.holdings.end(), [&lot = lot](const Holding& holding) {
                return holding.lot == lot;
            });
        elsewhere += held == line.holdings.end() ? units : take_units(*held, units);
    }
    take_first_to_expire(line.holdings, elsewhere);
    if (known.left) {
        take_first_to_expire(line.holdings, std::max(0, units_on(line) - *known.left));
    }
    for (Holding& holding : line.holdings) {
        if (static_cast<std::size_t>(holding.quantity) < holding.serials.size()) {
            holding.serials.clear(); // which of the packs are gone nobody said
        }
    }
    std::erase_if(line.holdings, [](const Holding& holding) { return holding.quantity == 0; });
    return line;
}

UsedLine used_line(const Line& line, const CheckProgress& progress) {
    UsedLine result;
    result.line = line.id;
    const LineProgress* known = progress.lines.find(line.id);
    std::optional<int> left;
    if (known != nullptr) {
        for (const auto& [lot, units] : known->used) {
            result.used += units;
        }
        left = known->left;
    }
    result.left_counted = left.has_value();
    result.left = left ? *left : std::max(0, units_on(line) - result.used);
    result.unexplained = std::max(0, line.par - result.left - result.used);
    return result;
}

std::vector<UsedLine> used_lines(const Cart& cart, const CheckProgress& progress) {
    std::vector<UsedLine> lines;
    for (const Line& line : cart.lines) {
        const UsedLine used = used_line(line, progress);
        if (used.used > 0 || used.left_counted) {
            lines.push_back(used);
        }
    }
    return lines;
}

Cart cart_after_use(const Cart& cart, const CheckProgress& progress) {
    Cart after = cart;
    for (Line& line : after.lines) {
        if (const LineProgress* known = progress.lines.find(line.id); known != nullptr) {
            line = line_after_use(line, *known);
        }
    }
    return after;
}

Cart present_cart(const NodeState& node, const Cart& cart) {
    const Check* open = open_check_of(node, cart.id);
    return open != nullptr && open->kind == CheckKind::after_use
               ? cart_after_use(cart, open->progress)
               : cart;
}

} // namespace cartwatch::readiness
