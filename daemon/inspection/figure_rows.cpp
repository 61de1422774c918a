// What accreditation asks for, each figure with what it is divided by and how.
#include "daemon/figures/summary.hpp"
#include "daemon/inspection/tables.hpp"

#include <array>
#include <cmath>

namespace cartwatch::inspection {

using namespace figures;
using reports::Column;
using reports::Value;

namespace {

const std::vector<Column> figure_columns = {
    {"scope", "范围", "hospital, station or cart"},
    {"node", "病区节点", "the ward's node; empty: of all"},
    {"station", "站点", "the station's id"},
    {"cart", "车号", "the cart's id"},
    {"name", "名称", "of the station or cart, now"},
    {"figure", "指标", "which figure: see schema/pack.md"},
    {"figure_name", "指标名称", "as hospitals call it"},
    {"severity", "等级", "of alerts when raised; empty: of no alerts"},
    {"value", "数值", "numerator by denominator, in the unit; empty: nothing to divide by"},
    {"unit", "单位", "%, per_100 or min"},
    {"numerator", "分子", "what was counted"},
    {"denominator", "分母", "out of what"},
    {"formula", "计算公式", "in words, zh"},
    {"formula_en", "计算公式（英文）", "in words, en"},
};

const std::vector<Column> due_columns = {
    {"node", "病区节点", "the ward's node"},
    {"station", "站点", "the station responsible now"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name now"},
    {"kind", "检查类型", "full, sealed or handover"},
    {"due", "应查次数", "due days in the period, before today"},
    {"on_time", "按时", "closed on the due day or before"},
    {"late", "迟查", "closed after it, before another interval had passed"},
    {"missed", "漏查", "another interval passed without one"},
    {"open", "未完成", "past due, not missed yet"},
    {"done", "已查次数", "on time and late"},
};

const std::vector<Column> expiry_columns = {
    {"node", "病区节点", "the ward's node"},
    {"station", "站点", "the station responsible now"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name now"},
    {"product", "品目编号", "what lies there, a substitute too"},
    {"name", "名称", "of the product"},
    {"lot", "批号", "of the holding"},
    {"last_usable_day", "有效期至", "last usable day"},
    {"quantity", "数量", "usable units"},
    {"within_days", "几天内", "the narrowest of 30, 60, 90 and 180, from the end of the period"},
};

struct Formula {
    std::string_view figure;
    std::string_view name;
    std::string_view unit;
    std::string_view zh;
    std::string_view en;
};

constexpr Formula rate_formula{
    "readiness_rate",
    "急救物品完好率",
    "%",
    "期末完好的品目和设备数 ÷ 期末应备的品目和设备数 × 100%",
    "lines and devices in full order ÷ lines and devices required, at the period's end"};
constexpr Formula time_formula{
    "time_ready",
    "备用状态时间占比",
    "%",
    "期内急救车处于可用状态的秒数 ÷ 期内急救车在册的秒数 × 100%",
    "seconds during which carts were ready ÷ seconds that they were on the list, in the period"};
constexpr Formula full_formula{
    "on_time_checks",
    "检查及时率",
    "%",
    "到期日及之前完成的全面检查次数 ÷ 期内到期的全面检查次数 × 100%",
    "full checks closed by their due day ÷ full checks due in the period"};
constexpr Formula sealed_formula{
    "on_time_sealed_checks",
    "封条检查及时率",
    "%",
    "到期日及之前完成的封条检查次数 ÷ 期内到期的封条检查次数 × 100%",
    "checks of the seal closed by their due day ÷ those due in the period"};
constexpr Formula handover_formula{
    "on_time_handovers",
    "交接班检查及时率",
    "%",
    "到期日及之前完成的交接班检查次数 ÷ 期内到期的交接班检查次数 × 100%",
    "handovers closed by their due day ÷ those due in the period"};
constexpr Formula override_formula{
    "overrides",
    "手工录入及漏扫率",
    "per_100",
    "（手工录入行数 + 漏扫行数）÷ 期内全面检查的总行数 × 100",
    "lines typed or not scanned ÷ lines of the full checks in the period, per 100"};
constexpr std::array<Formula, 5> proved_formulas = {{
    {"proved_scanned",
     "依据：扫码",
     "%",
     "依据为扫码的行数 ÷ 期末总行数 × 100%",
     "lines known by a code on the product ÷ all lines, at the period's end"},
    {"proved_slot",
     "依据：位置标签",
     "%",
     "依据为位置标签的行数 ÷ 期末总行数 × 100%",
     "lines known by the label of their place ÷ all lines, at the period's end"},
    {"proved_typed",
     "依据：手工录入",
     "%",
     "依据为手工录入的行数 ÷ 期末总行数 × 100%",
     "lines known by typing ÷ all lines, at the period's end"},
    {"proved_sealed",
     "依据：封条",
     "%",
     "依据为封条完好的行数 ÷ 期末总行数 × 100%",
     "lines behind an unbroken seal ÷ all lines, at the period's end"},
    {"proved_empty",
     "依据：无",
     "%",
     "没有任何批次的行数 ÷ 期末总行数 × 100%",
     "lines of which nothing is known to lie there ÷ all lines, at the period's end"},
}};
constexpr std::array<Formula, 4> wait_formulas = {{
    {"time_to_accept_median",
     "接单时间中位数",
     "min",
     "告警到药房首次接单所用分钟数的中位数；分子为已接单告警数，分母为期内告警数",
     "median minutes from raised to first accepted; accepted alerts out of those raised"},
    {"time_to_accept_p90",
     "接单时间第90百分位",
     "min",
     "告警到药房首次接单所用分钟数的第90百分位；分子为已接单告警数，分母为期内告警数",
     "90th percentile of minutes from raised to first accepted; accepted alerts out of those "
     "raised"},
    {"time_to_restock_median",
     "补齐时间中位数",
     "min",
     "告警到病区扫码补齐所用分钟数的中位数；分子为已补齐告警数，分母为期内告警数（不含撤销）",
     "median minutes from raised to resolved by the ward; resolved alerts out of those raised "
     "and not withdrawn"},
    {"time_to_restock_p90",
     "补齐时间第90百分位",
     "min",
     "告警到病区扫码补齐所用分钟数的第90百分位；分子为已补齐告警数，分母为期内告警数（不含撤销）",
     "90th percentile of minutes from raised to resolved by the ward; resolved alerts out of "
     "those raised and not withdrawn"},
}};

// "83.33"
std::string two_places(double number) {
    const auto hundredths = std::llround(number * 100);
    const std::string part = std::to_string(100 + hundredths % 100).substr(1);
    return std::to_string(hundredths / 100) + "." + part;
}

class Figures {
public:
    Figures(const Gathered& gathered, const Scope& scope, const RowSink& sink)
        : gathered_(gathered), scope_(scope), sink_(sink) {}

    void share(const Formula& formula, std::int64_t part, std::int64_t whole) const {
        Value value;
        if (whole > 0) {
            value = two_places(100.0 * static_cast<double>(part) / static_cast<double>(whole));
        }
        row(formula, "", value, part, whole);
    }

    void waits(
        const Formula& median,
        const Formula& ninetieth,
        const std::map<readiness::Severity, Waiting>& all) const {
        for (const auto& [severity, waiting] : all) {
            const std::string word(to_text(severity));
            const std::int64_t raised = waiting.over + waiting.still;
            row(median, word, minutes(waiting.median), waiting.over, raised);
            row(ninetieth, word, minutes(waiting.ninetieth), waiting.over, raised);
        }
    }

private:
    static Value minutes(const std::optional<std::chrono::milliseconds>& span) {
        return span ? Value(two_places(static_cast<double>(span->count()) / 60'000)) : Value();
    }

    void
    row(const Formula& formula,
        const std::string& severity,
        Value value,
        std::int64_t part,
        std::int64_t whole) const {
        const bool of_cart = !scope_.cart.empty();
        const bool of_station = !of_cart && !scope_.station.empty();
        const std::string station =
            of_cart ? gathered_.station_of(scope_.node, scope_.cart) : scope_.station;
        sink_(
            {std::string(
                 of_cart      ? "cart"
                 : of_station ? "station"
                              : "hospital"),
             scope_.node,
             station,
             scope_.cart,
             of_cart ? gathered_.cart_name(scope_.node, scope_.cart)
             : of_station && !scope_.node.empty()
                 ? gathered_.station_name(scope_.node, scope_.station)
                 : std::string(),
             std::string(formula.figure),
             std::string(formula.name),
             severity,
             std::move(value),
             std::string(formula.unit),
             part,
             whole,
             std::string(formula.zh),
             std::string(formula.en)});
    }

    const Gathered& gathered_;
    const Scope& scope_;
    const RowSink& sink_;
};

Summary summary_for(const Gathered& gathered, const Scope& scope) {
    return summary_of(
        gathered.archive->about(scope), scope, gathered.period(), gathered.request.now);
}

void figures_of(const Gathered& gathered, const Scope& scope, const RowSink& sink) {
    const Summary summary = summary_for(gathered, scope);
    const Figures figures(gathered, scope, sink);
    const auto seconds = [](std::chrono::milliseconds span) { return span.count() / 1'000; };
    figures.share(rate_formula, summary.rate.in_order, summary.rate.required);
    figures.share(
        time_formula, seconds(summary.time_ready.ready), seconds(summary.time_ready.total));
    figures.share(full_formula, summary.on_time.on_time, summary.on_time.due());
    figures.share(sealed_formula, summary.sealed_on_time.on_time, summary.sealed_on_time.due());
    figures.share(
        handover_formula, summary.handover_on_time.on_time, summary.handover_on_time.due());
    figures.share(
        override_formula,
        summary.overrides.typed + summary.overrides.skipped,
        summary.overrides.lines);
    const ProvedShare& proved = summary.proved;
    const std::array<int, 5> grades = {
        proved.scanned, proved.slot, proved.typed, proved.sealed, proved.empty};
    int lines = 0;
    for (const int grade : grades) {
        lines += grade;
    }
    for (std::size_t i = 0; i < grades.size(); ++i) {
        figures.share(proved_formulas.at(i), grades.at(i), lines);
    }
    figures.waits(wait_formulas[0], wait_formulas[1], summary.alerts.to_accept);
    figures.waits(wait_formulas[2], wait_formulas[3], summary.alerts.to_restock);
}

void figure_rows(store::Reader&, const Gathered& gathered, const RowSink& sink) {
    if (gathered.stations.empty()) {
        figures_of(gathered, {}, sink);
    }
    for (const Scope& scope : gathered.station_scopes()) {
        figures_of(gathered, scope, sink);
    }
    for (const Scope& scope : gathered.cart_scopes()) {
        figures_of(gathered, scope, sink);
    }
}

void due_rows(store::Reader&, const Gathered& gathered, const RowSink& sink) {
    for (const Scope& scope : gathered.cart_scopes()) {
        const Summary summary = summary_for(gathered, scope);
        const auto row = [&](const char* kind, const OnTime& checks) {
            sink(
                {scope.node,
                 gathered.station_of(scope.node, scope.cart),
                 scope.cart,
                 gathered.cart_name(scope.node, scope.cart),
                 std::string(kind),
                 std::int64_t{checks.due()},
                 std::int64_t{checks.on_time},
                 std::int64_t{checks.late},
                 std::int64_t{checks.missed},
                 std::int64_t{checks.open},
                 std::int64_t{checks.on_time + checks.late}});
        };
        row("full", summary.on_time);
        if (summary.sealed_on_time.due() > 0) {
            row("sealed", summary.sealed_on_time);
        }
        if (summary.handover_on_time.due() > 0) {
            row("handover", summary.handover_on_time);
        }
    }
}

void expiry_rows(store::Reader&, const Gathered& gathered, const RowSink& sink) {
    for (const Scope& scope : gathered.wholes()) {
        for (const ExpiryAhead& ahead : summary_for(gathered, scope).forecast) {
            const readiness::Product* product =
                find_product(gathered.state, ahead.node, ahead.product);
            sink(
                {ahead.node,
                 gathered.station_of(ahead.node, ahead.cart),
                 ahead.cart,
                 gathered.cart_name(ahead.node, ahead.cart),
                 ahead.product,
                 product == nullptr ? "" : product->name.zh,
                 ahead.lot,
                 ahead.last_usable_day,
                 std::int64_t{ahead.quantity},
                 std::int64_t{ahead.within_days}});
        }
    }
}

} // namespace

std::vector<Table> figure_tables() {
    return {
        {"figures", "指标", figure_columns, figure_rows},
        {"due", "应查与完成", due_columns, due_rows},
        {"expiry", "近效期", expiry_columns, expiry_rows}};
}

} // namespace cartwatch::inspection
