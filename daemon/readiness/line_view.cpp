#include "daemon/readiness/line_view.hpp"

#include "daemon/readiness/blind.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

const Holding* with_units(const std::vector<Holding>& holdings, std::string_view lot) {
    const Holding* held = find_holding(holdings, lot);
    return held != nullptr && held->quantity > 0 ? held : nullptr;
}

} // namespace

LineView::LineView(const Turn& of, const Line& which)
    : turn(of),
      line(which),
      product(product_of(of.state, which)),
      known(progress_of_line(of.progress, which.id)),
      by_unit(counts_by_unit(of.policy, which, product)) {
    std::copy_if(
        line.holdings.begin(),
        line.holdings.end(),
        std::back_inserter(file),
        [](const Holding& holding) { return holding.quantity > 0; });
}

bool LineView::recalled(std::string_view lot) const {
    return std::any_of(turn.recalls.begin(), turn.recalls.end(), [&](const Recall& recall) {
        return recall.product == line.product && (recall.lot.empty() || recall.lot == lot);
    });
}

bool LineView::expired(std::optional<Day> last_usable_day) const {
    return last_usable_day && turn.context.today > *last_usable_day;
}

bool LineView::unusable(const Holding& holding) const {
    return recalled(holding.lot) || expired(holding.last_usable_day);
}

const Holding* LineView::counted(std::string_view lot) const {
    return with_units(known.holdings, lot);
}

const Holding* LineView::filed(std::string_view lot) const {
    return with_units(file, lot);
}

bool LineView::anything_counted() const {
    return units_of(known.holdings) > 0;
}

bool LineView::taken_out(std::string_view lot) const {
    return std::any_of(
        known.taken_out.begin(), known.taken_out.end(), [&](const HoldingTakenOut& taken) {
            return taken.lot == lot;
        });
}

std::vector<Holding> LineView::unusable_counted() const {
    std::vector<Holding> found;
    std::copy_if(
        known.holdings.begin(),
        known.holdings.end(),
        std::back_inserter(found),
        [&](const Holding& holding) { return holding.quantity > 0 && unusable(holding); });
    return found;
}

const Holding* LineView::with_serial(std::string_view serial) const {
    const auto found =
        std::find_if(known.holdings.begin(), known.holdings.end(), [&](const Holding& held) {
            return std::find(held.serials.begin(), held.serials.end(), serial)
                   != held.serials.end();
        });
    return serial.empty() || found == known.holdings.end() ? nullptr : &*found;
}

int LineView::others(std::string_view lot) const {
    int units = 0;
    for (const Holding& holding : known.holdings) {
        if (holding.lot != lot && !unusable(holding)) {
            units += holding.quantity;
        }
    }
    return units;
}

} // namespace cartwatch::readiness
