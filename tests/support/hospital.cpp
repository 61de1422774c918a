#include "tests/support/hospital.hpp"

#include "daemon/readiness/evaluate.hpp"
#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/messages.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/hospital_carts.hpp"
#include "tests/support/second_judgement.hpp"

#include <algorithm>
#include <set>

namespace cartwatch::support {

using namespace readiness;

namespace {

void insist(bool holds, const std::string& what) {
    if (!holds) {
        throw Difference(what);
    }
}

std::string named(const AlertKey& key) {
    return key.cart + " " + key.subject;
}

// What the ends of the link know of an alert and differ in. When it was touched last is each end's
// own matter, since an acceptance and a change may cross on their way; and so is when a clock ran
// out.
std::string difference(const Alert& one, const Alert& other) {
    std::string found;
    const auto hold = [&](bool same, const char* name) {
        found += same ? "" : std::string(" ") + name;
    };
    hold(one.episode == other.episode, "episode");
    hold(one.state == other.state, "state");
    hold(one.need == other.need, "need");
    hold(one.raised_at == other.raised_at, "raised_at");
    hold(one.raised_seq == other.raised_seq, "raised_seq");
    hold(one.changed_seq == other.changed_seq, "changed_seq");
    hold(one.worse_seq == other.worse_seq, "worse_seq");
    hold(one.worse_at == other.worse_at, "worse_at");
    hold(one.critical_at == other.critical_at, "critical_at");
    if (!one.open()) {
        return found; // an answer that crossed the end of it is known to one end only
    }
    hold(one.accepted_by == other.accepted_by, "accepted_by");
    hold(one.accepted_at == other.accepted_at, "accepted_at");
    hold(one.expected_at == other.expected_at, "expected_at");
    hold(one.dispatched == other.dispatched, "dispatched");
    hold(one.dispatched_by == other.dispatched_by, "dispatched_by");
    hold(one.dispatched_at == other.dispatched_at, "dispatched_at");
    hold(one.short_reason == other.short_reason, "short_reason");
    hold(one.silence == other.silence, "silence");
    return found;
}

std::string told(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& one : findings) {
        text += " " + std::string(to_text(one.kind)) + "(" + one.line + one.device + " "
                + one.lot.value_or("") + " " + std::to_string(one.quantity.value_or(0)) + ")";
    }
    return text;
}

// The shifts of a hospital that lives a second a move.
Shifts shifts_around(Instant now) {
    constexpr std::chrono::seconds length{30};
    const auto since = now.time_since_epoch() % length;
    const Instant began = now - since;
    return {now, began - 2 * length, began - length, began, began + length, began + 2 * length};
}

} // namespace

Hospital::Hospital() {
    ward_.state.self = "ward-3f";
    ward_.state.pharmacy = "pharmacy";
    pharmacy_.state.self = "pharmacy";
    pharmacy_.state.pharmacy = "pharmacy";
    for (Side* side : {&ward_, &pharmacy_}) {
        side->context.now = instant("2026-11-22T02:00:00.000Z");
        side->context.today = day("2026-11-22");
        side->context.working_day = side->context.today;
        side->context.tag_block = side == &ward_ ? 1 : 0;
    }
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
        sessions_.at(i).station = std::string(1, static_cast<char>('a' + i));
    }
    // The ward had its list before there was a pharmacy's: it may define nothing anew that is kept
    // there.
    std::vector<Event> own = ward_definitions();
    const auto others = std::stable_partition(own.begin(), own.end(), [](const Event& event) {
        return std::holds_alternative<ProductDefined>(event);
    });
    define_at_ward({own.begin(), others});
    decide_at(pharmacy_, Mover::board, Define{pharmacy_definitions(), "A1"});
    exchange(1'000);
    define_at_ward({others, own.end()});
}

void Hospital::define_at_ward(std::vector<Event> events) {
    const Decision defined = decide_at(ward_, Mover::station_a, Define{std::move(events), "A1"});
    std::string why = "the hospital of the test cannot be defined: " + defined.reply.message;
    for (const auto& [name, value] : defined.reply.values) {
        why.append(" ").append(name).append("=").append(value);
    }
    insist(defined.reply.message == "defined", why);
}

const NodeState& Hospital::ward_node() const {
    return node_of(ward_.state, ward_.state.self);
}

