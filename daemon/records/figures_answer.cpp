#include "daemon/records/figures_answer.hpp"

#include "daemon/figures/check_figures.hpp"
#include "daemon/figures/readiness_figures.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/web/views.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace cartwatch::records {

using figures::CartName;
using std::chrono::days;
using web::Json;

namespace {

struct Figures {
    std::vector<figures::Stood> stood;
    figures::Overrides overrides;
};

// By the days asked for that are over or begun.
std::map<CartName, Figures>
figures_of(store::Reader& reader, const clock::Calendar& calendar, const FiguresAsked& asked) {
    const Day last = std::min(asked.question.to, asked.today);
    std::map<CartName, Figures> carts;
    reader.standings(
        asked.question.node,
        asked.question.cart,
        {calendar.begin_of(asked.question.from), calendar.begin_of(last + days(1))},
        [&](const store::StandingReport& report) {
            carts[{report.node, report.cart}].stood.push_back({report.since, report.standing});
        });
    reader.overrides({asked.question.from, last}, [&](const store::OverrideReport& report) {
        carts[{report.node, report.cart}].overrides = {report.typed, report.skipped, report.lines};
    });
    return carts;
}

Json row_of(
    const CartName& name,
    const Figures& figures,
    const clock::Calendar& calendar,
    const FiguresAsked& asked) {
    const Day last = std::min(asked.question.to, asked.today);
    const figures::TimeReady ready = figures::time_ready_of(
        figures.stood,
        {asked.question.from, last + days(1)},
        asked.now,
        [&](Day day) { return calendar.begin_of(day); },
        [&](Instant at, std::span<const int> hours) { return calendar.shifts_at(at, hours); });
    const auto seconds = [](std::chrono::milliseconds span) {
        return std::chrono::duration_cast<std::chrono::seconds>(span).count();
    };
    return {
        {"node", name.first},
        {"cart", name.second},
        {"ready_s", seconds(ready.ready)},
        {"total_s", seconds(ready.total)},
        {"lines", figures.overrides.lines},
        {"typed", figures.overrides.typed},
        {"skipped", figures.overrides.skipped}};
}

} // namespace

FiguresAsked figures_asked_of(ledger::Ledger& ledger, web::HistoryQuestion question) {
    const readiness::Context moment = ledger.moment();
    const readiness::State& state = ledger.state();
    FiguresAsked asked{std::move(question), moment.today, moment.now, {}};
    const web::HistoryQuestion& wanted = asked.question;
    for (const auto& [name, node] : state.nodes) {
        for (const auto& [id, cart] : node.carts) {
            const bool other = (!wanted.node.empty() && wanted.node != name)
                               || (!wanted.cart.empty() && wanted.cart != id);
            if (!cart.retired && !other) {
                asked.carts.emplace_back(name, id);
            }
        }
    }
    return asked;
}

std::string
figures_text(store::Reader& reader, const clock::Calendar& calendar, const FiguresAsked& asked) {
    const auto figures = figures_of(reader, calendar, asked);
    Json json;
    json["from"] = to_text(asked.question.from);
    json["to"] = to_text(asked.question.to);
    json["overrides_goal"] = figures::overrides_goal;
    json["overrides_limit"] = figures::overrides_limit;
    json["carts"] = Json::array();
    for (const CartName& cart : asked.carts) {
        const auto found = figures.find(cart);
        json["carts"].push_back(
            row_of(cart, found == figures.end() ? Figures{} : found->second, calendar, asked));
    }
    return web::dumped(json);
}

} // namespace cartwatch::records
