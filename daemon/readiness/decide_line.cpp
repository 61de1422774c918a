#include "daemon/readiness/choose_reading.hpp"
#include "daemon/readiness/count.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/first_to_use.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/put_in.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// The line that a command names, or the current one. nullptr: the reply says what is missing.
const Line* line_meant(Turn& turn, const std::string& named) {
    if (turn.check == nullptr) {
        turn.say(ReplyKind::reject, "scan_cart_first");
        return nullptr;
    }
    if (refuse_lines(turn)) {
        return nullptr;
    }
    const std::string& id = named.empty() ? turn.session().line : named;
    if (id.empty() || (named.empty() && turn.session().line_unseen)) {
        turn.say(ReplyKind::reject, "no_current_line");
        return nullptr;
    }
    const Line* line = find_line(*turn.cart, id);
    if (line == nullptr) {
        turn.say(ReplyKind::reject, "unknown_line", {{"line", kept_text(id, short_text_max)}});
    } else if (id != turn.session().line) {
        turn.select_line(id);
    }
    return line;
}

void speak_of(Turn& turn, const Line& line, const std::string& lot) {
    turn.reply().line = line.id;
    turn.reply().lot = lot;
}

Values lot_values(const Turn& turn, const Line& line, const Holding& holding) {
    Values values = line_values(turn, line);
    values["lot"] = holding.lot;
    values["last_usable_day"] = day_text(holding.last_usable_day);
    return values;
}

// The lots that a number or a command may speak of: counted in this check, and what is on file and
// was not spoken of.
std::vector<Holding> lots_of(const LineView& view) {
    std::vector<Holding> lots = view.known.holdings;
    for (const Holding& filed : view.file) {
        if (!view.taken_out(filed.lot) && find_holding(lots, filed.lot) == nullptr) {
            lots.push_back(filed);
        }
    }
    return lots.empty() ? view.sent_all : lots;
}

int counted_beside(const LineView& view, const std::optional<Holding>& lot) {
    int units = 0;
    for (const Holding& holding : view.known.holdings) {
        units += lot && lot->lot == holding.lot ? 0 : holding.quantity;
    }
    return units;
}

// The current lot where there is one of that name, or the only one.
std::optional<Holding> lot_meant(Turn& turn, const std::vector<Holding>& lots) {
    if (lots.size() == 1) {
        return lots.front();
    }
    const Holding* current = find_holding(lots, turn.session().lot);
    return current == nullptr ? std::nullopt : std::optional(*current);
}

void ask_which_lot(Turn& turn, const Line& line, const std::vector<Holding>& lots) {
    speak_of(turn, line, "");
    say_which_lot(turn, line, lots, ReplyKind::reject);
}

void say_missing(Turn& turn, const Line& line) {
    turn.record(LineMissing{line.id});
    turn.select_line(line.id);
    speak_of(turn, line, "");
    turn.say(ReplyKind::attention, "line_missing", line_values(turn, line));
}

// How the count is known: by the scan that it follows, else by the label on its place.
Evidence evidence_of(Turn& turn, const LineView& view, const std::string& lot) {
    if (const Holding* counted = find_holding(view.known.holdings, lot)) {
        return counted->evidence;
    }
    return turn.session().slot ? Evidence::slot : Evidence::typed;
}

// What the lot is, and the pharmacy's warning, where it lies in place of the line's own product.
void add_substitute(Values& values, const Turn& turn, const Line& line, const Holding& holding) {
    for (const char* name : {"substitute", "substitute_en", "until", "warning"}) {
        values[name].clear();
    }
    if (!holding.product.empty()) {
        say_substitute(values, turn, LineView(turn, line, holding.product));
    }
}

