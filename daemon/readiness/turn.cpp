#include "daemon/readiness/turn.hpp"

#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/restock.hpp"
#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::readiness {

namespace {

Context on_latest_day(Context context, const NodeState& node) {
    context.today = latest_day(node, context.today);
    return context;
}

} // namespace

bool has_rested(const Session& session, std::chrono::milliseconds uptime) {
    return session.used_at && uptime - *session.used_at > session_rests_after;
}

Session after_rest(Session session, std::chrono::milliseconds uptime) {
    if (has_rested(session, uptime)) {
        session.staff.clear();
        session.cart.clear();
        session.seal.clear();
        session.seal_said.reset();
        session.kind = CheckKind::full;
        session.witness_for.clear();
    }
    return session;
}

Turn::Turn(const State& of, const Session& session, const Context& with)
    : state(of),
      node(node_of(of, of.self)),
      context(on_latest_day(with, node)),
      clock_day(with.today),
      policy(policy_for(of, of.self)),
      recalls(recalls_for(of, of.self)),
      substitutions(substitutions_for(of, of.self)) {
    rested = has_rested(session, context.uptime);
    decision.session = after_rest(session, context.uptime);
    decision.session.used_at = context.uptime;
    day_to_confirm = std::exchange(decision.session.day_to_confirm, std::nullopt);
    cancel_asked = std::exchange(decision.session.cancel_asked, std::nullopt);
    witness_for = std::exchange(decision.session.witness_for, "");
    review_shown = std::exchange(decision.session.review_shown, "");
    held = std::exchange(decision.session.held, std::nullopt);
    digits = std::exchange(decision.session.digits, "");
    lots_asked = std::exchange(decision.session.lots_asked, {});
    if (rested) {
        digits_lost = !digits.empty();
        digits.clear();
        lots_asked.clear();
    }
    if (const auto found = node.open_checks.find(session.check); found != node.open_checks.end()) {
        check = &found->second;
        cart = &node.carts.at(check->cart); // carts are never removed
        progress = check->progress;
        steps = static_cast<int>(check->steps.size());
        decision.actor = check->checker;
        forget_redefined_line();
    } else if (!session.check.empty()) {
        // The check was closed or cancelled elsewhere: nothing of it is current any more.
        forget_session();
    }
}

void Turn::say(ReplyKind kind, std::string_view message, Values values) {
    reply().kind = kind;
    reply().message = message;
    reply().values = std::move(values);
}

void Turn::add(Event event) {
    decision.events.push_back(std::move(event));
}

void Turn::record(StepAction action) {
    ensure(check != nullptr, "a step is recorded in an open check only");
    ++steps;
    add_step(progress, Step{steps, context.now, check->checker, action, false});
    add(CheckStepped{check->id, steps, check->checker, std::move(action)});
    reply().step = steps;
}

void Turn::note(Verdict verdict, std::string_view raw, std::string_view line) {
    if (check != nullptr) {
        record(ScanNoted{
            kept_text(raw, raw_bytes_max), std::string(to_text(verdict)), std::string(line)});
    }
}

void Turn::forget_session() {
    Session fresh;
    fresh.station = session().station;
    fresh.used_at = session().used_at;
    session() = fresh;
}

// What waits for a date, a number or an answer is a pack of what the line asked for then.
void Turn::forget_redefined_line() {
    const Line* line = find_line(*cart, session().line);
    if (!session().line.empty() && (line == nullptr || line->product != session().line_product)) {
        select_line("");
    }
}

void Turn::select_line(std::string_view line, std::string_view lot) {
    Session& now = session();
    now.line = line;
    const Line* found = cart == nullptr ? nullptr : find_line(*cart, line);
    now.line_product = found == nullptr ? std::string() : found->product;
    now.lot = lot;
    now.device.clear();
    now.test.clear();
    now.slot = false;
    now.slot_counted = false;
    now.line_unseen = false;
    now.pending_raw.clear();
    now.pending_serial.clear();
    now.pending_substitute.clear();
    now.pending_quantity.reset();
    now.pending_damaged = 0;
    now.pending_new_lot = false;
    now.drawer.clear();
    now.pending_readings.clear();
}

