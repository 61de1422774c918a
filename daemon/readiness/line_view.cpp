#include "daemon/readiness/line_view.hpp"

#include "daemon/readiness/blind.hpp"
#include "daemon/readiness/recall.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

const Holding* with_units(const std::vector<Holding>& holdings, std::string_view lot) {
    const Holding* held = find_holding(holdings, lot);
    return held != nullptr && held->quantity > 0 ? held : nullptr;
}

// A lot that was sent twice is one, of the earlier date where the two differ.
void add_sent(std::vector<Holding>& sent, const DispatchedUnits& units) {
    const auto known = std::find_if(sent.begin(), sent.end(), [&](const Holding& one) {
        return one.lot == units.lot && one.product == units.product;
    });
    if (known == sent.end()) {
        Holding holding;
        holding.lot = units.lot;
        holding.last_usable_day = units.last_usable_day;
        holding.quantity = units.quantity;
        holding.serials = units.serials;
        holding.product = units.product;
        sent.push_back(std::move(holding));
        return;
    }
    known->quantity += units.quantity;
    known->serials.insert(known->serials.end(), units.serials.begin(), units.serials.end());
    if (units.last_usable_day) {
        const Day day = *units.last_usable_day;
        known->last_usable_day = std::min(day, known->last_usable_day.value_or(day));
    }
}

std::vector<Holding> sent_for(const Turn& turn, const Line& line) {
    std::vector<Holding> sent;
    const auto alert = turn.node.alerts.find({turn.cart->id, line.id});
    if (alert != turn.node.alerts.end() && alert->second.open()
        && alert->second.need.product == line.product) {
        for (const DispatchedUnits& units : alert->second.dispatched) {
            add_sent(sent, units);
        }
    }
    return sent;
}

} // namespace

LineView::LineView(const Turn& of, const Line& which, std::string_view instead)
    : turn(of),
      line(which),
      product(product_of(of.state, which)),
      known(progress_of_line(of.progress, which.id)),
      restocking(of.check != nullptr && of.check->kind == CheckKind::restock),
      sent_all(sent_for(of, which)),
      substitute(instead) {
    if (!substitute.empty()) {
        product = product_named(of.state, substitute);
    }
    by_unit = restocking || counts_by_unit(of.policy, which, product)
              || counts_by_unit(of.policy, which, product_of(of.state, which));
    std::copy_if(
        sent_all.begin(), sent_all.end(), std::back_inserter(sent), [&](const Holding& one) {
            return is_alike(one);
        });
    std::copy_if(
        line.holdings.begin(),
        line.holdings.end(),
        std::back_inserter(there),
        [](const Holding& holding) { return holding.quantity > 0; });
    if (!restocking) {
        file = there;
    }
}

bool LineView::recalled(std::string_view lot) const {
    return std::any_of(turn.recalls.begin(), turn.recalls.end(), [&](const Recall& recall) {
        return names(recall, product.id, lot);
    });
}

bool LineView::expired(std::optional<Day> last_usable_day) const {
    return last_usable_day && turn.context.today > *last_usable_day;
}

bool LineView::unusable(const Holding& holding) const {
    const HoldingWorth worth =
        worth_of(line, holding, turn.recalls, turn.context.today, turn.cart_substitutions());
    return worth.recalled + worth.expired + worth.ended > 0;
}

const Holding* LineView::counted(std::string_view lot) const {
    return with_units(known.holdings, lot);
}

const Holding* LineView::filed(std::string_view lot) const {
    return with_units(file, lot);
}

const Holding* LineView::announced(std::string_view lot) const {
    return with_units(sent, lot);
}

const Holding* LineView::expected(std::string_view lot) const {
    const Holding* held = with_units(there, lot);
    return held != nullptr ? held : announced(lot);
}

bool LineView::anything_counted() const {
    return units_of(known.holdings) > 0;
}

bool LineView::counted_alike() const {
    return std::any_of(known.holdings.begin(), known.holdings.end(), [&](const Holding& holding) {
        return holding.quantity > 0 && is_alike(holding);
    });
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

// On file and not taken out in this check.
const Holding*
LineView::filed_with(const Line& other, std::string_view pack, std::string_view serial) const {
    const Holding* held = holding_with(other, other.holdings, pack, serial);
    const LineProgress* of_line = turn.progress.lines.find(other.id);
    if (held == nullptr || held->quantity == 0 || of_line == nullptr) {
        return held;
    }
    const auto& taken = of_line->taken_out;
    const bool is_out = std::any_of(taken.begin(), taken.end(), [&](const HoldingTakenOut& one) {
        return one.lot == held->lot;
    });
    return is_out ? nullptr : held;
}

const Holding* LineView::with_serial(std::string_view serial) const {
    if (serial.empty()) {
        return nullptr;
    }
    const std::string_view pack = substitute.empty() ? line.product : std::string_view(substitute);
    const Holding* counted = counted_with(*turn.cart, turn.progress, pack, serial);
    if (!restocking || counted != nullptr) {
        return counted;
    }
    for (const Line& other : turn.cart->lines) {
        if (const Holding* filed = filed_with(other, pack, serial)) {
            return filed;
        }
    }
    return nullptr;
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