void set_quantity(Turn& turn, const LineView& view, Holding holding, int quantity) {
    if (view.restocking && quantity > 0 && view.unusable(holding)) {
        return refuse_put_in(turn, view, holding);
    }
    holding.evidence = evidence_of(turn, view, holding.lot);
    holding.quantity = quantity;
    holding.damaged = std::min(holding.damaged, quantity);
    holding.seen_at = turn.context.now;
    if (find_holding(view.known.holdings, holding.lot) == nullptr || quantity == 0) {
        holding.serials.clear(); // packs that nobody saw in this check
    }
    const Holding counted = holding;
    Values values = lot_values(turn, view.line, holding);
    values["quantity"] = std::to_string(quantity);
    const bool usable = !view.unusable(holding);
    turn.record(LineCounted{view.line.id, std::move(holding), "", true});
    const bool slot = turn.session().slot;
    turn.select_line(view.line.id, counted.lot);
    turn.session().slot = slot;
    turn.session().slot_counted = slot;
    const int total = units_of(progress_of_line(turn.progress, view.line.id).holdings);
    values["total"] = std::to_string(total);
    speak_of(turn, view.line, counted.lot);
    turn.reply().last_usable_day = counted.last_usable_day;
    add_substitute(values, turn, view.line, counted);
    if (view.restocking) {
        return say_put_in_number(turn, view, std::move(values));
    }
    const bool plain = usable && total == view.line.par && counted.product.empty();
    if (usable && quantity > 0) {
        add_first_to_use(values, view, counted);
    } else {
        add_no_first(values);
    }
    turn.say(plain ? ReplyKind::accept : ReplyKind::attention, "quantity_set", std::move(values));
}

bool knows_lot(const LineView& view, const std::string& lot) {
    return view.counted(lot) != nullptr || view.filed(lot) != nullptr
           || view.announced(lot) != nullptr;
}

// What a lot that somebody names without a pack in hand is of: a substitute, or, empty, the line's
// own product.
std::string product_of_lot(const LineView& view, const std::string& lot) {
    const Holding* known = view.counted(lot) != nullptr ? view.counted(lot) : view.filed(lot);
    known = known != nullptr ? known : find_holding(view.sent_all, lot);
    return known == nullptr ? std::string() : known->product;
}

void ask_for_expiry(Turn& turn, const Line& line, std::optional<int> quantity) {
    const bool slot = turn.session().slot;
    // A new lot of what is current: a substitute stays one.
    const std::string product = turn.session().line == line.id
                                    ? product_of_lot(LineView(turn, line), turn.session().lot)
                                    : std::string();
    turn.select_line(line.id);
    turn.session().slot = slot;
    turn.session().pending_substitute = product;
    turn.session().pending_quantity = quantity;
    speak_of(turn, line, "");
    turn.say(ReplyKind::attention, "enter_expiry", line_values(turn, line));
}

void mark_damaged(Turn& turn, const Line& line, std::optional<int> quantity) {
    const LineView view(turn, line);
    const auto meant = lot_meant(turn, view.known.holdings);
    speak_of(turn, line, turn.session().lot);
    if (!view.anything_counted()) {
        const auto message = view.restocking ? "restock_damaged" : "nothing_counted";
        return turn.say(ReplyKind::reject, message, line_values(turn, line));
    }
    if (!meant) {
        return ask_which_lot(turn, line, view.known.holdings);
    }
    if (view.restocking) {
        return leave_out_damaged(turn, view, *meant, quantity.value_or(1));
    }
    Holding holding = *meant;
    holding.damaged = std::min(quantity.value_or(holding.damaged + 1), holding.quantity);
    Values values = lot_values(turn, line, holding);
    values["quantity"] = std::to_string(holding.damaged);
    turn.record(LineCounted{line.id, holding, ""});
    turn.select_line(line.id, holding.lot);
    speak_of(turn, line, holding.lot);
    turn.say(ReplyKind::attention, "damaged_set", std::move(values));
}

// What the calendar or a recall says is to go: counted in this check, or on file and not counted.
std::vector<Holding> to_take_out(const LineView& view) {
    if (view.restocking) {
        return unusable_after_restock(view);
    }
    std::vector<Holding> found = view.unusable_counted();
    for (const Holding& filed : view.file) {
        if (view.unusable(filed) && !view.taken_out(filed.lot)
            && find_holding(view.known.holdings, filed.lot) == nullptr && !view.known.missing) {
            found.push_back(filed);
        }
    }
    return found;
}

