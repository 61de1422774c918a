#include "tests/support/second_books.hpp"

#include <algorithm>

namespace cartwatch::support {

using namespace readiness;

// What was put in is there beside what lay there; of a lot that somebody took out nothing stays but
// what was put in afterwards.
void SecondBooks::put_in(Shelf& shelf, const Look& look) {
    std::map<std::string, Stock> added;
    for (const Taken& taken : look.steps) {
        if (taken.undone) {
            continue;
        }
        if (const auto* in = std::get_if<LineCounted>(&taken.action)) {
            added[in->line][in->holding.lot] = in->holding;
        } else if (const auto* out = std::get_if<HoldingTakenOut>(&taken.action)) {
            Stock& put_in_before = added[out->line];
            Stock& lay_there = shelf.stock[out->line];
            const auto one = put_in_before.find(out->lot);
            const auto other = lay_there.find(out->lot);
            // The stock was recorded anew meanwhile: of two products under one lot nobody knows
            // which was taken, so that neither counts.
            const bool mixed = one != put_in_before.end() && other != lay_there.end()
                               && one->second.product != other->second.product;
            int leaving = out->quantity;
            for (Stock* lots : {&put_in_before, &lay_there}) {
                if (const auto lot = lots->find(out->lot); lot != lots->end()) {
                    const int taken_here = std::min(leaving, lot->second.quantity);
                    lot->second.quantity -= taken_here;
                    leaving -= mixed ? 0 : taken_here;
                    if (lot->second.quantity == 0) {
                        lots->erase(lot);
                    }
                }
            }
        }
    }
    for (const auto& [line, lots] : added) {
        for (const auto& [lot, holding] : lots) {
            if (holding.quantity == 0) {
                continue;
            }
            if (shelf.stock[line][lot].quantity == 0) {
                shelf.stock[line].erase(lot); // counted as none: its date is of no unit there
            }
            const auto [there, is_new] = shelf.stock[line].try_emplace(lot, holding);
            if (!is_new && there->second.product == holding.product) {
                Holding& both = there->second;
                both.quantity += holding.quantity;
                both.damaged += holding.damaged;
                const std::optional<Day> day = holding.last_usable_day;
                if (day && (!both.last_usable_day || *day < *both.last_usable_day)) {
                    both.last_usable_day = day;
                }
            }
        }
    }
}

} // namespace cartwatch::support
