#include "daemon/readiness/first_to_use.hpp"

#include "daemon/readiness/restock.hpp"
#include "daemon/readiness/use.hpp"

#include <algorithm>
#include <iterator>

namespace cartwatch::readiness {

namespace {

// In a check what was counted, and what is on file and nobody has spoken of; in a restock what lies
// there then; in an emergency what is left.
std::vector<Holding> lying_now(const LineView& view) {
    const LineProgress known = progress_of_line(view.turn.progress, view.line.id);
    if (view.restocking) {
        return line_after_restock(view.line, known).holdings;
    }
    if (view.turn.progress.kind == CheckKind::after_use) {
        return line_after_use(view.line, known).holdings;
    }
    std::vector<Holding> lots = known.holdings;
    const auto& out = known.taken_out;
    std::copy_if(
        view.file.begin(), view.file.end(), std::back_inserter(lots), [&](const Holding& filed) {
            return find_holding(known.holdings, filed.lot) == nullptr
                   && std::none_of(out.begin(), out.end(), [&](const HoldingTakenOut& taken) {
                          return taken.lot == filed.lot;
                      });
        });
    return lots;
}

// Units of which lot of the line a step counted or scanned out; nullptr: none.
const std::string* lot_in(const Step& step, const std::string& line) {
    const auto* counted = std::get_if<LineCounted>(&step.action);
    if (counted != nullptr && counted->line == line && counted->holding.quantity > 0) {
        return &counted->holding.lot;
    }
    const auto* used = std::get_if<UnitsUsed>(&step.action);
    return used != nullptr && used->line == line && used->quantity > 0 ? &used->lot : nullptr;
}

// Whether an earlier step of the check spoke of the lot in hand when the first one was known.
bool is_said(const LineView& view, const std::string& first, const std::string& in_hand) {
    bool known = find_holding(view.there, first) != nullptr;
    for (const Step& step : view.turn.check->steps) {
        const std::string* lot = step.undone ? nullptr : lot_in(step, view.line.id);
        if (lot != nullptr && known && *lot == in_hand) {
            return true;
        }
        known = known || (lot != nullptr && *lot == first);
    }
    return false;
}

} // namespace

void add_first_to_use(Values& values, const LineView& view, const Holding& in_hand) {
    add_no_first(values);
    const Holding* first = nullptr;
    const std::vector<Holding> lying = lying_now(view);
    for (const Holding& lot : lying) {
        const Holding& later = first == nullptr ? in_hand : *first;
        const bool is_earlier = lot.lot != in_hand.lot && lot.last_usable_day
                                && later.last_usable_day
                                && *lot.last_usable_day < *later.last_usable_day;
        if (is_earlier && lot.quantity > lot.damaged && !view.unusable(lot)) {
            first = &lot;
        }
    }
    if (first != nullptr && !is_said(view, first->lot, in_hand.lot)) {
        values["first_lot"] = first->lot.empty() ? "–" : first->lot;
        values["first_day"] = day_text(first->last_usable_day);
    }
}

void add_no_first(Values& values) {
    values["first_lot"].clear();
    values["first_day"].clear();
}

} // namespace cartwatch::readiness
