#include "daemon/exports/due_rows.hpp"

#include "daemon/figures/duties.hpp"

#include <array>
#include <iterator>
#include <map>
#include <utility>

namespace cartwatch::exports {

using reports::Column;
using reports::Value;
using std::chrono::days;
using std::chrono::year_month_day;

namespace {

using CartName = std::pair<std::string, std::string>;

// When a cart was listed or retired, and which station had it.
struct Past {
    std::vector<figures::ListedFrom> listed;
    std::map<Day, std::string> stations; // from that day on
};

std::map<CartName, Past>
pasts_of(store::Reader& reader, const std::function<Day(Instant)>& day_of) {
    std::map<CartName, Past> pasts;
    const store::Span always{Instant::min(), Instant::max()};
    reader.standings("", "", always, [&](const store::StandingReport& report) {
        Past& past = pasts[{report.node, report.cart}];
        if (past.listed.empty() || past.listed.back().listed != report.standing.listed) {
            past.listed.push_back({report.since, report.standing.listed});
        }
        past.stations[day_of(report.since)] = report.standing.station;
    });
    return pasts;
}

// The pharmacy's policies once it has said any, else the node's own.
std::vector<figures::PolicyFrom> in_force_at(
    const std::string& node,
    const std::vector<store::PolicyReport>& all,
    const std::string& pharmacy) {
    std::vector<figures::PolicyFrom> policies;
    bool by_pharmacy = false;
    for (const store::PolicyReport& report : all) {
        if (report.node == pharmacy || (report.node == node && !by_pharmacy)) {
            by_pharmacy = by_pharmacy || report.node == pharmacy;
            policies.push_back({report.at, report.policy});
        }
    }
    return policies;
}

std::string station_on(const Past& past, Day day) {
    const auto after = past.stations.upper_bound(day);
    return after == past.stations.begin() ? "" : std::prev(after)->second;
}

std::string_view text_of(figures::Fate fate) {
    static constexpr std::array<std::string_view, 4> names = {"on_time", "late", "missed", "open"};
    return names.at(static_cast<std::size_t>(fate));
}

// "2026-W53": an ISO week is of the year of its Thursday.
std::string week_of(Day day) {
    const auto weekday = std::chrono::weekday(day).iso_encoding();
    const Day thursday = day + days(4) - days(weekday);
    const year_month_day date{thursday};
    const Day first{date.year() / 1 / 1};
    const auto week = (thursday - first).count() / 7 + 1;
    return std::to_string(static_cast<int>(date.year())) + (week < 10 ? "-W0" : "-W")
           + std::to_string(week);
}

std::string quarter_of(Day day) {
    const year_month_day date{day};
    const unsigned quarter = (static_cast<unsigned>(date.month()) + 2) / 3;
    return std::to_string(static_cast<int>(date.year())) + "-Q" + std::to_string(quarter);
}

std::vector<Value> row_of(const DueRow& row) {
    const Day due = row.date.due;
    return {
        row.node,
        row.station,
        row.cart,
        due,
        std::string(text_of(row.date.fate)),
        row.date.done ? Value(*row.date.done) : Value(),
        week_of(due),
        to_text(due).substr(0, 7),
        quarter_of(due)};
}

} // namespace

void for_each_due(
    store::Reader& reader,
    Day today,
    const std::function<Day(Instant)>& day_of,
    const std::function<void(const DueRow&)>& sink) {
    const std::string pharmacy = reader.pharmacy();
    std::vector<store::PolicyReport> said;
    reader.policies([&](const store::PolicyReport& report) { said.push_back(report); });
    std::map<CartName, std::vector<figures::CheckMade>> checks;
    reader.checks_made([&](const store::CheckMadeReport& report) {
        checks[{report.node, report.cart}].push_back(
            {report.kind, report.working_day, report.closed_at, report.voided});
    });
    for (const auto& [name, past] : pasts_of(reader, day_of)) {
        const auto policies = in_force_at(name.first, said, pharmacy);
        const auto intervals = figures::intervals_of(policies, day_of);
        for (const figures::Duty& duty :
             figures::duties_of(past.listed, checks[name], policies, day_of)) {
            for (const figures::DueDate& date : due_dates(duty, intervals, today)) {
                sink({name.first, name.second, station_on(past, date.due), date});
            }
        }
    }
}

const std::vector<Column>& due_columns() {
    static const std::vector<Column> columns = {
        {"node", "病区节点", "the ward's node"},
        {"station", "站点", "the station responsible on that day"},
        {"cart", "车号", "the cart's id"},
        {"due_day", "应做日", "the day on which a full check was due"},
        {"fate", "结果", "on_time, late, missed, or open: past due and not missed yet"},
        {"done_day", "检查日", "working day of the check that kept it"},
        {"week", "周", "ISO week of the due day"},
        {"month", "月", "month of the due day"},
        {"quarter", "季度", "quarter of the due day"},
    };
    return columns;
}

void for_each_due_row(store::Reader& reader, const Range& range, const RowSink& sink) {
    for_each_due(reader, range.today, range.day_of, [&](const DueRow& row) {
        const Day due = row.date.due;
        if ((!range.from || *range.from <= due) && (!range.to || due <= *range.to)) {
            sink(row_of(row));
        }
    });
}

} // namespace cartwatch::exports
