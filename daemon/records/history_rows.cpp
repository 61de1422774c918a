#include "daemon/records/history_rows.hpp"

#include "daemon/readiness/evaluate.hpp"
#include "daemon/web/view_parts.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace cartwatch::records {

using std::chrono::days;

namespace {

// The longest that is worth ordering for: the furthest band of the figures' forecast.
constexpr int forecast_days_max = 180;

Json seconds_or_null(const std::optional<std::chrono::milliseconds>& span) {
    return span ? Json(std::chrono::duration_cast<std::chrono::seconds>(*span).count()) : Json();
}

constexpr std::string_view word_of(figures::Fate fate) {
    switch (fate) {
    case figures::Fate::on_time:
        return "on_time";
    case figures::Fate::late:
        return "late";
    case figures::Fate::missed:
        return "missed";
    case figures::Fate::open:
        break;
    }
    return "open";
}

// From the first check that is known; when a cart was listed is not kept apart.
std::optional<figures::Duty>
duty_of(const KnownCart& cart, const CartChecks& checks, const Asked& asked) {
    using readiness::CheckKind;
    figures::Duty duty;
    const auto add = [&](Day day) {
        duty.checked[day] = day + days(figures::interval_on(asked.intervals, day));
    };
    for (const auto& [kind, days_of_kind] : checks.days) {
        const bool counts =
            kind == CheckKind::full || (kind == CheckKind::sealed && cart.sealed_counts);
        std::ranges::for_each(counts ? days_of_kind : std::vector<Day>{}, add);
    }
    if (duty.checked.empty() && cart.last_full_check) {
        add(*cart.last_full_check);
    }
    if (duty.checked.empty()) {
        return std::nullopt;
    }
    duty.listed = duty.checked.begin()->first;
    duty.due = duty.listed;
    return duty;
}

bool is_answer(store::AlertStepKind step) {
    return step == store::AlertStepKind::accepted || step == store::AlertStepKind::dispatched;
}

void take_step(Episode& episode, const store::AlertReport& report) {
    const store::AlertStep& step = report.step;
    if (is_answer(step.step) && !episode.accepted) {
        episode.accepted = step.at;
        episode.accepted_by = report.by_name.empty() ? step.by : report.by_name;
    }
    if (step.step == store::AlertStepKind::dispatched) {
        episode.dispatched = step.at;
    }
    if (step.step == store::AlertStepKind::resolved
        || step.step == store::AlertStepKind::withdrawn) {
        episode.ended = step.at;
        episode.withdrawn = step.step == store::AlertStepKind::withdrawn;
    }
}

// Never below nothing: two machines' clocks may differ.
std::chrono::milliseconds wait_between(Instant from, Instant to) {
    return std::max(to - from, std::chrono::milliseconds{0});
}

Json waits_of(const std::map<readiness::Severity, figures::Waits>& waits) {
    Json json = Json::object();
    for (const auto& [severity, spans] : waits) {
        const figures::Waiting sum = summed(spans);
        json[std::string(to_text(severity))] = {
            {"over", sum.over},
            {"still", sum.still},
            {"median_s", seconds_or_null(sum.median)},
            {"p90_s", seconds_or_null(sum.ninetieth)}};
    }
    return json;
}

Json ahead_json(const store::StockReport& stock, int units, Day today) {
    const Day last = *stock.holding->last_usable_day;
    return {
        {"node", stock.node},
        {"cart", stock.cart},
        {"cart_name", web::name_json(stock.cart_name)},
        {"position", stock.line.position},
        {"product", product_in(stock.line, *stock.holding)},
        {"name", web::name_json(stock.product_name)},
        {"strength", stock.strength},
        {"unit", stock.unit},
        {"lot", stock.holding->lot},
        {"last_usable_day", to_text(last)},
        {"days_left", days_between(today, last)},
        {"quantity", units}};
}

// Usable units, or those that lie there past their day.
int units_of(const store::StockReport& stock, const Standards& standards, Day today) {
    const auto substitutions = substitutions_on(standards.substitutions, stock.cart);
    const readiness::HoldingWorth worth =
        worth_of(stock.line, *stock.holding, standards.recalls, today, substitutions);
    return worth.usable + worth.expired;
}

} // namespace

Json check_json(const store::CheckReport& report) {
    const store::ClosedCheck& check = report.check;
    return {
        {"id", check.id},
        {"kind", to_text(check.kind)},
        {"working_day", to_text(check.working_day)},
        {"opened_at", to_text(check.opened_at)},
        {"closed_at", to_text(check.closed_at)},
        {"by", report.closed_by_name.empty() ? check.closed_by : report.closed_by_name},
        {"witness", check.witness.empty() ? Json() : Json(check.witness)},
        {"readiness", to_text(check.readiness)},
        {"in_order", check.in_order},
        {"required", check.required},
        {"ready_until", web::text_or_null(check.ready_until)},
        {"not_scanned", check.not_scanned.size()},
        {"undone", check.undone},
        {"parked", check.parked},
        {"seal", check.seal.empty() ? Json() : Json(check.seal)},
        {"voided", check.voided}};
}

std::optional<Day>
first_check_of(const KnownCart& cart, const CartChecks& checks, const Asked& asked) {
    const auto duty = duty_of(cart, checks, asked);
    return duty ? std::optional(duty->listed) : std::nullopt;
}

