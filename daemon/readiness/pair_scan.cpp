#include "daemon/readiness/pair_scan.hpp"

#include "daemon/readiness/choose_reading.hpp"
#include "daemon/readiness/count.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/line_view.hpp"
#include "scanner/codes/pack.hpp"
#include "scanner/codes/settle.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// What the last scan on the current line was, and the steps that it took.
struct LastScan {
    std::string line;
    std::string raw;
    std::vector<int> steps;
    std::string substitute; // what its pack is where it is not the line's own product
};

const LineCounted* counted_by_scan(const Step& step, const std::string& line) {
    const auto* counted = std::get_if<LineCounted>(&step.action);
    return counted != nullptr && counted->line == line && !counted->raw.empty() ? counted : nullptr;
}

// The steps at the end of the check that one scan of this line took: all of one moment. The same
// text scanned before was another pack.
LastScan last_counted(const std::vector<Step>& steps, const std::string& line) {
    LastScan last;
    last.line = line;
    std::optional<Instant> at;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (step->undone) {
            continue;
        }
        const LineCounted* counted = counted_by_scan(*step, line);
        if (counted == nullptr || (at && (step->at != *at || counted->raw != last.raw))) {
            break;
        }
        at = step->at;
        last.raw = counted->raw;
        last.substitute = counted->holding.product;
        last.steps.insert(last.steps.begin(), step->number);
    }
    return last;
}

std::optional<LastScan> last_scan(const Turn& turn) {
    const Session& session = turn.decision.session;
    if (turn.check == nullptr || !asks_for_lines(turn.check->kind) || session.line.empty()) {
        return std::nullopt;
    }
    if (!session.pending_raw.empty()) {
        return LastScan{session.line, session.pending_raw, {}, session.pending_substitute};
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

// Says more of the pack than which product it is.
bool tells_of_pack(const codes::ScannedCode& code) {
    return !code.lot.empty() || code.expiry || !code.serial.empty();
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
        second, last->line, last->raw + "\n" + text_of(reading), last->steps, last->substitute};
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

void count_pair(Turn& turn, const PairedScan& pair) {
    const Line& line = *find_line(*turn.cart, pair.line);
    if (!pair.reading->candidates.empty()) {
        codes::ScannedCode several = *pair.reading;
        several.raw = pair.raw;
        return ask_which_reading(turn, LineView(turn, line, pair.substitute), several);
    }
    // A line that was counted as on file, this lot among others, is not emptied of the others.
    const LineView view(turn, line, pair.substitute);
    const bool confirms = !view.by_unit && counted_lot(turn, pair);
    if (!confirms) {
        undo_steps(turn, pair.steps);
    }
    Batch batch;
    batch.raw = kept_text(pair.raw, raw_bytes_max);
    batch.lot = kept_text(pair.reading->lot, short_text_max);
    batch.last_usable_day = pair.reading->expiry;
    batch.serial = kept_text(serial_of(*pair.reading), short_text_max);
    batch.quantity = turn.session().pending_quantity;
    batch.substitute = pair.substitute;
    count_batch(turn, line, batch);
}

bool is_part_to_hold(const Turn& turn, const codes::Reading& reading) {
    const codes::ReadOptions options = options_for(turn, sends_separators(reading));
    const auto part = codes::part_without_product(reading, options);
    const bool is_asked = turn.check != nullptr && asks_for_lines(turn.check->kind);
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
    if (line == nullptr || line->count_by != CountBy::unit || !reading
        || !reading->candidates.empty() || settles_nothing(turn, *line, *reading)) {
        return std::nullopt;
    }
    const LastScan last = last_counted(turn.check->steps, line->id);
    const std::string& counted = last.substitute.empty() ? line->product : last.substitute;
    if (last.steps.empty() || counted != product.id || last.raw == reading->raw) {
        return std::nullopt; // the same code again is another pack
    }
    const codes::Reading first =
        codes::read(last.raw, options_for(turn, reading->sends_separators));
    if (!first || !first->candidates.empty() || tells_of_pack(*first) == tells_of_pack(*reading)) {
        return std::nullopt;
    }
    const auto both = codes::paired(*first, *reading);
    if (!both || codes::product_named_by(*first) != codes::product_named_by(*reading)) {
        return std::nullopt;
    }
    return TwinScan{
        {*both, line->id, last.raw + "\n" + reading->raw, last.steps, last.substitute},
        tells_of_pack(*first)};
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
