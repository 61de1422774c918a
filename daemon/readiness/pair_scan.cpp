#include "daemon/readiness/pair_scan.hpp"

#include "daemon/readiness/choose_reading.hpp"
#include "daemon/readiness/count.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/line_view.hpp"
#include "daemon/readiness/unclear.hpp"
#include "scanner/codes/pack.hpp"
#include "scanner/codes/settle.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// What the last scan on the current line was, and the steps that it took.
struct LastScan {
    std::string line;
    std::string raw; // empty: there is none
    std::vector<int> steps;
    std::string substitute; // what its pack is where it is not the line's own product
    SaidOfScan said;
    std::vector<std::string> lots_said; // of which something was said: the last word counts
};

const LineCounted* counted_on(const Step& step, const std::string& line) {
    const auto* counted = std::get_if<LineCounted>(&step.action);
    return counted != nullptr && counted->line == line ? counted : nullptr;
}

// A code that nothing has, or that could not be read: the third one on a pack, or a failed reading
// of it.
bool says_nothing(const StepAction& action) {
    const auto* noted = std::get_if<ScanNoted>(&action);
    return std::holds_alternative<CodeParked>(action)
           || (noted != nullptr
               && (noted->verdict == to_text(Verdict::unreadable)
                   || noted->verdict == to_text(Verdict::unknown_code)));
}

using LastSteps = std::vector<const Step*>;

// The steps at the end of the check that counted on this line: those of one scan, all of one
// moment, with what was said of them; the last one first. The same text scanned before was another
// pack.
LastSteps last_steps(const std::vector<Step>& steps, const std::string& line) {
    LastSteps found;
    const Step* scan = nullptr;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (step->undone) {
            continue;
        }
        if (says_nothing(step->action)) {
            continue;
        }
        const LineCounted* counted = counted_on(*step, line);
        const bool is_other =
            scan != nullptr && counted != nullptr
            && (step->at != scan->at || counted->raw != counted_on(*scan, line)->raw);
        if (counted == nullptr || is_other
            || (counted->raw.empty() && !counted->holding.quantity)) {
            break;
        }
        scan = counted->raw.empty() ? nullptr : &*step;
        found.push_back(&*step);
    }
    return scan == nullptr ? LastSteps() : found;
}

// Notes what this step says of the scan behind which it stands. False: it is of a lot that the scan
// did not count.
bool take_said(LastScan& last, const LineCounted& said, const std::vector<Holding>& scanned) {
    const Holding* of = find_holding(scanned, said.holding.lot);
    if (of == nullptr) {
        return false;
    }
    if (std::find(last.lots_said.begin(), last.lots_said.end(), of->lot) == last.lots_said.end()) {
        last.said.damaged += std::max(0, said.holding.damaged - of->damaged);
        last.lots_said.push_back(of->lot);
    }
    if (said.number_entered && !last.said.quantity) {
        last.said.quantity = said.holding.quantity;
        last.said.lot = said.holding.lot;
    }
    return true;
}

LastScan last_counted(const std::vector<Step>& steps, const std::string& line) {
    LastScan last;
    last.line = line;
    const LastSteps found = last_steps(steps, line);
    std::vector<Holding> scanned;
    for (const Step* step : found) {
        const LineCounted& counted = *counted_on(*step, line);
        if (!counted.raw.empty()) {
            last.raw = counted.raw;
            last.substitute = counted.holding.product;
            scanned.push_back(counted.holding);
        }
        last.steps.insert(last.steps.begin(), step->number);
    }
    const bool is_all_of_it = std::all_of(found.begin(), found.end(), [&](const Step* step) {
        const LineCounted& counted = *counted_on(*step, line);
        return !counted.raw.empty() || take_said(last, counted, scanned);
    });
    return is_all_of_it ? last : LastScan();
}

std::optional<LastScan> last_scan(const Turn& turn) {
    const Session& session = turn.decision.session;
    if (turn.check == nullptr || !counts_packs(turn.check->kind) || session.line.empty()) {
        return std::nullopt;
    }
    if (!session.pending_raw.empty()) {
        return LastScan{session.line, session.pending_raw, {}, session.pending_substitute, {}, {}};
    }
    LastScan last = last_counted(turn.check->steps, session.line);
    return last.raw.empty() ? std::nullopt : std::optional(std::move(last));
}