Json dues_json(const KnownCart& cart, const CartChecks& checks, const Asked& asked) {
    Json rows = Json::array();
    const auto duty = duty_of(cart, checks, asked);
    if (!duty) {
        return rows;
    }
    for (const figures::DueDate& date : due_dates(*duty, asked.intervals, asked.today)) {
        if (asked.question.from <= date.due && date.due <= asked.question.to) {
            rows.push_back(
                {{"due", to_text(date.due)},
                 {"fate", word_of(date.fate)},
                 {"done", web::text_or_null(date.done)}});
        }
    }
    return rows;
}

std::vector<Episode>
episodes_of(store::Reader& reader, const clock::Calendar& calendar, const Asked& asked) {
    std::map<CartName, bool> wanted;
    for (const KnownCart& cart : asked.carts) {
        wanted[{cart.node, cart.id}] = true;
    }
    const Instant from = calendar.begin_of(asked.question.from);
    const Instant to = calendar.begin_of(asked.question.to + days(1));
    std::map<std::tuple<std::string, readiness::AlertKey, int>, std::size_t> places;
    std::vector<Episode> episodes;
    // Steps up to now: what was raised in these days may have ended after them.
    const store::Span span{from, std::max(to, asked.now + days(1))};
    const auto take = [&](const store::AlertReport& report) {
        const store::AlertStep& step = report.step;
        const auto name = std::tuple(step.node, step.key, step.episode);
        if (step.step == store::AlertStepKind::raised) {
            if (step.at < to && wanted.contains({step.node, step.key.cart})
                && places.emplace(name, episodes.size()).second) {
                episodes.push_back({report, {}, {}, {}, {}, false});
            }
            return;
        }
        if (const auto place = places.find(name); place != places.end()) {
            take_step(episodes[place->second], report);
        }
    };
    if (is_of_one_cart(asked.question)) {
        reader.alerts_of(asked.question.node, asked.question.cart, span, take);
    } else {
        reader.alerts(span, take);
    }
    return episodes;
}

Json episode_json(const Episode& episode) {
    const store::AlertReport& raised = episode.raised;
    const bool of_device = raised.step.need.line.empty();
    return {
        {"subject", raised.step.key.subject},
        {"name", web::name_json(of_device ? raised.device_name : raised.product_name)},
        {"strength", raised.strength},
        {"severity", to_text(raised.step.need.severity)},
        {"quantity", raised.step.need.quantity},
        {"raised_at", to_text(raised.step.at)},
        {"accepted_at", web::text_or_null(episode.accepted)},
        {"accepted_by", episode.accepted_by},
        {"dispatched_at", web::text_or_null(episode.dispatched)},
        {"ended_at", web::text_or_null(episode.ended)},
        {"withdrawn", episode.withdrawn}};
}

Json waits_json(const std::vector<Episode>& episodes) {
    std::map<readiness::Severity, figures::Waits> accepting;
    std::map<readiness::Severity, figures::Waits> restocking;
    for (const Episode& episode : episodes) {
        const readiness::Severity severity = episode.raised.step.need.severity;
        const Instant raised = episode.raised.step.at;
        if (episode.accepted) {
            accepting[severity].over.push_back(wait_between(raised, *episode.accepted));
        } else if (!episode.ended) {
            ++accepting[severity].still;
        }
        if (!episode.ended) {
            ++restocking[severity].still;
        } else if (!episode.withdrawn) {
            restocking[severity].over.push_back(wait_between(raised, *episode.ended));
        }
    }
    return {{"to_accept", waits_of(accepting)}, {"to_restock", waits_of(restocking)}};
}

Json stations_json(const std::vector<Episode>& episodes, const Asked& asked) {
    using Place = std::pair<std::string, std::string>; // node, station
    std::map<CartName, Place> places;
    std::map<Place, std::pair<readiness::Name, std::vector<Episode>>> stations;
    for (const KnownCart& cart : asked.carts) {
        const Place place{cart.node, cart.station_id};
        places[{cart.node, cart.id}] = place;
        stations[place].first = cart.station;
    }
    for (const Episode& episode : episodes) {
        const store::AlertStep& raised = episode.raised.step;
        const auto place = places.find({raised.node, raised.key.cart});
        if (place != places.end()) {
            stations[place->second].second.push_back(episode);
        }
    }
    Json rows = Json::array();
    for (const auto& [place, station] : stations) {
        rows.push_back(
            {{"node", place.first},
             {"id", place.second},
             {"name", web::name_json(station.first)},
             {"waits", waits_json(station.second)}});
    }
    return rows;
}

Json range_json(const std::string& node, std::int64_t first, const journal::Head& last) {
    return {{"node", node}, {"first", first}, {"last", last.seq}, {"hash", last.hash}};
}

void put_forecast(Json& json, store::Reader& reader, const Asked& asked) {
    std::set<CartName> wanted;
    for (const KnownCart& cart : asked.carts) {
        wanted.emplace(cart.node, cart.id);
    }
    Json rows = Json::array();
    bool more = false;
    reader.stock_expiring(
        asked.today + days(forecast_days_max),
        asked.question.node,
        asked.question.cart,
        [&](const store::StockReport& stock) {
            if (!wanted.contains({stock.node, stock.cart})) {
                return true;
            }
            const int units = units_of(stock, asked.standards.at(stock.node), asked.today);
            if (units > 0) {
                more = rows.size() == forecast_shown_max;
                if (!more) {
                    rows.push_back(ahead_json(stock, units, asked.today));
                }
            }
            return !more;
        });
    json["forecast"] = std::move(rows);
    json["more_forecast"] = more;
}

} // namespace cartwatch::records