void Hospital::take(const Move& move) {
    switch (move.mover) {
    case Mover::station_a:
    case Mover::station_b: {
        const Decision decision = decide_at(ward_, move.mover, move.command);
        hold_scan(move.command, decision);
        break;
    }
    case Mover::board:
        decide_at(pharmacy_, Mover::board, move.command);
        break;
    case Mover::link:
        exchange(static_cast<std::size_t>(move.amount));
        break;
    case Mover::calendar:
        for (Side* side : {&ward_, &pharmacy_}) {
            side->context.today += std::chrono::days(move.amount);
            side->context.working_day = side->context.today;
        }
        judge_days();
        break;
    case Mover::clock:
        ward_.context.now += std::chrono::seconds(move.amount);
        judge_days();
        break;
    }
}

Decision Hospital::decide_at(Side& side, Mover mover, const Command& command) {
    ward_.context.now += std::chrono::seconds(1);
    ward_.context.uptime += std::chrono::seconds(1);
    pharmacy_.context.now = ward_.context.now;
    ward_.context.shifts = shifts_around(ward_.context.now);
    pharmacy_.context.shifts = ward_.context.shifts;
    pharmacy_.context.uptime = ward_.context.uptime;
    Session& session = sessions_.at(static_cast<std::size_t>(mover));
    // One check in four has blind lines.
    const auto entries = static_cast<std::int64_t>(side.journal.size());
    side.context.seed = entries % 4 == 0 ? entries + 1 : 0;
    Decision decision = decide(side.state, session, command, side.context);
    hold_reply(decision.reply);
    session = decision.session;
    for (const Event& event : decision.events) {
        record(side, event, decision.actor);
    }
    for (const Event& event : decision.events) {
        if (const auto* closed = std::get_if<CheckClosed>(&event)) {
            hold_alerts(closed->cart);
        }
    }
    return decision;
}

void Hospital::record(Side& side, Event event, const std::string& actor) {
    Recorded entry;
    entry.node = side.state.self;
    entry.seq = static_cast<std::int64_t>(side.journal.size()) + 1;
    entry.at = side.context.now;
    entry.actor = actor;
    entry.event = std::move(event);
    receive(side, entry);
    if (const auto* closed = std::get_if<CheckClosed>(&entry.event)) {
        hold_closing(*closed);
        ++checks_closed_;
        closed_ready_ += closed->readiness == Readiness::ready ? 1 : 0;
    }
    side.journal.push_back(std::move(entry));
}

void Hospital::receive(Side& side, const Recorded& entry) {
    apply(side.state, entry);
    side.arrivals.push_back(entry);
    if (&side == &ward_) {
        books_.read(entry);
    }
}

void Hospital::exchange(std::size_t most) {
    const auto carry = [&](Side& from, Side& to) {
        const std::size_t until = std::min(from.journal.size(), from.sent + most);
        for (; from.sent < until; ++from.sent) {
            receive(to, from.journal[from.sent]);
        }
    };
    carry(ward_, pharmacy_);
    carry(pharmacy_, ward_);
}

void Hospital::judge_days() {
    decide_at(ward_, Mover::station_a, JudgeDay{});
    decide_at(pharmacy_, Mover::board, JudgeDay{});
    for (const std::string& id : books_.carts()) {
        hold_alerts(id);
    }
}

void Hospital::hold_reply(const Reply& reply) const {
    insist(find_message(reply.message) != nullptr, "no such message: " + reply.message);
}

// A pack whose code says when it ends is never counted as lasting longer.
void Hospital::hold_scan(const Command& command, const Decision& decision) const {
    const auto* scan = std::get_if<Scan>(&command);
    if (scan == nullptr || !scan->reading || !scan->reading->expiry) {
        return;
    }
    for (const Event& event : decision.events) {
        const auto* stepped = std::get_if<CheckStepped>(&event);
        const auto* counted =
            stepped == nullptr ? nullptr : std::get_if<LineCounted>(&stepped->action);
        if (counted != nullptr && counted->raw == scan->reading->raw) {
            const std::optional<Day> until = counted->holding.last_usable_day;
            insist(
                until && *until <= *scan->reading->expiry,
                "a pack was counted as lasting longer than its code says: " + counted->raw);
        }
    }
}

// With the clock set back the last day that was judged counts, and no shift is known.
AsOf Hospital::known() const {
    const Day last = books_.last_judged().value_or(ward_.context.today);
    return last > ward_.context.today ? AsOf(last)
                                      : AsOf(ward_.context.today, ward_.context.shifts);
}

