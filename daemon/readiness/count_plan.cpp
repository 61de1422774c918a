#include "daemon/readiness/count_plan.hpp"

#include "daemon/readiness/count_place.hpp"
#include "daemon/readiness/limits.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

CountPlan counted_already(const Holding* holding) {
    CountPlan plan;
    plan.counted_already = true;
    if (holding != nullptr) {
        plan.lot = holding->lot;
        plan.last_usable_day = holding->last_usable_day;
    }
    return plan;
}

CountPlan needs_expiry(const std::string& lot) {
    CountPlan plan;
    plan.expiry_known = false;
    plan.lot = lot;
    return plan;
}

CountPlan which_of(std::vector<Holding> lots) {
    CountPlan plan = needs_expiry("");
    plan.choices = std::move(lots);
    return plan;
}

// Within par once other lots were counted, and at least the one unit in the hand.
int within_par(const LineView& view, int units, int others) {
    return std::max(1, others > 0 ? std::min(units, view.line.par - others) : units);
}

int assumed_units(const LineView& view, const Batch& batch) {
    const Holding* counted = view.counted(batch.lot);
    if (view.counts_units(batch.serial) && !batch.correction) {
        return std::min(quantity_max, (counted == nullptr ? 0 : counted->quantity) + 1);
    }
    if (counted != nullptr) {
        return counted->quantity;
    }
    const int others = view.others(batch.lot);
    const Holding* filed = view.filed(batch.lot);
    const Holding* known = filed != nullptr ? filed : view.announced(batch.lot);
    return within_par(view, known == nullptr ? view.line.par : known->quantity, others);
}

// The one lot with this date where the code names none; else no lot.
std::string lot_with_day(const LineView& view, Day day) {
    std::vector<std::string> lots;
    for (const std::vector<Holding>* holdings : {&view.known.holdings, &view.file, &view.sent}) {
        for (const Holding& holding : *holdings) {
            if (holding.quantity > 0 && holding.last_usable_day == day && view.is_alike(holding)
                && std::find(lots.begin(), lots.end(), holding.lot) == lots.end()) {
                lots.push_back(holding.lot);
            }
        }
    }
    return lots.size() == 1 ? lots.front() : std::string();
}

// What was there before: this lot with another date, or the lot on file that goes first.
std::optional<Holding> old_of(const LineView& view, const std::string& lot) {
    if (const Holding* counted = view.counted(lot)) {
        return *counted;
    }
    const Holding* known = view.restocking ? view.expected(lot) : view.filed(lot);
    if (known != nullptr) {
        return *known;
    }
    const auto first = std::min_element(
        view.file.begin(), view.file.end(), [](const Holding& one, const Holding& other) {
            return one.last_usable_day.value_or(Day::max())
                   < other.last_usable_day.value_or(Day::max());
        });
    return first == view.file.end() ? std::nullopt : std::optional(*first);
}

// By unit: units beyond those that were good on file are the damaged ones, until somebody says
// otherwise. Where the file knows all by their serials, a pack with another one is new.
int assumed_damage(const Holding& filed, const Holding& holding) {
    const bool knows_all = filed.serials.size() == static_cast<std::size_t>(filed.quantity);
    const auto is_new = [&](const std::string& serial) {
        return knows_all && std::ranges::find(filed.serials, serial) == filed.serials.end();
    };
    const auto fresh = static_cast<int>(std::ranges::count_if(holding.serials, is_new));
    const int good = filed.quantity - filed.damaged + fresh;
    return std::clamp(holding.quantity - good, 0, filed.damaged);
}

