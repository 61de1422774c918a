#include "daemon/readiness/blind.hpp"
#include "daemon/readiness/choose_reading.hpp"
#include "daemon/readiness/count.hpp"
#include "daemon/readiness/count_place.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/first_to_use.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/look_alikes.hpp"
#include "daemon/readiness/put_in.hpp"
#include "daemon/readiness/unclear.hpp"
#include "daemon/readiness/verdict.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

bool is_done(const Turn& turn, const Line& line) {
    return is_settled(line, turn.progress);
}

void refuse_ended(
    Turn& turn, const Product& product, const Substitution& ended, const std::string& raw) {
    turn.note(Verdict::not_on_list, raw);
    turn.reply().verdict = Verdict::not_on_list;
    Values values{{"strength", product.strength}, {"until", day_text(ended.until)}};
    add_name(values, product.name);
    turn.say(ReplyKind::reject, "substitute_ended", std::move(values));
}

void refuse_not_listed(Turn& turn, const Product& product, const std::string& raw) {
    turn.note(Verdict::not_on_list, raw);
    turn.reply().verdict = Verdict::not_on_list;
    Values values{{"strength", product.strength}};
    add_name(values, product.name);
    if (const auto twin = twin_on_list(turn, product)) {
        add_name(values, twin->name, "listed");
        values["listed_strength"] = twin->strength;
        return turn.say(ReplyKind::reject, "not_on_list_lasa", std::move(values));
    }
    turn.say(ReplyKind::reject, "not_on_list", std::move(values));
}

void refuse_other_cart(Turn& turn, const LineView& view, const Cart& other, const Batch& batch) {
    turn.note(Verdict::wrong_cart, batch.raw, view.line.id);
    turn.reply().verdict = Verdict::wrong_cart;
    Values values = cart_values(other);
    add_name(values, view.product.name);
    turn.say(ReplyKind::reject, "wrong_cart", std::move(values));
}

// One lot of a line is one holding: units of two products cannot share its number.
bool is_lot_of_another(const LineView& view, const std::string& lot) {
    const auto is_other = [&](const Holding* holding) {
        return holding != nullptr && !view.is_alike(*holding);
    };
    return is_other(view.counted(lot)) || is_other(find_holding(view.there, lot));
}

bool counts_lot_of_another(const LineView& view, const CountPlan& plan) {
    return std::any_of(plan.counted.begin(), plan.counted.end(), [&](const Holding& holding) {
        return is_lot_of_another(view, holding.lot);
    });
}

void refuse_lot(Turn& turn, const LineView& view, const Batch& batch) {
    turn.note(Verdict::not_on_list, batch.raw, view.line.id);
    turn.reply().verdict = Verdict::not_on_list;
    Values values{{"lot", batch.lot}};
    add_name(values, view.product.name);
    turn.say(ReplyKind::reject, "lot_of_another", std::move(values));
}

std::optional<Day> earliest_day(const CountPlan& plan) {
    std::optional<Day> earliest = plan.last_usable_day;
    for (const Holding& holding : plan.counted) {
        if (holding.last_usable_day && (!earliest || *holding.last_usable_day < *earliest)) {
            earliest = holding.last_usable_day;
        }
    }
    return earliest;
}

ScanFacts facts_of(const Turn& turn, const LineView& view, const CountPlan& plan) {
    ScanFacts facts;
    const auto is_recalled = [&](const Holding& holding) { return view.recalled(holding.lot); };
    facts.recalled = view.recalled(plan.lot)
                     || std::any_of(plan.counted.begin(), plan.counted.end(), is_recalled);
    const std::optional<Day> day = earliest_day(plan);
    facts.expired = view.expired(day);
    facts.counted_already = plan.counted_already;
    facts.expiry_known = plan.expiry_known;
    facts.differs = plan.differs;
    facts.put_in = plan.put_in;
    if (day) {
        facts.days_left = days_between(turn.context.today, *day);
    }
    facts.shortest_life_days = turn.policy.shortest_life_days;
    const Day due = turn.context.working_day + std::chrono::days(turn.policy.check_interval_days);
    facts.days_to_supply = days_between(turn.context.today, due) + turn.policy.delivery_days;
    for (const int band : turn.policy.near_expiry_days) {
        facts.widest_band = std::max(facts.widest_band, band);
    }
    return facts;
}