// Of several readings, the one whose lot lies on the line.
codes::Reading settled_on(const Line& line, const codes::Reading& reading) {
    if (!reading || reading->candidates.empty()) {
        return reading;
    }
    const auto one = codes::settled(*reading, [&](const codes::ScannedCode& code) {
        return !code.lot.empty() && find_holding(line.holdings, code.lot) != nullptr;
    });
    return one ? codes::Reading(*one) : reading;
}

const std::string& text_of(const codes::Reading& reading) {
    return reading ? reading->raw : reading.error().raw;
}

codes::ReadOptions options_for(const Turn& turn, bool sends_separators) {
    codes::ReadOptions options;
    options.as_of = turn.context.today;
    options.scanner.sends_separators = sends_separators;
    return options;
}

bool sends_separators(const codes::Reading& reading) {
    return reading ? reading->sends_separators : reading.error().sends_separators;
}

// Says more of the pack than which product it is, in one of its readings at least.
bool tells_of_pack(const codes::ScannedCode& code) {
    const std::vector<codes::ScannedCode> readings = codes::readings_of(code);
    return std::any_of(readings.begin(), readings.end(), [](const codes::ScannedCode& one) {
        return !one.lot.empty() || one.expiry || !one.serial.empty();
    });
}

// All readings of the second code name the product that the first one names, which is settled.
bool names_same_product(const codes::ScannedCode& first, const codes::ScannedCode& second) {
    const std::vector<codes::ScannedCode> readings = codes::readings_of(second);
    return std::all_of(readings.begin(), readings.end(), [&](const codes::ScannedCode& one) {
        return codes::product_named_by(one) == codes::product_named_by(first);
    });
}

// Whether the part may be of the pack that was counted just before: one that tells no lot, or this
// one. Then it waits for no other.
bool may_be_of_last(
    const Turn& turn, const codes::ScannedCode& part, const codes::ReadOptions& options) {
    const auto& steps = turn.check->steps;
    const auto last =
        std::find_if(steps.rbegin(), steps.rend(), [](const Step& step) { return !step.undone; });
    const auto* counted = last == steps.rend() ? nullptr : std::get_if<LineCounted>(&last->action);
    if (counted == nullptr || counted->raw.empty()) {
        return false;
    }
    const codes::Reading reading = codes::read(counted->raw, options);
    return (reading && !tells_of_pack(*reading)) || counted->holding.lot == part.lot;
}

void undo_steps(Turn& turn, const std::vector<int>& numbers) {
    Check check = *turn.check;
    for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
        turn.add(StepUndone{turn.check->id, *number, turn.check->checker});
        check.steps[static_cast<std::size_t>(*number) - 1].undone = true;
    }
    turn.progress = progress_of(check);
}

bool counted_lot(const Turn& turn, const PairedScan& pair) {
    const LineProgress known = progress_of_line(turn.progress, pair.line);
    const Holding* holding = find_holding(known.holdings, pair.reading->lot);
    return holding != nullptr && holding->quantity > 0
           && (!pair.reading->expiry || holding->last_usable_day == pair.reading->expiry);
}

// How many units of this lot a person said there are: the number was of all that the line has of
// the lot that the first code was taken for. Precondition: the first code's steps are undone.
std::optional<int> quantity_said(const Turn& turn, const PairedScan& pair, const std::string& lot) {
    if (!pair.said.quantity) {
        return turn.decision.session.pending_quantity;
    }
    const LineProgress known = progress_of_line(turn.progress, pair.line);
    const Holding* counted = find_holding(known.holdings, pair.said.lot);
    const int others = counted == nullptr || lot == pair.said.lot ? 0 : counted->quantity;
    return std::max(1, *pair.said.quantity - others);
}

} // namespace

