#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/count.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/first_to_use.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/reconcile.hpp"
#include "daemon/readiness/unclear.hpp"
#include "daemon/readiness/use.hpp"
#include "scanner/codes/pack.hpp"
#include "scanner/codes/reader.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// The line that a number or a command speaks of. nullptr: the reply says what is missing.
const Line* use_line(Turn& turn, const std::string& named) {
    const std::string& id = named.empty() ? turn.session().line : named;
    const Line* line = find_line(*turn.cart, id);
    if (id.empty() || (named.empty() && turn.session().line_unseen)) {
        turn.say(ReplyKind::reject, "no_current_line");
        return nullptr;
    }
    if (line == nullptr) {
        turn.say(ReplyKind::reject, "unknown_line", {{"line", kept_text(id, short_text_max)}});
    }
    return line;
}

Values used_values(const Turn& turn, const Line& line) {
    const UsedLine used = used_line(line, turn.progress);
    Values values = line_values(turn, line);
    values.erase("total");
    values["used"] = std::to_string(used.used);
    values["left"] = std::to_string(used.left);
    values["unexplained"] = used.unexplained > 0 ? std::to_string(used.unexplained) : "";
    return values;
}

// More than there was, or units that nobody can explain, are worth a second look.
void say_used(Turn& turn, const Line& line, const std::string& lot, std::string_view message) {
    const UsedLine used = used_line(line, turn.progress);
    turn.select_line(line.id, lot);
    turn.reply().line = line.id;
    turn.reply().lot = lot;
    const bool plain = used.unexplained == 0 && used.used <= units_of(line.holdings);
    Values values = used_values(turn, line);
    const Holding* in_hand = find_holding(line.holdings, lot);
    if (message == "unit_used" && in_hand != nullptr) {
        add_first_to_use(values, LineView(turn, line), *in_hand);
    } else if (message == "unit_used") {
        add_no_first(values);
    }
    turn.say(plain ? ReplyKind::accept : ReplyKind::attention, message, std::move(values));
}

int used_of_lot(const Turn& turn, const Line& line, const std::string& lot) {
    const LineProgress known = progress_of_line(turn.progress, line.id);
    const auto found = known.used.find(lot);
    return found == known.used.end() ? 0 : found->second;
}

bool is_stated(Turn& turn, int quantity) {
    if (quantity >= 0 && quantity <= quantity_max) {
        return true;
    }
    turn.say(
        ReplyKind::reject,
        "quantity_out_of_range",
        {{"quantity", std::to_string(quantity)}, {"limit", std::to_string(quantity_max)}});
    return false;
}

// Where units of this product may have come from, the likeliest first: a line that asks for it, one
// on which it lies in place of another, one on which it could lie. Whether it still might does not
// matter: it was used.
constexpr int unlikely = 3;

int likelihood_of(const Turn& turn, const Line& line, const Product& product) {
    if (line.product == product.id) {
        return 0;
    }
    if (holds_product(line, product.id)) {
        return 1;
    }
    return allowed_until(line, product.id, turn.cart_substitutions()) ? 2 : unlikely;
}

// The place that was pointed at; of several lines alike the current one, else the first. nullptr:
// none.
const Line* line_of_product(const Turn& turn, const Product& product) {
    const Line* pointed = find_line(*turn.cart, turn.decision.session.line);
    if (turn.decision.session.slot && pointed != nullptr
        && likelihood_of(turn, *pointed, product) < unlikely) {
        return pointed;
    }
    const Line* found = nullptr;
    int best = unlikely;
    for (const Line& line : turn.cart->lines) {
        const bool current = line.id == turn.decision.session.line;
        const int likelihood = likelihood_of(turn, line, product);
        if (likelihood < best || (current && found != nullptr && likelihood == best)) {
            best = likelihood;
            found = &line;
        }
    }
    return found;
}

// The lot of a pack that names none: the only one of its product, and where others lie beside it
// the one of its own that expires first.
std::string lot_without_name(const LineView& view) {
    std::vector<Holding> alike;
    std::copy_if(
        view.file.begin(), view.file.end(), std::back_inserter(alike), [&](const Holding& one) {
            return view.is_alike(one);
        });
    const bool mixed = alike.size() < view.file.size();
    if (alike.empty() || (alike.size() > 1 && !mixed)) {
        return "";
    }
    const auto rank = [](const Holding& one) {
        return std::pair(one.last_usable_day.value_or(Day::max()), one.lot);
    };
    return std::min_element(
               alike.begin(),
               alike.end(),
               [&](const Holding& one, const Holding& other) { return rank(one) < rank(other); })
        ->lot;
}