// The pack that waited for a date is of this lot.
void count_waiting(Turn& turn, const Line& line, const std::string& lot, const Session& waiting) {
    Batch batch;
    batch.lot = lot;
    batch.raw = waiting.pending_raw;
    batch.serial = waiting.pending_serial;
    batch.quantity = waiting.pending_quantity;
    batch.damaged = waiting.pending_damaged;
    batch.substitute = waiting.pending_substitute;
    count_batch(turn, line, batch);
}

bool is_quantity(Turn& turn, int quantity) {
    if (quantity >= 0 && quantity <= quantity_max) {
        return true;
    }
    turn.say(
        ReplyKind::reject,
        "quantity_out_of_range",
        {{"quantity", std::to_string(quantity)}, {"limit", std::to_string(quantity_max)}});
    return false;
}

// Nothing of the lot was put in after all.
void put_in_none(Turn& turn, const LineView& view, const std::optional<Holding>& lot) {
    if (!view.anything_counted()) {
        return turn.say(ReplyKind::attention, "restock_none", line_values(turn, view.line));
    }
    if (!lot) {
        return ask_which_lot(turn, view.line, view.known.holdings);
    }
    set_quantity(turn, view, *lot, 0);
}

} // namespace

void decide_on(Turn& turn, const SelectLine& command) {
    if (is_use(turn) && find_line(*turn.cart, command.line) != nullptr) {
        return ask_for_used(turn, *find_line(*turn.cart, command.line));
    }
    const Session waiting = turn.session();
    const Line* line = line_meant(turn, command.line);
    if (line == nullptr) {
        return;
    }
    const LineView view(turn, *line);
    const LineView pack(turn, *line, waiting.pending_substitute);
    const bool lot_asked = waiting.line == line->id && !waiting.pending_raw.empty()
                           && waiting.pending_readings.empty();
    if (lot_asked && knows_lot(pack, command.lot)) {
        return count_waiting(turn, *line, command.lot, waiting);
    }
    const std::vector<Holding> lots = lots_of(view);
    const bool has_lot = find_holding(lots, command.lot) != nullptr;
    turn.select_line(line->id, has_lot ? command.lot : "");
    if (!has_lot && command.lot.empty() && lots.size() == 1) {
        turn.session().lot = lots.front().lot;
    }
    speak_of(turn, *line, turn.session().lot);
    turn.say(
        ReplyKind::command,
        view.restocking ? "enter_put_in" : "enter_quantity",
        line_values(turn, *line));
}

void choose_slot(Turn& turn, const Line& line) {
    decide_on(turn, SelectLine{line.id, ""});
    turn.session().slot = true;
}

void decide_on(Turn& turn, const EnterQuantity& command) {
    if (is_use(turn)) {
        return use_quantity(turn, command.quantity, command.line);
    }
    if (!is_quantity(turn, command.quantity)) {
        return;
    }
    if (command.line.empty() && took_as_reading(turn, command.quantity)) {
        return;
    }
    const Line* line = line_meant(turn, command.line);
    if (line == nullptr) {
        return;
    }
    const LineView view(turn, *line);
    const std::vector<Holding> lots = lots_of(view);
    const auto meant = lot_meant(turn, lots);
    const bool pending = !turn.session().pending_raw.empty() || turn.session().pending_new_lot;
    if (view.restocking && command.quantity == 0) {
        return put_in_none(turn, view, meant);
    }
    if (command.quantity == 0 && counted_beside(view, meant) == 0) {
        return say_missing(turn, *line);
    }
    if (!turn.session().pending_readings.empty()) {
        turn.session().pending_quantity = command.quantity; // of the pack that is asked about
        return ask_again(turn, LineView(turn, *line, turn.session().pending_substitute));
    }
    if (pending || (lots.empty() && view.product.expires)) {
        // The number is for the pack whose date is not known yet.
        Session waiting = turn.session();
        ask_for_expiry(turn, *line, command.quantity);
        turn.session().lot = waiting.lot;
        turn.session().pending_raw = waiting.pending_raw;
        turn.session().pending_serial = waiting.pending_serial;
        turn.session().pending_substitute = waiting.pending_substitute;
        turn.session().pending_damaged = waiting.pending_damaged;
        turn.session().pending_new_lot = waiting.pending_new_lot;
        return;
    }
    if (!meant && !lots.empty()) {
        return ask_which_lot(turn, *line, lots);
    }
    const Holding holding = meant.value_or(Holding{});
    if (!view.says_when(holding.last_usable_day)) {
        return ask_for_expiry(turn, *line, command.quantity);
    }
    set_quantity(turn, view, holding, command.quantity);
}