// What was signed is what the second books and the second judgement say of the cart.
void Hospital::hold_closing(const CheckClosed& closed) const {
    const Judgement second = second_judgement(
        books_.cart(closed.cart),
        books_.policy(),
        books_.recalls(),
        known(),
        books_.substitutions());
    insist(
        second.readiness == closed.readiness,
        "the check of " + closed.cart + " was signed as " + std::string(to_text(closed.readiness))
            + ", the second judgement says " + std::string(to_text(second.readiness)));
    std::vector<Finding> found = closed.findings;
    std::erase_if(found, [](const Finding& one) { return one.kind == FindingKind::unexplained; });
    insist(
        second.findings == found,
        "the findings of " + closed.cart + " differ: signed" + told(found) + "; second"
            + told(second.findings));
    insist(second.ready_until == closed.ready_until, "ready until of " + closed.cart + " differs");
    insist(
        second.in_order == closed.in_order && second.required == closed.required,
        "the rate of " + closed.cart + " differs");
}

void Hospital::audit() {
    hold_one_check_a_cart();
    hold_progress();
    hold_carts();
}

void Hospital::hold_one_check_a_cart() const {
    std::set<std::string> carts;
    for (const auto& [id, check] : ward_node().open_checks) {
        insist(carts.insert(check.cart).second, "two open checks of " + check.cart);
        insist(books_.open_check(check.cart) == id, "another check of " + check.cart + " is open");
    }
    for (const std::string& id : books_.carts()) {
        insist(books_.open_check(id).empty() || carts.contains(id), "a check is lost: " + id);
    }
}

void Hospital::hold_progress() const {
    for (const auto& [id, check] : ward_node().open_checks) {
        insist(check.progress == progress_of(check), "progress of " + id + " differs");
    }
}

void Hospital::hold_carts() const {
    const std::vector<Recall> recalls = recalls_for(ward_.state, ward_.state.self);
    const std::vector<Substitution> substitutions =
        substitutions_for(ward_.state, ward_.state.self);
    const Policy policy = policy_for(ward_.state, ward_.state.self);
    const AsOf as_of = latest_day(ward_node(), AsOf(ward_.context.today, ward_.context.shifts));
    for (const auto& [id, cart] : ward_node().carts) {
        for (const Line& line : cart.lines) {
            std::set<std::string> lots;
            for (const Holding& holding : line.holdings) {
                const std::string& id_there =
                    holding.product.empty() ? line.product : holding.product;
                const Product* product = find_product(ward_.state, ward_.state.self, id_there);
                insist(
                    holding.quantity >= 0 && holding.damaged >= 0
                        && holding.damaged <= holding.quantity,
                    "units of " + line.id + " do not add up");
                insist(lots.insert(holding.lot).second, "lot twice on " + line.id);
                // Without a date it would count as usable for ever.
                insist(
                    holding.last_usable_day || !product->expires, "no date on a lot of " + line.id);
            }
        }
        const Readiness said = evaluate(cart, policy, recalls, as_of, substitutions).readiness;
        const Readiness second = second_readiness(
            books_.cart(id), books_.policy(), books_.recalls(), known(), books_.substitutions());
        insist(
            said == second,
            id + " is called " + std::string(to_text(said)) + ", the second judgement says "
                + std::string(to_text(second)));
    }
}

// With the clock right: an alert is open where the second judgement calls for one, and nowhere
// else, and says as much. With the clock set back nothing ends and nothing is eased.
void Hospital::hold_alerts(const std::string& id) const {
    const Day last = books_.last_judged().value_or(ward_.context.today);
    const bool clock_back = ward_.context.today < last;
    const Cart cart = books_.present(id);
    const bool never_seen =
        !cart.last_full_check && !cart.use
        && std::all_of(cart.lines.begin(), cart.lines.end(), [](const Line& line) {
               return line.holdings.empty();
           });
    std::map<std::string, SecondNeed> needs;
    if (!cart.retired && !never_seen) {
        needs =
            second_needs(cart, books_.policy(), books_.recalls(), known(), books_.substitutions());
    }
    std::map<std::string, SecondNeed> open;
    for (const auto& [key, alert] : ward_node().alerts) {
        if (key.cart == id && alert.open()) {
            open[key.subject] = {alert.need.severity, alert.need.quantity};
        }
    }
    for (const auto& [subject, need] : needs) {
        insist(open.contains(subject), "no alert is open for " + named({id, subject}));
    }
    insist(clock_back || open == needs, "the alerts of " + id + " are not what it lacks");
}

