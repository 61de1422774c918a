#include "daemon/readiness/count_place.hpp"

#include "daemon/readiness/blind.hpp"
#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/line_view.hpp"
#include "daemon/readiness/put_in.hpp"
#include "daemon/readiness/restock.hpp"

#include <algorithm>
#include <vector>

namespace cartwatch::readiness {

namespace {

using Lines = std::vector<const Line*>;

template <typename Test>
Lines lines_where(const Cart& cart, const Test& holds) {
    Lines lines;
    for (const Line& line : cart.lines) {
        if (holds(line)) {
            lines.push_back(&line);
        }
    }
    return lines;
}

// Of several: the slot that was pointed at, then the line by unit that is being counted, then the
// first that is not done, then the current one. Precondition: there is one.
const Line* line_of(const Turn& turn, const Lines& lines) {
    if (is_restock(turn)) {
        return line_to_fill(turn, lines);
    }
    const Session& session = turn.decision.session;
    const auto is_current = [&](const Line* line) { return line->id == session.line; };
    const auto current = std::find_if(lines.begin(), lines.end(), is_current);
    if (current != lines.end()) {
        const LineProgress known = progress_of_line(turn.progress, (*current)->id);
        const bool by_unit =
            counts_by_unit(turn.policy, **current, product_of(turn.state, **current));
        const bool counting = by_unit && known.done() && units_of(known.holdings) < (*current)->par;
        if (session.slot || counting) {
            return *current;
        }
    }
    const auto open = std::find_if(lines.begin(), lines.end(), [&](const Line* line) {
        return !is_settled(*line, turn.progress);
    });
    if (open != lines.end()) {
        return *open;
    }
    return current != lines.end() ? *current : lines.front();
}

// The line of the scan before this one, where that was the same text a moment ago: one label read
// twice is not a pack on each of two lines. nullptr: it was not.
const Line* line_of_repeat(const Turn& turn, const std::string& raw) {
    const LineCounted* counted = counted_by(turn, raw, trigger_repeat);
    const Line* line = counted != nullptr && !turn.decision.session.slot
                           ? find_line(*turn.cart, counted->line)
                           : nullptr;
    // Where each scan counts one, the same text is the next pack's.
    return line == nullptr || LineView(turn, *line, counted->holding.product).by_unit ? nullptr
                                                                                      : line;
}

// The word by which the product may lie on the line, or could until it ended: the one that ends
// last. nullptr: none.
const Substitution*
substitution_at(const Turn& turn, const Line& line, const std::string& product) {
    const Substitution* found = nullptr;
    for (const Substitution& one : turn.substitutions) {
        if (one.substitute == product && applies_to(one, turn.cart->id, line)
            && (found == nullptr || found->until < one.until)) {
            found = &one;
        }
    }
    return found;
}

bool is_in_force(const Turn& turn, const Substitution* word) {
    return word != nullptr && turn.context.today <= word->until;
}

// Whether packs of this product go on being counted on the current line in place of its own: one
// is waited for there or, where each counts one, there is room for more.
bool goes_on_there(const Turn& turn, const Line& line, const std::string& product) {
    const Session& session = turn.decision.session;
    if (session.pending_substitute == product) {
        return true;
    }
    const LineView view(turn, line, product);
    const Holding* last = find_holding(view.known.holdings, session.lot);
    const int units = view.restocking ? units_of(line_after_restock(line, view.known).holdings)
                                      : units_of(view.known.holdings);
    return view.by_unit && last != nullptr && last->quantity > 0 && view.is_alike(*last)
           && units < line.par;
}

// The current line, where the product lies in place of its own.
Place place_pointed_at(const Turn& turn, const std::string& product) {
    const Line* line = find_line(*turn.cart, turn.decision.session.line);
    if (line == nullptr || line->product == product) {
        return {};
    }
    const Substitution* word = substitution_at(turn, *line, product);
    // Once its number was said, the next pack is of another place.
    const Session& session = turn.decision.session;
    const bool pointed = session.slot && !session.slot_counted;
    const bool is_there =
        is_in_force(turn, word) && (pointed || goes_on_there(turn, *line, product));
    return is_there ? Place{line, word} : Place{};
}

// In place of the product whose word ends last, on one of the lines where one is in force.
Place place_instead(const Turn& turn, const std::string& product) {
    Place last; // any line of that product
    for (const Line& line : turn.cart->lines) {
        const Substitution* word = substitution_at(turn, line, product);
        if (word != nullptr
            && (last.standing_in == nullptr || last.standing_in->until < word->until)) {
            last = {&line, word};
        }
    }
    if (!is_in_force(turn, last.standing_in)) {
        return last;
    }
    const auto allows = [&](const Line& line) {
        return line.product == last.line->product
               && is_in_force(turn, substitution_at(turn, line, product));
    };
    const Line* pointed = find_line(*turn.cart, turn.decision.session.line);
    if (turn.decision.session.slot && pointed != nullptr && !allows(*pointed)
        && pointed->product == last.line->product) {
        return {}; // it may lie elsewhere, not here
    }
    const Line* line = line_of(turn, lines_where(*turn.cart, allows));
    return {line, substitution_at(turn, *line, product)};
}

} // namespace

const LineCounted*
counted_by(const Turn& turn, const std::string& raw, std::chrono::milliseconds within) {
    const std::string text = kept_text(raw, raw_bytes_max);
    const std::string duplicate(to_text(Verdict::duplicate));
    const LineCounted* counted = nullptr;
    std::optional<Instant> last; // when it was read before, counted or not
    const std::vector<Step>& steps = turn.check->steps;
    for (auto step = steps.rbegin(); step != steps.rend() && counted == nullptr; ++step) {
        const auto* noted = std::get_if<ScanNoted>(&step->action);
        const bool again = noted != nullptr && noted->raw == text && noted->verdict == duplicate;
        if (!step->undone && !again) {
            counted = std::get_if<LineCounted>(&step->action);
            if (counted == nullptr) {
                return nullptr;
            }
        }
        last = last || step->undone ? last : std::optional(step->at);
    }
    // Of a pack with two codes the second one is read last.
    const bool repeats = counted != nullptr && !counted->raw.empty()
                         && counted->raw.substr(counted->raw.rfind('\n') + 1) == text
                         && turn.context.now >= *last && turn.context.now - *last <= within;
    return repeats ? counted : nullptr;
}

Place place_for(const Turn& turn, const Product& product, const std::string& raw) {
    if (const Place pointed = place_pointed_at(turn, product.id); pointed.line != nullptr) {
        return pointed;
    }
    const Lines own =
        lines_where(*turn.cart, [&](const Line& line) { return line.product == product.id; });
    const Place place =
        own.empty() ? place_instead(turn, product.id) : Place{line_of(turn, own), nullptr};
    const Line* repeated = place.line == nullptr ? nullptr : line_of_repeat(turn, raw);
    if (repeated == nullptr) {
        return place;
    }
    if (repeated->product == product.id) {
        return {repeated, nullptr};
    }
    const Substitution* word = substitution_at(turn, *repeated, product.id);
    return is_in_force(turn, word) ? Place{repeated, word} : place;
}

} // namespace cartwatch::readiness
