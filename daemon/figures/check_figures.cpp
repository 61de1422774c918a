#include "daemon/figures/check_figures.hpp"

#include "daemon/figures/dues.hpp"
#include "daemon/readiness/due.hpp"
#include "daemon/readiness/evaluate.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace cartwatch::figures {

using namespace readiness;
using std::chrono::days;

namespace {

// A cart's duty, and what its shifts have done of it.
struct Obligation : Duty {
    // Where they are asked for each shift: by working day, the shifts that had one. A day counts
    // once all of its shifts had.
    std::map<Day, std::set<Instant>> shifts = {};
};

struct Agenda {
    // By node and cart; a cart that is listed again owes anew.
    std::map<std::pair<std::string, std::string>, std::vector<Obligation>> carts;
    std::map<std::string, Intervals> intervals; // by node
};

// Whether a check puts off the day on which the next one of a kind is due.
bool counts(const CheckClosed& closed, const Policy& policy, CheckKind kind) {
    return closed.kind == CheckKind::full || closed.kind == kind
           || (kind == CheckKind::full && closed.kind == CheckKind::sealed
               && policy.sealed_counts_as_weekly);
}

// Writes down, entry by entry, what is owed and what was done.
class Clerk {
public:
    Clerk(const Past& past, const Scope& scope, CheckKind kind)
        : past_(past), scope_(scope), kind_(kind) {}

    Agenda run() {
        Telling telling(past_, Told::as_it_happened);
        while (const Recorded* entry = telling.upcoming()) {
            const Day day = past_.day_of(telling.upcoming_at());
            const auto* closed = std::get_if<CheckClosed>(&entry->event);
            const bool was_open =
                closed != nullptr
                && node_of(telling.state, entry->node).open_checks.contains(closed->check);
            telling.take();
            if (const auto* defined = std::get_if<CartDefined>(&entry->event)) {
                note_interval(telling.state, entry->node, day);
                note_cart(telling.state, entry->node, defined->cart.id, day);
            } else if (std::holds_alternative<PolicyChanged>(entry->event)) {
                for (const auto& [name, node] : telling.state.nodes) {
                    note_interval(telling.state, name, day);
                    note_carts(telling.state, name, day);
                }
            } else if (const auto* corrected = std::get_if<DayCorrected>(&entry->event)) {
                forget_after(entry->node, corrected->day);
                note_carts(telling.state, entry->node, corrected->day);
            } else if (was_open) {
                note_check(telling.state, *entry, *closed);
                note_cart(telling.state, entry->node, closed->cart, closed->working_day);
            }
        }
        return std::move(agenda_);
    }

private:
    void note_interval(const State& state, const std::string& node, Day day) {
        agenda_.intervals[node][day] = interval_of(policy_for(state, node), kind_);
    }

    // The day on which the cart is due as things stand; nullopt: it is asked for nothing.
    std::optional<Day>
    due_of(const State& state, const std::string& node, const Cart& cart, Day day) {
        const auto due = next_due(cart, policy_for(state, node), kind_);
        return kind_ == CheckKind::full ? due.value_or(day) : due;
    }

    void note_carts(const State& state, const std::string& node, Day day) {
        for (const auto& [id, cart] : node_of(state, node).carts) {
            note_cart(state, node, id, day);
        }
    }

    void note_cart(const State& state, const std::string& node, const std::string& id, Day day) {
        const auto& carts = node_of(state, node).carts;
        const auto found = carts.find(id);
        if (found == carts.end()) {
            return;
        }
        const Cart& cart = found->second;
        std::vector<Obligation>& owed = agenda_.carts[{node, id}];
        const bool listed = !owed.empty() && !owed.back().retired;
        const std::optional<Day> due =
            scope_.holds(node, cart) ? due_of(state, node, cart, day) : std::nullopt;
        if (due && !listed) {
            owed.push_back({{day, std::max(day, *due), {}, {}}, {}});
        } else if (!due && listed) {
            owed.back().retired = day;
        }
    }

    // The working day whose last shift had its check with this one; nullopt: not all of them had.
    std::optional<Day>
    day_with_all_shifts(Obligation& owed, const Policy& policy, const Recorded& entry) {
        const auto shifts = past_.shifts_of(policy, entry.at);
        if (!shifts) {
            return std::nullopt;
        }
        const auto night = std::chrono::hours{policy.working_day_begins_hour};
        const Day day = past_.day_of(shifts->began - night);
        std::set<Instant>& had = owed.shifts[day];
        had.insert(shifts->began);
        return had.size() == policy.shift_hours.size() ? std::optional(day) : std::nullopt;
    }