std::string band_of(const Turn& turn, std::optional<int> days_left) {
    std::optional<int> narrowest;
    for (const int band : turn.policy.near_expiry_days) {
        if (days_left && *days_left >= 0 && *days_left <= band
            && (!narrowest || band < *narrowest)) {
            narrowest = band;
        }
    }
    return narrowest ? std::to_string(*narrowest) : std::string();
}

std::string lots_text(const std::vector<Holding>& holdings) {
    std::string lots;
    for (const Holding& holding : holdings) {
        lots += (lots.empty() || holding.lot.empty() ? "" : ", ") + holding.lot;
    }
    return lots;
}

// The sibling on the same cart that must not be mixed up with it.
void add_lasa(Values& values, const Turn& turn, const LineView& view) {
    const auto twin = twin_on_list(turn, view.product);
    add_name(values, twin ? twin->name : Name{}, "lasa");
}

// Of what is to go only that is named: a sound lot that was counted with it stays.
std::string lots_named(const LineView& view, const CountPlan& plan, Verdict verdict) {
    std::vector<Holding> named = plan.counted;
    std::erase_if(named, [&](const Holding& holding) {
        return (verdict == Verdict::recalled && !view.recalled(holding.lot))
               || (verdict == Verdict::expired && !view.expired(holding.last_usable_day));
    });
    return named.empty() ? plan.lot : lots_text(named);
}

// After the steps are recorded, so that the total holds them.
Values count_values(
    const Turn& turn, const LineView& view, const CountPlan& plan, const ScanFacts& facts) {
    Values values = line_values(turn, view.line);
    values["quantity"] = std::to_string(units_of(plan.counted));
    values["lot"] = lots_named(view, plan, verdict_of(facts));
    values["last_usable_day"] = day_text(earliest_day(plan));
    values["days_left"] = facts.days_left ? std::to_string(*facts.days_left) : std::string();
    values["band"] = band_of(turn, facts.days_left);
    values["old_lot"] = plan.old ? plan.old->lot : std::string();
    values["old_day"] = plan.old ? day_text(plan.old->last_usable_day) : std::string();
    values["also"] = further_verdicts(facts);
    add_lasa(values, turn, view);
    return values;
}

// Nothing is counted: a duplicate, or a date is missing.
void note_uncounted(Turn& turn, const LineView& view, const Batch& batch, Verdict verdict) {
    turn.note(verdict, batch.raw, view.line.id);
    turn.select_line(view.line.id, batch.lot);
    if (verdict == Verdict::needs_expiry) {
        turn.session().pending_raw = batch.raw;
        turn.session().pending_serial = batch.serial;
        turn.session().pending_substitute = batch.substitute;
        turn.session().pending_quantity = batch.quantity;
        turn.session().pending_damaged = batch.damaged;
    }
}

void record_counts(Turn& turn, const Line& line, const CountPlan& plan, const Batch& batch) {
    for (const Holding& holding : plan.counted) {
        turn.record(LineCounted{line.id, holding, batch.raw, batch.quantity.has_value()});
    }
    turn.select_line(line.id, plan.counted.size() == 1 ? plan.counted.front().lot : "");
}

} // namespace

void tell_beside(Values& values, Verdict verdict) {
    if (verdict != Verdict::ok && verdict != Verdict::duplicate) {
        const std::string also = values["also"];
        values["also"] = std::string(to_text(verdict)) + (also.empty() ? "" : " " + also);
    }
}

void say_substitute(Values& values, const Turn& turn, const LineView& view) {
    add_name(values, view.product.name, "substitute");
    for (const Substitution& one : turn.cart_substitutions()) {
        if (one.substitute == view.substitute && applies_to(one, turn.cart->id, view.line)) {
            values["warning"] = one.warning;
            values["until"] = day_text(one.until);
        }
    }
}

