#include "daemon/readiness/put_in.hpp"

#include "daemon/readiness/count.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/first_to_use.hpp"
#include "daemon/readiness/restock.hpp"

#include <algorithm>
#include <iterator>

namespace cartwatch::readiness {

namespace {

std::vector<Holding> lying_then(const Turn& turn, const Line& line) {
    return line_after_restock(line, progress_of_line(turn.progress, line.id)).holdings;
}

int missing_from(const Turn& turn, const Line& line) {
    return line.par - units_of(lying_then(turn, line));
}

// More than there is room for; which lot is to be used before this one. Remarks, nothing more.
void add_remarks(Values& values, const LineView& view) {
    const int surplus = -missing_from(view.turn, view.line);
    values["surplus"] = surplus > 0 ? std::to_string(surplus) : std::string();
    Holding in_hand;
    in_hand.lot = view.turn.decision.reply.lot;
    in_hand.last_usable_day = view.turn.decision.reply.last_usable_day;
    add_first_to_use(values, view, in_hand);
}

void say_kept_out(Turn& turn, Verdict verdict, Values values) {
    std::erase_if(values, [](const auto& value) {
        static constexpr std::string_view of_counts[] = {
            "also", "band", "days_left", "lasa", "lasa_en", "old_day", "old_lot", "quantity"};
        return std::ranges::find(of_counts, value.first) != std::end(of_counts);
    });
    turn.say(
        ReplyKind::reject,
        verdict == Verdict::recalled ? "restock_recalled" : "restock_expired",
        std::move(values));
}

// The pharmacy's word has ended, or was taken back.
void keep_out_ended(Turn& turn, const LineView& packs) {
    Values values{{"strength", packs.product.strength}};
    add_name(values, packs.product.name);
    const auto until = allowed_until(packs.line, packs.substitute, turn.cart_substitutions());
    if (!until) {
        return turn.say(ReplyKind::reject, "not_on_list", std::move(values));
    }
    values["until"] = day_text(until);
    turn.say(ReplyKind::reject, "substitute_ended", std::move(values));
}

} // namespace

const Line* line_to_fill(const Turn& turn, const std::vector<const Line*>& lines) {
    const Line* found = nullptr;
    for (const Line* line : lines) {
        const bool current = line->id == turn.decision.session.line;
        if (current && turn.decision.session.slot) {
            return line;
        }
        const bool shorter = found != nullptr && missing_from(turn, *found) <= 0
                             && (missing_from(turn, *line) > 0 || current);
        const bool goes_on = current && missing_from(turn, *line) > 0;
        if (found == nullptr || shorter || goes_on) {
            found = line;
        }
    }
    return found;
}

void say_put_in(Turn& turn, const LineView& view, Verdict verdict, Values values) {
    if (verdict <= Verdict::expired) {
        return say_kept_out(turn, verdict, std::move(values));
    }
    if (verdict == Verdict::duplicate) {
        return turn.say(ReplyKind::attention, "restock_in_already", std::move(values));
    }
    if (verdict == Verdict::needs_expiry) {
        return turn.say(ReplyKind::attention, "needs_expiry", std::move(values));
    }
    tell_beside(values, verdict);
    add_remarks(values, view);
    const bool plain = verdict == Verdict::ok && values["surplus"].empty();
    if (view.substitute.empty()) {
        return turn.say(
            plain ? ReplyKind::accept : ReplyKind::attention, "put_in", std::move(values));
    }
    values["until"];
    values["warning"];
    say_substitute(values, turn, view);
    turn.say(ReplyKind::attention, "put_in_substitute", std::move(values));
}

void say_put_in_number(Turn& turn, const LineView& view, Values values) {
    values["total"] = std::to_string(units_of(lying_then(turn, view.line)));
    add_remarks(values, view);
    const bool plain = values["surplus"].empty() && values["substitute"].empty();
    turn.say(plain ? ReplyKind::accept : ReplyKind::attention, "put_in_number", std::move(values));
}

void refuse_put_in(Turn& turn, const LineView& view, const Holding& holding) {
    turn.reply().line = view.line.id;
    turn.reply().lot = holding.lot;
    const LineView packs(turn, view.line, holding.product);
    if (!packs.recalled(holding.lot) && !packs.expired(holding.last_usable_day)) {
        return keep_out_ended(turn, packs);
    }
    Values values = line_values(turn, view.line);
    values["lot"] = holding.lot;
    values["last_usable_day"] = day_text(holding.last_usable_day);
    say_kept_out(
        turn,
        packs.recalled(holding.lot) ? Verdict::recalled : Verdict::expired,
        std::move(values));
}

void leave_out_damaged(Turn& turn, const LineView& view, Holding holding, int damaged) {
    damaged = std::min(damaged, holding.quantity);
    holding.quantity -= damaged;
    if (static_cast<std::size_t>(holding.quantity) < holding.serials.size()) {
        holding.serials.resize(static_cast<std::size_t>(holding.quantity)); // the last one scanned
    }
    const std::string lot = holding.lot;
    turn.record(LineCounted{view.line.id, holding, "", true});
    turn.select_line(view.line.id, lot);
    turn.reply().line = view.line.id;
    turn.reply().lot = lot;
    Values values = line_values(turn, view.line);
    values["lot"] = lot;
    values["last_usable_day"] = day_text(holding.last_usable_day);
    values["quantity"] = std::to_string(damaged);
    turn.say(ReplyKind::attention, "restock_damaged_out", std::move(values));
}

std::vector<Holding> unusable_after_restock(const LineView& view) {
    std::vector<Holding> found = lying_then(view.turn, view.line);
    std::erase_if(found, [&](const Holding& holding) { return !view.unusable(holding); });
    return found;
}

} // namespace cartwatch::readiness