    void note_check(const State& state, const Recorded& entry, const CheckClosed& closed) {
        const std::string& node = entry.node;
        const auto owed = agenda_.carts.find({node, closed.cart});
        const Policy policy = policy_for(state, node);
        // A retired cart owes nothing, and its checks keep nothing that it owed.
        if (owed == agenda_.carts.end() || owed->second.empty() || owed->second.back().retired
            || !counts(closed, policy, kind_)) {
            return;
        }
        if (is_each_shift(policy, kind_) && past_.shifts_at) {
            if (const auto day = day_with_all_shifts(owed->second.back(), policy, entry)) {
                owed->second.back().checked[*day] = *day + days(1);
            }
            return;
        }
        const Cart& cart = node_of(state, node).carts.at(closed.cart);
        const Day next = next_due(cart, policy, kind_).value_or(closed.working_day);
        owed->second.back().checked[closed.working_day] =
            std::max(next, closed.working_day + days(1));
    }

    // What is dated on a day that never was has not been.
    void forget_after(const std::string& node, Day day) {
        for (auto& [name, owed] : agenda_.carts) {
            for (Obligation& one : owed) {
                if (name.first == node) {
                    one.checked.erase(one.checked.upper_bound(day), one.checked.end());
                }
            }
        }
    }

    const Past& past_;
    const Scope& scope_;
    CheckKind kind_;
    Agenda agenda_;
};

OnTime
fulfilment(const Obligation& owed, const Intervals& intervals, const Period& period, Day today) {
    OnTime sum;
    for (const DueDate& date : due_dates(owed, intervals, today)) {
        if (!period.holds(date.due)) {
            continue;
        }
        switch (date.fate) {
        case Fate::on_time:
            ++sum.on_time;
            break;
        case Fate::late:
            ++sum.late;
            break;
        case Fate::missed:
            ++sum.missed;
            break;
        case Fate::open:
            ++sum.open;
            break;
        }
    }
    return sum;
}

void add_check(Overrides& sum, const Cart& cart, const Check& check, const CheckClosed& closed) {
    for (const Line& line : cart.lines) {
        ++sum.lines;
        const LineProgress* known = check.progress.lines.find(line.id);
        if (std::ranges::find(closed.not_scanned, line.id) != closed.not_scanned.end()) {
            ++sum.skipped;
        } else if (known != nullptr && is_typed(*known)) {
            ++sum.typed;
        }
    }
}

void add(Overrides& sum, const Overrides& more) {
    sum.typed += more.typed;
    sum.skipped += more.skipped;
    sum.lines += more.lines;
}

} // namespace

OnTime on_time_checks(const Past& past, const Scope& scope, const Period& period, Day today) {
    return checks_between(past, scope, period, today, CheckKind::full);
}

OnTime checks_between(
    const Past& past, const Scope& scope, const Period& period, Day today, CheckKind kind) {
    const Agenda agenda = Clerk(past, scope, kind).run();
    OnTime sum;
    for (const auto& [name, owed] : agenda.carts) {
        for (const Obligation& each : owed) {
            const OnTime one = fulfilment(each, agenda.intervals.at(name.first), period, today);
            sum.on_time += one.on_time;
            sum.late += one.late;
            sum.missed += one.missed;
            sum.open += one.open;
        }
    }
    return sum;
}

std::map<CartName, Overrides>
overrides_by_cart(const Past& past, const Scope& scope, const Period& period) {
    std::map<std::tuple<std::string, Day, std::string>, Overrides> sums; // node, working day, cart
    Telling telling(past, Told::as_it_happened);
    while (const Recorded* entry = telling.upcoming()) {
        const auto* closed = std::get_if<CheckClosed>(&entry->event);
        const auto* corrected = std::get_if<DayCorrected>(&entry->event);
        if (closed != nullptr && closed->kind == CheckKind::full
            && period.holds(closed->working_day)) {
            const NodeState& node = node_of(telling.state, entry->node);
            const auto check = node.open_checks.find(closed->check);
            const auto cart = node.carts.find(closed->cart);
            if (check != node.open_checks.end() && cart != node.carts.end()
                && scope.holds(entry->node, cart->second)) {
                Overrides& sum = sums[{entry->node, closed->working_day, closed->cart}];
                add_check(sum, cart->second, check->second, *closed);
            }
        } else if (corrected != nullptr) {
            std::erase_if(sums, [&](const auto& sum) {
                const auto& [node, day, cart] = sum.first;
                return node == entry->node && day > corrected->day;
            });
        }
        telling.take();
    }
    std::map<CartName, Overrides> carts;
    for (const auto& [name, sum] : sums) {
        const auto& [node, day, cart] = name;
        add(carts[{node, cart}], sum);
    }
    return carts;
}

Overrides overrides(const Past& past, const Scope& scope, const Period& period) {
    Overrides all;
    for (const auto& [name, sum] : overrides_by_cart(past, scope, period)) {
        add(all, sum);
    }
    return all;
}

} // namespace cartwatch::figures