// What the line asks for and what lies there in its place.
bool is_controlled(const Turn& turn, const Line& line) {
    const std::vector<Product> products = products_on(turn, line);
    return std::any_of(products.begin(), products.end(), [](const Product& product) {
        return product.controlled;
    });
}

// Whether this product's code with this serial was scanned out in this check: one empty comes
// before the scanner twice as well.
bool was_scanned_out(const Turn& turn, const Line& line, const codes::ScannedCode& code) {
    const std::string serial = serial_of(code);
    if (serial.empty()) {
        return false;
    }
    const std::vector<Step>& steps = turn.check->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
        const auto* used = std::get_if<UnitsUsed>(&step.action);
        if (used == nullptr || step.undone || used->line != line.id || used->raw.empty()) {
            return false;
        }
        codes::ReadOptions options;
        options.as_of = turn.context.today;
        const codes::Reading reading = codes::read(used->raw, options);
        return reading && serial_of(*reading) == serial
               && codes::product_named_by(*reading) == codes::product_named_by(code);
    });
}

void say_used_already(
    Turn& turn, const Line& line, const std::string& lot, const std::string& raw) {
    turn.note(Verdict::duplicate, raw, line.id);
    turn.select_line(line.id, lot);
    turn.reply().verdict = Verdict::duplicate;
    turn.reply().line = line.id;
    turn.reply().lot = lot;
    turn.say(ReplyKind::attention, "used_already", used_values(turn, line));
}

void refuse_foreign(Turn& turn, const Product& product, const std::string& raw) {
    turn.note(Verdict::not_on_list, raw);
    turn.reply().verdict = Verdict::not_on_list;
    Values values{{"strength", product.strength}};
    add_name(values, product.name);
    turn.say(ReplyKind::reject, "use_not_on_list", std::move(values));
}

} // namespace

bool is_use(const Turn& turn) {
    return turn.check != nullptr && turn.check->kind == CheckKind::after_use;
}

void use_scan(Turn& turn, const Product& product, const Scan& scan) {
    const std::string raw =
        kept_text(scan.reading ? scan.reading->raw : scan.reading.error().raw, raw_bytes_max);
    const Line* line = line_of_product(turn, product);
    if (line == nullptr) {
        return refuse_foreign(turn, product, raw);
    }
    const LineView view(turn, *line, line->product == product.id ? "" : product.id);
    const auto meant = scan.reading ? meant_reading(view, *scan.reading) : std::nullopt;
    std::string lot = meant ? kept_text(meant->lot, short_text_max) : "";
    if (lot.empty()) {
        lot = lot_without_name(view);
    }
    turn.session().left = false; // a pack in the hand is not a number
    if (meant && was_scanned_out(turn, *line, *meant)) {
        return say_used_already(turn, *line, lot, raw);
    }
    const int used = std::min(quantity_max, used_of_lot(turn, *line, lot) + 1);
    turn.record(UnitsUsed{line->id, lot, used, raw});
    say_used(turn, *line, lot, "unit_used");
}

void use_quantity(Turn& turn, int quantity, const std::string& named) {
    if (turn.session().left) {
        return decide_on(turn, EnterLeft{quantity, named});
    }
    const Line* line = is_stated(turn, quantity) ? use_line(turn, named) : nullptr;
    if (line == nullptr) {
        return;
    }
    // The number is all that was used of the line: what was scanned of other lots goes with it.
    const std::string lot =
        line->holdings.size() == 1 ? line->holdings.front().lot : turn.session().lot;
    const LineProgress known = progress_of_line(turn.progress, line->id);
    for (const auto& [other, units] : known.used) {
        if (other != lot && units > 0) {
            turn.record(UnitsUsed{line->id, other, 0, ""});
        }
    }
    turn.record(UnitsUsed{line->id, lot, quantity, ""});
    say_used(turn, *line, lot, "unit_used");
}

void ask_for_used(Turn& turn, const Line& line) {
    const bool left = turn.session().left;
    turn.select_line(line.id);
    turn.session().left = left;
    turn.reply().line = line.id;
    turn.say(ReplyKind::command, left ? "enter_left" : "enter_used", line_values(turn, line));
}

void decide_on(Turn& turn, const BeginUse&) {
    if (!is_use(turn) && awaits_word_on_seal(turn)) {
        return decide_on(turn, SaySeal{SealSaid::emergency});
    }
    if (turn.check == nullptr) {
        turn.session().kind = CheckKind::after_use;
        turn.session().seal.clear(); // no check of the seal is wanted
        return turn.say(ReplyKind::command, "use_chosen");
    }
    if (is_use(turn)) {
        return turn.say(ReplyKind::attention, "use_goes_on", cart_values(*turn.cart));
    }
    if (has_counted(turn.check->steps)) {
        return turn.say(ReplyKind::reject, "use_too_late", cart_values(*turn.cart));
    }
    turn_to_use(turn);
}