std::optional<PairedScan> pair_with_last(const Turn& turn, const codes::Reading& reading) {
    const auto last = last_scan(turn);
    const Line* line = last ? find_line(*turn.cart, last->line) : nullptr;
    if (line == nullptr) {
        return std::nullopt;
    }
    codes::ReadOptions options = options_for(turn, sends_separators(reading));
    const codes::Reading first = codes::read(last->raw, options);
    if (!first || !first->lot.empty() || first->expiry || !first->candidates.empty()) {
        return std::nullopt;
    }
    options.after = &*first;
    const codes::Reading second = settled_on(*line, codes::read(text_of(reading), options));
    PairedScan pair{
        second,
        last->line,
        last->raw + "\n" + text_of(reading),
        last->steps,
        last->substitute,
        last->said};
    if (!second) {
        const bool is_of_another = second.error().rule == "bad_link_character";
        return is_of_another ? std::optional(std::move(pair)) : std::nullopt;
    }
    const auto both = codes::paired_readings(*first, *second);
    if (!both) {
        return std::nullopt;
    }
    pair.reading = *both;
    if (!both->candidates.empty()) {
        return pair; // whichever it is, it is of this pack
    }
    // Another pack's scan that lost its head looks like a second code. Its identifier, or HIBC's
    // link, proves that it is whole; else it counts where it was asked for, or changes nothing.
    const bool is_whole = !second->symbology.empty() || second->family == codes::Family::hibc;
    const bool is_asked_for = !turn.decision.session.pending_raw.empty();
    return is_whole || is_asked_for || counted_lot(turn, pair) ? std::optional(std::move(pair))
                                                               : std::nullopt;
}

namespace {

int damage_said(const Turn& turn, const PairedScan& pair) {
    return std::max(pair.said.damaged, turn.decision.session.pending_damaged);
}

void ask_which_pack(Turn& turn, const Line& line, const PairedScan& pair) {
    // Until it is said which, the pack's first code counts nothing: nor does it count twice.
    undo_steps(turn, pair.steps);
    codes::ScannedCode several = *pair.reading;
    several.raw = pair.raw;
    const std::optional<int> quantity = quantity_said(turn, pair, "");
    const int damaged = damage_said(turn, pair);
    ask_which_reading(turn, LineView(turn, line, pair.substitute), several);
    turn.session().pending_quantity = quantity;
    turn.session().pending_damaged = damaged;
}

// The pack was counted before, by its serial: what was said of it is of the lot that it is in.
void note_damage(Turn& turn, const Line& line, const std::string& serial, int damaged) {
    const LineView view(turn, line);
    const Holding* known = view.with_serial(serial);
    const Holding* held = known == nullptr ? nullptr : view.counted(known->lot);
    if (held != nullptr && damaged > 0) {
        Holding holding = *held;
        holding.damaged = std::min(holding.damaged + damaged, holding.quantity);
        turn.record(LineCounted{line.id, std::move(holding), ""});
    }
}

// In place of what the first code counted; where the pack is refused, that stays.
void count_in_place(Turn& turn, const Line& line, const PairedScan& pair, Batch batch) {
    const Decision before = turn.decision;
    const CheckProgress progress = turn.progress;
    const int steps = turn.steps;
    undo_steps(turn, pair.steps);
    batch.quantity = quantity_said(turn, pair, batch.lot);
    batch.damaged = damage_said(turn, pair);
    count_batch(turn, line, batch);
    const std::optional<Verdict> verdict = turn.reply().verdict;
    if (verdict == Verdict::duplicate) {
        note_damage(turn, line, batch.serial, batch.damaged);
    } else if (verdict == Verdict::not_on_list || verdict == Verdict::wrong_cart) {
        Reply reply = std::move(turn.reply());
        turn.decision = before;
        turn.progress = progress;
        turn.steps = steps;
        turn.reply() = std::move(reply);
        turn.note(*verdict, batch.raw, line.id);
    }
}

} // namespace

void count_pair(Turn& turn, const PairedScan& pair) {
    const Line& line = *find_line(*turn.cart, pair.line);
    if (!pair.reading->candidates.empty()) {
        return ask_which_pack(turn, line, pair);
    }
    Batch batch;
    batch.raw = kept_text(pair.raw, raw_bytes_max);
    batch.lot = kept_text(pair.reading->lot, short_text_max);
    batch.last_usable_day = pair.reading->expiry;
    batch.serial = kept_text(serial_of(*pair.reading), short_text_max);
    batch.substitute = pair.substitute;
    // A line that was counted as on file, this lot among others, is not emptied of the others.
    const LineView view(turn, line, pair.substitute);
    if (!view.counts_units(batch.serial) && counted_lot(turn, pair)) {
        batch.quantity = turn.session().pending_quantity;
        count_batch(turn, line, batch);
    } else {
        count_in_place(turn, line, pair, std::move(batch));
    }
}