void decide_on(Turn& turn, const MarkMissing& command) {
    if (is_restock(turn)) {
        return turn.say(ReplyKind::reject, "restock_not_missing");
    }
    if (command.line.empty() && !turn.session().device.empty()) {
        return miss_device(turn);
    }
    if (const Line* line = line_meant(turn, command.line)) {
        say_missing(turn, *line);
    }
}

void decide_on(Turn& turn, const MarkDamaged& command) {
    if (!is_quantity(turn, command.quantity)) {
        return;
    }
    if (const Line* line = line_meant(turn, command.line)) {
        mark_damaged(turn, *line, command.quantity);
    }
}

void add_damaged(Turn& turn) {
    if (const Line* line = line_meant(turn, "")) {
        mark_damaged(turn, *line, std::nullopt);
    }
}

void decide_on(Turn& turn, const TakeOutExpired& command) {
    const Line* line = line_meant(turn, command.line);
    if (line == nullptr) {
        return;
    }
    const LineView view(turn, *line);
    const std::vector<Holding> leaving = to_take_out(view);
    speak_of(turn, *line, "");
    if (leaving.empty()) {
        return turn.say(ReplyKind::attention, "nothing_expired", line_values(turn, *line));
    }
    Values taken = take_out(turn, *line, leaving);
    turn.select_line(line->id);
    Values values = line_values(turn, *line);
    values.merge(taken);
    turn.say(ReplyKind::attention, "taken_out", std::move(values));
}

void decide_on(Turn& turn, const EnterExpiry& command) {
    const Line* line = line_meant(turn, command.line);
    if (line == nullptr) {
        return;
    }
    if (command.lot.size() > short_text_max || !is_utf8(command.lot)) {
        return turn.say(
            ReplyKind::reject, "lot_refused", {{"limit", std::to_string(short_text_max)}});
    }
    const Session session = turn.session();
    const LineView view(turn, *line);
    const bool waiting = !session.pending_raw.empty() || session.pending_quantity.has_value();
    Batch batch;
    batch.lot = command.lot.empty() ? session.lot : command.lot;
    batch.last_usable_day = command.last_usable_day;
    batch.serial = session.pending_serial;
    const bool known =
        knows_lot(view, batch.lot) || find_holding(view.sent_all, batch.lot) != nullptr;
    batch.substitute = session.pending_raw.empty() && known ? product_of_lot(view, batch.lot)
                                                            : session.pending_substitute;
    batch.raw = session.pending_raw;
    batch.quantity = session.pending_quantity;
    batch.damaged = session.pending_damaged;
    batch.evidence = session.slot && session.pending_quantity ? Evidence::slot : Evidence::typed;
    const Holding* counted = view.counted(batch.lot);
    batch.correction = !waiting && counted != nullptr;
    const bool replaces = batch.correction && command.lot.empty() && view.unusable(*counted)
                          && !view.expired(command.last_usable_day);
    if (replaces) {
        batch.lot.clear(); // the date is the replacement's, not that of what is to go
        batch.correction = false;
    }
    count_batch(turn, *line, batch);
}

void ask_for_new_lot(Turn& turn) {
    if (const Line* line = line_meant(turn, "")) {
        ask_for_expiry(turn, *line, std::nullopt);
        turn.session().pending_new_lot = true;
        turn.reply().kind = ReplyKind::command;
    }
}

} // namespace cartwatch::readiness