// Whatever bears a code is found by it, and what is found by the index is what looking at
// everything finds.
void Hospital::hold_lookup() const {
    State unindexed = ward_.state;
    for (auto& [name, node] : unindexed.nodes) {
        node.index = {};
    }
    for (const std::string& gtin : gtins()) {
        const Identifier identifier{IdentifierKind::gtin, gtin.substr(gtin.front() == '0' ? 1 : 0)};
        const Product* indexed = product_with(ward_.state, ward_.state.self, identifier);
        const Product* searched = product_with(unindexed, ward_.state.self, identifier);
        insist(
            (indexed == nullptr) == (searched == nullptr)
                && (indexed == nullptr || *indexed == *searched),
            "another product bears " + gtin);
    }
    for (const char* code : {"HC-1", "HC-2", "badge-N1", "badge-R1", "badge-nobody"}) {
        insist(
            meaning_of(ward_.state, a_scan(code).code).index()
                == meaning_of(unindexed, a_scan(code).code).index(),
            std::string("another thing bears ") + code);
    }
    for (const auto& [id, cart] : ward_node().carts) {
        hold_packs(cart);
        const auto meant = meaning_of(ward_.state, a_scan(cart.tag).code);
        const auto* found = std::get_if<MeansCart>(&meant);
        insist(found != nullptr && found->cart->id == id, "the tag of " + id + " is not its own");
        for (const Line& line : cart.lines) {
            if (cart.retired) {
                continue;
            }
            const auto slot = meaning_of(ward_.state, a_scan(line.tag).code);
            const auto* place = std::get_if<MeansLine>(&slot);
            insist(
                place != nullptr && place->line->id == line.id && place->cart->id == id,
                "the tag of " + line.id + " is not its own");
        }
    }
}

// A pack on file is known to lie there wherever else it is scanned.
void Hospital::hold_packs(const Cart& cart) const {
    for (const Line& line : cart.lines) {
        for (const Holding& holding : line.holdings) {
            for (const std::string& serial : holding.serials) {
                const Cart elsewhere;
                const std::string& product =
                    holding.product.empty() ? line.product : holding.product;
                const Cart* found = other_cart_with(ward_node(), elsewhere, product, serial);
                insist(cart.retired || found != nullptr, "the pack " + serial + " is forgotten");
            }
        }
    }
}

void Hospital::hold_folds() const {
    for (const Side* side : {&ward_, &pharmacy_}) {
        State state;
        state.self = side->state.self;
        state.pharmacy = side->state.pharmacy;
        for (const Recorded& entry : side->arrivals) {
            apply(state, entry);
        }
        insist(state == side->state, "the fold of what " + state.self + " recorded differs");
    }
}

// Both ends of the link know the same once everything has arrived.
void Hospital::hold_twins() const {
    for (const char* node : {"ward-3f", "pharmacy"}) {
        NodeState here = node_of(ward_.state, node);
        NodeState there = node_of(pharmacy_.state, node);
        insist(here.alerts.size() == there.alerts.size(), "the pharmacy knows other alerts");
        for (const auto& [key, alert] : here.alerts) {
            const auto found = there.alerts.find(key);
            insist(found != there.alerts.end(), "the pharmacy has no alert " + named(key));
            const std::string differ = difference(alert, found->second);
            insist(differ.empty(), "ward and pharmacy differ on the alert " + named(key) + differ);
        }
        here.alerts.clear();
        there.alerts.clear();
        insist(here == there, std::string("ward and pharmacy differ on ") + node);
    }
}

// Undone to the first step, a check knows nothing, and the cart is as it was.
void Hospital::undo_everything() {
    const auto carts = ward_node().carts;
    for (const Mover station : {Mover::station_a, Mover::station_b}) {
        const std::string id = session(station).check;
        if (!ward_node().open_checks.contains(id)) {
            continue;
        }
        const std::size_t steps = ward_node().open_checks.at(id).steps.size();
        bool undone_here = false; // another station of the same check may have undone it all
        for (std::size_t i = 0; i <= steps; ++i) {
            undone_here =
                decide_at(ward_, station, Undo{}).reply.message == "undone" || undone_here;
        }
        const Check& check = ward_node().open_checks.at(id);
        CheckProgress nothing;
        nothing.kind = check.kind;
        nothing.blind = check.blind;
        insist(check.progress == nothing, "something is left of " + id);
        insist(check.steps.size() == steps, "undoing added steps to " + id);
        insist(
            !undone_here || session(station).line.empty(),
            "a line is current after everything was undone");
    }
    insist(ward_node().carts == carts, "undoing changed a cart");
}

void Hospital::conclude() {
    audit();
    undo_everything();
    exchange(ward_.journal.size() + pharmacy_.journal.size());
    judge_days();
    exchange(ward_.journal.size() + pharmacy_.journal.size());
    hold_lookup();
    audit();
    hold_folds();
    hold_twins();
}

} // namespace cartwatch::support