namespace {

void answer(
    Turn& turn, const LineView& view, const CountPlan& plan, const ScanFacts& facts, Values taken) {
    const Verdict verdict = verdict_of(facts);
    turn.reply().verdict = verdict;
    turn.reply().line = view.line.id;
    turn.reply().lot = plan.lot;
    turn.reply().last_usable_day = earliest_day(plan);
    Values values = count_values(turn, view, plan, facts);
    if (view.restocking) {
        return say_put_in(turn, view, verdict, std::move(values));
    }
    ReplyKind kind = kind_of(verdict);
    std::string message(to_text(verdict));
    if (!taken.empty()) {
        kind = ReplyKind::attention;
        message = "counted_replacement";
        values.merge(taken);
    } else if (verdict == Verdict::duplicate) {
        values["at"] = cartwatch::to_text(view.known.last_at);
        values["by"] = name_of_staff(turn.state, view.known.last_by);
    }
    const bool counted = verdict > Verdict::expired && verdict != Verdict::needs_expiry;
    const bool blind =
        counted && is_blind(turn.progress, view.line.id) && !is_done(turn, view.line);
    if (blind) {
        // Whatever else there is to say of it, first the number.
        tell_beside(values, verdict);
        for (const char* key : {"at", "by", "out_lots", "out_quantity"}) {
            values.erase(key);
        }
        kind = ReplyKind::attention;
        message = "blind_count";
    }
    if (!view.substitute.empty() && counted && verdict != Verdict::duplicate) {
        say_substitute(values, turn, view);
        kind = ReplyKind::attention;
        message = blind ? "blind_substitute" : "substitute_counted";
        if (!blind) {
            tell_beside(values, verdict);
            values.try_emplace("out_lots");
            values.try_emplace("out_quantity");
        }
    }
    if (message == "counted_replacement" && verdict != Verdict::new_lot) {
        tell_beside(values, verdict); // that it is another lot is what the message says
    }
    if (counted && message != to_text(Verdict::duplicate)) {
        add_no_first(values);
        if (plan.counted.size() == 1) {
            add_first_to_use(values, view, plan.counted.front());
        }
    }
    turn.say(kind, message, std::move(values));
}

// The pack waits; the lot that the person points at next is its own.
void ask_which_lot(Turn& turn, const LineView& view, const CountPlan& plan) {
    turn.reply().verdict = Verdict::needs_expiry;
    turn.reply().line = view.line.id;
    say_which_lot(turn, view.line, plan.choices, ReplyKind::attention);
}

} // namespace

void say_which_lot(Turn& turn, const Line& line, const std::vector<Holding>& lots, ReplyKind kind) {
    Values values = line_values(turn, line);
    std::string names;
    turn.session().lots_asked.clear();
    for (const Holding& holding : lots) {
        turn.session().lots_asked.push_back(holding.lot);
        names += (names.empty() ? "" : ", ") + std::to_string(turn.session().lots_asked.size())
                 + ") " + (holding.lot.empty() ? "–" : holding.lot);
    }
    values["lots"] = names;
    turn.say(kind, "which_lot", std::move(values));
}

namespace {

Values taken_values(const std::vector<Holding>& holdings) {
    return {
        {"out_quantity", std::to_string(units_of(holdings))}, {"out_lots", lots_text(holdings)}};
}

// What somebody said is out already, and a new lot takes the place of; empty: nothing is.
Values taken_out_before(const LineView& view) {
    if (view.known.taken_out.empty()) {
        return {};
    }
    std::vector<Holding> gone;
    for (const HoldingTakenOut& taken : view.known.taken_out) {
        Holding& holding = gone.emplace_back();
        holding.lot = taken.lot;
        holding.quantity = taken.quantity;
    }
    return taken_values(gone);
}

} // namespace

