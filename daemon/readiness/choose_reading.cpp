#include "daemon/readiness/choose_reading.hpp"

#include "daemon/readiness/count.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/unclear.hpp"
#include "scanner/codes/pack.hpp"

#include <algorithm>
#include <iterator>

namespace cartwatch::readiness {

namespace {

void ask(Turn& turn, const LineView& view) {
    turn.reply().verdict = Verdict::unclear;
    turn.reply().line = view.line.id;
    turn.reply().readings = turn.session().pending_readings;
    Values values{{"readings", readings_text(turn.session().pending_readings)}};
    add_name(values, view.product.name);
    turn.say(ReplyKind::reject, "unclear_code", std::move(values));
}

// The line of the pack that is asked about. nullptr: nothing is, or the check does not count it: it
// was turned to another kind meanwhile, or the list was changed.
const Line* line_asked_about(const Turn& turn) {
    const Session& session = turn.decision.session;
    const bool asked = !session.pending_readings.empty() && turn.check != nullptr
                       && counts_packs(turn.check->kind);
    return asked ? find_line(*turn.cart, session.line) : nullptr;
}

bool names(const codes::ScannedCode& part, const PackReading& reading) {
    return kept_text(part.lot, short_text_max) == reading.lot
           && (!part.expiry || part.expiry == reading.last_usable_day);
}

} // namespace

// What the person keys in next, lot and date, is of this pack, too.
void ask_which_reading(Turn& turn, const LineView& view, const codes::ScannedCode& code) {
    turn.note(Verdict::unclear, code.raw, view.line.id);
    turn.select_line(view.line.id);
    turn.session().pending_raw = kept_text(code.raw, raw_bytes_max);
    turn.session().pending_substitute = view.substitute;
    turn.session().pending_readings = pack_readings(view, code);
    ask(turn, view);
}

void ask_again(Turn& turn, const LineView& view) {
    ask(turn, view);
}

bool settles_nothing(const Turn& turn, const Line& line, const codes::ScannedCode& code) {
    const Session& session = turn.decision.session;
    return !session.pending_readings.empty() && session.line == line.id && code.lot.empty()
           && !code.expiry;
}

std::optional<PackReading> proved_by(const Turn& turn, const codes::Reading& reading) {
    const Session& session = turn.decision.session;
    if (line_asked_about(turn) == nullptr) {
        return std::nullopt;
    }
    codes::ReadOptions options;
    options.as_of = turn.context.today;
    options.scanner.sends_separators =
        reading ? reading->sends_separators : reading.error().sends_separators;
    const codes::Reading first = codes::read(session.pending_raw, options);
    if (!first) {
        return std::nullopt;
    }
    options.after = &*first;
    const codes::Reading second =
        codes::read(reading ? reading->raw : reading.error().raw, options);
    if (!second || second->lot.empty() || !codes::is_part_of_pack(*second)) {
        return std::nullopt;
    }
    std::vector<PackReading> named;
    std::copy_if(
        session.pending_readings.begin(),
        session.pending_readings.end(),
        std::back_inserter(named),
        [&](const PackReading& waiting) { return names(*second, waiting); });
    return named.size() == 1 ? std::optional(named.front()) : std::nullopt;
}

std::optional<int> waiting_quantity(const Turn& turn, const Line& line, const std::string& lot) {
    const Session& session = turn.decision.session;
    const auto& waiting = session.pending_readings;
    const bool is_meant =
        waiting.empty() || std::any_of(waiting.begin(), waiting.end(), [&](const auto& reading) {
            return reading.lot == lot;
        });
    return session.line == line.id && is_meant ? session.pending_quantity : std::nullopt;
}

void count_reading(Turn& turn, const PackReading& reading, Evidence evidence) {
    const Session& session = turn.session();
    Batch batch;
    batch.lot = reading.lot;
    batch.last_usable_day = reading.last_usable_day;
    batch.serial = reading.serial;
    batch.raw = session.pending_raw;
    batch.quantity = session.pending_quantity;
    batch.damaged = session.pending_damaged;
    batch.substitute = session.pending_substitute;
    batch.evidence = evidence;
    count_batch(turn, *line_asked_about(turn), batch);
}

void decide_on(Turn& turn, const ChooseReading& command) {
    const std::vector<PackReading>& waiting = turn.session().pending_readings;
    if (turn.check == nullptr) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    if (refuse_lines(turn)) {
        return;
    }
    if (line_asked_about(turn) == nullptr || turn.session().line_unseen
        || std::find(waiting.begin(), waiting.end(), command.reading) == waiting.end()) {
        return turn.say(ReplyKind::reject, "no_such_reading");
    }
    count_reading(turn, command.reading, Evidence::typed);
}

} // namespace cartwatch::readiness