bool is_part_to_hold(const Turn& turn, const codes::Reading& reading) {
    const codes::ReadOptions options = options_for(turn, sends_separators(reading));
    const auto part = codes::part_without_product(reading, options);
    const bool is_asked = turn.check != nullptr && counts_packs(turn.check->kind);
    if (!is_asked || !part || !turn.decision.session.pending_raw.empty()) {
        return false;
    }
    const std::vector<codes::ScannedCode> readings = codes::readings_of(*part);
    return std::all_of(readings.begin(), readings.end(), [&](const codes::ScannedCode& one) {
        return (!one.lot.empty() || one.expiry) && !may_be_of_last(turn, one, options);
    });
}

void hold_part(Turn& turn, const codes::Reading& reading) {
    const std::string& raw = text_of(reading);
    turn.note(Verdict::unclear, raw);
    turn.session().held = HeldPart{raw, sends_separators(reading), turn.context.now};
    turn.reply().verdict = Verdict::unclear;
    turn.say(ReplyKind::attention, "part_held", {{"text", kept_text(raw, raw_bytes_max)}});
}

std::optional<codes::Reading> pack_with_held(const Turn& turn, const codes::Reading& reading) {
    const bool is_in_time = turn.held && turn.context.now >= turn.held->at
                            && turn.context.now - turn.held->at <= held_part_longest;
    if (!is_in_time || !reading || !reading->candidates.empty() || tells_of_pack(*reading)) {
        return std::nullopt;
    }
    codes::ReadOptions options = options_for(turn, turn.held->sends_separators);
    options.after = &*reading;
    const codes::Reading part = codes::read(turn.held->raw, options);
    auto pack = part ? codes::paired_readings(*reading, *part) : std::nullopt;
    if (!pack) {
        return std::nullopt;
    }
    pack->raw = reading->raw + "\n" + turn.held->raw;
    return std::move(*pack);
}

std::optional<TwinScan>
twin_of_last(const Turn& turn, const Product& product, const codes::Reading& reading) {
    const Line* line = find_line(*turn.cart, turn.decision.session.line);
    if (line == nullptr || !reading || settles_nothing(turn, *line, *reading)) {
        return std::nullopt;
    }
    const LastScan last = last_counted(turn.check->steps, line->id);
    const std::string& counted = last.substitute.empty() ? line->product : last.substitute;
    if (last.raw.empty() || counted != product.id || last.raw == reading->raw) {
        return std::nullopt; // the same code again is another pack
    }
    const codes::Reading read = codes::read(last.raw, options_for(turn, reading->sends_separators));
    if (!read) {
        return std::nullopt;
    }
    const LineView view(turn, *line, last.substitute);
    const codes::ScannedCode first = meant_reading(view, *read).value_or(*read);
    const codes::ScannedCode second = meant_reading(view, *reading).value_or(*reading);
    TwinScan twin{
        {reading, line->id, last.raw + "\n" + reading->raw, last.steps, last.substitute, last.said},
        tells_of_pack(first)};
    if (twin.counted) {
        return !tells_of_pack(second) && names_same_product(second, first) ? std::optional(twin)
                                                                           : std::nullopt;
    }
    if (!tells_of_pack(second) || !names_same_product(first, second)) {
        return std::nullopt;
    }
    if (second.candidates.empty()) {
        const auto both = codes::paired(first, second);
        if (!both) {
            return std::nullopt;
        }
        twin.pair.reading = *both;
    }
    return twin;
}

void count_twin(Turn& turn, const TwinScan& twin) {
    if (!twin.counted) {
        return count_pair(turn, twin.pair);
    }
    const Line& line = *find_line(*turn.cart, twin.pair.line);
    const std::string_view raw = twin.pair.raw;
    turn.note(Verdict::duplicate, raw.substr(raw.find('\n') + 1), line.id);
    turn.reply().verdict = Verdict::duplicate;
    turn.reply().line = line.id;
    turn.say(ReplyKind::attention, "same_pack", line_values(turn, line));
}

} // namespace cartwatch::readiness
