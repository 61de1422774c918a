#include "daemon/readiness/restock.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// Everything of a lot that was said to be out of the cart, put in before or not. Where the stock
// was recorded anew meanwhile, under the same lot and of another product, nobody knows which was
// taken: the step took it off what was put in, and it is taken off what lay there as well.
void take_away(std::vector<Holding>& holdings, const HoldingTakenOut& taken) {
    for (Holding& holding : holdings) {
        if (holding.lot == taken.lot) {
            holding.quantity = std::max(0, holding.quantity - taken.quantity);
            holding.damaged = std::min(holding.damaged, holding.quantity);
            if (static_cast<std::size_t>(holding.quantity) < holding.serials.size()) {
                holding.serials.clear(); // which of the packs are gone nobody said
            }
        }
    }
    std::erase_if(holdings, [](const Holding& holding) { return holding.quantity == 0; });
}

std::optional<Day> earlier(std::optional<Day> one, std::optional<Day> other) {
    return one && other ? std::min(one, other) : std::max(one, other);
}

void join(Holding& there, const Holding& added) {
    there.quantity += added.quantity;
    there.damaged += added.damaged;
    there.last_usable_day = earlier(there.last_usable_day, added.last_usable_day);
    there.serials.insert(there.serials.end(), added.serials.begin(), added.serials.end());
    if (there.seen_at && added.seen_at) {
        there.seen_at = std::min(*there.seen_at, *added.seen_at);
    }
    there.evidence = std::max(there.evidence, added.evidence);
    there.sealed_at.reset(); // the seal proved the others only
}

void put_in(std::vector<Holding>& holdings, const Holding& added) {
    const auto there = std::find_if(
        holdings.begin(), holdings.end(), [&](const Holding& one) { return one.lot == added.lot; });
    if (there == holdings.end()) {
        holdings.push_back(added);
    } else if (there->quantity == 0) {
        *there = added; // what is on file of it, its date too, is of no unit
    } else if (there->product == added.product) {
        join(*there, added);
    } // else the list was changed meanwhile: of two products' units none is counted as the other's
}

} // namespace

Line line_after_restock(const Line& line, const LineProgress& known) {
    Line after = line;
    for (const HoldingTakenOut& taken : known.taken_out) {
        take_away(after.holdings, taken);
    }
    for (const Holding& added : known.holdings) {
        if (added.quantity > 0) {
            put_in(after.holdings, added);
        }
    }
    return after;
}

Cart cart_after_restock(const Cart& cart, const CheckProgress& progress) {
    Cart after = cart;
    for (Line& line : after.lines) {
        if (const LineProgress* known = progress.lines.find(line.id); known != nullptr) {
            line = line_after_restock(line, *known);
        }
    }
    return after;
}

RestockSum restock_sum(const Cart& cart, const CheckProgress& progress) {
    RestockSum sum;
    for (const Line& line : cart.lines) {
        const LineProgress* known = progress.lines.find(line.id);
        if (known == nullptr) {
            continue;
        }
        int units = 0;
        for (const Holding& added : known->holdings) {
            units += added.quantity;
        }
        sum.lines += units > 0 ? 1 : 0;
        sum.units += units;
        for (const HoldingTakenOut& taken : known->taken_out) {
            sum.out += taken.quantity;
        }
    }
    return sum;
}

} // namespace cartwatch::readiness
