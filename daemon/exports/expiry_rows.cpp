#include "daemon/exports/expiry_rows.hpp"

#include "daemon/exports/expiry.hpp"

#include <algorithm>

namespace cartwatch::exports {

using reports::Column;
using reports::Value;

namespace {

std::string yes_or_no(bool yes) {
    return yes ? "yes" : "no";
}

Value whole(std::int64_t value) {
    return value;
}

// "2027-02"
std::string month_of(Day day) {
    return to_text(day).substr(0, 7);
}

figures::RotationTerms terms_of(const Range& range, int ordinary) {
    figures::RotationTerms terms;
    terms.today = range.today;
    terms.horizon_days = range.to ? static_cast<int>((*range.to - range.today).count()) : ordinary;
    terms.horizon_days = std::max(terms.horizon_days, 0);
    return terms;
}

std::vector<Value> row_of(const ExpiringLot& lot, Day today) {
    const store::StockReport& stock = lot.stock;
    const Day last = *stock.holding->last_usable_day;
    const std::string& substitute = stock.holding->product;
    return {
        month_of(last),
        last,
        whole((last - today).count()),
        stock.node,
        stock.station,
        stock.cart,
        stock.cart_name.zh,
        stock.line.id,
        stock.line.position,
        substitute.empty() ? stock.line.product : substitute,
        stock.product_name.zh,
        stock.strength,
        stock.unit,
        stock.holding->lot,
        whole(lot.units),
        lot.unused ? whole(*lot.unused) : Value(),
        yes_or_no(stock.controlled)};
}

std::vector<Value> row_of(const RotationPlan& plan, const figures::Swap& swap) {
    const store::StockReport& from = plan.words[swap.from];
    const store::StockReport& to = plan.words[swap.to];
    return {
        from.line.product,
        from.product_name.zh,
        from.strength,
        from.unit,
        whole(swap.old.units),
        yes_or_no(from.controlled || to.controlled),
        from.node,
        from.station,
        from.cart,
        from.cart_name.zh,
        from.line.id,
        from.line.position,
        swap.old.lot,
        *swap.old.last,
        to.node,
        to.station,
        to.cart,
        to.cart_name.zh,
        to.line.id,
        to.line.position,
        swap.younger.lot,
        *swap.younger.last,
        whole(plan.lines[swap.to].used),
        whole(plan.terms.use_days)};
}

} // namespace

const std::vector<Column>& expiry_columns() {
    static const std::vector<Column> columns = {
        {"month", "月份", "month of the last usable day"},
        {"last_usable_day", "有效期至", "last usable day"},
        {"days_left", "剩余天数", "from today to that day; below 0: it lies there past it"},
        {"node", "病区节点", "the ward's node"},
        {"station", "站点", "the station responsible"},
        {"cart", "车号", "the cart's id"},
        {"cart_name", "车名", "the cart's name"},
        {"line", "行号", "id of the line"},
        {"position", "位置", "where in the cart"},
        {"product", "品目编号", "id of what lies there, a substitute too"},
        {"name", "名称", "of the line's product"},
        {"strength", "规格", "of the line's product"},
        {"unit", "单位", "of the line's product"},
        {"lot", "批号", "of the holding"},
        {"units", "数量", "usable units, or expired ones; neither damaged nor recalled"},
        {"unused",
         "预计用不完",
         "of these: left over on that day if emergencies go on as in the last 365 days; empty: not "
         "known"},
        {"controlled", "麻精", "yes or no"},
    };
    return columns;
}

const std::vector<Column>& rotation_columns() {
    static const std::vector<Column> columns = {
        {"product", "品目编号", "id of the product"},
        {"name", "名称", "of the product"},
        {"strength", "规格", "of the product"},
        {"unit", "单位", "of the product"},
        {"units", "对调数量", "units that go each way; so many do not expire unused"},
        {"controlled", "麻精", "yes: two sign for what is moved; or no"},
        {"from_node", "调出节点", "node of the cart where they would expire unused"},
        {"from_station", "调出站点", "its station"},
        {"from_cart", "调出车号", "its id"},
        {"from_cart_name", "调出车名", "its name"},
        {"from_line", "调出行号", "id of the line there"},
        {"from_position", "调出位置", "where in the cart"},
        {"old_lot", "近效期批号", "the lot that goes"},
        {"old_last_usable_day", "近效期至", "its last usable day"},
        {"to_node", "调入节点", "node of the cart that uses them in time"},
        {"to_station", "调入站点", "its station"},
        {"to_cart", "调入车号", "its id"},
        {"to_cart_name", "调入车名", "its name"},
        {"to_line", "调入行号", "id of the line there"},
        {"to_position", "调入位置", "where in the cart"},
        {"younger_lot", "换回批号", "the lot that comes back for it"},
        {"younger_last_usable_day", "换回有效期至", "its last usable day"},
        {"used", "调入车用量", "units that emergencies used of that line …"},
        {"used_days", "用量天数", "… in so many days up to today"},
    };
    return columns;
}

void for_each_expiry_row(store::Reader& reader, const Range& range, const RowSink& sink) {
    for_each_expiring(reader, terms_of(range, horizon_days_max), [&](const ExpiringLot& lot) {
        const Day last = *lot.stock.holding->last_usable_day;
        if ((!range.from || *range.from <= last) && (!range.to || last <= *range.to)) {
            sink(row_of(lot, range.today));
        }
    });
}

void for_each_rotation_row(store::Reader& reader, const Range& range, const RowSink& sink) {
    const RotationPlan plan =
        rotation_plan(reader, terms_of(range, figures::RotationTerms{}.horizon_days));
    for (const figures::Swap& swap : plan.swaps) {
        sink(row_of(plan, swap));
    }
}

} // namespace cartwatch::exports