void Turn::select_device(std::string_view device, std::string_view test) {
    select_line("");
    session().device = device;
    session().test = test;
}

void add_name(Values& values, const Name& name, std::string_view prefix) {
    const std::string key(prefix.empty() ? "name" : prefix);
    values[key] = name.zh.empty() ? name.en : name.zh;
    values[key + "_en"] = name.en.empty() ? name.zh : name.en;
}

std::string name_of_staff(const State& state, std::string_view id) {
    const Staff* person = find_staff(state, state.self, id);
    return person == nullptr || person->name.empty() ? std::string(id) : person->name;
}

Product product_named(const State& state, const std::string& id) {
    if (auto product = find_strictly(state, state.self, id)) {
        return std::move(*product);
    }
    Product unknown;
    unknown.id = id;
    unknown.name = Name{id, id};
    return unknown;
}

Product product_of(const State& state, const Line& line) {
    return product_named(state, line.product);
}

std::vector<Product> products_on(const Turn& turn, const Line& line) {
    std::vector<Product> products{product_of(turn.state, line)};
    const LineProgress known = progress_of_line(turn.progress, line.id);
    for (const std::vector<Holding>* holdings : {&line.holdings, &known.holdings}) {
        for (const Holding& holding : *holdings) {
            if (holding.quantity > 0 && !holding.product.empty()) {
                products.push_back(product_named(turn.state, holding.product));
            }
        }
    }
    return products;
}

Values line_values(const Turn& turn, const Line& line) {
    const Product product = product_of(turn.state, line);
    const LineProgress known = progress_of_line(turn.progress, line.id);
    const bool restock = turn.check != nullptr && turn.check->kind == CheckKind::restock;
    const int total = units_of(restock ? line_after_restock(line, known).holdings : known.holdings);
    Values values{
        {"strength", product.strength},
        {"unit", product.unit},
        {"position", line.position},
        {"par", std::to_string(line.par)},
        {"total", std::to_string(total)},
    };
    add_name(values, product.name);
    return values;
}

Values device_values(const Device& device) {
    Values values{{"position", device.position}};
    add_name(values, device.name);
    return values;
}

Values test_values(const Device& device, const FunctionTest& test) {
    Values values = device_values(device);
    add_name(values, test.name, "test");
    values["unit"] = test.unit ? std::string(to_text(*test.unit)) : std::string();
    values["limits"] = limits_text(test);
    return values;
}

Values cart_values(const Cart& cart) {
    Values values{{"cart", cart.id}};
    add_name(values, cart.name, "cart_name");
    return values;
}

void add_names(Values& values, const std::vector<Name>& names, std::string_view key) {
    std::string zh;
    std::string en;
    for (std::size_t i = 0; i < std::min(names.size(), names_listed_max); ++i) {
        Values one;
        add_name(one, names[i]);
        zh += (i == 0 ? "" : "、") + one["name"];
        en += (i == 0 ? "" : ", ") + one["name_en"];
    }
    if (names.size() > names_listed_max) {
        zh += "…";
        en += "…";
    }
    values[std::string(key)] = zh;
    values[std::string(key) + "_en"] = en;
}

std::string kept_text(std::string_view raw, std::size_t limit) {
    constexpr std::size_t ellipsis_bytes = 3;
    std::string text(raw);
    if (!is_utf8(raw)) {
        constexpr std::string_view hex = "0123456789ABCDEF";
        text.clear();
        for (const char c : raw) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x80) {
                text += c;
            } else {
                text += {'\\', 'x', hex[byte >> 4U], hex[byte & 0x0FU]};
            }
        }
    }
    return text.size() <= limit ? text : shortened(text, limit - ellipsis_bytes);
}

LineProgress progress_of_line(const CheckProgress& progress, std::string_view line) {
    const LineProgress* found = progress.lines.find(line);
    return found == nullptr ? LineProgress{} : *found;
}

std::string day_text(std::optional<Day> day) {
    return day ? cartwatch::to_text(*day) : std::string();
}

int units_of(const std::vector<Holding>& holdings) {
    int units = 0;
    for (const Holding& holding : holdings) {
        units += holding.quantity;
    }
    return units;
}

} // namespace cartwatch::readiness
