#include "daemon/readiness/pair_scan.hpp"

#include "daemon/readiness/count.hpp"
#include "daemon/readiness/limits.hpp"
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
};

const std::string* counted_raw(const Step& step, const std::string& line) {
    const auto* counted = std::get_if<LineCounted>(&step.action);
    return counted != nullptr && counted->line == line && !counted->raw.empty() ? &counted->raw
                                                                                : nullptr;
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
        const std::string* raw = counted_raw(*step, line);
        if (raw == nullptr || (at && (step->at != *at || *raw != last.raw))) {
            break;
        }
        at = step->at;
        last.raw = *raw;
        last.steps.insert(last.steps.begin(), step->number);
    }
    return last;
}

std::optional<LastScan> last_scan(const Turn& turn) {
    const Session& session = turn.decision.session;
    if (turn.check == nullptr || session.line.empty()) {
        return std::nullopt;
    }
    if (!session.pending_raw.empty()) {
        return LastScan{session.line, session.pending_raw, {}};
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
    codes::ReadOptions options;
    options.as_of = turn.context.today;
    const codes::Reading first = codes::read(last->raw, options);
    if (!first || !first->lot.empty() || first->expiry || !first->candidates.empty()) {
        return std::nullopt;
    }
    options.after = &*first;
    const codes::Reading second = settled_on(*line, codes::read(text_of(reading), options));
    PairedScan pair{second, last->line, last->raw + "\n" + text_of(reading), last->steps};
    if (!second) {
        const bool is_of_another = second.error().rule == "bad_link_character";
        return is_of_another ? std::optional(std::move(pair)) : std::nullopt;
    }
    const auto both =
        codes::is_part_of_pack(*second) ? codes::paired(*first, *second) : std::nullopt;
    if (!both) {
        return std::nullopt;
    }
    pair.reading = *both;
    // Another pack's scan that lost its head looks like a second code. Its identifier, or HIBC's
    // link, proves that it is whole; else it counts where it was asked for, or changes nothing.
    const bool is_whole = !second->symbology.empty() || second->family == codes::Family::hibc;
    const bool is_asked_for = !turn.decision.session.pending_raw.empty();
    return is_whole || is_asked_for || counted_lot(turn, pair) ? std::optional(std::move(pair))
                                                               : std::nullopt;
}

void count_pair(Turn& turn, const PairedScan& pair) {
    const Line& line = *find_line(*turn.cart, pair.line);
    // A line that was counted as on file, this lot among others, is not emptied of the others.
    const bool confirms = !LineView(turn, line).by_unit && counted_lot(turn, pair);
    if (!confirms) {
        undo_steps(turn, pair.steps);
    }
    Batch batch;
    batch.raw = kept_text(pair.raw, raw_bytes_max);
    batch.lot = kept_text(pair.reading->lot, short_text_max);
    batch.last_usable_day = pair.reading->expiry;
    batch.serial = kept_text(serial_of(*pair.reading), short_text_max);
    batch.quantity = turn.session().pending_quantity;
    count_batch(turn, line, batch);
}

} // namespace cartwatch::readiness
