#include "daemon/records/history.hpp"

#include "daemon/journal/entry.hpp"
#include "daemon/records/history_rows.hpp"
#include "daemon/web/policy_view.hpp"
#include "daemon/web/view_parts.hpp"

#include <algorithm>
#include <set>

namespace cartwatch::records {

using std::chrono::days;

namespace {

// A check further back than this keeps no due date of today: twice the longest interval of a
// policy.
constexpr days look_back{2 * 366};

readiness::Name station_name(const readiness::NodeState& node, const std::string& station) {
    const auto found = node.stations.find(station);
    return found == node.stations.end() ? readiness::Name{station, station} : found->second.name;
}

void add_carts(Asked& asked, const readiness::State& state) {
    for (const auto& [name, node] : state.nodes) {
        const readiness::Policy policy = policy_for(state, name);
        for (const auto& [id, cart] : node.carts) {
            const auto& [from, to, wanted_node, wanted_cart] = asked.question;
            const bool other = (!wanted_node.empty() && wanted_node != name)
                               || (!wanted_cart.empty() && wanted_cart != id);
            if (cart.retired || other) {
                continue;
            }
            if (asked.carts.size() == carts_shown_max) {
                asked.more_carts = true;
                return;
            }
            asked.carts.push_back(
                {name,
                 id,
                 cart.name,
                 station_name(node, cart.station),
                 cart.station,
                 cart.last_full_check,
                 policy.sealed_counts_as_weekly});
        }
    }
}

// By the day on which each policy came into force; before the first one known its own holds.
figures::Intervals intervals_of(ledger::Ledger& ledger, const clock::Calendar& calendar) {
    figures::Intervals intervals;
    const readiness::State& state = ledger.state();
    const std::string& source = web::policy_source(state);
    intervals[Day::min()] = policy_for(state, source).check_interval_days;
    if (ledger.store() == nullptr) {
        return intervals;
    }
    for (const journal::Entry& entry :
         ledger.store()->policy_changes(source, web::policy_changes_shown_max)) {
        const auto recorded = journal::to_recorded(entry);
        const auto* changed =
            recorded ? std::get_if<readiness::PolicyChanged>(&recorded->event) : nullptr;
        if (changed != nullptr) {
            const int interval = changed->policy.check_interval_days;
            intervals.emplace(calendar.day_of(entry.at), interval); // the last of a day came first
            intervals[Day::min()] = interval;
        }
    }
    return intervals;
}

// Checks of every kind, where one cart is asked for.
void take_all_of_one(
    store::Reader& reader,
    const Asked& asked,
    const store::Period& period,
    std::map<CartName, CartChecks>& checks) {
    const web::HistoryQuestion& wanted = asked.question;
    reader.checks_of(wanted.node, wanted.cart, period, [&](const store::CheckReport& report) {
        const auto cart = checks.find({report.check.node, report.check.cart});
        if (cart == checks.end()) {
            return;
        }
        if (!report.check.voided) {
            cart->second.days[report.check.kind].push_back(report.check.working_day);
        }
        if (report.check.working_day >= wanted.from) {
            cart->second.shown.push_back(check_json(report));
        }
    });
}

// What is known of the checks of each cart asked for.
std::map<CartName, CartChecks> checks_of(store::Reader& reader, const Asked& asked) {
    std::map<CartName, CartChecks> checks;
    std::set<readiness::CheckKind> keeping; // a due date of a cart
    for (const KnownCart& cart : asked.carts) {
        checks[{cart.node, cart.id}];
        keeping.insert(readiness::CheckKind::full);
        if (cart.sealed_counts) {
            keeping.insert(readiness::CheckKind::sealed);
        }
    }
    const store::Period period{asked.question.from - look_back, asked.question.to};
    if (is_of_one_cart(asked.question)) {
        take_all_of_one(reader, asked, period, checks);
        return checks;
    }
    for (const readiness::CheckKind kind : keeping) {
        reader.check_days(kind, period, [&](const store::CheckDay& day) {
            if (const auto cart = checks.find({day.node, day.cart}); cart != checks.end()) {
                cart->second.days[kind].push_back(day.working_day);
            }
        });
    }
    const store::Period shown{asked.question.from, asked.question.to};
    reader.checks_of_kind(readiness::CheckKind::full, shown, [&](const store::CheckReport& report) {
        const auto cart = checks.find({report.check.node, report.check.cart});
        if (cart != checks.end()) {
            cart->second.shown.push_back(check_json(report));
        }
    });
    return checks;
}

Json cart_json(const KnownCart& cart, const CartChecks& checks, const Asked& asked) {
    Json json;
    json["node"] = cart.node;
    json["id"] = cart.id;
    json["name"] = web::name_json(cart.name);
    json["station"] = web::name_json(cart.station);
    json["station_id"] = cart.station_id;
    json["never_checked"] = !cart.last_full_check.has_value();
    json["first_check"] = web::text_or_null(first_check_of(cart, checks, asked));
    json["dues"] = dues_json(cart, checks, asked);
    json["checks"] = checks.shown;
    return json;
}

// Of the nodes whose carts are told, and of the pharmacy, whose answers to alerts are told with
// them.
Json journals_json(store::Reader& reader, const Asked& asked) {
    std::set<std::string> nodes{asked.pharmacy};
    for (const auto& [node, standards] : asked.standards) {
        nodes.insert(node);
    }
    Json rows = Json::array();
    for (const std::string& node : nodes) {
        const journal::Head head = reader.head(node);
        if (head.seq > 0) {
            rows.push_back(range_json(node, 1, head));
        }
    }
    return rows;
}

} // namespace

Asked asked_of(
    ledger::Ledger& ledger, const clock::Calendar& calendar, web::HistoryQuestion question) {
    Asked asked;
    const readiness::Context moment = ledger.moment();
    asked.question = std::move(question);
    asked.today = moment.today;
    asked.now = moment.now;
    const readiness::State& state = ledger.state();
    asked.pharmacy = state.pharmacy;
    add_carts(asked, state);
    for (const KnownCart& cart : asked.carts) {
        if (!asked.standards.contains(cart.node)) {
            asked.standards[cart.node] = {
                recalls_for(state, cart.node), substitutions_for(state, cart.node)};
        }
    }
    asked.intervals = intervals_of(ledger, calendar);
    asked.policy = policy_for(state, web::policy_source(state));
    return asked;
}

std::string
history_text(store::Reader& reader, const clock::Calendar& calendar, const Asked& asked) {
    const auto checks = checks_of(reader, asked);
    Json json;
    json["from"] = to_text(asked.question.from);
    json["to"] = to_text(asked.question.to);
    json["today"] = to_text(asked.today);
    json["now"] = to_text(asked.now);
    json["interval_days"] = asked.policy.check_interval_days;
    json["carts"] = Json::array();
    for (const KnownCart& cart : asked.carts) {
        json["carts"].push_back(cart_json(cart, checks.at({cart.node, cart.id}), asked));
    }
    json["more_carts"] = asked.more_carts;
    const std::vector<Episode> episodes = episodes_of(reader, calendar, asked);
    json["waits"] = waits_json(episodes);
    json["stations"] = stations_json(episodes, asked);
    json["pharmacy"] = asked.pharmacy;
    json["journals"] = journals_json(reader, asked);
    put_forecast(json, reader, asked);
    json["alerts"] = Json::array();
    const bool of_one = !asked.question.cart.empty();
    for (std::size_t i = 0; of_one && i < std::min(episodes.size(), alerts_shown_max); ++i) {
        json["alerts"].push_back(episode_json(episodes[episodes.size() - 1 - i]));
    }
    json["more_alerts"] = of_one && episodes.size() > alerts_shown_max;
    return web::dumped(json);
}

} // namespace cartwatch::records