Holding holding_of(const LineView& view, const Batch& batch, std::optional<Day> day) {
    const Holding* counted = view.counted(batch.lot);
    const Holding* filed = view.filed(batch.lot);
    Holding holding;
    if (counted != nullptr) {
        holding = *counted;
    } else if (filed != nullptr && !view.counts_units(batch.serial)) {
        holding.damaged = filed->damaged; // as on file: nobody said that they were replaced
    }
    holding.lot = batch.lot;
    holding.product = view.substitute;
    holding.last_usable_day = day;
    holding.quantity = batch.quantity.value_or(assumed_units(view, batch));
    holding.damaged = std::min(holding.damaged + batch.damaged, holding.quantity);
    holding.evidence = batch.evidence;
    holding.seen_at = view.turn.context.now;
    if (!batch.serial.empty()) {
        holding.serials.push_back(batch.serial);
    }
    if (filed != nullptr && view.counts_units(batch.serial)) {
        const int before = counted == nullptr ? 0 : assumed_damage(*filed, *counted);
        const int more = std::max(0, assumed_damage(*filed, holding) - before);
        holding.damaged = std::min(holding.damaged + more, holding.quantity);
    }
    return holding;
}

// Two batches without a lot number share one holding, and so do units of two makers who gave the
// same number: where units are added up, the earlier date speaks for all of them.
std::optional<Day> day_of(const LineView& view, const Batch& batch) {
    const Holding* counted = view.counted(batch.lot);
    const Holding* filed = view.filed(batch.lot);
    if (!batch.last_usable_day) {
        const Holding* held = counted != nullptr ? counted : filed;
        held = held != nullptr ? held : view.expected(batch.lot);
        return held == nullptr ? std::nullopt : held->last_usable_day;
    }
    const bool adds_up = batch.lot.empty() || view.counts_units(batch.serial);
    if (counted != nullptr && adds_up && !batch.correction && counted->last_usable_day) {
        return std::min(*batch.last_usable_day, *counted->last_usable_day);
    }
    return batch.last_usable_day;
}

// The lot is known, or there is none.
CountPlan plan_lot(const LineView& view, const Batch& batch) {
    const Holding* counted = view.counted(batch.lot);
    const Holding* filed = view.filed(batch.lot);
    const std::optional<Day> day = day_of(view, batch);
    if (!view.says_when(day)) {
        return needs_expiry(batch.lot);
    }
    // A label that stays before the scanner is no second pack; a serial number says itself.
    const bool held = batch.serial.empty() && !batch.raw.empty() && !batch.quantity
                      && counted_by(view.turn, batch.raw, held_label_repeat) != nullptr;
    const bool once = !view.counts_units(batch.serial) || batch.correction || held;
    const std::optional<Day> read = batch.last_usable_day ? batch.last_usable_day : day;
    if (counted != nullptr && counted->last_usable_day == read && once && !batch.quantity) {
        return counted_already(counted);
    }
    CountPlan plan;
    plan.lot = batch.lot;
    plan.last_usable_day = day;
    plan.put_in = counted == nullptr && filed == nullptr;
    if (counted != nullptr) {
        plan.differs = counted->last_usable_day != read;
    } else {
        // What the pharmacy announced is no surprise.
        const Holding* expected = view.expected(batch.lot);
        plan.differs = expected != nullptr ? expected->last_usable_day != day : !view.file.empty();
    }
    if (plan.differs) {
        plan.old = old_of(view, batch.lot);
    }
    plan.counted.push_back(holding_of(view, batch, day));
    return plan;
}

// What the file knows of the line and this check has not spoken of yet.
std::vector<Holding> still_on_file(const LineView& view) {
    std::vector<Holding> remaining;
    std::copy_if(
        view.file.begin(),
        view.file.end(),
        std::back_inserter(remaining),
        [&](const Holding& holding) {
            return view.is_alike(holding) && view.counted(holding.lot) == nullptr
                   && !view.taken_out(holding.lot);
        });
    return remaining;
}

// A pack without lot and date where nothing is on file: of the lot that was sent, if it is one.
CountPlan plan_sent(const LineView& view, Batch batch) {
    if (view.sent.empty()) {
        return needs_expiry("");
    }
    if (view.sent.size() > 1) {
        return which_of(view.sent);
    }
    batch.lot = view.sent.front().lot;
    return plan_lot(view, batch);
}

