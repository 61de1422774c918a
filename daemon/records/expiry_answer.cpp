#include "daemon/records/expiry_answer.hpp"

#include "daemon/exports/expiry.hpp"
#include "daemon/web/view_parts.hpp"
#include "daemon/web/views.hpp"

#include <map>

namespace cartwatch::records {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;
using web::Json;

namespace {

year_month month_of(Day day) {
    const year_month_day date{day};
    return date.year() / date.month();
}

// "2027-02"
std::string month_text(year_month month) {
    return to_text(Day{month / 1}).substr(0, 7);
}

struct Month {
    int units = 0;
    int unused = 0;
    int lots = 0;
};

bool is_asked_for(const web::ExpiryQuestion& question, const store::StockReport& stock) {
    return (question.node.empty() || question.node == stock.node)
           && (question.station.empty() || question.station == stock.station);
}

// What expires, and what lies there past its day.
void put_months(Json& json, store::Reader& reader, const web::ExpiryQuestion& question, Day today) {
    const year_month first = month_of(today);
    std::map<year_month, Month> sums;
    for (int ahead = 0; ahead < question.months; ++ahead) {
        sums[first + months(ahead)];
    }
    figures::RotationTerms terms;
    terms.today = today;
    const Day after{(first + months(question.months)) / 1};
    terms.horizon_days = static_cast<int>((after - days(1) - today).count());
    int expired = 0;
    exports::for_each_expiring(reader, terms, [&](const exports::ExpiringLot& lot) {
        const Day last = *lot.stock.holding->last_usable_day;
        if (!is_asked_for(question, lot.stock)) {
            return;
        }
        if (last < today) {
            expired += lot.units;
            return;
        }
        Month& sum = sums[month_of(last)];
        sum.units += lot.units;
        sum.unused += lot.unused.value_or(0);
        ++sum.lots;
    });
    json["expired"] = expired;
    json["months"] = Json::array();
    for (const auto& [month, sum] : sums) {
        json["months"].push_back(
            {{"month", month_text(month)},
             {"lots", sum.lots},
             {"units", sum.units},
             {"unused", sum.unused}});
    }
}

Json place_json(const store::StockReport& stock, const figures::RestingLot& lot) {
    return {
        {"node", stock.node},
        {"cart", stock.cart},
        {"cart_name", web::name_json(stock.cart_name)},
        {"position", stock.line.position},
        {"lot", lot.lot},
        {"last_usable_day", to_text(*lot.last)}};
}

Json swap_json(const exports::RotationPlan& plan, const figures::Swap& swap) {
    const store::StockReport& from = plan.words[swap.from];
    const store::StockReport& to = plan.words[swap.to];
    return {
        {"product", from.line.product},
        {"name", web::name_json(from.product_name)},
        {"strength", from.strength},
        {"unit", from.unit},
        {"units", swap.old.units},
        {"controlled", from.controlled || to.controlled},
        {"from", place_json(from, swap.old)},
        {"to", place_json(to, swap.younger)},
        {"used", plan.lines[swap.to].used}};
}

void put_swaps(Json& json, store::Reader& reader, const web::ExpiryQuestion& question, Day today) {
    figures::RotationTerms terms;
    terms.today = today;
    const exports::RotationPlan plan = exports::rotation_plan(reader, terms);
    int unused = 0;
    for (const figures::UnusedLot& lot : plan.unused) {
        unused += is_asked_for(question, plan.words[lot.line]) ? lot.unused : 0;
    }
    int saved = 0;
    Json rows = Json::array();
    bool more = false;
    for (const figures::Swap& swap : plan.swaps) {
        if (is_asked_for(question, plan.words[swap.from])
            || is_asked_for(question, plan.words[swap.to])) {
            saved += swap.old.units;
            more = rows.size() == swaps_shown_max;
            if (!more) {
                rows.push_back(swap_json(plan, swap));
            }
        }
    }
    json["horizon_days"] = terms.horizon_days;
    json["use_days"] = terms.use_days;
    json["unused"] = unused;
    json["saved"] = saved;
    json["swaps"] = std::move(rows);
    json["more_swaps"] = more;
}

} // namespace

std::string expiry_text(store::Reader& reader, const web::ExpiryQuestion& question, Day today) {
    Json json;
    json["today"] = to_text(today);
    put_months(json, reader, question, today);
    put_swaps(json, reader, question, today);
    return web::dumped(json);
}

} // namespace cartwatch::records