void turn_to_use(Turn& turn) {
    turn.add(CheckTurned{turn.check->id, CheckKind::after_use, turn.check->checker});
    turn.session().seal.clear();
    Values values = cart_values(*turn.cart);
    values["by"] = name_of_staff(turn.state, turn.check->checker);
    turn.say(ReplyKind::accept, "use_opened", std::move(values));
}

void decide_on(Turn& turn, const EnterLeft& command) {
    if (!is_use(turn)) {
        return turn.say(ReplyKind::reject, "use_not_open");
    }
    const Line* line = is_stated(turn, command.quantity) ? use_line(turn, command.line) : nullptr;
    if (line == nullptr) {
        return;
    }
    turn.session().left = false;
    turn.record(LineLeft{line->id, command.quantity});
    say_used(turn, *line, "", "left_counted");
}

void decide_on(Turn& turn, const CountLeft&) {
    if (!is_use(turn)) {
        return turn.say(ReplyKind::reject, "use_not_open");
    }
    turn.session().left = true;
    if (const Line* line = find_line(*turn.cart, turn.session().line)) {
        return ask_for_used(turn, *line);
    }
    turn.say(ReplyKind::command, "left_of_which");
}

bool uses_controlled(const Turn& turn) {
    const auto lines = used_lines(*turn.cart, turn.progress);
    return std::any_of(lines.begin(), lines.end(), [&](const UsedLine& used) {
        return is_controlled(turn, *find_line(*turn.cart, used.line));
    });
}

bool refuse_use(Turn& turn) {
    if (!is_use(turn)) {
        return false;
    }
    std::vector<Name> names;
    for (const UsedLine& used : used_lines(*turn.cart, turn.progress)) {
        const Line& line = *find_line(*turn.cart, used.line);
        if (is_controlled(turn, line) && !used.left_counted) {
            names.push_back(product_of(turn.state, line).name);
        }
    }
    if (names.empty()) {
        return false;
    }
    Values values{{"count", std::to_string(names.size())}};
    add_names(values, names);
    turn.say(ReplyKind::reject, "use_left_needed", std::move(values));
    return true;
}

std::vector<Finding> unexplained_of(const Turn& turn, const Check& check) {
    std::vector<Finding> findings;
    for (const UsedLine& used : used_lines(*turn.cart, check.progress)) {
        const Line& line = *find_line(*turn.cart, used.line);
        if (used.unexplained > 0 && is_controlled(turn, line)) {
            Finding finding;
            finding.kind = FindingKind::unexplained;
            finding.severity = Severity::high;
            finding.line = line.id;
            finding.quantity = used.unexplained;
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

Values use_values(const Cart& cart, const Check& check) {
    int units = 0;
    int unexplained = 0;
    const std::vector<UsedLine> lines = used_lines(cart, check.progress);
    for (const UsedLine& used : lines) {
        units += used.used;
        unexplained += used.unexplained;
    }
    Values values = cart_values(cart);
    values["lines"] = std::to_string(lines.size());
    values["units"] = std::to_string(units);
    values["unexplained"] = unexplained > 0 ? std::to_string(unexplained) : "";
    return values;
}

void alert_use(Turn& turn) {
    const bool concerns = std::any_of(
        turn.decision.events.begin(), turn.decision.events.end(), [](const Event& event) {
            return std::holds_alternative<CheckStepped>(event)
                   || std::holds_alternative<StepUndone>(event)
                   || std::holds_alternative<CheckCancelled>(event);
        });
    const bool closed = std::any_of(
        turn.decision.events.begin(), turn.decision.events.end(), [](const Event& event) {
            return std::holds_alternative<CheckClosed>(event);
        });
    if (!is_use(turn) || !concerns || closed) {
        return; // closing brings them in line itself
    }
    const bool cancelled = std::holds_alternative<CheckCancelled>(turn.decision.events.back());
    const Cart now = cancelled ? *turn.cart : cart_after_use(*turn.cart, turn.progress);
    const auto needs =
        needs_of(now, evaluate(now, turn.policy, turn.recalls, turn.as_of(), turn.substitutions));
    const Closing closing = turn.clock_back() ? Closing::not_at_all : Closing::withdrawn;
    for (Event& event : reconcile(turn.node.alerts, now, needs, closing)) {
        turn.add(std::move(event));
    }
}

} // namespace cartwatch::readiness