// The code names neither lot nor date, the line is counted by line: here, complete, as on file.
// That a second scan is of what was sent cannot be told from one pack scanned twice.
CountPlan plan_as_on_file(const LineView& view, const Batch& batch) {
    if (!view.unusable_counted().empty()) {
        return needs_expiry(""); // the replacement of what is to be taken out
    }
    const bool nothing_filed = std::none_of(
        view.file.begin(), view.file.end(), [&](const Holding& one) { return view.is_alike(one); });
    if (nothing_filed && !view.product.expires) {
        return plan_lot(view, batch);
    }
    const std::vector<Holding> remaining = still_on_file(view);
    if (remaining.empty()) {
        return view.counted_alike() ? counted_already(nullptr) : plan_sent(view, batch);
    }
    CountPlan plan;
    int others = units_of(view.known.holdings);
    for (const Holding& filed : remaining) {
        if (!view.says_when(filed.last_usable_day)) {
            return needs_expiry("");
        }
        Batch one = batch;
        one.lot = filed.lot;
        one.quantity = within_par(view, filed.quantity, others);
        one.serial = plan.counted.empty() ? batch.serial : std::string();
        plan.counted.push_back(holding_of(view, one, filed.last_usable_day));
        others += *one.quantity;
    }
    plan.lot = remaining.size() == 1 ? remaining.front().lot : std::string();
    return plan;
}

// In a restock: what was sent and is not in yet, and what was put in and not sent.
std::vector<Holding> lots_awaited(const LineView& view) {
    std::vector<Holding> lots;
    for (const Holding& sent : view.sent) {
        const Holding* counted = view.counted(sent.lot);
        if (sent.quantity > (counted == nullptr ? 0 : counted->quantity) && !view.unusable(sent)) {
            lots.push_back(sent);
        }
    }
    for (const Holding& counted : view.known.holdings) {
        if (counted.quantity > 0 && view.is_alike(counted) && !view.unusable(counted)
            && view.announced(counted.lot) == nullptr) {
            lots.push_back(counted);
        }
    }
    return lots;
}

// The lots that a unit without lot and date may be of.
std::vector<Holding> possible_lots(const LineView& view, const std::string& serial) {
    const auto has_serial = [&](const Holding& holding) {
        return !serial.empty() && view.is_alike(holding)
               && std::ranges::find(holding.serials, serial) != holding.serials.end();
    };
    for (const std::vector<Holding>* holdings : {&view.file, &view.sent}) {
        const auto found = std::ranges::find_if(*holdings, has_serial);
        if (found != holdings->end()) {
            return {*found};
        }
    }
    if (view.restocking) {
        return lots_awaited(view);
    }
    std::vector<Holding> possible;
    for (const Holding& holding : view.file) {
        const Holding* counted = view.counted(holding.lot);
        const bool leaving = counted != nullptr && view.unusable(*counted);
        if (view.is_alike(holding) && !leaving && !view.taken_out(holding.lot)) {
            possible.push_back(holding);
        }
    }
    const auto add = [&](const Holding& holding) {
        if (view.is_alike(holding) && holding.quantity > 0 && !view.unusable(holding)
            && find_holding(possible, holding.lot) == nullptr) {
            possible.push_back(holding);
        }
    };
    std::for_each(view.known.holdings.begin(), view.known.holdings.end(), add);
    std::for_each(view.sent.begin(), view.sent.end(), add);
    return possible;
}

CountPlan plan_unit(const LineView& view, Batch batch) {
    const std::vector<Holding> possible = possible_lots(view, batch.serial);
    if (possible.size() > 1) {
        return which_of(possible);
    }
    if (possible.empty() && view.product.expires) {
        return needs_expiry("");
    }
    if (!possible.empty()) {
        batch.lot = possible.front().lot;
    }
    return plan_lot(view, batch);
}

} // namespace

CountPlan plan_count(const LineView& view, const Batch& batch) {
    if (const Holding* counted = view.with_serial(batch.serial)) {
        return counted_already(counted);
    }
    if (!batch.lot.empty() || batch.correction) {
        return plan_lot(view, batch);
    }
    if (batch.last_usable_day) {
        Batch named = batch;
        named.lot = lot_with_day(view, *batch.last_usable_day);
        return plan_lot(view, named);
    }
    return view.counts_units(batch.serial) ? plan_unit(view, batch) : plan_as_on_file(view, batch);
}

} // namespace cartwatch::readiness