Values take_out(Turn& turn, const Line& line, const std::vector<Holding>& holdings) {
    for (const Holding& holding : holdings) {
        turn.record(HoldingTakenOut{line.id, holding.lot, holding.quantity});
    }
    return taken_values(holdings);
}

void count_batch(Turn& turn, const Line& line, const Batch& batch) {
    const LineView view(turn, line, batch.substitute);
    const Cart* other = other_cart_with(turn.node, *turn.cart, view.product.id, batch.serial);
    if (other != nullptr) {
        return refuse_other_cart(turn, view, *other, batch);
    }
    if (!batch.lot.empty() && is_lot_of_another(view, batch.lot)) {
        return refuse_lot(turn, view, batch);
    }
    const CountPlan plan = plan_count(view, batch);
    if (counts_lot_of_another(view, plan)) {
        return refuse_lot(turn, view, batch);
    }
    const ScanFacts facts = facts_of(turn, view, plan);
    const Verdict verdict = verdict_of(facts);
    Values taken;
    const bool stays_out = view.restocking && verdict <= Verdict::expired;
    if (plan.counted.empty() || stays_out) {
        note_uncounted(turn, view, batch, verdict);
    } else {
        std::vector<Holding> replaced = view.unusable_counted();
        // In a restock what lies there is to be taken out with it, by the command.
        std::erase_if(
            replaced, [&](const Holding& h) { return h.lot == plan.lot || view.restocking; });
        // A lot that lay there already replaces nothing: the expired one is still in the cart until
        // somebody says that it was taken out.
        if (verdict > Verdict::expired && !replaced.empty() && plan.put_in) {
            taken = take_out(turn, line, replaced);
        } else if (verdict > Verdict::expired && plan.put_in) {
            taken = taken_out_before(view);
        }
        record_counts(turn, line, plan, batch);
    }
    if (!plan.choices.empty()) {
        return ask_which_lot(turn, view, plan);
    }
    answer(turn, view, plan, facts, std::move(taken));
}

namespace {

Batch batch_of(const LineView& view, const codes::ScannedCode& code) {
    const Session& session = view.turn.decision.session;
    Batch batch;
    batch.lot = kept_text(code.lot, short_text_max);
    batch.last_usable_day = code.expiry;
    batch.serial = kept_text(serial_of(code), short_text_max);
    if (session.line == view.line.id && session.pending_substitute == view.substitute) {
        // Where each pack counts one, the number was of all of them, of which this is the first.
        const bool counts_one = session.pending_readings.empty() && view.counts_units(batch.serial);
        batch.quantity =
            counts_one ? std::nullopt : waiting_quantity(view.turn, view.line, batch.lot);
        batch.damaged = session.pending_damaged;
    }
    return batch;
}

} // namespace

void count_scan(Turn& turn, const Product& product, const Scan& scan) {
    const std::string& raw = scan.reading ? scan.reading->raw : scan.reading.error().raw;
    const Place place = place_for(turn, product, raw);
    if (place.line == nullptr) {
        return refuse_not_listed(turn, product, raw);
    }
    if (place.standing_in != nullptr && turn.context.today > place.standing_in->until) {
        return refuse_ended(turn, product, *place.standing_in, raw);
    }
    const std::string substitute = place.standing_in == nullptr ? "" : product.id;
    const LineView view(turn, *place.line, substitute);
    const auto meant = scan.reading ? meant_reading(view, *scan.reading) : std::nullopt;
    if (scan.reading && !meant) {
        return ask_which_reading(turn, view, *scan.reading);
    }
    const bool alike = turn.session().pending_substitute == substitute;
    if (meant && alike && settles_nothing(turn, *place.line, *meant)) {
        return ask_again(turn, view);
    }
    Batch batch = meant ? batch_of(view, *meant) : Batch();
    batch.raw = kept_text(raw, raw_bytes_max);
    batch.evidence = scan.typed ? Evidence::typed : Evidence::scanned;
    batch.substitute = substitute;
    count_batch(turn, *place.line, batch);
}

} // namespace cartwatch::readiness
